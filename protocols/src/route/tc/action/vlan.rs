//! Tags and labels: `vlan`, `mpls`.

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{MacAddr, UnknownAttrs},
};

use super::{General, Times};

/// Changes the VLAN tags of packets.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 5)]
pub struct Vlan<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_VLAN_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What is done.
    #[doc(alias = "TCA_VLAN_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<VlanParms>,
    /// The VLAN identifier.
    #[doc(alias = "TCA_VLAN_PUSH_VLAN_ID")]
    #[nl_attr(3, range = 0..=4095)]
    pub push_vlan_id: Option<u16>,
    /// The type of the tag: 0x8100 for 802.1Q, 0x88a8 for 802.1ad. Big-endian on the wire.
    #[doc(alias = "TCA_VLAN_PUSH_VLAN_PROTOCOL")]
    #[nl_attr(4, be)]
    pub push_vlan_protocol: Option<u16>,
    /// The priority.
    #[doc(alias = "TCA_VLAN_PUSH_VLAN_PRIORITY")]
    #[nl_attr(6, range = 0..=7)]
    pub push_vlan_priority: Option<u8>,
    /// The destination of a new Ethernet header. Since Linux 5.11.
    #[doc(alias = "TCA_VLAN_PUSH_ETH_DST")]
    #[nl_attr(7)]
    pub push_eth_dst: Option<MacAddr>,
    /// The source of a new Ethernet header. Since Linux 5.11.
    #[doc(alias = "TCA_VLAN_PUSH_ETH_SRC")]
    #[nl_attr(8)]
    pub push_eth_src: Option<MacAddr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is done with the tags.
#[doc(alias = "tc_vlan")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VlanParms {
    /// What every action has.
    pub general: General,
    /// What is done.
    pub v_action: VlanAction,
}

/// What is done with the tags.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum VlanAction {
    /// Nothing: not to be sent.
    #[default]
    Unspec = 0,
    /// The outermost tag is taken off.
    #[doc(alias = "TCA_VLAN_ACT_POP")]
    Pop = 1,
    /// A tag is put on.
    #[doc(alias = "TCA_VLAN_ACT_PUSH")]
    Push = 2,
    /// The outermost tag is changed.
    #[doc(alias = "TCA_VLAN_ACT_MODIFY")]
    Modify = 3,
    /// The Ethernet header is taken off. Since Linux 5.11.
    #[doc(alias = "TCA_VLAN_ACT_POP_ETH")]
    PopEth = 4,
    /// An Ethernet header is put on. Since Linux 5.11.
    #[doc(alias = "TCA_VLAN_ACT_PUSH_ETH")]
    PushEth = 5,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(i32),
}

/// Changes the MPLS labels of packets. Since Linux 5.3.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Mpls<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_MPLS_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What is done.
    #[doc(alias = "TCA_MPLS_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<MplsParms>,
    /// The protocol (`ETH_P_*`) below a label that is taken off or put on. Big-endian on the wire.
    #[doc(alias = "TCA_MPLS_PROTO")]
    #[nl_attr(4, be)]
    pub proto: Option<u16>,
    /// The label.
    #[doc(alias = "TCA_MPLS_LABEL")]
    #[nl_attr(5, range = 0..=0xf_ffff)]
    pub label: Option<u32>,
    /// The traffic class.
    #[doc(alias = "TCA_MPLS_TC")]
    #[nl_attr(6, range = 0..=7)]
    pub tc: Option<u8>,
    /// The time to live.
    #[doc(alias = "TCA_MPLS_TTL")]
    #[nl_attr(7, range = 1..)]
    pub ttl: Option<u8>,
    /// 1 at the bottom of the stack; the kernel knows if absent.
    #[doc(alias = "TCA_MPLS_BOS")]
    #[nl_attr(8, range = 0..=1)]
    pub bos: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is done with the labels.
#[doc(alias = "tc_mpls")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MplsParms {
    /// What every action has.
    pub general: General,
    /// What is done.
    pub m_action: MplsAction,
}

/// What is done with the labels.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum MplsAction {
    /// Nothing: not to be sent.
    #[default]
    Unspec = 0,
    /// The outermost label is taken off.
    #[doc(alias = "TCA_MPLS_ACT_POP")]
    Pop = 1,
    /// A label is put on before the network header.
    #[doc(alias = "TCA_MPLS_ACT_PUSH")]
    Push = 2,
    /// The outermost label is changed.
    #[doc(alias = "TCA_MPLS_ACT_MODIFY")]
    Modify = 3,
    /// The time to live of the outermost label is decremented.
    #[doc(alias = "TCA_MPLS_ACT_DEC_TTL")]
    DecTtl = 4,
    /// A label is put on before the Ethernet header. Since Linux 5.5.
    #[doc(alias = "TCA_MPLS_ACT_MAC_PUSH")]
    MacPush = 5,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(i32),
}
