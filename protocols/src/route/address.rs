//! IP addresses of links; the multicast and anycast groups that they listen to.
//!
//! Declared after `linux/if_addr.h`; the kernel's side is `net/ipv4/devinet.c` and `net/ipv6/addrconf.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, address};
//!
//! let mut route = Route::connect()?;
//! for address in route.dump(address::list())? {
//!     let address = address?;
//!     println!("{}: {:?}", address.header.index, address.net());
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod verbs;

pub(super) use operations::Operations;
pub use verbs::{AddressList, AddressRequest, add, anycast_groups, del, get, list, multicast_groups};

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Text, UnknownAttrs},
};

use super::{
    ip::{Addr, AddressFamily, IpNet},
    routes::Scope,
};
use std::net::Ipv4Addr;

/// The header of messages about addresses.
///
/// ```text
///  0        1         2        3        4
/// +--------+---------+--------+--------+
/// | family | prefix  | flags  | scope  |
/// +--------+---------+--------+--------+
/// | index                              |
/// +------------------------------------+
/// ```
#[doc(alias = "ifaddrmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressHeader {
    /// The address family.
    #[doc(alias = "ifa_family")]
    pub family: AddressFamily,
    /// How many bits of the address are those of its network.
    #[doc(alias = "ifa_prefixlen")]
    pub prefixlen: u8,
    /// What is special about the address, as far as it fits; all of it is in [`Address::flags`].
    #[doc(alias = "ifa_flags")]
    #[nl(as = u8)]
    pub flags: AddressFlags,
    /// How far the address reaches.
    #[doc(alias = "ifa_scope")]
    pub scope: Scope,
    /// The index of the link.
    #[doc(alias = "ifa_index")]
    pub index: u32,
}

/// An address of a link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Address<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: AddressHeader,
    /// The address; of a point-to-point link in IPv4, and of IPv6 with `local`, that of the peer.
    #[doc(alias = "IFA_ADDRESS")]
    #[nl_attr(1, select = header.family)]
    pub address: Option<Addr<'a>>,
    /// The address of this end. Always there in IPv4; in IPv6 only if there is a peer.
    #[doc(alias = "IFA_LOCAL")]
    #[nl_attr(2, select = header.family)]
    pub local: Option<Addr<'a>>,
    /// In IPv4 the name of the address, which starts with that of the link; at most 15 bytes.
    #[doc(alias = "IFA_LABEL")]
    #[nl_attr(3)]
    pub label: Option<Text<'a>>,
    /// The broadcast address, of IPv4.
    #[doc(alias = "IFA_BROADCAST")]
    #[nl_attr(4)]
    pub broadcast: Option<Ipv4Addr>,
    /// A group of anycast listeners, of IPv6.
    #[doc(alias = "IFA_ANYCAST")]
    #[nl_attr(5, select = header.family)]
    pub anycast: Option<Addr<'a>>,
    /// How long it lives.
    #[doc(alias = "IFA_CACHEINFO")]
    #[nl_attr(6)]
    pub cacheinfo: Option<AddressCacheInfo>,
    /// A group of multicast listeners.
    #[doc(alias = "IFA_MULTICAST")]
    #[nl_attr(7, select = header.family)]
    pub multicast: Option<Addr<'a>>,
    /// What is special about the address.
    #[doc(alias = "IFA_FLAGS")]
    #[nl_attr(8)]
    pub flags: Option<AddressFlags>,
    /// The metric of the route to the network of the address.
    #[doc(alias = "IFA_RT_PRIORITY")]
    #[nl_attr(9)]
    pub rt_priority: Option<u32>,
    /// The number of the namespace that a request is about.
    #[doc(alias = "IFA_TARGET_NETNSID")]
    #[nl_attr(10)]
    pub target_netnsid: Option<i32>,
    /// Who made it. Since Linux 5.18.
    #[doc(alias = "IFA_PROTO")]
    #[nl_attr(11)]
    pub proto: Option<AddressProtocol>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a request for one address of IPv6, or for a list, says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Address<'static>)]
