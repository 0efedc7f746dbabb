//! Routing netlink (`NETLINK_ROUTE`): links, addresses, routes, neighbours, rules and what belongs to them, traffic
//! control.

pub mod address;
pub mod bridge_vlan;
pub mod can_gw;
pub mod dcb;
pub mod follow;
pub mod ip;
pub mod label;
pub mod link;
pub mod mdb;
pub mod neighbour;
pub mod netconf;
pub mod nexthop;
pub mod notify;
pub mod nsid;
pub mod routes;
pub mod rule;
pub mod stats;
#[cfg(feature = "tc")]
pub mod tc;
pub mod tunnel;
pub mod verb;

use address::{Address, AddressGet};
use bridge_vlan::{BridgeVlanListRequest, BridgeVlans};
use can_gw::CanJob;
use dcb::{Dcb, DcbDone};
use label::AddressLabel;
use link::{Link, LinkGet};
use mdb::{Mdb, MdbGet, MdbSet};
use neighbour::{Neighbour, NeighbourGet, NeighbourTable, NeighbourTableHeader};
use netconf::Netconf;
use netlink_core::{Do, DoDump, Dump, Event, Group, NlFamily};
use nexthop::{NextHop, NextHopGet};
use notify::{CacheReport, NdUserOption, Prefix};
use nsid::NsId;
use routes::{RouteEntry, RouteGet};
use rule::{Rule, RuleHeader};
use stats::{Stats, StatsRequest};
#[cfg(feature = "tc")]
use tc::{
    TcGet,
    action::{Actions, ActionsGet},
    chain::Chain,
    class::Class,
    filter::Filter,
    qdisc::Qdisc,
};
use tunnel::Tunnel;

