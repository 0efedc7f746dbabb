//! SFQ, stochastic fairness queueing, and SFB, stochastic fair blue.

use std::time::Duration;

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::RedFlags;

/// What every version of SFQ has.
#[doc(alias = "tc_sfq_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SfqBase {
    /// The bytes that a flow may send in a round.
    pub quantum: u32,
    /// After how many seconds flows are mixed anew; 0 for never.
    pub perturb_period: i32,
    /// The most packets that wait.
    pub limit: u32,
    /// How many flows can be told apart: a power of 2.
    pub divisor: u32,
    /// How many flows there may be.
    pub flows: u32,
}

/// What the RED of an SFQ counts.
#[doc(alias = "tc_sfqred_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SfqRedStats {
    /// Packets dropped early, by chance.
    pub prob_drop: u32,
    /// Packets dropped because the average was above the largest threshold.
    pub forced_drop: u32,
    /// Packets marked early, by chance.
    pub prob_mark: u32,
    /// Packets marked because the average was above the largest threshold.
    pub forced_mark: u32,
    /// Packets marked early at the head of the queue.
    pub prob_mark_head: u32,
    /// Packets marked at the head of the queue, above the largest threshold.
    pub forced_mark_head: u32,
}

/// Flows that take turns, told apart by a hash; since Linux 3.3, each with a RED.
#[doc(alias = "tc_sfq_qopt_v1")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sfq {
    /// What every version has.
    pub v0: SfqBase,
    /// The most packets of a flow that wait.
    pub depth: u32,
    /// 1 to drop the oldest packet of a flow, not the newest.
    pub headdrop: u32,
    /// The limit of the RED in bytes; the kernel neither looks at it nor tells it.
    pub limit: u32,
    /// Below this average queue, in bytes, nothing is dropped. 0 is no RED.
    pub qth_min: u32,
    /// Above this average queue, in bytes, everything is dropped.
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
    /// How the RED drops.
    #[nl(as = u8)]
    pub flags: RedFlags,
    /// The largest probability: `u32::MAX` is 1.
    #[doc(alias = "max_P")]
    pub max_p: u32,
    /// What the RED counted; the kernel tells.
    pub stats: SfqRedStats,
}

/// What a flow of SFQ tells, as a class.
#[doc(alias = "tc_sfq_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SfqXstats {
    /// The bytes that it may still send in this round.
    pub allot: i32,
}

/// A stochastic fair blue.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Sfb<'a> {
    /// The parameters.
    #[doc(alias = "TCA_SFB_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<SfbParms>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The parameters of SFB. Probabilities are in 65535ths.
#[doc(alias = "tc_sfb_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SfbParms {
    /// After how long flows are mixed anew.
    #[nl(millis = u32)]
    pub rehash_interval: Duration,
    /// How long before that the new hash starts to learn.
    #[nl(millis = u32)]
    pub warmup_time: Duration,
    /// The largest length of a bin, in packets.
    pub max: u32,
    /// The length of a bin from which on its probability grows, in packets.
    pub bin_size: u32,
    /// How much the probability grows.
    pub increment: u32,
    /// How much it shrinks.
    pub decrement: u32,
    /// The most packets that wait; 0 for the length of the device's queue.
    pub limit: u32,
    /// The packets a second that flows have together which do not respond.
    pub penalty_rate: u32,
    /// The packets that they may send at once.
    pub penalty_burst: u32,
}

/// What SFB counts. Probabilities are in 65535ths.
#[doc(alias = "tc_sfb_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SfbXstats {
    /// Packets dropped early.
    pub earlydrop: u32,
    /// Packets dropped because their flow did not respond.
    pub penaltydrop: u32,
    /// Packets dropped because their bin was full.
    pub bucketdrop: u32,
    /// Packets dropped because the queue was full.
    pub queuedrop: u32,
    /// Packets dropped below.
    pub childdrop: u32,
    /// Packets marked (ECN).
    pub marked: u32,
    /// The length of the fullest bin, in packets.
    pub maxqlen: u32,
    /// The largest probability of a bin.
    pub maxprob: u32,
    /// The average probability of the bins.
    pub avgprob: u32,
}
