//! Settings of IP and MPLS, of all links or of one (`/proc/sys/net/ipv4/conf`).
//!
//! Declared after `linux/netconf.h`; the kernel's side is `net/ipv4/devinet.c` and its like.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, ip::AddressFamily, netconf};
//!
//! let mut route = Route::connect()?;
//! for conf in route.dump(netconf::list(AddressFamily::Inet))? {
//!     let conf = conf?;
//!     println!("{:?}: forwarding {:?}", conf.ifindex, conf.forwarding);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use netlink_core::{DoDump, Event, Group, NlDebug, NlFamily, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{Route, ip::AddressFamily, verb::Query};

/// The header of messages about settings.
#[doc(alias = "netconfmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetconfHeader {
    /// The address family.
    #[doc(alias = "ncm_family")]
    pub family: AddressFamily,
}

/// Settings.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Netconf<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NetconfHeader,
    /// The index of the link; [`ALL`](Self::ALL) or [`DEFAULT`](Self::DEFAULT).
    #[doc(alias = "NETCONFA_IFINDEX")]
    #[nl_attr(1)]
    pub ifindex: Option<i32>,
    /// 1 if packets are sent on.
    #[doc(alias = "NETCONFA_FORWARDING")]
    #[nl_attr(2)]
    pub forwarding: Option<i32>,
    /// How strictly source addresses are checked: 0, 1 or 2, of IPv4.
    #[doc(alias = "NETCONFA_RP_FILTER")]
    #[nl_attr(3)]
    pub rp_filter: Option<i32>,
    /// 1 if multicasts are sent on.
    #[doc(alias = "NETCONFA_MC_FORWARDING")]
    #[nl_attr(4)]
    pub mc_forwarding: Option<i32>,
    /// 1 if this host answers for others.
    #[doc(alias = "NETCONFA_PROXY_NEIGH")]
    #[nl_attr(5)]
    pub proxy_neigh: Option<i32>,
    /// 1 if routes by a link without carrier do not count.
    #[doc(alias = "NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN")]
    #[nl_attr(6)]
    pub ignore_routes_with_linkdown: Option<i32>,
    /// 1 if labels are understood, of MPLS.
    #[doc(alias = "NETCONFA_INPUT")]
    #[nl_attr(7)]
    pub input: Option<i32>,
    /// 1 if directed broadcasts are sent on, of IPv4. Since Linux 5.0.
    #[doc(alias = "NETCONFA_BC_FORWARDING")]
    #[nl_attr(8)]
    pub bc_forwarding: Option<i32>,
    /// 1 if packets that come in by this link are sent on, of IPv6. Since Linux 6.17. Not proven against a kernel: 6.18
    /// sends a notification when it changes, and does not tell it.
    #[doc(alias = "NETCONFA_FORCE_FORWARDING")]
    #[nl_attr(9)]
    pub force_forwarding: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl Netconf<'_> {
    /// In place of an index: all links.
    #[doc(alias = "NETCONFA_IFINDEX_ALL")]
    pub const ALL: i32 = -1;

    /// In place of an index: what links start with.
    #[doc(alias = "NETCONFA_IFINDEX_DEFAULT")]
    pub const DEFAULT: i32 = -2;
}

/// The settings of one link, or of [`Netconf::ALL`] or [`Netconf::DEFAULT`].
pub fn get(family: AddressFamily, ifindex: i32) -> Query<'static, Netconf<'static>> {
    let header = NetconfHeader { family };
    Query::new(Route::GET_NETCONF, Netconf { header, ifindex: Some(ifindex), ..Netconf::default() })
}

/// The settings of all links, of `ALL` and of `DEFAULT`.
pub fn list(family: AddressFamily) -> Query<'static, Netconf<'static>> {
    Query::new(Route::GET_NETCONF, Netconf { header: NetconfHeader { family }, ..Netconf::default() })
}

/// The operations of settings.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells the settings of a link; lists those of all.
    #[doc(alias = "RTM_GETNETCONF")]
    #[nl(82, reply = 80)]
    pub get_netconf: DoDump<Netconf<'static>, Netconf<'static>>,
    /// Settings have changed.
    #[doc(alias = "RTM_NEWNETCONF")]
    #[nl(80)]
    pub netconf_changed: Event<Netconf<'static>>,
    /// The settings of a link are gone.
    #[doc(alias = "RTM_DELNETCONF")]
    #[nl(81)]
    pub netconf_gone: Event<Netconf<'static>>,
    /// Settings of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_NETCONF")]
    #[nl(group = 24)]
    pub ipv4_netconf: Group,
    /// Settings of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_NETCONF")]
    #[nl(group = 25)]
    pub ipv6_netconf: Group,
    /// Settings of MPLS.
    #[doc(alias = "RTNLGRP_MPLS_NETCONF")]
    #[nl(group = 29)]
    pub mpls_netconf: Group,
}