/// Routing netlink.
#[derive(NlFamily, Debug)]
#[nl(protocol = Route)]
pub struct Route {
    /// Tells of one link, by its index, name or alternative name; or of all.
    #[doc(alias = "RTM_GETLINK")]
    #[nl(18, reply = 16)]
    pub get_link: DoDump<LinkGet<'static>, Link<'static>>,
    /// Makes a link, or changes one.
    #[doc(alias = "RTM_NEWLINK")]
    #[nl(16)]
    pub new_link: Do<Link<'static>>,
    /// Changes a link.
    #[doc(alias = "RTM_SETLINK")]
    #[nl(19)]
    pub set_link: Do<Link<'static>>,
    /// Removes a link; as a notification: a link is gone.
    #[doc(alias = "RTM_DELLINK")]
    #[nl(17)]
    pub del_link: Do<Link<'static>>,
    /// Gives a link further names. Since Linux 5.5.
    #[doc(alias = "RTM_NEWLINKPROP")]
    #[nl(108)]
    pub new_link_prop: Do<Link<'static>>,
    /// Takes further names from a link. Since Linux 5.5.
    #[doc(alias = "RTM_DELLINKPROP")]
    #[nl(109)]
    pub del_link_prop: Do<Link<'static>>,
    /// A link is new, or has changed.
    #[doc(alias = "RTM_NEWLINK")]
    #[nl(16)]
    pub link_changed: Event<Link<'static>>,
    /// A link is gone.
    #[doc(alias = "RTM_DELLINK")]
    #[nl(17)]
    pub link_gone: Event<Link<'static>>,
    /// Links that come, change and go.
    #[doc(alias = "RTNLGRP_LINK")]
    #[nl(group = 1)]
    pub links: Group,
    /// What IPv6 says of links, when it changes.
    #[doc(alias = "RTNLGRP_IPV6_IFINFO")]
    #[nl(group = 12)]
    pub ipv6_links: Group,
    /// Tells of one queueing discipline, or of all.
    #[doc(alias = "RTM_GETQDISC")]
    #[nl(38, reply = 36)]
    #[cfg(feature = "tc")]
    pub get_qdisc: DoDump<TcGet<'static>, Qdisc<'static>>,
    /// Makes a queueing discipline, or changes one.
    #[doc(alias = "RTM_NEWQDISC")]
    #[nl(36)]
    #[cfg(feature = "tc")]
    pub new_qdisc: Do<Qdisc<'static>>,
    /// Removes a queueing discipline.
    #[doc(alias = "RTM_DELQDISC")]
    #[nl(37)]
    #[cfg(feature = "tc")]
    pub del_qdisc: Do<Qdisc<'static>>,
    /// A queueing discipline is new, or has changed.
    #[doc(alias = "RTM_NEWQDISC")]
    #[nl(36)]
    #[cfg(feature = "tc")]
    pub qdisc_changed: Event<Qdisc<'static>>,
    /// A queueing discipline is gone.
    #[doc(alias = "RTM_DELQDISC")]
    #[nl(37)]
    #[cfg(feature = "tc")]
    pub qdisc_gone: Event<Qdisc<'static>>,
    /// Tells of one class, or of all.
    #[doc(alias = "RTM_GETTCLASS")]
    #[nl(42, reply = 40)]
    #[cfg(feature = "tc")]
    pub get_class: DoDump<TcGet<'static>, Class<'static>>,
    /// Makes a class, or changes one.
    #[doc(alias = "RTM_NEWTCLASS")]
    #[nl(40)]
    #[cfg(feature = "tc")]
    pub new_class: Do<Class<'static>>,
    /// Removes a class.
    #[doc(alias = "RTM_DELTCLASS")]
    #[nl(41)]
    #[cfg(feature = "tc")]
    pub del_class: Do<Class<'static>>,
    /// A class is new, or has changed.
    #[doc(alias = "RTM_NEWTCLASS")]
    #[nl(40)]
    #[cfg(feature = "tc")]
    pub class_changed: Event<Class<'static>>,
    /// A class is gone.
    #[doc(alias = "RTM_DELTCLASS")]
    #[nl(41)]
    #[cfg(feature = "tc")]
    pub class_gone: Event<Class<'static>>,
    /// Tells of one filter, or of all.
    #[doc(alias = "RTM_GETTFILTER")]
    #[nl(46, reply = 44)]
    #[cfg(feature = "tc")]
    pub get_filter: DoDump<TcGet<'static>, Filter<'static>>,
    /// Makes a filter, or changes one.
    #[doc(alias = "RTM_NEWTFILTER")]
    #[nl(44)]
    #[cfg(feature = "tc")]
    pub new_filter: Do<Filter<'static>>,
    /// Removes a filter, or all of a priority.
    #[doc(alias = "RTM_DELTFILTER")]
    #[nl(45)]
    #[cfg(feature = "tc")]
    pub del_filter: Do<Filter<'static>>,
    /// A filter is new, or has changed.
    #[doc(alias = "RTM_NEWTFILTER")]
    #[nl(44)]
    #[cfg(feature = "tc")]
    pub filter_changed: Event<Filter<'static>>,
    /// A filter is gone.
    #[doc(alias = "RTM_DELTFILTER")]
    #[nl(45)]
    #[cfg(feature = "tc")]
    pub filter_gone: Event<Filter<'static>>,
    /// Tells of one chain; the reply has the number of the request.
    #[doc(alias = "RTM_GETCHAIN")]
    #[nl(102)]
    #[cfg(feature = "tc")]
    pub get_chain: Do<TcGet<'static>, Chain<'static>>,
    /// Tells of all chains.
    #[doc(alias = "RTM_GETCHAIN")]
    #[nl(102, reply = 100)]
    #[cfg(feature = "tc")]
    pub list_chains: Dump<TcGet<'static>, Chain<'static>>,
    /// Makes a chain.
    #[doc(alias = "RTM_NEWCHAIN")]
    #[nl(100)]
    #[cfg(feature = "tc")]
    pub new_chain: Do<Chain<'static>>,
    /// Removes a chain with its filters.
    #[doc(alias = "RTM_DELCHAIN")]
    #[nl(101)]
    #[cfg(feature = "tc")]
    pub del_chain: Do<Chain<'static>>,
    /// A chain is new, or has changed.
    #[doc(alias = "RTM_NEWCHAIN")]
    #[nl(100)]
    #[cfg(feature = "tc")]
    pub chain_changed: Event<Chain<'static>>,
    /// A chain is gone.
    #[doc(alias = "RTM_DELCHAIN")]
    #[nl(101)]
    #[cfg(feature = "tc")]
    pub chain_gone: Event<Chain<'static>>,
    /// Tells of actions, by kind and index; or of all of a kind.
    #[doc(alias = "RTM_GETACTION")]
    #[nl(50)]
    #[cfg(feature = "tc")]
    pub get_action: DoDump<ActionsGet<'static>, Actions<'static>>,
    /// Makes actions, or changes some.
    #[doc(alias = "RTM_NEWACTION")]
    #[nl(48)]
    #[cfg(feature = "tc")]
    pub new_action: Do<Actions<'static>>,
    /// Removes actions, or all of a kind.
    #[doc(alias = "RTM_DELACTION")]
    #[nl(49)]
    #[cfg(feature = "tc")]
    pub del_action: Do<ActionsGet<'static>>,
    /// Actions are new, or have changed.
    #[doc(alias = "RTM_NEWACTION")]
    #[nl(48)]
    #[cfg(feature = "tc")]
    pub action_changed: Event<Actions<'static>>,
    /// Actions are gone.
    #[doc(alias = "RTM_DELACTION")]
    #[nl(49)]
    #[cfg(feature = "tc")]
    pub action_gone: Event<Actions<'static>>,
    /// Queueing disciplines, classes, filters, chains and actions that come, change and go.
    #[doc(alias = "RTNLGRP_TC")]
    #[nl(group = 4)]
    #[cfg(feature = "tc")]
    pub traffic_control: Group,

