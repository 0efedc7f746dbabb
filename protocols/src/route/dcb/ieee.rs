//! What IEEE 802.1Qaz has to say: bandwidth, flow control, applications; and what came to it later.

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{UnknownAttr, UnknownAttrs},
};

/// The settings of IEEE 802.1Qaz. Those of the peer are only told.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ieee<'a> {
    /// How bandwidth is shared.
    #[doc(alias = "DCB_ATTR_IEEE_ETS")]
    #[nl_attr(1)]
    pub ets: Option<IeeeEts>,
    /// Flow control.
    #[doc(alias = "DCB_ATTR_IEEE_PFC")]
    #[nl_attr(2)]
    pub pfc: Option<IeeePfc>,
    /// Which applications have which priority.
    #[doc(alias = "DCB_ATTR_IEEE_APP_TABLE")]
    #[nl_attr(3, stream)]
    pub app_table: Vec<AppEntry<'a>>,
    /// How the peer shares bandwidth.
    #[doc(alias = "DCB_ATTR_IEEE_PEER_ETS")]
    #[nl_attr(4)]
    pub peer_ets: Option<IeeeEts>,
    /// The peer's flow control.
    #[doc(alias = "DCB_ATTR_IEEE_PEER_PFC")]
    #[nl_attr(5)]
    pub peer_pfc: Option<IeeePfc>,
    /// Which applications have which priority with the peer.
    #[doc(alias = "DCB_ATTR_IEEE_PEER_APP")]
    #[nl_attr(6, stream)]
    pub peer_app: Vec<AppEntry<'a>>,
    /// Limits of sending.
    #[doc(alias = "DCB_ATTR_IEEE_MAXRATE")]
    #[nl_attr(7)]
    pub maxrate: Option<IeeeMaxRate>,
    /// How congestion is told (IEEE 802.1Qau).
    #[doc(alias = "DCB_ATTR_IEEE_QCN")]
    #[nl_attr(8)]
    pub qcn: Option<IeeeQcn>,
    /// Counters of that. Only told.
    #[doc(alias = "DCB_ATTR_IEEE_QCN_STATS")]
    #[nl_attr(9)]
    pub qcn_stats: Option<IeeeQcnStats>,
    /// Buffers of the receiver.
    #[doc(alias = "DCB_ATTR_DCB_BUFFER")]
    #[nl_attr(10)]
    pub buffer: Option<Buffer>,
    /// Whom to believe what priority a packet has: the first that says something. Since Linux 6.2.
    #[doc(alias = "DCB_ATTR_DCB_APP_TRUST_TABLE")]
    #[nl_attr(11, stream)]
    pub app_trust_table: Vec<AppTrust<'a>>,
    /// What to write into packets of a priority. Since Linux 6.3.
    #[doc(alias = "DCB_ATTR_DCB_REWR_TABLE")]
    #[nl_attr(12, stream)]
    pub rewr_table: Vec<AppEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An application and its priority.
#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum AppEntry<'a> {
    /// One of the standard.
    #[doc(alias = "DCB_ATTR_IEEE_APP")]
    #[nl_attr(1)]
    Ieee(App),
    /// One that the standard does not have, such as [`AppSelector::Pcp`]. Since Linux 6.2.
    #[doc(alias = "DCB_ATTR_DCB_APP")]
    #[nl_attr(2)]
    Dcb(App),
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

/// By what the priority of packets is told.
#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum AppTrust<'a> {
    /// One of the standard.
    #[doc(alias = "DCB_ATTR_IEEE_APP")]
    #[nl_attr(1)]
    Ieee(AppSelector),
    /// One that the standard does not have.
    #[doc(alias = "DCB_ATTR_DCB_APP")]
    #[nl_attr(2)]
    Dcb(AppSelector),
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

/// How packets of an application are known, in IEEE 802.1Qaz.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum AppSelector {
    /// By the priority in the tag of the VLAN; not of the standard. Since Linux 6.2.
    #[doc(alias = "DCB_APP_SEL_PCP")]
    Pcp = 255,
    /// By the type of Ethernet.
    #[doc(alias = "IEEE_8021QAZ_APP_SEL_ETHERTYPE")]
    Ethertype = 1,
    /// By the port of TCP or SCTP.
    #[doc(alias = "IEEE_8021QAZ_APP_SEL_STREAM")]
    Stream = 2,
    /// By the port of UDP or DCCP.
    #[doc(alias = "IEEE_8021QAZ_APP_SEL_DGRAM")]
    Dgram = 3,
    /// By the port of any of these.
    #[doc(alias = "IEEE_8021QAZ_APP_SEL_ANY")]
    Any = 4,
    /// By the differentiated services code point.
    #[doc(alias = "IEEE_8021QAZ_APP_SEL_DSCP")]
    Dscp = 5,
    /// Another one; in CEE, 0 is the type of Ethernet, and 1 a port.
    #[nl(other)]
    Other(u8),
}

