//! `u32`: matches bytes at offsets, with hash tables and links between them.

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{IfName, UnknownAttrs},
};

use super::{
    super::{
        Handle,
        action::{Action, Police},
    },
    ClsFlags,
};

/// Matches bytes at offsets; or, with `divisor`, a hash table.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 12)]
pub struct U32<'a> {
    /// The class of the packet.
    #[doc(alias = "TCA_U32_CLASSID")]
    #[nl_attr(1)]
    pub classid: Option<Handle>,
    /// The hash table that the filter is in, and the bucket.
    #[doc(alias = "TCA_U32_HASH")]
    #[nl_attr(2)]
    pub hash: Option<u32>,
    /// The hash table in which the search goes on.
    #[doc(alias = "TCA_U32_LINK")]
    #[nl_attr(3)]
    pub link: Option<u32>,
    /// Of a hash table: how many buckets it has, a power of 2.
    #[doc(alias = "TCA_U32_DIVISOR")]
    #[nl_attr(4, range = 1..=256)]
    pub divisor: Option<u32>,
    /// What is matched.
    #[doc(alias = "TCA_U32_SEL")]
    #[nl_attr(5)]
    pub sel: Option<U32Selector>,
    /// A rate, as before actions.
    #[doc(alias = "TCA_U32_POLICE")]
    #[nl_attr(6)]
    pub police: Option<Police<'a>>,
    /// What is done with the packet.
    #[doc(alias = "TCA_U32_ACT")]
    #[nl_attr(7, indexed)]
    pub act: Vec<Action<'a>>,
    /// The link that the packet came in by.
    #[doc(alias = "TCA_U32_INDEV")]
    #[nl_attr(8)]
    pub indev: Option<IfName>,
    /// How often it was asked and matched; the kernel tells.
    #[doc(alias = "TCA_U32_PCNT")]
    #[nl_attr(9)]
    pub pcnt: Option<U32Count>,
    /// The mark that the packet must have.
    #[doc(alias = "TCA_U32_MARK")]
    #[nl_attr(10)]
    pub mark: Option<U32Mark>,
    /// Where the filter is at work.
    #[doc(alias = "TCA_U32_FLAGS")]
    #[nl_attr(11)]
    pub flags: Option<ClsFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is matched, and where the search goes on.
#[doc(alias = "tc_u32_sel")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct U32Selector {
    /// What a match means.
    #[nl(as = u8)]
    pub flags: U32Flags,
    /// By how much the variable offset is shifted right.
    pub offshift: u8,
    /// How many keys there are; filled in when it is sent.
    #[nl(count_of = keys, pad = 1)]
    pub nkeys: u8,
    /// The bits of the variable offset that count. Big-endian on the wire.
    #[nl(be)]
    pub offmask: u16,
    /// The offset that is added after a match, in bytes.
    pub off: u16,
    /// Where the variable offset is, in bytes.
    pub offoff: i16,
    /// Where the bytes are that choose the bucket.
    pub hoff: i16,
    /// The bits of these that count. Big-endian on the wire.
    #[nl(be)]
    pub hmask: u32,
    /// What must match, all of it.
    #[nl(rest, packed)]
    pub keys: Vec<U32Key>,
}

bitflags! {
    /// What a match means.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TC_U32_")]
    pub struct U32Flags: u32 {
        /// The search is over.
        #[doc(alias = "TC_U32_TERMINAL")]
        const TERMINAL = 1;
        /// A fixed offset is added.
        #[doc(alias = "TC_U32_OFFSET")]
        const OFFSET = 2;
        /// A variable offset is added.
        #[doc(alias = "TC_U32_VAROFFSET")]
        const VAROFFSET = 4;
        /// The offset counts for all keys that follow.
        #[doc(alias = "TC_U32_EAT")]
        const EAT = 8;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Four bytes that must match.
#[doc(alias = "tc_u32_key")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct U32Key {
    /// The bits that count. Big-endian on the wire.
    #[nl(be)]
    pub mask: u32,
    /// What they must be. Big-endian on the wire.
    #[nl(be)]
    pub val: u32,
    /// The offset in bytes, from the network header on.
    pub off: i32,
    /// -1 to add the offset of the matches before, else 0.
    pub offmask: i32,
}

/// How often a `u32` filter was asked, and matched.
#[doc(alias = "tc_u32_pcnt")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct U32Count {
    /// Packets it was asked about.
    pub rcnt: u64,
    /// Packets that matched.
    pub rhit: u64,
    /// How often each key matched.
    #[nl(rest, packed)]
    pub kcnts: Vec<u64>,
}

/// A mark.
#[doc(alias = "tc_u32_mark")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct U32Mark {
    /// What the bits must be.
    pub val: u32,
    /// The bits that count.
    pub mask: u32,
    /// How often it matched; the kernel tells.
    pub success: u32,
}
