//! Tunnels of IP that take their destination from the route.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlDebug, NlFlags, NlMessage, bitflags,
    wire::{UnknownAttr, UnknownAttrs},
};

/// A tunnel of IPv4 that takes its destination from the route.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 7)]
pub struct IpEncap<'a> {
    /// The number of the tunnel: VNI, key. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP_ID")]
    #[nl_attr(1, be)]
    pub id: Option<u64>,
    /// The far end.
    #[doc(alias = "LWTUNNEL_IP_DST")]
    #[nl_attr(2)]
    pub dst: Option<Ipv4Addr>,
    /// The near end.
    #[doc(alias = "LWTUNNEL_IP_SRC")]
    #[nl_attr(3)]
    pub src: Option<Ipv4Addr>,
    /// The time to live.
    #[doc(alias = "LWTUNNEL_IP_TTL")]
    #[nl_attr(4)]
    pub ttl: Option<u8>,
    /// The type of service.
    #[doc(alias = "LWTUNNEL_IP_TOS")]
    #[nl_attr(5)]
    pub tos: Option<u8>,
    /// What the tunnel's header says. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP_FLAGS")]
    #[nl_attr(6, be)]
    pub flags: Option<TunnelFlags>,
    /// Options of the tunnel's protocol.
    #[doc(alias = "LWTUNNEL_IP_OPTS")]
    #[nl_attr(8)]
    pub opts: Option<TunnelOptions<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A tunnel of IPv6 that takes its destination from the route.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 7)]
pub struct Ip6Encap<'a> {
    /// The number of the tunnel: VNI, key. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP6_ID")]
    #[nl_attr(1, be)]
    pub id: Option<u64>,
    /// The far end.
    #[doc(alias = "LWTUNNEL_IP6_DST")]
    #[nl_attr(2)]
    pub dst: Option<Ipv6Addr>,
    /// The near end.
    #[doc(alias = "LWTUNNEL_IP6_SRC")]
    #[nl_attr(3)]
    pub src: Option<Ipv6Addr>,
    /// The hop limit.
    #[doc(alias = "LWTUNNEL_IP6_HOPLIMIT")]
    #[nl_attr(4)]
    pub hoplimit: Option<u8>,
    /// The traffic class.
    #[doc(alias = "LWTUNNEL_IP6_TC")]
    #[nl_attr(5)]
    pub tc: Option<u8>,
    /// What the tunnel's header says. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP6_FLAGS")]
    #[nl_attr(6, be)]
    pub flags: Option<TunnelFlags>,
    /// Options of the tunnel's protocol.
    #[doc(alias = "LWTUNNEL_IP6_OPTS")]
    #[nl_attr(8)]
    pub opts: Option<TunnelOptions<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What a tunnel's header says: `TUNNEL_*` of `linux/if_tunnel.h`, which has them in network byte order.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct TunnelFlags: u16 {
        /// With a checksum.
        #[doc(alias = "TUNNEL_CSUM")]
        const CSUM = 0x01;
        /// With a key, which is the number of the tunnel.
        #[doc(alias = "TUNNEL_KEY")]
        const KEY = 0x04;
        /// With a sequence number.
        #[doc(alias = "TUNNEL_SEQ")]
        const SEQ = 0x08;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Options of a tunnel's protocol; those of one protocol at a time.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TunnelOptions<'a> {
    /// Of Geneve: an attribute for each in requests, while the kernel tells all of them in one attribute, part after
    /// part. [`GeneveOption::option`] makes one. Linux 6.18 built with FORTIFY_SOURCE stops with a fault when it gets
    /// one.
    #[doc(alias = "LWTUNNEL_IP_OPTS_GENEVE")]
    #[nl_attr(1, multi, stream)]
    pub geneve: Vec<Vec<GeneveOption<'a>>>,
    /// Of VXLAN.
    #[doc(alias = "LWTUNNEL_IP_OPTS_VXLAN")]
    #[nl_attr(2)]
    pub vxlan: Option<VxlanOption>,
    /// Of ERSPAN.
    #[doc(alias = "LWTUNNEL_IP_OPTS_ERSPAN")]
    #[nl_attr(3)]
    pub erspan: Option<ErspanOption>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A part of an option of Geneve; an option is a class, a type and data, in this order.
#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum GeneveOption<'a> {
    /// Who defined it. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP_OPT_GENEVE_CLASS")]
    #[nl_attr(1, be)]
    Class(u16),
    /// Its type.
    #[doc(alias = "LWTUNNEL_IP_OPT_GENEVE_TYPE")]
    #[nl_attr(2)]
    Type(u8),
    /// Its data: 4 to 128 bytes, a multiple of 4.
    #[doc(alias = "LWTUNNEL_IP_OPT_GENEVE_DATA")]
    #[nl_attr(3)]
    Data(Cow<'a, [u8]>),
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

impl<'a> GeneveOption<'a> {
    /// The parts of an option.
    #[must_use]
    pub fn option(class: u16, ty: u8, data: &'a [u8]) -> Vec<Self> {
        vec![Self::Class(class), Self::Type(ty), Self::Data(data.into())]
    }
}

/// An option of VXLAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VxlanOption {
    /// The group-based policy.
    #[doc(alias = "LWTUNNEL_IP_OPT_VXLAN_GBP")]
    #[nl_attr(1)]
    pub gbp: Option<u32>,
}

/// An option of ERSPAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct ErspanOption {
    /// The version: 1 or 2.
    #[doc(alias = "LWTUNNEL_IP_OPT_ERSPAN_VER")]
    #[nl_attr(1)]
    pub ver: Option<u8>,
    /// The index, of version 1. Big-endian on the wire.
    #[doc(alias = "LWTUNNEL_IP_OPT_ERSPAN_INDEX")]
    #[nl_attr(2, be)]
    pub index: Option<u32>,
    /// The direction, of version 2: 0 or 1.
    #[doc(alias = "LWTUNNEL_IP_OPT_ERSPAN_DIR")]
    #[nl_attr(3)]
    pub dir: Option<u8>,
    /// The number of the engine, of version 2.
    #[doc(alias = "LWTUNNEL_IP_OPT_ERSPAN_HWID")]
    #[nl_attr(4)]
    pub hwid: Option<u8>,
}
