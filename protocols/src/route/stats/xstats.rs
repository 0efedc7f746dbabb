//! Statistics that are special to kinds of links, to hardware, to address families.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use crate::route::link::{BridgeVlanFlags, LinkStats64};

/// What is special to a kind of link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct LinkXstats<'a> {
    /// Bridges.
    #[doc(alias = "LINK_XSTATS_TYPE_BRIDGE")]
    #[nl_attr(1)]
    pub bridge: Option<BridgeXstats<'a>>,
    /// Bonds. Since Linux 5.0.
    #[doc(alias = "LINK_XSTATS_TYPE_BOND")]
    #[nl_attr(2)]
    pub bond: Option<BondXstats<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Statistics of a bridge, or of one of its ports.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct BridgeXstats<'a> {
    /// By VLAN.
    #[doc(alias = "BRIDGE_XSTATS_VLAN")]
    #[nl_attr(1, multi)]
    pub vlan: Vec<BridgeVlanStats>,
    /// Of multicast snooping.
    #[doc(alias = "BRIDGE_XSTATS_MCAST")]
    #[nl_attr(2)]
    pub mcast: Option<BridgeMcastStats>,
    /// Of the spanning tree, of ports.
    #[doc(alias = "BRIDGE_XSTATS_STP")]
    #[nl_attr(4)]
    pub stp: Option<BridgeStpStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What went through a VLAN of a bridge.
#[doc(alias = "bridge_vlan_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeVlanStats {
    /// Bytes received.
    pub rx_bytes: u64,
    /// Packets received.
    pub rx_packets: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// The VLAN.
    pub vid: u16,
    /// What is special about the VLAN.
    #[nl(pad = 4)]
    pub flags: BridgeVlanFlags,
}

/// What multicast snooping saw; of pairs, the first is what was received, the second what was sent.
#[doc(alias = "br_mcast_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeMcastStats {
    /// Queries of IGMPv1.
    pub igmp_v1queries: [u64; 2],
    /// Queries of IGMPv2.
    pub igmp_v2queries: [u64; 2],
    /// Queries of IGMPv3.
    pub igmp_v3queries: [u64; 2],
    /// Leaves of IGMP.
    pub igmp_leaves: [u64; 2],
    /// Reports of IGMPv1.
    pub igmp_v1reports: [u64; 2],
    /// Reports of IGMPv2.
    pub igmp_v2reports: [u64; 2],
    /// Reports of IGMPv3.
    pub igmp_v3reports: [u64; 2],
    /// Damaged packets of IGMP.
    pub igmp_parse_errors: u64,
    /// Queries of MLDv1.
    pub mld_v1queries: [u64; 2],
    /// Queries of MLDv2.
    pub mld_v2queries: [u64; 2],
    /// Leaves of MLD.
    pub mld_leaves: [u64; 2],
    /// Reports of MLDv1.
    pub mld_v1reports: [u64; 2],
    /// Reports of MLDv2.
    pub mld_v2reports: [u64; 2],
    /// Damaged packets of MLD.
    pub mld_parse_errors: u64,
    /// Bytes of multicasts.
    pub mcast_bytes: [u64; 2],
    /// Packets of multicasts.
    pub mcast_packets: [u64; 2],
}

/// What the spanning tree did at a port.
#[doc(alias = "bridge_stp_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeStpStats {
    /// How often it began to block.
    pub transition_blk: u64,
    /// How often it began to forward.
    pub transition_fwd: u64,
    /// Bridge protocol data units received.
    pub rx_bpdu: u64,
    /// Bridge protocol data units sent.
    pub tx_bpdu: u64,
    /// Changes of the topology received.
    pub rx_tcn: u64,
    /// Changes of the topology sent.
    pub tx_tcn: u64,
}

