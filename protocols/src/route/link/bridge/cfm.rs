//! Connectivity fault management of bridges (IEEE 802.1Q, `IFLA_BRIDGE_CFM_*`), since Linux 5.11. Declared after the
//! headers; not proven against a kernel.

use netlink_core::{
    NlDebug, NlEnum, NlMessage,
    wire::{Hex, MacAddr, UnknownAttrs},
};

/// What a request does about maintenance points, or what a bridge says of them.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cfm<'a> {
    /// Makes a maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE")]
    #[nl_attr(1)]
    pub mep_create: Option<CfmMep<'a>>,
    /// Removes one.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_DELETE")]
    #[nl_attr(2)]
    pub mep_delete: Option<CfmMepDelete<'a>>,
    /// Sets one up.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG")]
    #[nl_attr(3)]
    pub mep_config: Option<CfmMepConfig<'a>>,
    /// Sets up its continuity check.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG")]
    #[nl_attr(4)]
    pub cc_config: Option<CfmCcConfig<'a>>,
    /// Adds a peer.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_MEP_ADD")]
    #[nl_attr(5)]
    pub cc_peer_mep_add: Option<CfmPeerMep<'a>>,
    /// Removes a peer.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_MEP_REMOVE")]
    #[nl_attr(6)]
    pub cc_peer_mep_remove: Option<CfmPeerMep<'a>>,
    /// Sets whether it tells of a defect.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_RDI")]
    #[nl_attr(7)]
    pub cc_rdi: Option<CfmRdi<'a>>,
    /// Sends check messages.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX")]
    #[nl_attr(8)]
    pub cc_ccm_tx: Option<CfmCcmTx<'a>>,
    /// The maintenance points. Only told, as what follows.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE_INFO")]
    #[nl_attr(9, multi)]
    pub mep_create_info: Vec<CfmMep<'a>>,
    /// How they are set up.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG_INFO")]
    #[nl_attr(10, multi)]
    pub mep_config_info: Vec<CfmMepConfig<'a>>,
    /// How their continuity checks are set up.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG_INFO")]
    #[nl_attr(11, multi)]
    pub cc_config_info: Vec<CfmCcConfig<'a>>,
    /// Whether they tell of a defect.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_RDI_INFO")]
    #[nl_attr(12, multi)]
    pub cc_rdi_info: Vec<CfmRdi<'a>>,
    /// How they send check messages.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_INFO")]
    #[nl_attr(13, multi)]
    pub cc_ccm_tx_info: Vec<CfmCcmTx<'a>>,
    /// Their peers.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_MEP_INFO")]
    #[nl_attr(14, multi)]
    pub cc_peer_mep_info: Vec<CfmPeerMep<'a>>,
    /// What they have seen.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_STATUS_INFO")]
    #[nl_attr(15, multi)]
    pub mep_status_info: Vec<CfmMepStatus<'a>>,
    /// What they have seen of their peers.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_INFO")]
    #[nl_attr(16, multi)]
    pub cc_peer_status_info: Vec<CfmPeerStatus<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A maintenance point.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmMep<'a> {
    /// Its number.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// Whether it is about the port or a VLAN.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE_DOMAIN")]
    #[nl_attr(2)]
    pub domain: Option<CfmDomain>,
    /// Where it looks.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE_DIRECTION")]
    #[nl_attr(3)]
    pub direction: Option<CfmDirection>,
    /// The index of the port.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CREATE_IFINDEX")]
    #[nl_attr(4)]
    pub ifindex: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A maintenance point to remove.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmMepDelete<'a> {
    /// Its number.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_DELETE_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How a maintenance point is set up.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmMepConfig<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// Its address.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG_UNICAST_MAC")]
    #[nl_attr(2)]
    pub unicast_mac: Option<MacAddr>,
    /// The level of its maintenance domain.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG_MDLEVEL")]
    #[nl_attr(3, range = 0..=7)]
    pub mdlevel: Option<u32>,
    /// Its identifier.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_CONFIG_MEPID")]
    #[nl_attr(4, range = 0..=0x1fff)]
    pub mepid: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How a continuity check is set up.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmCcConfig<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// 1 if it is on.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG_ENABLE")]
    #[nl_attr(2)]
    pub enable: Option<u32>,
    /// How often check messages are expected.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG_EXP_INTERVAL")]
    #[nl_attr(3)]
    pub exp_interval: Option<CfmInterval>,
    /// The identifier of the association that is expected: 48 bytes.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CONFIG_EXP_MAID")]
    #[nl_attr(4)]
    pub exp_maid: Option<Hex<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A peer of a maintenance point.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmPeerMep<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_MEP_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// The identifier of the peer.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_MEPID")]
    #[nl_attr(2, range = 0..=0x1fff)]
    pub mepid: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether a maintenance point tells of a defect.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmRdi<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_RDI_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// 1 if it does.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_RDI_RDI")]
    #[nl_attr(2)]
    pub rdi: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How a maintenance point sends check messages.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmCcmTx<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// Where to.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_DMAC")]
    #[nl_attr(2)]
    pub dmac: Option<MacAddr>,
    /// 1 if the messages are numbered.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_SEQ_NO_UPDATE")]
    #[nl_attr(3)]
    pub seq_no_update: Option<u32>,
    /// For how long, in seconds; 0 stops.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_PERIOD")]
    #[nl_attr(4)]
    pub period: Option<u32>,
    /// 1 if the state of the interface is sent.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV")]
    #[nl_attr(5)]
    pub if_tlv: Option<u32>,
    /// That state.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV_VALUE")]
    #[nl_attr(6)]
    pub if_tlv_value: Option<u8>,
    /// 1 if the state of the port is sent.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV")]
    #[nl_attr(7)]
    pub port_tlv: Option<u32>,
    /// That state.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV_VALUE")]
    #[nl_attr(8)]
    pub port_tlv_value: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a maintenance point has seen since it was last asked.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmMepStatus<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_STATUS_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// 1 for a message of an unknown kind.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_STATUS_OPCODE_UNEXP_SEEN")]
    #[nl_attr(2)]
    pub opcode_unexp_seen: Option<u32>,
    /// 1 for a message of an unknown version.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_STATUS_VERSION_UNEXP_SEEN")]
    #[nl_attr(3)]
    pub version_unexp_seen: Option<u32>,
    /// 1 for a message of a lower level.
    #[doc(alias = "IFLA_BRIDGE_CFM_MEP_STATUS_RX_LEVEL_LOW_SEEN")]
    #[nl_attr(4)]
    pub rx_level_low_seen: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a maintenance point has seen of a peer.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CfmPeerStatus<'a> {
    /// The number of the maintenance point.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_INSTANCE")]
    #[nl_attr(1)]
    pub instance: Option<u32>,
    /// The identifier of the peer.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_PEER_MEPID")]
    #[nl_attr(2)]
    pub peer_mepid: Option<u32>,
    /// 1 if check messages fail to come.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_CCM_DEFECT")]
    #[nl_attr(3)]
    pub ccm_defect: Option<u32>,
    /// 1 if the peer tells of a defect.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_RDI")]
    #[nl_attr(4)]
    pub rdi: Option<u32>,
    /// The state of the port, as the peer says.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_PORT_TLV_VALUE")]
    #[nl_attr(5)]
    pub port_tlv_value: Option<u8>,
    /// The state of the interface, as the peer says.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_IF_TLV_VALUE")]
    #[nl_attr(6)]
    pub if_tlv_value: Option<u8>,
    /// 1 if a check message came since the last question.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEEN")]
    #[nl_attr(7)]
    pub seen: Option<u32>,
    /// 1 if one came with a state.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_TLV_SEEN")]
    #[nl_attr(8)]
    pub tlv_seen: Option<u32>,
    /// 1 if one came with an unexpected number.
    #[doc(alias = "IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEQ_UNEXP_SEEN")]
    #[nl_attr(9)]
    pub seq_unexp_seen: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a maintenance point is about.
