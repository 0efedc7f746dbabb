//! What CEE, which was before IEEE 802.1Qaz, has to say.

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::{App, PriorityFlowControl, PriorityGroups};

/// The settings of CEE. Only told, all at once.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cee<'a> {
    /// The peer's groups of priorities.
    #[doc(alias = "DCB_ATTR_CEE_PEER_PG")]
    #[nl_attr(1)]
    pub peer_pg: Option<CeePg>,
    /// The peer's flow control.
    #[doc(alias = "DCB_ATTR_CEE_PEER_PFC")]
    #[nl_attr(2)]
    pub peer_pfc: Option<CeePfc>,
    /// The peer's applications.
    #[doc(alias = "DCB_ATTR_CEE_PEER_APP_TABLE")]
    #[nl_attr(3)]
    pub peer_app_table: Option<CeePeerApps<'a>>,
    /// Groups of priorities of what is sent.
    #[doc(alias = "DCB_ATTR_CEE_TX_PG")]
    #[nl_attr(4)]
    pub tx_pg: Option<PriorityGroups<'a>>,
    /// Groups of priorities of what is received.
    #[doc(alias = "DCB_ATTR_CEE_RX_PG")]
    #[nl_attr(5)]
    pub rx_pg: Option<PriorityGroups<'a>>,
    /// Flow control.
    #[doc(alias = "DCB_ATTR_CEE_PFC")]
    #[nl_attr(6)]
    pub pfc: Option<PriorityFlowControl<'a>>,
    /// Applications.
    #[doc(alias = "DCB_ATTR_CEE_APP_TABLE")]
    #[nl_attr(7)]
    pub app_table: Option<CeeApps<'a>>,
    /// Features.
    #[doc(alias = "DCB_ATTR_CEE_FEAT")]
    #[nl_attr(8)]
    pub feat: Option<Features<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Applications, of CEE.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CeeApps<'a> {
    /// One each.
    #[doc(alias = "DCB_ATTR_CEE_APP")]
    #[nl_attr(1, multi)]
    pub app: Vec<App>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The peer's applications, of CEE.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CeePeerApps<'a> {
    /// What holds for all of them.
    #[doc(alias = "DCB_ATTR_CEE_PEER_APP_INFO")]
    #[nl_attr(1)]
    pub info: Option<PeerAppInfo>,
    /// One each.
    #[doc(alias = "DCB_ATTR_CEE_PEER_APP")]
    #[nl_attr(2, multi)]
    pub app: Vec<App>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What holds for all applications of the peer.
#[doc(alias = "dcb_peer_app_info")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeerAppInfo {
    /// 1 if it takes over the settings of this end.
    pub willing: u8,
    /// 1 if something is wrong.
    pub error: u8,
}

/// Groups of priorities of the peer.
#[doc(alias = "cee_pg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CeePg {
    /// 1 if it takes over the settings of this end.
    pub willing: u8,
    /// 1 if something is wrong.
    pub error: u8,
    /// 1 if it is on.
    pub pg_en: u8,
    /// How many traffic classes it can have.
    pub tcs_supported: u8,
    /// The share of each group, in percent.
    pub pg_bw: [u8; 8],
    /// The group of each priority.
    pub prio_pg: [u8; 8],
}

/// Flow control of the peer.
#[doc(alias = "cee_pfc")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CeePfc {
    /// 1 if it takes over the settings of this end.
    pub willing: u8,
    /// 1 if something is wrong.
    pub error: u8,
    /// Which priorities have it: a bit each.
    pub pfc_en: u8,
    /// How many traffic classes can have it.
    pub tcs_supported: u8,
}

/// The priority of an application, of CEE.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct AppPriority<'a> {
    /// How its packets are known.
    #[doc(alias = "DCB_APP_ATTR_IDTYPE")]
    #[nl_attr(1)]
    pub idtype: Option<AppIdType>,
    /// The type, or the port.
    #[doc(alias = "DCB_APP_ATTR_ID")]
    #[nl_attr(2)]
    pub id: Option<u16>,
    /// The priorities: a bit each; 255 if nobody has said.
    #[doc(alias = "DCB_APP_ATTR_PRIORITY")]
    #[nl_attr(3)]
    pub priority: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How packets of an application are known, in CEE.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum AppIdType {
    /// By the type of Ethernet.
    #[doc(alias = "DCB_APP_IDTYPE_ETHTYPE")]
    Ethertype = 0,
    /// By the port of TCP or UDP.
    #[doc(alias = "DCB_APP_IDTYPE_PORTNUM")]
    Port = 1,
    /// Another one.
    #[nl(other)]
    Other(u8),
}

/// Features and how they are negotiated. In requests for it, what is wanted is there.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Features<'a> {
    /// In requests: all of them.
    #[doc(alias = "DCB_FEATCFG_ATTR_ALL")]
    #[nl_attr(1)]
    pub all: bool,
    /// Groups of priorities.
    #[doc(alias = "DCB_FEATCFG_ATTR_PG")]
    #[nl_attr(2)]
    pub pg: Option<FeatureState>,
    /// Flow control.
    #[doc(alias = "DCB_FEATCFG_ATTR_PFC")]
    #[nl_attr(3)]
    pub pfc: Option<FeatureState>,
    /// Applications.
    #[doc(alias = "DCB_FEATCFG_ATTR_APP")]
    #[nl_attr(4)]
    pub app: Option<FeatureState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// How a feature is negotiated.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "DCB_FEATCFG_")]
    pub struct FeatureState: u8 {
        /// Something is wrong.
        #[doc(alias = "DCB_FEATCFG_ERROR")]
        const ERROR = 0x01;
        /// It is on.
        #[doc(alias = "DCB_FEATCFG_ENABLE")]
        const ENABLE = 0x02;
        /// The peer's settings are taken over.
        #[doc(alias = "DCB_FEATCFG_WILLING")]
        const WILLING = 0x04;
        /// It is told to the peer.
        #[doc(alias = "DCB_FEATCFG_ADVERTISE")]
        const ADVERTISE = 0x08;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
