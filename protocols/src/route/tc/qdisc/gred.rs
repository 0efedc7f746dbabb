//! GRED, generalized RED: virtual queues, each with a RED.

use std::borrow::Cow;

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::RedFlags;

/// A virtual queue. Sizes are in bytes.
#[doc(alias = "tc_gred_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GredParms {
    /// The most that waits.
    pub limit: u32,
    /// Below this average nothing is dropped.
    pub qth_min: u32,
    /// Above this average everything is dropped.
    pub qth_max: u32,
    /// The number of the virtual queue; 16 or more where the kernel tells that there is none.
    #[doc(alias = "DP")]
    pub dp: u32,
    /// The bytes that wait; the kernel tells, as all below up to `pdrop`.
    pub backlog: u32,
    /// The average queue.
    pub qave: u32,
    /// Packets dropped above the largest threshold.
    pub forced: u32,
    /// Packets dropped early.
    pub early: u32,
    /// Packets dropped by others.
    pub other: u32,
    /// Packets dropped because the queue was full.
    pub pdrop: u32,
    /// The logarithm (base 2) of the weight that the past has.
    #[doc(alias = "Wlog")]
    pub wlog: u8,
    /// The logarithm (base 2) of the largest probability, over the distance of the thresholds.
    #[doc(alias = "Plog")]
    pub plog: u8,
    /// The logarithm (base 2) of the step by which an idle queue shrinks, in microseconds.
    #[doc(alias = "Scell_log")]
    pub scell_log: u8,
    /// The priority of the virtual queue: 1 is the highest.
    pub prio: u8,
    /// Packets that came; the kernel tells.
    pub packets: u32,
    /// Bytes that came; the kernel tells.
    pub bytesin: u32,
}

/// How many virtual queues there are.
#[doc(alias = "tc_gred_sopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GredSetup {
    /// How many.
    #[doc(alias = "DPs")]
    pub dps: u32,
    /// The one for packets that choose none.
    #[doc(alias = "def_DP")]
    pub def_dp: u32,
    /// 1 if their priorities count (RIO).
    pub grio: u8,
    /// How they drop.
    #[nl(as = u8, pad = 2)]
    pub flags: RedFlags,
}

/// A GRED queueing discipline: made with `dps`, then changed with one virtual queue a time.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Gred<'a> {
    /// In requests one virtual queue; from the kernel 16 of them.
    #[doc(alias = "TCA_GRED_PARMS")]
    #[nl_attr(1, packed)]
    pub parms: Vec<GredParms>,
    /// How the average of an idle queue shrinks: 256 exponents. Not told by the kernel.
    #[doc(alias = "TCA_GRED_STAB")]
    #[nl_attr(2, len = 256)]
    pub stab: Option<Cow<'a, [u8]>>,
    /// How many virtual queues there are.
    #[doc(alias = "TCA_GRED_DPS")]
    #[nl_attr(3)]
    pub dps: Option<GredSetup>,
    /// The largest probabilities (`u32::MAX` is 1): in requests one, from the kernel 16.
    #[doc(alias = "TCA_GRED_MAX_P")]
    #[nl_attr(4, packed)]
    pub max_p: Vec<u32>,
    /// The most bytes that wait in all virtual queues. Since Linux 3.17.
    #[doc(alias = "TCA_GRED_LIMIT")]
    #[nl_attr(5)]
    pub limit: Option<u32>,
    /// The virtual queues with counters of 64 bits, and to set their flags. Since Linux 5.0.
    #[doc(alias = "TCA_GRED_VQ_LIST")]
    #[nl_attr(6)]
    pub vq_list: Option<GredQueues<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Virtual queues.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct GredQueues<'a> {
    /// A virtual queue.
    #[doc(alias = "TCA_GRED_VQ_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<GredQueue<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A virtual queue.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct GredQueue<'a> {
    /// Its number.
    #[doc(alias = "TCA_GRED_VQ_DP")]
    #[nl_attr(2)]
    pub dp: Option<u32>,
    /// Bytes that came.
    #[doc(alias = "TCA_GRED_VQ_STAT_BYTES")]
    #[nl_attr(3)]
    pub stat_bytes: Option<u64>,
    /// Packets that came.
    #[doc(alias = "TCA_GRED_VQ_STAT_PACKETS")]
    #[nl_attr(4)]
    pub stat_packets: Option<u32>,
    /// The bytes that wait.
    #[doc(alias = "TCA_GRED_VQ_STAT_BACKLOG")]
    #[nl_attr(5)]
    pub stat_backlog: Option<u32>,
    /// Packets dropped early, by chance.
    #[doc(alias = "TCA_GRED_VQ_STAT_PROB_DROP")]
    #[nl_attr(6)]
    pub stat_prob_drop: Option<u32>,
    /// Packets marked early, by chance.
    #[doc(alias = "TCA_GRED_VQ_STAT_PROB_MARK")]
    #[nl_attr(7)]
    pub stat_prob_mark: Option<u32>,
    /// Packets dropped above the largest threshold.
    #[doc(alias = "TCA_GRED_VQ_STAT_FORCED_DROP")]
    #[nl_attr(8)]
    pub stat_forced_drop: Option<u32>,
    /// Packets marked above the largest threshold.
    #[doc(alias = "TCA_GRED_VQ_STAT_FORCED_MARK")]
    #[nl_attr(9)]
    pub stat_forced_mark: Option<u32>,
    /// Packets dropped because the queue was full.
    #[doc(alias = "TCA_GRED_VQ_STAT_PDROP")]
    #[nl_attr(10)]
    pub stat_pdrop: Option<u32>,
    /// Packets dropped by others.
    #[doc(alias = "TCA_GRED_VQ_STAT_OTHER")]
    #[nl_attr(11)]
    pub stat_other: Option<u32>,
    /// How it drops.
    #[doc(alias = "TCA_GRED_VQ_FLAGS")]
    #[nl_attr(12)]
    pub flags: Option<RedFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