/// Statistics of a bond, or of one of its ports.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BondXstats<'a> {
    /// Of 802.3ad.
    #[doc(alias = "BOND_XSTATS_3AD")]
    #[nl_attr(1)]
    pub ad: Option<Bond3adStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Statistics of 802.3ad.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Bond3adStats {
    /// LACP data units received.
    #[doc(alias = "BOND_3AD_STAT_LACPDU_RX")]
    #[nl_attr(0)]
    pub lacpdu_rx: Option<u64>,
    /// LACP data units sent.
    #[doc(alias = "BOND_3AD_STAT_LACPDU_TX")]
    #[nl_attr(1)]
    pub lacpdu_tx: Option<u64>,
    /// Unknown LACP data units received.
    #[doc(alias = "BOND_3AD_STAT_LACPDU_UNKNOWN_RX")]
    #[nl_attr(2)]
    pub lacpdu_unknown_rx: Option<u64>,
    /// Illegal LACP data units received.
    #[doc(alias = "BOND_3AD_STAT_LACPDU_ILLEGAL_RX")]
    #[nl_attr(3)]
    pub lacpdu_illegal_rx: Option<u64>,
    /// Markers received.
    #[doc(alias = "BOND_3AD_STAT_MARKER_RX")]
    #[nl_attr(4)]
    pub marker_rx: Option<u64>,
    /// Markers sent.
    #[doc(alias = "BOND_3AD_STAT_MARKER_TX")]
    #[nl_attr(5)]
    pub marker_tx: Option<u64>,
    /// Answers to markers received.
    #[doc(alias = "BOND_3AD_STAT_MARKER_RESP_RX")]
    #[nl_attr(6)]
    pub marker_resp_rx: Option<u64>,
    /// Answers to markers sent.
    #[doc(alias = "BOND_3AD_STAT_MARKER_RESP_TX")]
    #[nl_attr(7)]
    pub marker_resp_tx: Option<u64>,
    /// Unknown markers received.
    #[doc(alias = "BOND_3AD_STAT_MARKER_UNKNOWN_RX")]
    #[nl_attr(8)]
    pub marker_unknown_rx: Option<u64>,
}

/// What hardware did.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct OffloadXstats<'a> {
    /// Packets that came to the kernel nevertheless.
    #[doc(alias = "IFLA_OFFLOAD_XSTATS_CPU_HIT")]
    #[nl_attr(1)]
    pub cpu_hit: Option<LinkStats64>,
    /// Whether hardware counts: of the statistic with the number `IFLA_OFFLOAD_XSTATS_*`. Since Linux 5.19.
    #[doc(alias = "IFLA_OFFLOAD_XSTATS_HW_S_INFO")]
    #[nl_attr(2, numbered)]
    pub hw_s_info: Vec<(u16, HwStatsInfo)>,
    /// What hardware sent on. Since Linux 5.19.
    #[doc(alias = "IFLA_OFFLOAD_XSTATS_L3_STATS")]
    #[nl_attr(3)]
    pub l3_stats: Option<HwStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether hardware counts.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct HwStatsInfo {
    /// 1 if it was asked to.
    #[doc(alias = "IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST")]
    #[nl_attr(1)]
    pub request: Option<u8>,
    /// 1 if it does.
    #[doc(alias = "IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED")]
    #[nl_attr(2)]
    pub used: Option<u8>,
}

/// What hardware counts.
#[doc(alias = "rtnl_hw_stats64")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HwStats {
    /// Packets received.
    pub rx_packets: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// Bytes received.
    pub rx_bytes: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Packets received with an error.
    pub rx_errors: u64,
    /// Packets that could not be sent.
    pub tx_errors: u64,
    /// Packets received and dropped.
    pub rx_dropped: u64,
    /// Packets to be sent and dropped.
    pub tx_dropped: u64,
    /// Multicast packets received.
    pub multicast: u64,
}

/// What is special to address families: numbered by them.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct StatsAfSpec<'a> {
    /// MPLS.
    #[nl_attr(28)]
    pub mpls: Option<StatsAfMpls<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is special to MPLS.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 0)]
pub struct StatsAfMpls<'a> {
    /// Of the link.
    #[doc(alias = "MPLS_STATS_LINK")]
    #[nl_attr(1)]
    pub link: Option<MplsStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What went through a link with labels.
#[doc(alias = "mpls_link_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MplsStats {
    /// Packets received.
    pub rx_packets: u64,
    /// Packets sent.
    pub tx_packets: u64,
    /// Bytes received.
    pub rx_bytes: u64,
    /// Bytes sent.
    pub tx_bytes: u64,
    /// Packets received with an error.
    pub rx_errors: u64,
    /// Packets that could not be sent.
    pub tx_errors: u64,
    /// Packets received and dropped.
    pub rx_dropped: u64,
    /// Packets to be sent and dropped.
    pub tx_dropped: u64,
    /// Packets received with a label that nobody knows.
    pub rx_noroute: u64,
}
