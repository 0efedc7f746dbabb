//! Bridges (`IFLA_BR_*`), proven on Linux 6.18. Times are in hundredths of a second (`USER_HZ`).

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{MacAddr, UnknownAttrs},
};

use super::VlanProtocol;

mod cfm;
mod mrp;
mod mrp_state;
mod port;
mod vlan;

pub use cfm::*;
pub use mrp::*;
pub use mrp_state::*;
pub use port::*;
pub use vlan::*;

/// A bridge: its settings, and what it says of its state. What is only told and cannot be set, is marked so.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 40)]
pub struct Bridge<'a> {
    /// How long a port listens, and how long it learns, before it forwards, in 1/100 s.
    #[doc(alias = "IFLA_BR_FORWARD_DELAY")]
    #[nl_attr(1)]
    pub forward_delay: Option<u32>,
    /// The time between configuration messages of the root, in 1/100 s.
    #[doc(alias = "IFLA_BR_HELLO_TIME")]
    #[nl_attr(2)]
    pub hello_time: Option<u32>,
    /// How long the information of a configuration message counts, in 1/100 s.
    #[doc(alias = "IFLA_BR_MAX_AGE")]
    #[nl_attr(3)]
    pub max_age: Option<u32>,
    /// How long an address stays in the forwarding table after it was last seen, in 1/100 s.
    #[doc(alias = "IFLA_BR_AGEING_TIME")]
    #[nl_attr(4)]
    pub ageing_time: Option<u32>,
    /// Whether the spanning tree protocol is spoken: 0 for no, 1 by the kernel, 2 by a program.
    #[doc(alias = "IFLA_BR_STP_STATE")]
    #[nl_attr(5)]
    pub stp_state: Option<u32>,
    /// The priority of the bridge in the election of the root: the smaller, the sooner.
    #[doc(alias = "IFLA_BR_PRIORITY")]
    #[nl_attr(6)]
    pub priority: Option<u16>,
    /// 1 if packets are kept apart by VLAN.
    #[doc(alias = "IFLA_BR_VLAN_FILTERING")]
    #[nl_attr(7)]
    pub vlan_filtering: Option<u8>,
    /// The type of the tag. Big-endian on the wire.
    #[doc(alias = "IFLA_BR_VLAN_PROTOCOL")]
    #[nl_attr(8, be)]
    pub vlan_protocol: Option<VlanProtocol>,
    /// Which of the reserved addresses 01:80:c2:00:00:0X are forwarded, one bit each.
    #[doc(alias = "IFLA_BR_GROUP_FWD_MASK")]
    #[nl_attr(9)]
    pub group_fwd_mask: Option<u16>,
    /// The root of the spanning tree. Only told.
    #[doc(alias = "IFLA_BR_ROOT_ID")]
    #[nl_attr(10)]
    pub root_id: Option<BridgeId>,
    /// The bridge in the spanning tree. Only told.
    #[doc(alias = "IFLA_BR_BRIDGE_ID")]
    #[nl_attr(11)]
    pub bridge_id: Option<BridgeId>,
    /// The number of the port that leads to the root; 0 if the bridge is the root. Only told.
    #[doc(alias = "IFLA_BR_ROOT_PORT")]
    #[nl_attr(12)]
    pub root_port: Option<u16>,
    /// The cost of the path to the root. Only told.
    #[doc(alias = "IFLA_BR_ROOT_PATH_COST")]
    #[nl_attr(13)]
    pub root_path_cost: Option<u32>,
    /// 1 if the topology is changing. Only told.
    #[doc(alias = "IFLA_BR_TOPOLOGY_CHANGE")]
    #[nl_attr(14)]
    pub topology_change: Option<u8>,
    /// 1 if this bridge has noticed a change. Only told.
    #[doc(alias = "IFLA_BR_TOPOLOGY_CHANGE_DETECTED")]
    #[nl_attr(15)]
    pub topology_change_detected: Option<u8>,
    /// The time that is left, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BR_HELLO_TIMER")]
    #[nl_attr(16)]
    pub hello_timer: Option<u64>,
    /// The time that is left until the next notification of a change, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BR_TCN_TIMER")]
    #[nl_attr(17)]
    pub tcn_timer: Option<u64>,
    /// The time that is left of a change, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BR_TOPOLOGY_CHANGE_TIMER")]
    #[nl_attr(18)]
    pub topology_change_timer: Option<u64>,
    /// The time that is left until the forwarding table is cleaned, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BR_GC_TIMER")]
    #[nl_attr(19)]
    pub gc_timer: Option<u64>,
    /// Where configuration messages are sent to: 01:80:c2:00:00:0X.
    #[doc(alias = "IFLA_BR_GROUP_ADDR")]
    #[nl_attr(20)]
    pub group_addr: Option<MacAddr>,
    /// Empties the forwarding table of what was learned. Only set.
    #[doc(alias = "IFLA_BR_FDB_FLUSH")]
    #[nl_attr(21)]
    pub fdb_flush: bool,
    /// Whether the bridge itself is taken for a multicast router: 0 never, 1 if queries come, 2 always.
    #[doc(alias = "IFLA_BR_MCAST_ROUTER")]
    #[nl_attr(22)]
    pub mcast_router: Option<u8>,
    /// 1 if multicast goes only where it is wanted.
    #[doc(alias = "IFLA_BR_MCAST_SNOOPING")]
    #[nl_attr(23)]
    pub mcast_snooping: Option<u8>,
    /// 1 if queries come from the address of the bridge instead of 0.0.0.0.
    #[doc(alias = "IFLA_BR_MCAST_QUERY_USE_IFADDR")]
    #[nl_attr(24)]
    pub mcast_query_use_ifaddr: Option<u8>,
    /// 1 if the bridge sends queries where there is no router.
    #[doc(alias = "IFLA_BR_MCAST_QUERIER")]
    #[nl_attr(25)]
    pub mcast_querier: Option<u8>,
    /// Without effect since Linux 4.21: always 16.
    #[doc(alias = "IFLA_BR_MCAST_HASH_ELASTICITY")]
    #[nl_attr(26)]
    pub mcast_hash_elasticity: Option<u32>,
    /// The most entries of the multicast table.
    #[doc(alias = "IFLA_BR_MCAST_HASH_MAX")]
    #[nl_attr(27)]
    pub mcast_hash_max: Option<u32>,
    /// How many queries are sent before a group counts as left.
    #[doc(alias = "IFLA_BR_MCAST_LAST_MEMBER_CNT")]
    #[nl_attr(28)]
    pub mcast_last_member_cnt: Option<u32>,
    /// How many queries are sent at the start.
    #[doc(alias = "IFLA_BR_MCAST_STARTUP_QUERY_CNT")]
    #[nl_attr(29)]
    pub mcast_startup_query_cnt: Option<u32>,
    /// The time between queries after somebody left, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_LAST_MEMBER_INTVL")]
    #[nl_attr(30)]
    pub mcast_last_member_intvl: Option<u64>,
    /// How long a membership counts after a report, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_MEMBERSHIP_INTVL")]
    #[nl_attr(31)]
    pub mcast_membership_intvl: Option<u64>,
    /// How long another querier counts as there, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_QUERIER_INTVL")]
    #[nl_attr(32)]
    pub mcast_querier_intvl: Option<u64>,
    /// The time between queries, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_QUERY_INTVL")]
    #[nl_attr(33)]
    pub mcast_query_intvl: Option<u64>,
    /// How long an answer to a query may take, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_QUERY_RESPONSE_INTVL")]
    #[nl_attr(34)]
    pub mcast_query_response_intvl: Option<u64>,
    /// The time between queries at the start, in 1/100 s.
    #[doc(alias = "IFLA_BR_MCAST_STARTUP_QUERY_INTVL")]
    #[nl_attr(35)]
    pub mcast_startup_query_intvl: Option<u64>,
    /// 1 if IPv4 packets go through iptables.
    #[doc(alias = "IFLA_BR_NF_CALL_IPTABLES")]
    #[nl_attr(36)]
    pub nf_call_iptables: Option<u8>,
    /// 1 if IPv6 packets go through ip6tables.
    #[doc(alias = "IFLA_BR_NF_CALL_IP6TABLES")]
    #[nl_attr(37)]
    pub nf_call_ip6tables: Option<u8>,
    /// 1 if ARP packets go through arptables.
    #[doc(alias = "IFLA_BR_NF_CALL_ARPTABLES")]
    #[nl_attr(38)]
    pub nf_call_arptables: Option<u8>,
    /// The VLAN of untagged packets at new ports; 0 for none.
    #[doc(alias = "IFLA_BR_VLAN_DEFAULT_PVID")]
    #[nl_attr(39, range = 0..=4094)]
    pub vlan_default_pvid: Option<u16>,
    /// 1 if packets are counted by VLAN.
    #[doc(alias = "IFLA_BR_VLAN_STATS_ENABLED")]
    #[nl_attr(41)]
    pub vlan_stats_enabled: Option<u8>,
    /// 1 if IGMP and MLD messages are counted.
    #[doc(alias = "IFLA_BR_MCAST_STATS_ENABLED")]
    #[nl_attr(42)]
    pub mcast_stats_enabled: Option<u8>,
    /// The version of IGMP that is spoken: 2 or 3.
    #[doc(alias = "IFLA_BR_MCAST_IGMP_VERSION")]
    #[nl_attr(43)]
    pub mcast_igmp_version: Option<u8>,
    /// The version of MLD that is spoken: 1 or 2.
    #[doc(alias = "IFLA_BR_MCAST_MLD_VERSION")]
    #[nl_attr(44)]
    pub mcast_mld_version: Option<u8>,
    /// 1 if packets are counted by VLAN and port. It can only be changed while there are no VLANs.
    #[doc(alias = "IFLA_BR_VLAN_STATS_PER_PORT")]
    #[nl_attr(45)]
    pub vlan_stats_per_port: Option<u8>,
    /// Properties. Since Linux 5.0.
    #[doc(alias = "IFLA_BR_MULTI_BOOLOPT")]
    #[nl_attr(46)]
    pub multi_boolopt: Option<BridgeOptions>,
    /// Who sends queries. Only told, since Linux 5.16.
    #[doc(alias = "IFLA_BR_MCAST_QUERIER_STATE")]
    #[nl_attr(47)]
    pub mcast_querier_state: Option<BridgeQuerier<'a>>,
    /// How many addresses were learned. Only told, since Linux 6.7.
    #[doc(alias = "IFLA_BR_FDB_N_LEARNED")]
    #[nl_attr(48)]
    pub fdb_n_learned: Option<u32>,
    /// The most addresses that are learned; 0 for no limit. Since Linux 6.7.
    #[doc(alias = "IFLA_BR_FDB_MAX_LEARNED")]
    #[nl_attr(49)]
    pub fdb_max_learned: Option<u32>,
    /// Who speaks the spanning tree protocol once `stp_state` switches it on.
    #[doc(alias = "IFLA_BR_STP_MODE")]
    #[nl_attr(50)]
    pub stp_mode: Option<StpMode>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A bridge in the spanning tree: the smallest is the root.
