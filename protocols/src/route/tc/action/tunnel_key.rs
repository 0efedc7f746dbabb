//! `tunnel_key`: through which tunnel a packet goes.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{UnknownAttr, UnknownAttrs},
};

use super::{General, Times};

/// Says through which tunnel a packet goes.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 8)]
pub struct TunnelKey<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_TUNNEL_KEY_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What is done.
    #[doc(alias = "TCA_TUNNEL_KEY_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<TunnelKeyParms>,
    /// The source of the outer header.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_IPV4_SRC")]
    #[nl_attr(3)]
    pub enc_ipv4_src: Option<Ipv4Addr>,
    /// The destination of the outer header.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_IPV4_DST")]
    #[nl_attr(4)]
    pub enc_ipv4_dst: Option<Ipv4Addr>,
    /// The source of the outer header.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_IPV6_SRC")]
    #[nl_attr(5)]
    pub enc_ipv6_src: Option<Ipv6Addr>,
    /// The destination of the outer header.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_IPV6_DST")]
    #[nl_attr(6)]
    pub enc_ipv6_dst: Option<Ipv6Addr>,
    /// The number of the tunnel, such as a VNI. Big-endian on the wire.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_KEY_ID")]
    #[nl_attr(7, be)]
    pub enc_key_id: Option<u32>,
    /// The destination port of the outer header. Big-endian on the wire. Since Linux 4.11.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_DST_PORT")]
    #[nl_attr(9, be)]
    pub enc_dst_port: Option<u16>,
    /// 1 for an outer UDP header without a checksum. Since Linux 4.13.
    #[doc(alias = "TCA_TUNNEL_KEY_NO_CSUM")]
    #[nl_attr(10)]
    pub no_csum: Option<u8>,
    /// Options of the tunnel. Since Linux 4.19.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPTS")]
    #[nl_attr(11)]
    pub enc_opts: Option<TunnelOpts<'a>>,
    /// The type of service of the outer header. Since Linux 4.19.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_TOS")]
    #[nl_attr(12)]
    pub enc_tos: Option<u8>,
    /// The time to live of the outer header. Since Linux 4.19.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_TTL")]
    #[nl_attr(13)]
    pub enc_ttl: Option<u8>,
    /// The outer header forbids fragments. Since Linux 6.2.
    #[doc(alias = "TCA_TUNNEL_KEY_NO_FRAG")]
    #[nl_attr(14)]
    pub no_frag: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is done with the tunnel's metadata.
#[doc(alias = "tc_tunnel_key")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TunnelKeyParms {
    /// What every action has.
    pub general: General,
    /// What is done.
    pub t_action: TunnelKeyAction,
}

/// What is done with the tunnel's metadata.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum TunnelKeyAction {
    /// Nothing: not to be sent.
    #[default]
    Unspec = 0,
    /// They are set.
    #[doc(alias = "TCA_TUNNEL_KEY_ACT_SET")]
    Set = 1,
    /// They are forgotten.
    #[doc(alias = "TCA_TUNNEL_KEY_ACT_RELEASE")]
    Release = 2,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(i32),
}

/// Options of a tunnel, of one kind.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TunnelOpts<'a> {
    /// Options of Geneve: an attribute for each in requests, while the kernel tells all of them in one attribute, part
    /// after part. [`GeneveOpt::option`] makes one.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPTS_GENEVE")]
    #[nl_attr(1, multi, stream)]
    pub geneve: Vec<Vec<GeneveOpt<'a>>>,
    /// Options of VXLAN. Since Linux 5.6.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPTS_VXLAN")]
    #[nl_attr(2)]
    pub vxlan: Option<VxlanOpt<'a>>,
    /// Options of ERSPAN. Since Linux 5.6.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPTS_ERSPAN")]
    #[nl_attr(3)]
    pub erspan: Option<ErspanOpt<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A part of an option of Geneve; an option is a class, a type and data, in this order.
#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum GeneveOpt<'a> {
    /// Who defined it. Big-endian on the wire.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_GENEVE_CLASS")]
    #[nl_attr(1, be)]
    Class(u16),
    /// Its type.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_GENEVE_TYPE")]
    #[nl_attr(2)]
    Type(u8),
    /// Its data: 4 to 128 bytes, a multiple of 4.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_GENEVE_DATA")]
    #[nl_attr(3)]
    Data(Cow<'a, [u8]>),
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

impl<'a> GeneveOpt<'a> {
    /// The parts of an option.
    #[must_use]
    pub fn option(class: u16, ty: u8, data: &'a [u8]) -> Vec<Self> {
        vec![Self::Class(class), Self::Type(ty), Self::Data(data.into())]
    }
}

/// Options of VXLAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VxlanOpt<'a> {
    /// The group policy. Newer kernels keep only the bits that a packet can carry.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_VXLAN_GBP")]
    #[nl_attr(1)]
    pub gbp: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Options of ERSPAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct ErspanOpt<'a> {
    /// The version.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_VER")]
    #[nl_attr(1, range = 1..=2)]
    pub ver: Option<u8>,
    /// The port, in version 1. Big-endian on the wire.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_INDEX")]
    #[nl_attr(2, be)]
    pub index: Option<u32>,
    /// The direction, in version 2.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_DIR")]
    #[nl_attr(3)]
    pub dir: Option<u8>,
    /// The hardware, in version 2.
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_HWID")]
    #[nl_attr(4)]
    pub hwid: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
