//! PIE, the proportional integral controller enhanced; with flows, `fq_pie`; with two queues, `dualpi2`.

use std::time::Duration;

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

/// A PIE queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Pie<'a> {
    /// The delay that is aimed at.
    #[doc(alias = "TCA_PIE_TARGET")]
    #[nl_attr(1, micros = u32)]
    pub target: Option<Duration>,
    /// The most packets that wait.
    #[doc(alias = "TCA_PIE_LIMIT")]
    #[nl_attr(2)]
    pub limit: Option<u32>,
    /// How often the probability is calculated.
    #[doc(alias = "TCA_PIE_TUPDATE")]
    #[nl_attr(3, micros = u32)]
    pub tupdate: Option<Duration>,
    /// The weight of the distance from `target`, in sixteenths of a hertz.
    #[doc(alias = "TCA_PIE_ALPHA")]
    #[nl_attr(4, range = 0..=32)]
    pub alpha: Option<u32>,
    /// The weight of the change of the delay, in sixteenths of a hertz.
    #[doc(alias = "TCA_PIE_BETA")]
    #[nl_attr(5, range = 0..=32)]
    pub beta: Option<u32>,
    /// 1 to mark packets that can be marked, while the probability is small.
    #[doc(alias = "TCA_PIE_ECN")]
    #[nl_attr(6)]
    pub ecn: Option<u32>,
    /// 1 to scale the probability with the size of packets.
    #[doc(alias = "TCA_PIE_BYTEMODE")]
    #[nl_attr(7)]
    pub bytemode: Option<u32>,
    /// 1 to estimate the delay from the rate, 0 to measure it. Since Linux 5.5.
    #[doc(alias = "TCA_PIE_DQ_RATE_ESTIMATOR")]
    #[nl_attr(8)]
    pub dq_rate_estimator: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What PIE counts. Before Linux 5.5 the probability had half the size.
#[doc(alias = "tc_pie_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PieXstats {
    /// The probability to drop: `u64::MAX >> 8` is 1.
    pub prob: u64,
    /// The delay, in microseconds.
    pub delay: u32,
    /// The estimated rate, in bytes a second; 0 without an estimator.
    pub avg_dq_rate: u32,
    /// 1 if the rate is estimated.
    pub dq_rate_estimating: u32,
    /// Packets that came.
    pub packets_in: u32,
    /// Packets dropped.
    pub dropped: u32,
    /// Packets dropped because the queue was full.
    pub overlimit: u32,
    /// The longest queue so far, in packets.
    pub maxq: u32,
    /// Packets marked (ECN).
    pub ecn_mark: u32,
}

/// Flows that take turns, each with a PIE. Since Linux 5.6.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct FqPie<'a> {
    /// The most packets that wait.
    #[doc(alias = "TCA_FQ_PIE_LIMIT")]
    #[nl_attr(1)]
    pub limit: Option<u32>,
    /// How many flows can be told apart; cannot be changed later.
    #[doc(alias = "TCA_FQ_PIE_FLOWS")]
    #[nl_attr(2, range = 1..=65536)]
    pub flows: Option<u32>,
    /// The delay that is aimed at.
    #[doc(alias = "TCA_FQ_PIE_TARGET")]
    #[nl_attr(3, micros = u32)]
    pub target: Option<Duration>,
    /// How often the probability is calculated.
    #[doc(alias = "TCA_FQ_PIE_TUPDATE")]
    #[nl_attr(4, micros = u32)]
    pub tupdate: Option<Duration>,
    /// The weight of the distance from `target`, in sixteenths of a hertz.
    #[doc(alias = "TCA_FQ_PIE_ALPHA")]
    #[nl_attr(5, range = 0..=32)]
    pub alpha: Option<u32>,
    /// The weight of the change of the delay, in sixteenths of a hertz.
    #[doc(alias = "TCA_FQ_PIE_BETA")]
    #[nl_attr(6, range = 0..=32)]
    pub beta: Option<u32>,
    /// The bytes that a flow may send in a round.
    #[doc(alias = "TCA_FQ_PIE_QUANTUM")]
    #[nl_attr(7)]
    pub quantum: Option<u32>,
    /// The most bytes of memory.
    #[doc(alias = "TCA_FQ_PIE_MEMORY_LIMIT")]
    #[nl_attr(8)]
    pub memory_limit: Option<u32>,
    /// Up to this probability, in percent, packets are marked and not dropped.
    #[doc(alias = "TCA_FQ_PIE_ECN_PROB")]
    #[nl_attr(9, range = 0..=100)]
    pub ecn_prob: Option<u32>,
    /// 1 to mark packets that can be marked.
    #[doc(alias = "TCA_FQ_PIE_ECN")]
    #[nl_attr(10)]
    pub ecn: Option<u32>,
    /// 1 to scale the probability with the size of packets.
    #[doc(alias = "TCA_FQ_PIE_BYTEMODE")]
    #[nl_attr(11)]
    pub bytemode: Option<u32>,
    /// 1 to estimate the delay from the rate, 0 to measure it.
    #[doc(alias = "TCA_FQ_PIE_DQ_RATE_ESTIMATOR")]
    #[nl_attr(12)]
    pub dq_rate_estimator: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What `fq_pie` counts.
