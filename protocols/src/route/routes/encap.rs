//! What packets are packed into on their way (light-weight tunnels): `linux/lwtunnel.h` and its companions.

mod tunnel;

pub use tunnel::{ErspanOption, GeneveOption, Ip6Encap, IpEncap, TunnelFlags, TunnelOptions, VxlanOption};

use std::{borrow::Cow, net::Ipv6Addr};

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct, NlUnion,
    wire::{RawValue, Text, UnknownAttrs},
};

use super::seg6::{Seg6Encap, Seg6Local};
use crate::route::ip::MplsLabel;

/// How packets are packed into others.
#[doc(alias = "lwtunnel_encap_types")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum EncapType {
    /// Not at all.
    #[doc(alias = "LWTUNNEL_ENCAP_NONE")]
    #[default]
    None = 0,
    /// With labels.
    #[doc(alias = "LWTUNNEL_ENCAP_MPLS")]
    Mpls = 1,
    /// By a tunnel of IPv4 that takes its destination from the route.
    #[doc(alias = "LWTUNNEL_ENCAP_IP")]
    Ip = 2,
    /// By a rewritten address (identifier locator addressing).
    #[doc(alias = "LWTUNNEL_ENCAP_ILA")]
    Ila = 3,
    /// By a tunnel of IPv6 that takes its destination from the route.
    #[doc(alias = "LWTUNNEL_ENCAP_IP6")]
    Ip6 = 4,
    /// With a list of segments (SRv6).
    #[doc(alias = "LWTUNNEL_ENCAP_SEG6")]
    Seg6 = 5,
    /// As a program says.
    #[doc(alias = "LWTUNNEL_ENCAP_BPF")]
    Bpf = 6,
    /// What happens where a segment ends (SRv6).
    #[doc(alias = "LWTUNNEL_ENCAP_SEG6_LOCAL")]
    Seg6Local = 7,
    /// With a source route of RPL. Since Linux 5.7.
    #[doc(alias = "LWTUNNEL_ENCAP_RPL")]
    Rpl = 8,
    /// With measurements in the packet (IOAM). Since Linux 5.15.
    #[doc(alias = "LWTUNNEL_ENCAP_IOAM6")]
    Ioam6 = 9,
    /// By IPsec. Since Linux 6.1.
    #[doc(alias = "LWTUNNEL_ENCAP_XFRM")]
    Xfrm = 10,
    /// A type of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// What packets are packed into.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Encap<'a> {
    /// Labels.
    #[nl(EncapType::Mpls)]
    Mpls(MplsEncap<'a>),
    /// A tunnel of IPv4.
    #[nl(EncapType::Ip)]
    Ip(Box<IpEncap<'a>>),
    /// A rewritten address.
    #[nl(EncapType::Ila)]
    Ila(IlaEncap<'a>),
    /// A tunnel of IPv6.
    #[nl(EncapType::Ip6)]
    Ip6(Box<Ip6Encap<'a>>),
    /// Segments.
    #[nl(EncapType::Seg6)]
    Seg6(Box<Seg6Encap<'a>>),
    /// Programs.
    #[nl(EncapType::Bpf)]
    Bpf(Box<BpfEncap<'a>>),
    /// The end of a segment.
    #[nl(EncapType::Seg6Local)]
    Seg6Local(Box<Seg6Local<'a>>),
    /// A source route of RPL.
    #[nl(EncapType::Rpl)]
    Rpl(RplEncap<'a>),
    /// Measurements.
    #[nl(EncapType::Ioam6)]
    Ioam6(Box<Ioam6Encap<'a>>),
    /// IPsec.
    #[nl(EncapType::Xfrm)]
    Xfrm(XfrmEncap<'a>),
    /// A type that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// Labels (`linux/mpls_iptunnel.h`).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MplsEncap<'a> {
    /// The labels, outermost first.
    #[doc(alias = "MPLS_IPTUNNEL_DST")]
    #[nl_attr(1, packed)]
    pub dst: Vec<MplsLabel>,
    /// The time to live.
    #[doc(alias = "MPLS_IPTUNNEL_TTL")]
    #[nl_attr(2)]
    pub ttl: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A rewritten address (`linux/ila.h`).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct IlaEncap<'a> {
    /// The upper half of the address that packets get. Big-endian on the wire.
    #[doc(alias = "ILA_ATTR_LOCATOR")]
    #[nl_attr(1, be)]
    pub locator: Option<u64>,
    /// How checksums are kept right (`ILA_CSUM_*`).
    #[doc(alias = "ILA_ATTR_CSUM_MODE")]
    #[nl_attr(7)]
    pub csum_mode: Option<u8>,
    /// What the lower half of the address is (`ILA_ATYPE_*`).
    #[doc(alias = "ILA_ATTR_IDENT_TYPE")]
    #[nl_attr(8)]
    pub ident_type: Option<u8>,
    /// Where it happens (`ILA_HOOK_*`).
    #[doc(alias = "ILA_ATTR_HOOK_TYPE")]
    #[nl_attr(9)]
    pub hook_type: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Programs that packets go through.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BpfEncap<'a> {
    /// For packets that come in.
    #[doc(alias = "LWT_BPF_IN")]
    #[nl_attr(1)]
    pub r#in: Option<BpfProg<'a>>,
    /// For packets of this host.
    #[doc(alias = "LWT_BPF_OUT")]
    #[nl_attr(2)]
    pub out: Option<BpfProg<'a>>,
    /// For packets that are about to be sent.
    #[doc(alias = "LWT_BPF_XMIT")]
    #[nl_attr(3)]
    pub xmit: Option<BpfProg<'a>>,
    /// The room in front of packets that the last program needs: up to 256 bytes. Only set.
    #[doc(alias = "LWT_BPF_XMIT_HEADROOM")]
    #[nl_attr(4)]
    pub xmit_headroom: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A program.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BpfProg<'a> {
    /// A file descriptor, in requests.
    #[doc(alias = "LWT_BPF_PROG_FD")]
    #[nl_attr(1)]
    pub fd: Option<u32>,
    /// The name.
    #[doc(alias = "LWT_BPF_PROG_NAME")]
    #[nl_attr(2)]
    pub name: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A source route of RPL (`linux/rpl_iptunnel.h`).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct RplEncap<'a> {
    /// The header that packets get.
    #[doc(alias = "RPL_IPTUNNEL_SRH")]
    #[nl_attr(1)]
    pub srh: Option<RplRoutingHeader>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A routing header of RPL (RFC 6554), not compressed.
#[doc(alias = "ipv6_rpl_sr_hdr")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
pub struct RplRoutingHeader {
    /// The protocol of what follows; the kernel fills it in.
    pub nexthdr: u8,
    /// The length in units of 8 bytes, without the first 8.
    pub hdrlen: u8,
    /// The type: 3.
    pub r#type: u8,
    /// How many addresses are still to be visited.
    pub segments_left: u8,
    /// How much the addresses are compressed, and padding: 0, or the kernel refuses it.
    pub compression: [u8; 4],
    /// The addresses.
    #[nl(rest, packed)]
    pub segments: Vec<Ipv6Addr>,
}

/// Measurements in packets (`linux/ioam6_iptunnel.h`). Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ioam6Encap<'a> {
    /// Whether packets get them themselves, or are packed into others.
    #[doc(alias = "IOAM6_IPTUNNEL_MODE")]
    #[nl_attr(1)]
    pub mode: Option<Ioam6Mode>,
    /// The far end of the tunnel.
    #[doc(alias = "IOAM6_IPTUNNEL_DST")]
    #[nl_attr(2)]
    pub dst: Option<Ipv6Addr>,
    /// What is measured.
    #[doc(alias = "IOAM6_IPTUNNEL_TRACE")]
    #[nl_attr(3)]
    pub trace: Option<Ioam6Trace<'a>>,
    /// Of `freq_n` packets so many are measured.
    #[doc(alias = "IOAM6_IPTUNNEL_FREQ_K")]
    #[nl_attr(4, range = 1..=1_000_000)]
    pub freq_k: Option<u32>,
    /// Of so many packets `freq_k` are measured.
    #[doc(alias = "IOAM6_IPTUNNEL_FREQ_N")]
    #[nl_attr(5, range = 1..=1_000_000)]
    pub freq_n: Option<u32>,
    /// The near end of the tunnel. Since Linux 6.13.
    #[doc(alias = "IOAM6_IPTUNNEL_SRC")]
    #[nl_attr(6)]
    pub src: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether packets get measurements themselves.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Ioam6Mode {
    /// They do.
    #[doc(alias = "IOAM6_IPTUNNEL_MODE_INLINE")]
    Inline = 1,
    /// They are packed into others.
    #[doc(alias = "IOAM6_IPTUNNEL_MODE_ENCAP")]
    Encap = 2,
    /// Those of this host do, others are packed.
    #[doc(alias = "IOAM6_IPTUNNEL_MODE_AUTO")]
    Auto = 3,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What is measured (RFC 9197).
#[doc(alias = "ioam6_trace_hdr")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
#[nl(packed)]
pub struct Ioam6Trace<'a> {
    /// The number of the namespace of measurements. Big-endian on the wire.
    #[nl(be)]
    pub namespace_id: u16,
    /// The length of what each node adds, in units of 4 bytes (the upper 5 bits; the kernel fills them in), and whether
    /// there was no room (the next bit).
    pub nodelen: u8,
    /// The room that is left, in units of 4 bytes: the lower 7 bits.
    pub remlen: u8,
    /// What nodes add: the highest bit is bit 0 of the standard. Big-endian on the wire.
    #[doc(alias = "type_be32")]
    #[nl(be)]
    pub ty: u32,
    /// The room for it.
    #[nl(rest)]
    pub data: Cow<'a, [u8]>,
}

/// IPsec.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct XfrmEncap<'a> {
    /// The number of the XFRM interface.
    #[doc(alias = "LWT_XFRM_IF_ID")]
    #[nl_attr(1)]
    pub if_id: Option<u32>,
    /// The index of the link below.
    #[doc(alias = "LWT_XFRM_LINK")]
    #[nl_attr(2)]
    pub link: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