/// An application: how its packets are known, and their priority.
#[doc(alias = "dcb_app")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
pub struct App {
    /// How they are known.
    pub selector: AppSelector,
    /// The priority: 0 to 7; in CEE, a bit for each priority.
    pub priority: u8,
    /// What is looked for: a type, a port, a code point.
    pub protocol: u16,
}

/// How bandwidth is shared among traffic classes, which are 8.
#[doc(alias = "ieee_ets")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IeeeEts {
    /// 1 if the peer's settings are taken over.
    pub willing: u8,
    /// How many traffic classes can share.
    pub ets_cap: u8,
    /// 1 if it can shape by credit.
    pub cbs: u8,
    /// The share of each class of what is sent, in percent.
    pub tc_tx_bw: [u8; 8],
    /// The share of each class of what is received, in percent.
    pub tc_rx_bw: [u8; 8],
    /// How each class is served: 0 strictly, 1 shaped by credit, 2 by its share, 255 as the maker likes.
    pub tc_tsa: [u8; 8],
    /// The class of each priority.
    pub prio_tc: [u8; 8],
    /// The shares that are recommended to the peer, in percent.
    pub tc_reco_bw: [u8; 8],
    /// The service that is recommended to the peer.
    pub tc_reco_tsa: [u8; 8],
    /// The classes that are recommended to the peer.
    pub reco_prio_tc: [u8; 8],
}

/// Flow control for each priority.
#[doc(alias = "ieee_pfc")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IeeePfc {
    /// How many classes can have it.
    pub pfc_cap: u8,
    /// Which priorities have it: a bit each.
    pub pfc_en: u8,
    /// 1 if it does not wait for MACsec.
    #[nl(pad = 1)]
    pub mbc: u8,
    /// What is allowed for the way there and back, in bits.
    #[nl(pad = 2)]
    pub delay: u16,
    /// How many frames that ask to wait were sent, of each priority. Only told.
    pub requests: [u64; 8],
    /// How many were received. Only told.
    pub indications: [u64; 8],
}

/// Limits of sending.
#[doc(alias = "ieee_maxrate")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IeeeMaxRate {
    /// The largest rate of each traffic class, in kilobits a second; 0 for none.
    pub tc_maxrate: [u64; 8],
}

/// How news of congestion slows down senders, for each priority.
#[doc(alias = "ieee_qcn")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IeeeQcn {
    /// 1 if it is on.
    pub rpg_enable: [u8; 8],
    /// How many limiters there may be.
    pub rppp_max_rps: [u32; 8],
    /// The time after which the rate grows without such news, in microseconds.
    pub rpg_time_reset: [u32; 8],
    /// How much is sent before the rate grows without such news, in bytes.
    pub rpg_byte_reset: [u32; 8],
    /// How often the rate grows before it grows faster.
    pub rpg_threshold: [u32; 8],
    /// The largest rate, in megabits a second.
    pub rpg_max_rate: [u32; 8],
    /// By how much the rate grows, in megabits a second.
    pub rpg_ai_rate: [u32; 8],
    /// By how much the rate grows when it grows faster, in megabits a second.
    pub rpg_hai_rate: [u32; 8],
    /// How much such news slows down: the logarithm to the base 2 of the divisor.
    pub rpg_gd: [u32; 8],
    /// By how much such news slows down at most, in percent.
    pub rpg_min_dec_fac: [u32; 8],
    /// The smallest rate, in bits a second.
    pub rpg_min_rate: [u32; 8],
    /// The state.
    pub cndd_state_machine: [CnddState; 8],
}

/// Where a link is in the domain whose links tell each other of congestion (IEEE 802.1Qau, 32.1.1).
#[doc(alias = "dcbnl_cndd_states")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CnddState {
    /// Nowhere.
    #[doc(alias = "DCB_CNDD_RESET")]
    #[default]
    Reset = 0,
    /// At its edge.
    #[doc(alias = "DCB_CNDD_EDGE")]
    Edge = 1,
    /// Within.
    #[doc(alias = "DCB_CNDD_INTERIOR")]
    Interior = 2,
    /// Within, and may mark packets.
    #[doc(alias = "DCB_CNDD_INTERIOR_READY")]
    InteriorReady = 3,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Counters of news of congestion, for each priority.
#[doc(alias = "ieee_qcn_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IeeeQcnStats {
    /// How long there were limiters, in hundredths of a second.
    pub rppp_rp_centiseconds: [u64; 8],
    /// How many limiters there are.
    pub rppp_created_rps: [u32; 8],
}

/// Buffers of the receiver.
#[doc(alias = "dcbnl_buffer")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buffer {
    /// The buffer of each priority.
    pub prio2buffer: [u8; 8],
    /// The size of each buffer, in bytes.
    pub buffer_size: [u32; 8],
    /// The size of all, in bytes.
    pub total_size: u32,
}