#[doc(alias = "tc_fq_pie_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FqPieXstats {
    /// Packets that came.
    pub packets_in: u32,
    /// Packets dropped.
    pub dropped: u32,
    /// Packets dropped because the queue was full.
    pub overlimit: u32,
    /// Packets dropped because of `memory_limit`.
    pub overmemory: u32,
    /// Packets marked (ECN).
    pub ecn_mark: u32,
    /// How often a packet started a flow.
    pub new_flow_count: u32,
    /// How many flows are new.
    pub new_flows_len: u32,
    /// How many flows are not new.
    pub old_flows_len: u32,
    /// The bytes of memory in use.
    pub memory_usage: u32,
}

/// One queue for scalable and one for classic congestion control (RFC 9332). Since Linux 6.17. Not proven with a kernel
/// yet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 16)]
pub struct DualPi2<'a> {
    /// The most packets that wait.
    #[doc(alias = "TCA_DUALPI2_LIMIT")]
    #[nl_attr(1, range = 1..)]
    pub limit: Option<u32>,
    /// The most bytes of memory.
    #[doc(alias = "TCA_DUALPI2_MEMORY_LIMIT")]
    #[nl_attr(2, range = 1..)]
    pub memory_limit: Option<u32>,
    /// The delay that the classic queue aims at.
    #[doc(alias = "TCA_DUALPI2_TARGET")]
    #[nl_attr(3, micros = u32)]
    pub target: Option<Duration>,
    /// How often the probability is calculated.
    #[doc(alias = "TCA_DUALPI2_TUPDATE")]
    #[nl_attr(4, micros = u32)]
    pub tupdate: Option<Duration>,
    /// The weight of the distance from `target`, in units of 1/256 hertz.
    #[doc(alias = "TCA_DUALPI2_ALPHA")]
    #[nl_attr(5, range = 1..)]
    pub alpha: Option<u32>,
    /// The weight of the change of the delay, in units of 1/256 hertz.
    #[doc(alias = "TCA_DUALPI2_BETA")]
    #[nl_attr(6, range = 1..)]
    pub beta: Option<u32>,
    /// From so many packets on, the scalable queue marks all.
    #[doc(alias = "TCA_DUALPI2_STEP_THRESH_PKTS")]
    #[nl_attr(7)]
    pub step_thresh_pkts: Option<u32>,
    /// From this delay on, the scalable queue marks all.
    #[doc(alias = "TCA_DUALPI2_STEP_THRESH_US")]
    #[nl_attr(8, micros = u32)]
    pub step_thresh_us: Option<Duration>,
    /// Only a scalable queue longer than this, in packets, is held to the threshold.
    #[doc(alias = "TCA_DUALPI2_MIN_QLEN_STEP")]
    #[nl_attr(9)]
    pub min_qlen_step: Option<u32>,
    /// How much more often the scalable queue marks than the square of the classic probability; 2 is usual.
    #[doc(alias = "TCA_DUALPI2_COUPLING")]
    #[nl_attr(10, range = 1..)]
    pub coupling: Option<u8>,
    /// What happens under overload.
    #[doc(alias = "TCA_DUALPI2_DROP_OVERLOAD")]
    #[nl_attr(11)]
    pub drop_overload: Option<DualPi2DropOverload>,
    /// When classic packets are dropped.
    #[doc(alias = "TCA_DUALPI2_DROP_EARLY")]
    #[nl_attr(12)]
    pub drop_early: Option<DualPi2DropEarly>,
    /// The share that the classic queue is sure of, in percent.
    #[doc(alias = "TCA_DUALPI2_C_PROTECTION")]
    #[nl_attr(13, range = 0..=100)]
    pub c_protection: Option<u8>,
    /// Which packets go to the scalable queue.
    #[doc(alias = "TCA_DUALPI2_ECN_MASK")]
    #[nl_attr(14)]
    pub ecn_mask: Option<DualPi2EcnMask>,
    /// Whether large packets are cut first.
    #[doc(alias = "TCA_DUALPI2_SPLIT_GSO")]
    #[nl_attr(15)]
    pub split_gso: Option<DualPi2SplitGso>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What happens under overload.