pub struct AddressGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: AddressHeader,
    /// The address, or that of the peer.
    #[doc(alias = "IFA_ADDRESS")]
    #[nl_attr(select = header.family)]
    pub address: Option<Addr<'a>>,
    /// The address of this end.
    #[doc(alias = "IFA_LOCAL")]
    #[nl_attr(select = header.family)]
    pub local: Option<Addr<'a>>,
    /// The number of the namespace whose addresses are meant.
    #[doc(alias = "IFA_TARGET_NETNSID")]
    pub target_netnsid: Option<i32>,
}

impl Address<'_> {
    /// The address of this end with the length of its network.
    pub fn net(&self) -> Option<IpNet> {
        let addr = self.local.as_ref().or(self.address.as_ref())?.ip()?;
        IpNet::new(addr, self.header.prefixlen)
    }
}

/// How long an address lives.
#[doc(alias = "ifa_cacheinfo")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressCacheInfo {
    /// How long it is used for new connections, in seconds; [`FOREVER`](Self::FOREVER) is possible.
    #[doc(alias = "ifa_prefered")]
    pub prefered: u32,
    /// How long it is valid, in seconds; [`FOREVER`](Self::FOREVER) is possible.
    #[doc(alias = "ifa_valid")]
    pub valid: u32,
    /// When it was made, in hundredths of a second since the machine was started.
    pub cstamp: u32,
    /// When it was changed, in hundredths of a second since the machine was started.
    pub tstamp: u32,
}

impl AddressCacheInfo {
    /// Without end.
    pub const FOREVER: u32 = u32::MAX;
}

bitflags! {
    /// What is special about an address.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "IFA_F_")]
    pub struct AddressFlags: u32 {
        /// In IPv4: not the first of its network. In IPv6: a temporary one.
        #[doc(alias = "IFA_F_SECONDARY")]
        #[doc(alias = "IFA_F_TEMPORARY")]
        const SECONDARY = 0x01;
        /// Without a search for duplicates.
        #[doc(alias = "IFA_F_NODAD")]
        const NODAD = 0x02;
        /// Used while duplicates are searched for.
        #[doc(alias = "IFA_F_OPTIMISTIC")]
        const OPTIMISTIC = 0x04;
        /// Somebody else has it.
        #[doc(alias = "IFA_F_DADFAILED")]
        const DADFAILED = 0x08;
        /// The home address of a mobile node.
        #[doc(alias = "IFA_F_HOMEADDRESS")]
        const HOMEADDRESS = 0x10;
        /// Not used for new connections.
        #[doc(alias = "IFA_F_DEPRECATED")]
        const DEPRECATED = 0x20;
        /// Not used yet: duplicates are searched for.
        #[doc(alias = "IFA_F_TENTATIVE")]
        const TENTATIVE = 0x40;
        /// Lives without end.
        #[doc(alias = "IFA_F_PERMANENT")]
        const PERMANENT = 0x80;
        /// The kernel makes temporary addresses of its network.
        #[doc(alias = "IFA_F_MANAGETEMPADDR")]
        const MANAGETEMPADDR = 0x100;
        /// Without a route to its network.
        #[doc(alias = "IFA_F_NOPREFIXROUTE")]
        const NOPREFIXROUTE = 0x200;
        /// Joins the multicast group of this address.
        #[doc(alias = "IFA_F_MCAUTOJOIN")]
        const MCAUTOJOIN = 0x400;
        /// Made so that it stays the same in this network (RFC 7217).
        #[doc(alias = "IFA_F_STABLE_PRIVACY")]
        const STABLE_PRIVACY = 0x800;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Who made an address; numbers that are not named are free for use.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum AddressProtocol {
    /// Nobody says.
    #[doc(alias = "IFAPROT_UNSPEC")]
    #[default]
    Unspec = 0,
    /// The kernel, for the loopback.
    #[doc(alias = "IFAPROT_KERNEL_LO")]
    KernelLo = 1,
    /// The kernel, after a router's advertisement.
    #[doc(alias = "IFAPROT_KERNEL_RA")]
    KernelRa = 2,
    /// The kernel, as the link-local address.
    #[doc(alias = "IFAPROT_KERNEL_LL")]
    KernelLl = 3,
    /// Another one.
    #[nl(other)]
    Other(u8),
}
