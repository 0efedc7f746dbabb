//! Extended matches, for `basic`, `cgroup` and `flow`.

use std::borrow::Cow;

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, NlUnion, bitflags,
    wire::{FixedStr, RawValue, Text, UnknownAttrs},
};

use super::{EmatchMeta, U32Key};

/// Extended matches.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EmatchTree<'a> {
    /// How many there are.
    #[doc(alias = "TCA_EMATCH_TREE_HDR")]
    #[nl_attr(1, required)]
    pub tree_hdr: Option<EmatchHeader>,
    /// The matches; each says how the next one follows.
    #[doc(alias = "TCA_EMATCH_TREE_LIST")]
    #[nl_attr(2, indexed)]
    pub tree_list: Option<Vec<Ematch<'a>>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How many matches there are.
#[doc(alias = "tcf_ematch_tree_hdr")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmatchHeader {
    /// How many.
    pub nmatches: u16,
    /// The program that sent them; `tc` is 0.
    pub progid: u16,
}

/// A match, and what it compares.
#[doc(alias = "tcf_ematch_hdr")]
#[derive(NlStruct, Clone, Debug, PartialEq)]
pub struct Ematch<'a> {
    /// The number of the match within its kind; 0 but for programs' own kinds.
    pub matchid: u16,
    /// The kind. Filled in from `data` when it is sent.
    pub kind: u16,
    /// How it relates to the next one.
    #[nl(pad = 2)]
    pub flags: EmatchFlags,
    /// What is matched.
    #[nl(select = kind)]
    pub data: EmatchData<'a>,
}

bitflags! {
    /// How a match relates to the next one; without a relation, it is the last.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCF_EM_")]
    pub struct EmatchFlags: u16 {
        /// Both must match.
        #[doc(alias = "TCF_EM_REL_AND")]
        const REL_AND = 1 << 0;
        /// One must match.
        #[doc(alias = "TCF_EM_REL_OR")]
        const REL_OR = 1 << 1;
        /// The result is inverted.
        #[doc(alias = "TCF_EM_INVERT")]
        const INVERT = 1 << 2;
        /// The payload is one number.
        #[doc(alias = "TCF_EM_SIMPLE")]
        const SIMPLE = 1 << 3;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// What is matched, by kind (`TCF_EM_*`).
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum EmatchData<'a> {
    /// Matches in parentheses: the index of the first of them, from 0.
    #[nl(0)]
    Container(u32),
    /// A number at an offset.
    #[nl(1)]
    Cmp(EmatchCmp),
    /// Bytes at an offset.
    #[nl(2)]
    Nbyte(EmatchNbyte<'a>),
    /// Four bytes at an offset, as of a `u32` filter.
    #[nl(3)]
    U32(U32Key),
    /// What the kernel knows of the packet.
    #[nl(4)]
    Meta(EmatchMeta<'a>),
    /// Text in the packet.
    #[nl(5)]
    Text(EmatchText<'a>),
    /// Identifiers of CAN frames.
    #[nl(7)]
    CanId(EmatchCanId),
    /// Addresses in an IP set.
    #[nl(8)]
    IpSet(EmatchIpSet),
    /// A match of iptables.
    #[nl(9)]
    Ipt(EmatchIpt<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// A number at an offset.
#[doc(alias = "tcf_em_cmp")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmatchCmp {
    /// What to compare with.
    pub val: u32,
    /// The bits that count; 0 for all.
    pub mask: u32,
    /// The offset in bytes.
    pub off: u16,
    /// In C's first four bits the width in bytes (1, 2, 4), in the others 1 for a number that is not in network byte
    /// order.
    pub align_flags: u8,
    /// In C's first four bits the layer, in the others how to compare: 0 equal, 1 greater, 2 less.
    pub layer_opnd: u8,
}

/// Bytes at an offset.
#[doc(alias = "tcf_em_nbyte")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct EmatchNbyte<'a> {
    /// The offset in bytes.
    pub off: u16,
    /// In C's first 12 bits how many bytes, in the others the layer: 0 link, 1 network, 2 transport.
    pub len_layer: u16,
    /// The bytes.
    #[nl(rest)]
    pub needle: Cow<'a, [u8]>,
}

/// Text in the packet.
#[doc(alias = "tcf_em_text")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct EmatchText<'a> {
    /// The algorithm: `bm`, `kmp`, `fsm`. What the kernel tells may have noise behind the end of the name, which is not
    /// kept.
    pub algo: FixedStr<16>,
    /// Where the search starts, in bytes.
    pub from_offset: u16,
    /// Where it ends, in bytes.
    pub to_offset: u16,
    /// How long the text is; filled in when it is sent.
    #[nl(len_of = pattern)]
    pub pattern_len: u16,
    /// In C's first four bits the layer of the start, in the others that of the end.
    #[nl(pad = 1)]
    pub layers: u8,
    /// The text.
    #[nl(rest)]
    pub pattern: Cow<'a, [u8]>,
}

/// Identifiers of CAN frames.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct EmatchCanId {
    /// One of these must match.
    #[nl(rest, packed)]
    pub rules: Vec<CanFilter>,
}

/// An identifier of CAN frames.
#[doc(alias = "can_filter")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CanFilter {
    /// What the bits must be.
    pub can_id: u32,
    /// The bits that count.
    pub can_mask: u32,
}

/// Addresses in an IP set (`struct xt_set_info`).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmatchIpSet {
    /// The index of the set.
    pub index: u16,
    /// How many dimensions are looked up.
    pub dim: u8,
    /// Which of them are sources: a bit each.
    pub flags: u8,
}

/// A match of iptables. Since Linux 4.17.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EmatchIpt<'a> {
    /// The hook.
    #[doc(alias = "TCA_EM_IPT_HOOK")]
    #[nl_attr(1)]
    pub hook: Option<u32>,
    /// The name of the match.
    #[doc(alias = "TCA_EM_IPT_MATCH_NAME")]
    #[nl_attr(2)]
    pub match_name: Option<Text<'a>>,
    /// Its revision.
    #[doc(alias = "TCA_EM_IPT_MATCH_REVISION")]
    #[nl_attr(3)]
    pub match_revision: Option<u8>,
    /// The address family.
    #[doc(alias = "TCA_EM_IPT_NFPROTO")]
    #[nl_attr(4)]
    pub nfproto: Option<u8>,
    /// Its data.
    #[doc(alias = "TCA_EM_IPT_MATCH_DATA")]
    #[nl_attr(5)]
    pub match_data: Option<Cow<'a, [u8]>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