#[doc(alias = "ifla_bridge_id")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeId {
    /// The priority.
    #[nl(be)]
    pub prio: u16,
    /// The address.
    pub addr: MacAddr,
}

/// Properties of a bridge, and which of them are meant.
#[doc(alias = "br_boolopt_multi")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeOptions {
    /// The properties.
    pub optval: BridgeOption,
    /// The properties that a request means to change; in replies, those that the kernel knows.
    pub optmask: BridgeOption,
}

bitflags! {
    /// Properties of a bridge, each a bit with the number of `enum br_boolopt_id`.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct BridgeOption: u32 {
        /// Learns nothing from packets to link-local addresses.
        #[doc(alias = "BR_BOOLOPT_NO_LL_LEARN")]
        const NO_LL_LEARN = 1<<0;
        /// Keeps multicast apart by VLAN. Since Linux 5.15.
        #[doc(alias = "BR_BOOLOPT_MCAST_VLAN_SNOOPING")]
        const MCAST_VLAN_SNOOPING = 1<<1;
        /// Has several spanning trees. Since Linux 5.18.
        #[doc(alias = "BR_BOOLOPT_MST_ENABLE")]
        const MST_ENABLE = 1<<2;
        /// Tells of multicast entries that the hardware did not take. Since Linux 6.14.
        #[doc(alias = "BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION")]
        const MDB_OFFLOAD_FAIL_NOTIFICATION = 1<<3;
        /// Has its own addresses in the forwarding table for VLAN 0 only.
        #[doc(alias = "BR_BOOLOPT_FDB_LOCAL_VLAN_0")]
        const FDB_LOCAL_VLAN_0 = 1<<4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Who speaks the spanning tree protocol.
#[doc(alias = "br_stp_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum StpMode {
    /// A program if one is started with the bridge, else the kernel.
    #[doc(alias = "BR_STP_MODE_AUTO")]
    Auto = 0,
    /// A program.
    #[doc(alias = "BR_STP_MODE_USER")]
    User = 1,
    /// The kernel.
    #[doc(alias = "BR_STP_MODE_KERNEL")]
    Kernel = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Who asks for memberships in multicast groups.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 4)]
pub struct BridgeQuerier<'a> {
    /// The querier of IPv4.
    #[doc(alias = "BRIDGE_QUERIER_IP_ADDRESS")]
    #[nl_attr(1)]
    pub ip_address: Option<Ipv4Addr>,
    /// The index of the port that it is behind; absent if it is the bridge itself.
    #[doc(alias = "BRIDGE_QUERIER_IP_PORT")]
    #[nl_attr(2)]
    pub ip_port: Option<u32>,
    /// How long it counts as there, in 1/100 s.
    #[doc(alias = "BRIDGE_QUERIER_IP_OTHER_TIMER")]
    #[nl_attr(3)]
    pub ip_other_timer: Option<u64>,
    /// The querier of IPv6.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_ADDRESS")]
    #[nl_attr(5)]
    pub ipv6_address: Option<Ipv6Addr>,
    /// The index of the port that it is behind; absent if it is the bridge itself.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_PORT")]
    #[nl_attr(6)]
    pub ipv6_port: Option<u32>,
    /// How long it counts as there, in 1/100 s.
    #[doc(alias = "BRIDGE_QUERIER_IPV6_OTHER_TIMER")]
    #[nl_attr(7)]
    pub ipv6_other_timer: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
