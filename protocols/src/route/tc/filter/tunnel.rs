//! What `flower` matches in tunnels and labels.

use std::borrow::Cow;

use netlink_core::{
    NlDebug, NlMessage,
    wire::{UnknownAttr, UnknownAttrs},
};

/// Options of a tunnel, of one kind.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EncOpts<'a> {
    /// Options of Geneve: an attribute for each in requests, while the kernel tells all of them in one attribute, part
    /// after part. [`EncOptGeneve::option`] makes one.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_GENEVE")]
    #[nl_attr(1, multi, stream)]
    pub geneve: Vec<Vec<EncOptGeneve<'a>>>,
    /// Options of VXLAN. Since Linux 5.6.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_VXLAN")]
    #[nl_attr(2)]
    pub vxlan: Option<EncOptVxlan<'a>>,
    /// Options of ERSPAN. Since Linux 5.6.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_ERSPAN")]
    #[nl_attr(3)]
    pub erspan: Option<EncOptErspan<'a>>,
    /// Options of GTP. Since Linux 5.18.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_GTP")]
    #[nl_attr(4)]
    pub gtp: Option<EncOptGtp<'a>>,
    /// Options of PFCP. Since Linux 6.10.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPTS_PFCP")]
    #[nl_attr(5)]
    pub pfcp: Option<EncOptPfcp<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A part of an option of Geneve; an option is a class, a type and data, in this order.
#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum EncOptGeneve<'a> {
    /// Who defined it. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_GENEVE_CLASS")]
    #[nl_attr(1, be)]
    Class(u16),
    /// Its type.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_GENEVE_TYPE")]
    #[nl_attr(2)]
    Type(u8),
    /// Its data: 4 to 128 bytes, a multiple of 4.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_GENEVE_DATA")]
    #[nl_attr(3)]
    Data(Cow<'a, [u8]>),
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

impl<'a> EncOptGeneve<'a> {
    /// The parts of an option.
    #[must_use]
    pub fn option(class: u16, ty: u8, data: &'a [u8]) -> Vec<Self> {
        vec![Self::Class(class), Self::Type(ty), Self::Data(data.into())]
    }
}

/// Options of VXLAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EncOptVxlan<'a> {
    /// The group policy.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_VXLAN_GBP")]
    #[nl_attr(1)]
    pub gbp: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Options of ERSPAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EncOptErspan<'a> {
    /// The version.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_ERSPAN_VER")]
    #[nl_attr(1, range = 1..=2)]
    pub ver: Option<u8>,
    /// The port, in version 1. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_ERSPAN_INDEX")]
    #[nl_attr(2, be)]
    pub index: Option<u32>,
    /// The direction, in version 2.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_ERSPAN_DIR")]
    #[nl_attr(3)]
    pub dir: Option<u8>,
    /// The hardware, in version 2.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_ERSPAN_HWID")]
    #[nl_attr(4)]
    pub hwid: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Options of GTP.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EncOptGtp<'a> {
    /// The type of the PDU.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_GTP_PDU_TYPE")]
    #[nl_attr(1)]
    pub pdu_type: Option<u8>,
    /// The flow of a quality of service.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_GTP_QFI")]
    #[nl_attr(2)]
    pub qfi: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Options of PFCP.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EncOptPfcp<'a> {
    /// The type of the message.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_PFCP_TYPE")]
    #[nl_attr(1)]
    pub ty: Option<u8>,
    /// The identifier of the session. Big-endian on the wire.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_OPT_PFCP_SEID")]
    #[nl_attr(2, be)]
    pub seid: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The labels of a packet. Since Linux 5.8.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MplsOpts<'a> {
    /// A label.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPTS_LSE")]
    #[nl_attr(1, multi)]
    pub lse: Vec<MplsLse<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A label of a packet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MplsLse<'a> {
    /// Which one: 1 is the outermost.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPT_LSE_DEPTH")]
    #[nl_attr(1, range = 1..=7)]
    pub lse_depth: Option<u8>,
    /// The time to live.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPT_LSE_TTL")]
    #[nl_attr(2)]
    pub lse_ttl: Option<u8>,
    /// 1 at the bottom of the stack.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPT_LSE_BOS")]
    #[nl_attr(3, range = 0..=1)]
    pub lse_bos: Option<u8>,
    /// The traffic class.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPT_LSE_TC")]
    #[nl_attr(4, range = 0..=7)]
    pub lse_tc: Option<u8>,
    /// The label.
    #[doc(alias = "TCA_FLOWER_KEY_MPLS_OPT_LSE_LABEL")]
    #[nl_attr(5, range = 0..=0xf_ffff)]
    pub lse_label: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Connectivity fault management (IEEE 802.1ag).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cfm<'a> {
    /// The level of the domain.
    #[doc(alias = "TCA_FLOWER_KEY_CFM_MD_LEVEL")]
    #[nl_attr(1, range = 0..=7)]
    pub md_level: Option<u8>,
    /// The kind of the message.
    #[doc(alias = "TCA_FLOWER_KEY_CFM_OPCODE")]
    #[nl_attr(2)]
    pub opcode: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
