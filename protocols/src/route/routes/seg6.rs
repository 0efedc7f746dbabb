//! Segment routing over IPv6 (SRv6): `linux/seg6_iptunnel.h` and `linux/seg6_local.h`.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Text, UnknownAttrs},
};

/// Segments that packets get.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Seg6Encap<'a> {
    /// The segments, and how packets get them.
    #[doc(alias = "SEG6_IPTUNNEL_SRH")]
    #[nl_attr(1)]
    pub srh: Option<Seg6Srh<'a>>,
    /// The source address of packets.
    #[doc(alias = "SEG6_IPTUNNEL_SRC")]
    #[nl_attr(2)]
    pub src: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Segments, and how packets get them.
#[doc(alias = "seg6_iptunnel_encap")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct Seg6Srh<'a> {
    /// How packets get the segments.
    pub mode: Seg6Mode,
    /// The segments.
    #[nl(rest)]
    pub srh: SegmentRoutingHeader<'a>,
}

/// How packets get segments.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Seg6Mode {
    /// In a header that is put into them.
    #[doc(alias = "SEG6_IPTUN_MODE_INLINE")]
    #[default]
    Inline = 0,
    /// They are packed into another packet.
    #[doc(alias = "SEG6_IPTUN_MODE_ENCAP")]
    Encap = 1,
    /// They are packed with the header of their link.
    #[doc(alias = "SEG6_IPTUN_MODE_L2ENCAP")]
    L2Encap = 2,
    /// As `Encap`, without the first segment in the list. Since Linux 6.0.
    #[doc(alias = "SEG6_IPTUN_MODE_ENCAP_RED")]
    EncapRed = 3,
    /// As `L2Encap`, without the first segment in the list. Since Linux 6.0.
    #[doc(alias = "SEG6_IPTUN_MODE_L2ENCAP_RED")]
    L2EncapRed = 4,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(i32),
}

/// A header with segments (RFC 8754).
#[doc(alias = "ipv6_sr_hdr")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentRoutingHeader<'a> {
    /// The protocol of what follows; the kernel fills it in.
    pub nexthdr: u8,
    /// The length in units of 8 bytes, without the first 8.
    pub hdrlen: u8,
    /// The type: 4.
    pub r#type: u8,
    /// How many segments are still to be visited.
    pub segments_left: u8,
    /// The number of the last entry in the list.
    pub first_segment: u8,
    /// What is special (`SR6_FLAG1_*`): 8 if a signature follows the segments.
    pub flags: u8,
    /// Marks packets of a group. Big-endian on the wire.
    #[nl(be)]
    pub tag: u16,
    /// The segments of 16 bytes, the last one first; then perhaps options, such as a signature.
    #[nl(rest)]
    pub segments: Cow<'a, [u8]>,
}

impl SegmentRoutingHeader<'_> {
    /// A header with these segments, in the order in which they are visited. Through an `Inline` header, the
    /// destination of the packet comes after all of them: `::` must stand for it, at the end.
    pub fn new(segments: &[Ipv6Addr]) -> Self {
        let last = u8::try_from(segments.len().saturating_sub(1)).unwrap_or(u8::MAX);
        Self {
            hdrlen: u8::try_from(2 * segments.len()).unwrap_or(u8::MAX),
            r#type: 4,
            segments_left: last,
            first_segment: last,
            segments: segments.iter().rev().flat_map(Ipv6Addr::octets).collect(),
            ..Self::default()
        }
    }

    /// The segments in the order in which they are visited.
    pub fn segments(&self) -> impl Iterator<Item = Ipv6Addr> {
        let count = usize::from(self.first_segment) + 1;
        let segments = self.segments.chunks_exact(16).take(count).rev();
        segments.filter_map(|segment| <[u8; 16]>::try_from(segment).ok()).map(Ipv6Addr::from)
    }
}