#[doc(alias = "tc_dualpi2_drop_overload")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DualPi2DropOverload {
    /// The queue becomes full.
    #[doc(alias = "TC_DUALPI2_DROP_OVERLOAD_OVERFLOW")]
    Overflow = 0,
    /// Packets are dropped to keep the delay.
    #[doc(alias = "TC_DUALPI2_DROP_OVERLOAD_DROP")]
    Drop = 1,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// When classic packets are dropped or marked.
#[doc(alias = "tc_dualpi2_drop_early")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DualPi2DropEarly {
    /// When they leave the queue.
    #[doc(alias = "TC_DUALPI2_DROP_EARLY_DROP_DEQUEUE")]
    DropDequeue = 0,
    /// When they come.
    #[doc(alias = "TC_DUALPI2_DROP_EARLY_DROP_ENQUEUE")]
    DropEnqueue = 1,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Which packets go to the scalable queue.
#[doc(alias = "tc_dualpi2_ecn_mask")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DualPi2EcnMask {
    /// Those marked ECT(1).
    #[doc(alias = "TC_DUALPI2_ECN_MASK_L4S_ECT")]
    L4sEct = 1,
    /// Those marked ECT(0).
    #[doc(alias = "TC_DUALPI2_ECN_MASK_CLA_ECT")]
    ClaEct = 2,
    /// Both.
    #[doc(alias = "TC_DUALPI2_ECN_MASK_ANY_ECT")]
    AnyEct = 3,
    /// A mask of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Whether large packets are cut first.
#[doc(alias = "tc_dualpi2_split_gso")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DualPi2SplitGso {
    /// They stay as they are.
    #[doc(alias = "TC_DUALPI2_SPLIT_GSO_NO_SPLIT_GSO")]
    NoSplitGso = 0,
    /// They are cut.
    #[doc(alias = "TC_DUALPI2_SPLIT_GSO_SPLIT_GSO")]
    SplitGso = 1,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What `dualpi2` counts.
#[doc(alias = "tc_dualpi2_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DualPi2Xstats {
    /// The base probability: `u32::MAX` is 1.
    pub prob: u32,
    /// The delay of the classic queue, in microseconds.
    pub delay_c: u32,
    /// The delay of the scalable queue, in microseconds.
    pub delay_l: u32,
    /// Packets that came to the classic queue.
    pub packets_in_c: u32,
    /// Packets that came to the scalable queue.
    pub packets_in_l: u32,
    /// The longest queue so far, in packets.
    pub maxq: u32,
    /// Packets marked (ECN).
    pub ecn_mark: u32,
    /// Packets of these marked because of the threshold.
    pub step_marks: u32,
    /// The credit of the scheduler: positive for the classic queue.
    pub credit: i32,
    /// The bytes of memory in use.
    pub memory_used: u32,
    /// The most bytes of memory that were in use.
    pub max_memory_used: u32,
    /// The most bytes of memory.
    pub memory_limit: u32,
}