    // Addresses, routes, neighbours, rules and what belongs to them.
    /// Lists addresses; of IPv6, also tells of one.
    #[doc(alias = "RTM_GETADDR")]
    #[nl(22, reply = 20)]
    pub get_addr: DoDump<AddressGet<'static>, Address<'static>>,
    /// Gives a link an address, or changes one.
    #[doc(alias = "RTM_NEWADDR")]
    #[nl(20)]
    pub new_addr: Do<Address<'static>>,
    /// Takes an address away.
    #[doc(alias = "RTM_DELADDR")]
    #[nl(21)]
    pub del_addr: Do<Address<'static>>,
    /// An address is new, or has changed.
    #[doc(alias = "RTM_NEWADDR")]
    #[nl(20)]
    pub addr_changed: Event<Address<'static>>,
    /// An address is gone.
    #[doc(alias = "RTM_DELADDR")]
    #[nl(21)]
    pub addr_gone: Event<Address<'static>>,
    /// Tells which route packets take; lists routes.
    #[doc(alias = "RTM_GETROUTE")]
    #[nl(26, reply = 24)]
    pub get_route: DoDump<RouteGet<'static>, RouteEntry<'static>>,
    /// Makes a route, or changes one.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24)]
    pub new_route: Do<RouteEntry<'static>>,
    /// Deletes a route.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25)]
    pub del_route: Do<RouteEntry<'static>>,
    /// A route is new, or has changed.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24)]
    pub route_changed: Event<RouteEntry<'static>>,
    /// A route is gone.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25)]
    pub route_gone: Event<RouteEntry<'static>>,
    /// Tells of a neighbour; lists neighbours.
    #[doc(alias = "RTM_GETNEIGH")]
    #[nl(30, reply = 28)]
    pub get_neigh: DoDump<NeighbourGet<'static>, Neighbour<'static>>,
    /// Makes a neighbour known, or changes one.
    #[doc(alias = "RTM_NEWNEIGH")]
    #[nl(28)]
    pub new_neigh: Do<Neighbour<'static>>,
    /// Forgets a neighbour.
    #[doc(alias = "RTM_DELNEIGH")]
    #[nl(29)]
    pub del_neigh: Do<Neighbour<'static>>,
    /// A neighbour is new, or has changed.
    #[doc(alias = "RTM_NEWNEIGH")]
    #[nl(28)]
    pub neigh_changed: Event<Neighbour<'static>>,
    /// A neighbour is gone.
    #[doc(alias = "RTM_DELNEIGH")]
    #[nl(29)]
    pub neigh_gone: Event<Neighbour<'static>>,
    /// Lists rules.
    #[doc(alias = "RTM_GETRULE")]
    #[nl(34, reply = 32)]
    pub get_rule: Dump<RuleHeader, Rule<'static>>,
    /// Makes a rule.
    #[doc(alias = "RTM_NEWRULE")]
    #[nl(32)]
    pub new_rule: Do<Rule<'static>>,
    /// Deletes a rule.
    #[doc(alias = "RTM_DELRULE")]
    #[nl(33)]
    pub del_rule: Do<Rule<'static>>,
    /// A rule is new, or has changed.
    #[doc(alias = "RTM_NEWRULE")]
    #[nl(32)]
    pub rule_changed: Event<Rule<'static>>,
    /// A rule is gone.
    #[doc(alias = "RTM_DELRULE")]
    #[nl(33)]
    pub rule_gone: Event<Rule<'static>>,
    /// A router advertises a prefix.
    #[doc(alias = "RTM_NEWPREFIX")]
    #[nl(52)]
    pub prefix: Event<Prefix<'static>>,
    /// Lists the multicast groups that links listen to.
    #[doc(alias = "RTM_GETMULTICAST")]
    #[nl(58)]
    pub get_multicast: DoDump<AddressGet<'static>, Address<'static>>,
    /// A link listens to a multicast group. Since Linux 6.14.
    #[doc(alias = "RTM_NEWMULTICAST")]
    #[nl(56)]
    pub multicast_joined: Event<Address<'static>>,
    /// A link listens to a multicast group no more. Since Linux 6.14.
    #[doc(alias = "RTM_DELMULTICAST")]
    #[nl(57)]
    pub multicast_left: Event<Address<'static>>,
    /// Lists the anycast groups that links listen to.
    #[doc(alias = "RTM_GETANYCAST")]
    #[nl(62)]
    pub get_anycast: DoDump<AddressGet<'static>, Address<'static>>,
    /// A link listens to an anycast group. Since Linux 6.15.
    #[doc(alias = "RTM_NEWANYCAST")]
    #[nl(60)]
    pub anycast_joined: Event<Address<'static>>,
    /// A link listens to an anycast group no more. Since Linux 6.15.
    #[doc(alias = "RTM_DELANYCAST")]
    #[nl(61)]
    pub anycast_left: Event<Address<'static>>,
    /// Lists tables of neighbours and their parameters.
    #[doc(alias = "RTM_GETNEIGHTBL")]
    #[nl(66, reply = 64)]
    pub get_neightbl: Dump<NeighbourTableHeader, NeighbourTable<'static>>,
    /// Changes parameters of neighbours.
    #[doc(alias = "RTM_SETNEIGHTBL")]
    #[nl(67)]
    pub set_neightbl: Do<NeighbourTable<'static>>,
    /// A router advertises options that are for user space.
    #[doc(alias = "RTM_NEWNDUSEROPT")]
    #[nl(68)]
    pub nduseropt: Event<NdUserOption<'static>>,
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
    /// Tells of a group. Since Linux 6.7.
    #[doc(alias = "RTM_GETMDB")]
    #[nl(86, reply = 84)]
    pub get_mdb: Do<MdbGet<'static>, Mdb<'static>>,
    /// Lists the multicast database of bridges; the answers have the number of the question.
    #[doc(alias = "RTM_GETMDB")]
    #[nl(86)]
    pub list_mdb: Dump<MdbGet<'static>, Mdb<'static>>,
    /// Says that a port wants a group.
    #[doc(alias = "RTM_NEWMDB")]
    #[nl(84)]
    pub new_mdb: Do<MdbSet<'static>>,
    /// Says that a port does not want a group.
    #[doc(alias = "RTM_DELMDB")]
    #[nl(85)]
    pub del_mdb: Do<MdbSet<'static>>,
    /// A port wants a group, or has a multicast router.
    #[doc(alias = "RTM_NEWMDB")]
    #[nl(84)]
    pub mdb_changed: Event<Mdb<'static>>,
    /// A port wants a group no more, or has no multicast router any more.
    #[doc(alias = "RTM_DELMDB")]
    #[nl(85)]
    pub mdb_gone: Event<Mdb<'static>>,
    /// Tells the number of a namespace; lists all that have one.
    #[doc(alias = "RTM_GETNSID")]
    #[nl(90, reply = 88)]
    pub get_nsid: DoDump<NsId<'static>, NsId<'static>>,
    /// Gives a number to a namespace.
    #[doc(alias = "RTM_NEWNSID")]
    #[nl(88)]
    pub new_nsid: Do<NsId<'static>>,
    /// A namespace has got a number.
    #[doc(alias = "RTM_NEWNSID")]
    #[nl(88)]
    pub nsid_assigned: Event<NsId<'static>>,
    /// A namespace with a number is gone.
    #[doc(alias = "RTM_DELNSID")]
    #[nl(89)]
    pub nsid_gone: Event<NsId<'static>>,
    /// Tells statistics of a link; lists those of all.
    #[doc(alias = "RTM_GETSTATS")]
    #[nl(94, reply = 92)]
    pub get_stats: DoDump<StatsRequest<'static>, Stats<'static>>,
    /// Has statistics counted, or not. Since Linux 5.19.
    #[doc(alias = "RTM_SETSTATS")]
    #[nl(95)]
    pub set_stats: Do<StatsRequest<'static>>,
    /// Statistics are counted, or not any more. Since Linux 5.19.
    #[doc(alias = "RTM_NEWSTATS")]
    #[nl(92)]
    pub stats_changed: Event<Stats<'static>>,
    /// A multicast packet has come that the kernel has a question about.
    #[doc(alias = "RTM_NEWCACHEREPORT")]
    #[nl(96)]
    pub cache_report: Event<CacheReport<'static>>,
    /// Tells of a next hop; lists next hops.
    #[doc(alias = "RTM_GETNEXTHOP")]
    #[nl(106, reply = 104)]
    pub get_nexthop: DoDump<NextHopGet, NextHop<'static>>,
    /// Makes a next hop, or changes one.
    #[doc(alias = "RTM_NEWNEXTHOP")]
    #[nl(104)]
    pub new_nexthop: Do<NextHop<'static>>,
    /// Deletes a next hop.
    #[doc(alias = "RTM_DELNEXTHOP")]
    #[nl(105)]
    pub del_nexthop: Do<NextHop<'static>>,
    /// A next hop is new, or has changed.
    #[doc(alias = "RTM_NEWNEXTHOP")]
    #[nl(104)]
    pub nexthop_changed: Event<NextHop<'static>>,
    /// A next hop is gone.
    #[doc(alias = "RTM_DELNEXTHOP")]
    #[nl(105)]
    pub nexthop_gone: Event<NextHop<'static>>,
    /// Lists VLANs of bridges and ports.
    #[doc(alias = "RTM_GETVLAN")]
    #[nl(114, reply = 112)]
    pub get_vlan: Dump<BridgeVlanListRequest, BridgeVlans<'static>>,
    /// Lets a port take part in VLANs; changes options.
    #[doc(alias = "RTM_NEWVLAN")]
    #[nl(112)]
    pub new_vlan: Do<BridgeVlans<'static>>,
    /// Lets a port take part in VLANs no more.
    #[doc(alias = "RTM_DELVLAN")]
    #[nl(113)]
    pub del_vlan: Do<BridgeVlans<'static>>,
    /// VLANs of a bridge or a port are new, or have changed.
    #[doc(alias = "RTM_NEWVLAN")]
    #[nl(112)]
    pub vlan_changed: Event<BridgeVlans<'static>>,
    /// VLANs of a bridge or a port are gone.
    #[doc(alias = "RTM_DELVLAN")]
    #[nl(113)]
    pub vlan_gone: Event<BridgeVlans<'static>>,
    /// Tells of a bucket of a resilient group; lists buckets.
    #[doc(alias = "RTM_GETNEXTHOPBUCKET")]
    #[nl(118, reply = 116)]
    pub get_nexthopbucket: DoDump<NextHopGet, NextHop<'static>>,
    /// A bucket belongs to another next hop.
    #[doc(alias = "RTM_NEWNEXTHOPBUCKET")]
    #[nl(116)]
    pub nexthopbucket_changed: Event<NextHop<'static>>,
    /// Lists VNIs of VXLANs.
    #[doc(alias = "RTM_GETTUNNEL")]
    #[nl(122, reply = 120)]
    pub get_tunnel: Dump<Tunnel<'static>, Tunnel<'static>>,
    /// Lets a VXLAN take VNIs.
    #[doc(alias = "RTM_NEWTUNNEL")]
    #[nl(120)]
    pub new_tunnel: Do<Tunnel<'static>>,
    /// Lets a VXLAN take VNIs no more.
    #[doc(alias = "RTM_DELTUNNEL")]
    #[nl(121)]
    pub del_tunnel: Do<Tunnel<'static>>,
    /// A VXLAN takes VNIs, or has another far end for them.
    #[doc(alias = "RTM_NEWTUNNEL")]
    #[nl(120)]
    pub tunnel_changed: Event<Tunnel<'static>>,
    /// A VXLAN takes VNIs no more.
    #[doc(alias = "RTM_DELTUNNEL")]
    #[nl(121)]
    pub tunnel_gone: Event<Tunnel<'static>>,
    /// Lists gateways of the Controller Area Network.
    #[doc(alias = "RTM_GETROUTE")]
    #[nl(26, reply = 24)]
    pub list_can_jobs: Dump<CanJob<'static>, CanJob<'static>>,
    /// Makes a gateway of the Controller Area Network.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24)]
    pub new_can_job: Do<CanJob<'static>>,
    /// Ends gateways of the Controller Area Network.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25)]
    pub del_can_job: Do<CanJob<'static>>,
    /// Tells of data center bridging; the reply has the number of the request.
    #[doc(alias = "RTM_GETDCB")]
    #[nl(78)]
    pub get_dcb: Do<Dcb<'static>, Dcb<'static>>,
    /// Sets something of data center bridging; the reply, which has the number of the request, says what became of it.
    #[doc(alias = "RTM_SETDCB")]
    #[nl(79)]
    pub set_dcb: Do<Dcb<'static>, DcbDone<'static>>,
    /// The peer has settings of data center bridging.
    #[doc(alias = "RTM_GETDCB")]
    #[nl(78)]
    pub dcb_told: Event<Dcb<'static>>,
    /// Settings of data center bridging have changed.
    #[doc(alias = "RTM_SETDCB")]
    #[nl(79)]
    pub dcb_changed: Event<Dcb<'static>>,

