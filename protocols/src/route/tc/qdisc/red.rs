//! RED, random early detection: the longer the queue on average, the more is dropped. And CHOKe.

use std::borrow::Cow;

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Bitfield32, UnknownAttrs},
};

bitflags! {
    /// How RED drops.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TC_RED_")]
    pub struct RedFlags: u32 {
        /// Marks packets that can be marked, and does not drop them.
        #[doc(alias = "TC_RED_ECN")]
        const ECN = 1;
        /// Drops all above the largest threshold, marked or not.
        #[doc(alias = "TC_RED_HARDDROP")]
        const HARDDROP = 2;
        /// Adapts the probability.
        #[doc(alias = "TC_RED_ADAPTATIVE")]
        const ADAPTATIVE = 4;
        /// Does not drop early what cannot be marked. Since Linux 5.7.
        #[doc(alias = "TC_RED_NODROP")]
        const NODROP = 8;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// The parameters of RED. Sizes are in bytes, of CHOKe in packets.
#[doc(alias = "tc_red_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RedParms {
    /// The most that waits.
    pub limit: u32,
    /// Below this average nothing is dropped.
    pub qth_min: u32,
    /// Above this average everything is dropped.
    pub qth_max: u32,
    /// The logarithm (base 2) of the weight that the past has.
    #[doc(alias = "Wlog")]
    pub wlog: u8,
    /// The logarithm (base 2) of the largest probability, over the distance of the thresholds.
    #[doc(alias = "Plog")]
    pub plog: u8,
    /// The logarithm (base 2) of the step by which an idle queue shrinks, in microseconds.
    #[doc(alias = "Scell_log")]
    pub scell_log: u8,
    /// How it drops. In requests, either here or in [`Red::flags`], which has the newer ones.
    #[nl(as = u8)]
    pub flags: RedFlags,
}

/// A RED queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Red<'a> {
    /// The parameters.
    #[doc(alias = "TCA_RED_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<RedParms>,
    /// How the average of an idle queue shrinks: 256 exponents. Required by the kernel, which does not tell it.
    #[doc(alias = "TCA_RED_STAB")]
    #[nl_attr(2, len = 256)]
    pub stab: Option<Cow<'a, [u8]>>,
    /// The largest probability: `u32::MAX` is 1. Since Linux 3.3.
    #[doc(alias = "TCA_RED_MAX_P")]
    #[nl_attr(3)]
    pub max_p: Option<u32>,
    /// How it drops, and which of these are meant. Since Linux 5.7.
    #[doc(alias = "TCA_RED_FLAGS")]
    #[nl_attr(4)]
    pub flags: Option<Bitfield32<RedFlags>>,
    /// The block whose filters see packets that are dropped early. Since Linux 5.9.
    #[doc(alias = "TCA_RED_EARLY_DROP_BLOCK")]
    #[nl_attr(5)]
    pub early_drop_block: Option<u32>,
    /// The block whose filters see packets that are marked. Since Linux 5.9.
    #[doc(alias = "TCA_RED_MARK_BLOCK")]
    #[nl_attr(6)]
    pub mark_block: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What RED counts.
#[doc(alias = "tc_red_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RedXstats {
    /// Packets dropped early.
    pub early: u32,
    /// Packets dropped because the queue was full.
    pub pdrop: u32,
    /// Packets dropped by others.
    pub other: u32,
    /// Packets marked (ECN).
    pub marked: u32,
}

/// A CHOKe queueing discipline: RED that drops the flows which fill the queue.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Choke<'a> {
    /// The parameters.
    #[doc(alias = "TCA_CHOKE_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<RedParms>,
    /// How the average of an idle queue shrinks: 256 exponents. Required by the kernel, which does not tell it.
    #[doc(alias = "TCA_CHOKE_STAB")]
    #[nl_attr(2, len = 256)]
    pub stab: Option<Cow<'a, [u8]>>,
    /// The largest probability: `u32::MAX` is 1. Since Linux 3.3.
    #[doc(alias = "TCA_CHOKE_MAX_P")]
    #[nl_attr(3)]
    pub max_p: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What CHOKe counts.
#[doc(alias = "tc_choke_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChokeXstats {
    /// Packets dropped early.
    pub early: u32,
    /// Packets dropped because the queue was full.
    pub pdrop: u32,
    /// Packets dropped by others.
    pub other: u32,
    /// Packets marked (ECN).
    pub marked: u32,
    /// Packets dropped because one of the same flow was in the queue.
    pub matched: u32,
}
