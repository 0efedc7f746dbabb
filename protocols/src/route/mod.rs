//! Routing netlink (`NETLINK_ROUTE`): links, addresses, routes, neighbours, rules and what belongs to them, traffic
//! control.

pub mod address;
#[cfg(feature = "bridge")]
pub mod bridge_vlan;
#[cfg(feature = "can")]
pub mod can_gw;
#[cfg(feature = "dcb")]
pub mod dcb;
pub mod follow;
pub mod ip;
pub mod label;
pub mod link;
#[cfg(feature = "bridge")]
pub mod mdb;
pub mod neighbour;
pub mod netconf;
pub mod nexthop;
pub mod notify;
pub mod nsid;
pub mod routes;
pub mod rule;
#[cfg(feature = "stats")]
pub mod stats;
#[cfg(feature = "tc")]
pub mod tc;
pub mod tunnel;
pub mod verb;

use netlink_core::{Group, NlFamily};

/// Routing netlink.
///
/// Its operations are declared where their objects are; here are the parts, and the groups that nothing is declared for.
#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub struct Route {
    #[nl(part)]
    links: link::Operations,
    #[nl(part)]
    addresses: address::Operations,
    #[nl(part)]
    routes: routes::Operations,
    #[nl(part)]
    neighbours: neighbour::Operations,
    #[nl(part)]
    rules: rule::Operations,
    #[nl(part)]
    next_hops: nexthop::Operations,
    #[nl(part)]
    labels: label::Operations,
    #[nl(part)]
    netconf: netconf::Operations,
    #[nl(part)]
    namespaces: nsid::Operations,
    #[nl(part)]
    notifications: notify::Operations,
    #[nl(part)]
    tunnels: tunnel::Operations,
    #[cfg(feature = "stats")]
    #[nl(part)]
    stats: stats::Operations,
    #[cfg(feature = "bridge")]
    #[nl(part)]
    mdb: mdb::Operations,
    #[cfg(feature = "bridge")]
    #[nl(part)]
    bridge_vlans: bridge_vlan::Operations,
    #[cfg(feature = "tc")]
    #[nl(part)]
    traffic_control: tc::Operations,
    #[cfg(feature = "can")]
    #[nl(part)]
    can_jobs: can_gw::Operations,
    #[cfg(feature = "dcb")]
    #[nl(part)]
    dcb: dcb::Operations,
    /// Unused since Linux 2.6.
    #[doc(alias = "RTNLGRP_NOTIFY")]
    #[nl(group = 2)]
    pub notify: Group,
    /// Unused since Linux 6.1: addresses of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_IFADDR")]
    #[nl(group = 13)]
    pub decnet_ifaddr: Group,
    /// Unused.
    #[doc(alias = "RTNLGRP_NOP2")]
    #[nl(group = 14)]
    pub nop2: Group,
    /// Unused since Linux 6.1: routes of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_ROUTE")]
    #[nl(group = 15)]
    pub decnet_route: Group,
    /// Unused since Linux 6.1: rules of DECnet.
    #[doc(alias = "RTNLGRP_DECnet_RULE")]
    #[nl(group = 16)]
    pub decnet_rule: Group,
    /// Unused.
    #[doc(alias = "RTNLGRP_NOP4")]
    #[nl(group = 17)]
    pub nop4: Group,
    /// Addresses of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_IFADDR")]
    #[nl(group = 21)]
    pub phonet_ifaddr: Group,
    /// Routes of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_ROUTE")]
    #[nl(group = 22)]
    pub phonet_route: Group,
    /// Addresses of MCTP. Since Linux 5.15.
    #[doc(alias = "RTNLGRP_MCTP_IFADDR")]
    #[nl(group = 34)]
    pub mctp_ifaddr: Group,
}
