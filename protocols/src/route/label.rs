//! Address labels of IPv6 (RFC 6724): which source address goes with which destination.
//!
//! Declared after `linux/if_addrlabel.h`; the kernel's side is `net/ipv6/addrlabel.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, label};
//!
//! let mut route = Route::connect()?;
//! for label in route.dump(label::list())? {
//!     let label = label?;
//!     println!("{:?}/{}: {:?}", label.address, label.header.prefixlen, label.label);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::net::Ipv6Addr;

use netlink_core::{Do, DoDump, NlDebug, NlFamily, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{
    Route,
    ip::{Addr, AddressFamily},
    verb::{Change, Query},
};

/// The header of messages about address labels.
#[doc(alias = "ifaddrlblmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelHeader {
    /// The address family: IPv6.
    #[doc(alias = "ifal_family")]
    #[nl(pad = 1)]
    pub family: AddressFamily,
    /// How many bits of the address count.
    #[doc(alias = "ifal_prefixlen")]
    pub prefixlen: u8,
    /// Unused.
    #[doc(alias = "ifal_flags")]
    pub flags: u8,
    /// The index of the link that it is for; 0 for all.
    #[doc(alias = "ifal_index")]
    pub index: u32,
    /// How often the list has changed.
    #[doc(alias = "ifal_seq")]
    pub seq: u32,
}

/// An address label.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct AddressLabel<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: LabelHeader,
    /// The addresses that have it.
    #[doc(alias = "IFAL_ADDRESS")]
    #[nl_attr(1, select = header.family)]
    pub address: Option<Addr<'a>>,
    /// The label.
    #[doc(alias = "IFAL_LABEL")]
    #[nl_attr(2)]
    pub label: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

fn label_of(addr: Ipv6Addr, prefixlen: u8, label: u32) -> AddressLabel<'static> {
    let header = LabelHeader { family: AddressFamily::Inet6, prefixlen, ..LabelHeader::default() };
    AddressLabel { header, address: Some(addr.into()), label: Some(label), ..AddressLabel::default() }
}

/// Gives a label to the addresses that start with so many bits of this one, and replaces the one they have.
pub fn add(addr: Ipv6Addr, prefix_len: u8, label: u32) -> Change<'static, AddressLabel<'static>> {
    Change::new(Route::NEW_ADDRLABEL, label_of(addr, prefix_len, label)).replace()
}

/// Takes the label away from the addresses that start with so many bits of this one.
pub fn del(addr: Ipv6Addr, prefix_len: u8) -> Change<'static, AddressLabel<'static>> {
    // The kernel wants to see a label, whichever.
    Change::new(Route::DEL_ADDRLABEL, label_of(addr, prefix_len, 0))
}

/// The label of this address: that of the longest prefix that it starts with.
pub fn get(addr: Ipv6Addr) -> Query<'static, AddressLabel<'static>> {
    Query::new(Route::GET_ADDRLABEL, AddressLabel { label: None, ..label_of(addr, 128, 0) })
}

/// All address labels.
pub fn list() -> Query<'static, AddressLabel<'static>> {
    let header = LabelHeader { family: AddressFamily::Inet6, ..LabelHeader::default() };
    Query::new(Route::GET_ADDRLABEL, AddressLabel { header, ..AddressLabel::default() })
}

/// The operations of labels of addresses.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells the label of an address; lists labels.
    #[doc(alias = "RTM_GETADDRLABEL")]
    #[nl(74, reply = 72)]
    pub get_addrlabel: DoDump<AddressLabel<'static>, AddressLabel<'static>>,
    /// Gives addresses a label.
    #[doc(alias = "RTM_NEWADDRLABEL")]
    #[nl(72)]
    pub new_addrlabel: Do<AddressLabel<'static>>,
    /// Takes a label away.
    #[doc(alias = "RTM_DELADDRLABEL")]
    #[nl(73)]
    pub del_addrlabel: Do<AddressLabel<'static>>,
}