    // Every other multicast group.
    /// Unused since Linux 2.6.
    #[doc(alias = "RTNLGRP_NOTIFY")]
    #[nl(group = 2)]
    pub notify: Group,
    /// Neighbours, and entries of forwarding tables.
    #[doc(alias = "RTNLGRP_NEIGH")]
    #[nl(group = 3)]
    pub neigh: Group,
    /// Addresses of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_IFADDR")]
    #[nl(group = 5)]
    pub ipv4_ifaddr: Group,
    /// Multicast routes of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_MROUTE")]
    #[nl(group = 6)]
    pub ipv4_mroute: Group,
    /// Routes of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_ROUTE")]
    #[nl(group = 7)]
    pub ipv4_route: Group,
    /// Rules of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_RULE")]
    #[nl(group = 8)]
    pub ipv4_rule: Group,
    /// Addresses of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_IFADDR")]
    #[nl(group = 9)]
    pub ipv6_ifaddr: Group,
    /// Multicast routes of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_MROUTE")]
    #[nl(group = 10)]
    pub ipv6_mroute: Group,
    /// Routes of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_ROUTE")]
    #[nl(group = 11)]
    pub ipv6_route: Group,
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
    /// Prefixes that routers advertise.
    #[doc(alias = "RTNLGRP_IPV6_PREFIX")]
    #[nl(group = 18)]
    pub ipv6_prefix: Group,
    /// Rules of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_RULE")]
    #[nl(group = 19)]
    pub ipv6_rule: Group,
    /// Options of advertisements that are for user space.
    #[doc(alias = "RTNLGRP_ND_USEROPT")]
    #[nl(group = 20)]
    pub nd_useropt: Group,
    /// Addresses of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_IFADDR")]
    #[nl(group = 21)]
    pub phonet_ifaddr: Group,
    /// Routes of Phonet.
    #[doc(alias = "RTNLGRP_PHONET_ROUTE")]
    #[nl(group = 22)]
    pub phonet_route: Group,
    /// Data center bridging.
    #[doc(alias = "RTNLGRP_DCB")]
    #[nl(group = 23)]
    pub dcb: Group,
    /// Settings of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_NETCONF")]
    #[nl(group = 24)]
    pub ipv4_netconf: Group,
    /// Settings of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_NETCONF")]
    #[nl(group = 25)]
    pub ipv6_netconf: Group,
    /// The multicast database of bridges.
    #[doc(alias = "RTNLGRP_MDB")]
    #[nl(group = 26)]
    pub mdb: Group,
    /// Routes of MPLS.
    #[doc(alias = "RTNLGRP_MPLS_ROUTE")]
    #[nl(group = 27)]
    pub mpls_route: Group,
    /// Numbers of namespaces.
    #[doc(alias = "RTNLGRP_NSID")]
    #[nl(group = 28)]
    pub nsid: Group,
    /// Settings of MPLS.
    #[doc(alias = "RTNLGRP_MPLS_NETCONF")]
    #[nl(group = 29)]
    pub mpls_netconf: Group,
    /// Multicast packets of IPv4 that the kernel has a question about; needs `CAP_NET_ADMIN`.
    #[doc(alias = "RTNLGRP_IPV4_MROUTE_R")]
    #[nl(group = 30)]
    pub ipv4_mroute_r: Group,
    /// Multicast packets of IPv6 that the kernel has a question about; needs `CAP_NET_ADMIN`.
    #[doc(alias = "RTNLGRP_IPV6_MROUTE_R")]
    #[nl(group = 31)]
    pub ipv6_mroute_r: Group,
    /// Next hops. Since Linux 5.3.
    #[doc(alias = "RTNLGRP_NEXTHOP")]
    #[nl(group = 32)]
    pub nexthop: Group,
    /// VLANs of bridges. Since Linux 5.6.
    #[doc(alias = "RTNLGRP_BRVLAN")]
    #[nl(group = 33)]
    pub brvlan: Group,
    /// Addresses of MCTP. Since Linux 5.15.
    #[doc(alias = "RTNLGRP_MCTP_IFADDR")]
    #[nl(group = 34)]
    pub mctp_ifaddr: Group,
    /// VNIs of VXLANs. Since Linux 5.18.
    #[doc(alias = "RTNLGRP_TUNNEL")]
    #[nl(group = 35)]
    pub tunnel: Group,
    /// What statistics are counted. Since Linux 5.19.
    #[doc(alias = "RTNLGRP_STATS")]
    #[nl(group = 36)]
    pub stats: Group,
    /// Multicast groups that links listen to, of IPv4. Since Linux 6.14.
    #[doc(alias = "RTNLGRP_IPV4_MCADDR")]
    #[nl(group = 37)]
    pub ipv4_mcaddr: Group,
    /// Multicast groups that links listen to, of IPv6. Since Linux 6.14.
    #[doc(alias = "RTNLGRP_IPV6_MCADDR")]
    #[nl(group = 38)]
    pub ipv6_mcaddr: Group,
    /// Anycast groups that links listen to, of IPv6. Since Linux 6.15.
    #[doc(alias = "RTNLGRP_IPV6_ACADDR")]
    #[nl(group = 39)]
    pub ipv6_acaddr: Group,
}