/// What happens where a segment ends.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Seg6Local<'a> {
    /// What happens.
    #[doc(alias = "SEG6_LOCAL_ACTION")]
    #[nl_attr(1)]
    pub action: Option<Seg6Action>,
    /// Segments that packets get.
    #[doc(alias = "SEG6_LOCAL_SRH")]
    #[nl_attr(2)]
    pub srh: Option<SegmentRoutingHeader<'a>>,
    /// The table that the next destination is looked up in.
    #[doc(alias = "SEG6_LOCAL_TABLE")]
    #[nl_attr(3)]
    pub table: Option<u32>,
    /// The next hop, of IPv4.
    #[doc(alias = "SEG6_LOCAL_NH4")]
    #[nl_attr(4)]
    pub nh4: Option<Ipv4Addr>,
    /// The next hop, of IPv6.
    #[doc(alias = "SEG6_LOCAL_NH6")]
    #[nl_attr(5)]
    pub nh6: Option<Ipv6Addr>,
    /// The index of the link that packets come in by. No action of the kernel takes it so far.
    #[doc(alias = "SEG6_LOCAL_IIF")]
    #[nl_attr(6)]
    pub iif: Option<u32>,
    /// The index of the link that packets go out by.
    #[doc(alias = "SEG6_LOCAL_OIF")]
    #[nl_attr(7)]
    pub oif: Option<u32>,
    /// The program that decides.
    #[doc(alias = "SEG6_LOCAL_BPF")]
    #[nl_attr(8)]
    pub bpf: Option<Seg6LocalBpf<'a>>,
    /// The table of a VRF that the next destination is looked up in. Since Linux 5.11.
    #[doc(alias = "SEG6_LOCAL_VRFTABLE")]
    #[nl_attr(9)]
    pub vrftable: Option<u32>,
    /// What went this way; in requests, to have it counted. Since Linux 5.14.
    #[doc(alias = "SEG6_LOCAL_COUNTERS")]
    #[nl_attr(10)]
    pub counters: Option<Seg6Counters>,
    /// Variants of what happens. Since Linux 6.1.
    #[doc(alias = "SEG6_LOCAL_FLAVORS")]
    #[nl_attr(11)]
    pub flavors: Option<Seg6Flavors>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What happens where a segment ends (RFC 8986).
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Seg6Action {
    /// Nothing is said.
    #[doc(alias = "SEG6_LOCAL_ACTION_UNSPEC")]
    Unspec = 0,
    /// On to the next segment.
    #[doc(alias = "SEG6_LOCAL_ACTION_END")]
    End = 1,
    /// On to a neighbour of IPv6.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_X")]
    EndX = 2,
    /// On to the next segment, which is looked up in a table.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_T")]
    EndT = 3,
    /// Unpacked and out by a link.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DX2")]
    EndDx2 = 4,
    /// Unpacked and on to a neighbour of IPv6.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DX6")]
    EndDx6 = 5,
    /// Unpacked and on to a neighbour of IPv4.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DX4")]
    EndDx4 = 6,
    /// Unpacked and looked up in a table of IPv6.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DT6")]
    EndDt6 = 7,
    /// Unpacked and looked up in a table of IPv4.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DT4")]
    EndDt4 = 8,
    /// Further segments are put in.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_B6")]
    EndB6 = 9,
    /// Packed into a packet with further segments.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_B6_ENCAP")]
    EndB6Encap = 10,
    /// Packed with labels; the kernel does not do it.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_BM")]
    EndBm = 11,
    /// The last segment is looked up; the kernel does not do it.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_S")]
    EndS = 12,
    /// To a service that knows no segments, by a static proxy; the kernel does not do it.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_AS")]
    EndAs = 13,
    /// To a service that knows no segments, with a mask; the kernel does not do it.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_AM")]
    EndAm = 14,
    /// A program decides.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_BPF")]
    EndBpf = 15,
    /// Unpacked and looked up in a table of the IP that it is of. Since Linux 5.14.
    #[doc(alias = "SEG6_LOCAL_ACTION_END_DT46")]
    EndDt46 = 16,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The program that decides at the end of a segment.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Seg6LocalBpf<'a> {
    /// A file descriptor in requests, the number of the program in answers.
    #[doc(alias = "SEG6_LOCAL_BPF_PROG")]
    #[nl_attr(1)]
    pub prog: Option<u32>,
    /// The name.
    #[doc(alias = "SEG6_LOCAL_BPF_PROG_NAME")]
    #[nl_attr(2)]
    pub prog_name: Option<Text<'a>>,
}

/// What went through the end of a segment.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct Seg6Counters {
    /// Packets that were handled.
    #[doc(alias = "SEG6_LOCAL_CNT_PACKETS")]
    #[nl_attr(2)]
    pub packets: Option<u64>,
    /// Bytes that were handled.
    #[doc(alias = "SEG6_LOCAL_CNT_BYTES")]
    #[nl_attr(3)]
    pub bytes: Option<u64>,
    /// Packets that could not be handled.
    #[doc(alias = "SEG6_LOCAL_CNT_ERRORS")]
    #[nl_attr(4)]
    pub errors: Option<u64>,
}

/// Variants of what happens at the end of a segment.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Seg6Flavors {
    /// Which ones.
    #[doc(alias = "SEG6_LOCAL_FLV_OPERATION")]
    #[nl_attr(1)]
    pub operation: Option<Seg6Flavor>,
    /// The length of the block in compressed segments, in bits.
    #[doc(alias = "SEG6_LOCAL_FLV_LCBLOCK_BITS")]
    #[nl_attr(2)]
    pub lcblock_bits: Option<u8>,
    /// The length of node and function in compressed segments, in bits.
    #[doc(alias = "SEG6_LOCAL_FLV_LCNODE_FN_BITS")]
    #[nl_attr(3)]
    pub lcnode_fn_bits: Option<u8>,
}

bitflags! {
    /// A variant of what happens at the end of a segment: bit n for `SEG6_LOCAL_FLV_OP_*` with the number n.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct Seg6Flavor: u32 {
        /// The last but one removes the segments.
        #[doc(alias = "SEG6_LOCAL_FLV_OP_PSP")]
        const PSP = 1 << 1;
        /// The last one removes the segments; the kernel does not do it.
        #[doc(alias = "SEG6_LOCAL_FLV_OP_USP")]
        const USP = 1 << 2;
        /// The last one unpacks; the kernel does not do it.
        #[doc(alias = "SEG6_LOCAL_FLV_OP_USD")]
        const USD = 1 << 3;
        /// Compressed segments: the next one is in the same address.
        #[doc(alias = "SEG6_LOCAL_FLV_OP_NEXT_CSID")]
        const NEXT_CSID = 1 << 4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
