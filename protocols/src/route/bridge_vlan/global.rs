//! Options of the VLANs of a bridge.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

use crate::route::mdb::MdbRouter;

/// Options of a VLAN of a bridge, or of several in a row. Times are in hundredths of a second.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct VlanGlobalOptions<'a> {
    /// The VLAN.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_ID")]
    #[nl_attr(1)]
    pub id: Option<u16>,
    /// The last of several VLANs in a row.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_RANGE")]
    #[nl_attr(2)]
    pub range: Option<u16>,
    /// 1 if multicast snooping is on.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING")]
    #[nl_attr(3)]
    pub mcast_snooping: Option<u8>,
    /// The version of IGMP: 2 or 3.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION")]
    #[nl_attr(4)]
    pub mcast_igmp_version: Option<u8>,
    /// The version of MLD: 1 or 2.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION")]
    #[nl_attr(5)]
    pub mcast_mld_version: Option<u8>,
    /// How often is asked after somebody left.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT")]
    #[nl_attr(6)]
    pub mcast_last_member_cnt: Option<u32>,
    /// How often is asked at the start.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT")]
    #[nl_attr(7)]
    pub mcast_startup_query_cnt: Option<u32>,
    /// How long to wait between questions after somebody left.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL")]
    #[nl_attr(8)]
    pub mcast_last_member_intvl: Option<u64>,
    /// How long a member counts.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL")]
    #[nl_attr(10)]
    pub mcast_membership_intvl: Option<u64>,
    /// How long another who asks counts.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL")]
    #[nl_attr(11)]
    pub mcast_querier_intvl: Option<u64>,
    /// How long to wait between questions.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL")]
    #[nl_attr(12)]
    pub mcast_query_intvl: Option<u64>,
    /// How long answers may take.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL")]
    #[nl_attr(13)]
    pub mcast_query_response_intvl: Option<u64>,
    /// How long to wait between questions at the start.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL")]
    #[nl_attr(14)]
    pub mcast_startup_query_intvl: Option<u64>,
    /// 1 if the bridge asks.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_QUERIER")]
    #[nl_attr(15)]
    pub mcast_querier: Option<u8>,
    /// Where multicast routers are.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS")]
    #[nl_attr(16)]
    pub mcast_router_ports: Option<VlanRouters<'a>>,
    /// Who asks.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_STATE")]
    #[nl_attr(17)]
    pub mcast_querier_state: Option<Querier<'a>>,
    /// The number of the spanning tree. Since Linux 5.18.
    #[doc(alias = "BRIDGE_VLANDB_GOPTS_MSTI")]
    #[nl_attr(18)]
    pub msti: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Where multicast routers are.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VlanRouters<'a> {
    /// The ports, as the multicast database has them.
    #[doc(alias = "MDBA_ROUTER")]
    #[nl_attr(2)]
    pub router: Option<MdbRouter<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Who asks for members of multicast groups.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 4)]
pub struct Querier<'a> {
    /// The address, of IPv4.
    #[doc(alias = "BRIDGE_QUERIER_IP_ADDRESS")]
    #[nl_attr(1)]
    pub ip_address: Option<Ipv4Addr>,
    /// The index of the port, of IPv4.
    #[doc(alias = "BRIDGE_QUERIER_IP_PORT")]
    #[nl_attr(2)]
    pub ip_port: Option<u32>,
    /// How long another who asks still counts, of IPv4, in hundredths of a second.
    #[doc(alias = "BRIDGE_QUERIER_IP_OTHER_TIMER")]
    #[nl_attr(3)]
    pub ip_other_timer: Option<u64>,
    /// The address, of IPv6.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_ADDRESS")]
    #[nl_attr(5)]
    pub ipv6_address: Option<Ipv6Addr>,
    /// The index of the port, of IPv6.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_PORT")]
    #[nl_attr(6)]
    pub ipv6_port: Option<u32>,
    /// How long another who asks still counts, of IPv6, in hundredths of a second.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_OTHER_TIMER")]
    #[nl_attr(7)]
    pub ipv6_other_timer: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