#[doc(alias = "br_cfm_domain")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CfmDomain {
    /// A port.
    #[doc(alias = "BR_CFM_PORT")]
    Port = 0,
    /// A VLAN.
    #[doc(alias = "BR_CFM_VLAN")]
    Vlan = 1,
    /// A domain of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Where a maintenance point looks.
#[doc(alias = "br_cfm_mep_direction")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CfmDirection {
    /// Away from the bridge.
    #[doc(alias = "BR_CFM_MEP_DIRECTION_DOWN")]
    Down = 0,
    /// Into the bridge.
    #[doc(alias = "BR_CFM_MEP_DIRECTION_UP")]
    Up = 1,
    /// A direction of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The time between check messages.
#[doc(alias = "br_cfm_ccm_interval")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CfmInterval {
    /// No messages.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_NONE")]
    None = 0,
    /// 3⅓ milliseconds.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_3_3_MS")]
    Millis3 = 1,
    /// 10 milliseconds.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_10_MS")]
    Millis10 = 2,
    /// 100 milliseconds.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_100_MS")]
    Millis100 = 3,
    /// A second.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_1_SEC")]
    Secs1 = 4,
    /// 10 seconds.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_10_SEC")]
    Secs10 = 5,
    /// A minute.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_1_MIN")]
    Mins1 = 6,
    /// 10 minutes.
    #[doc(alias = "BR_CFM_CCM_INTERVAL_10_MIN")]
    Mins10 = 7,
    /// An interval of a newer kernel.
    #[nl(other)]
    Other(u32),
}
