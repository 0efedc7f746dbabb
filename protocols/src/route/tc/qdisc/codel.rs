//! CoDel, controlled delay: packets that waited too long are dropped. And with flows, `fq_codel`.

use std::time::Duration;

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct, NlUnion,
    wire::{RawValue, UnknownAttrs},
};

/// A CoDel queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Codel<'a> {
    /// The delay that is all right.
    #[doc(alias = "TCA_CODEL_TARGET")]
    #[nl_attr(1, micros = u32)]
    pub target: Option<Duration>,
    /// The most packets that wait.
    #[doc(alias = "TCA_CODEL_LIMIT")]
    #[nl_attr(2)]
    pub limit: Option<u32>,
    /// For how long the delay may be above `target`.
    #[doc(alias = "TCA_CODEL_INTERVAL")]
    #[nl_attr(3, micros = u32)]
    pub interval: Option<Duration>,
    /// 1 to mark packets that can be marked, and not drop them.
    #[doc(alias = "TCA_CODEL_ECN")]
    #[nl_attr(4)]
    pub ecn: Option<u32>,
    /// Packets that waited longer are marked, whatever else. Since Linux 4.2.
    #[doc(alias = "TCA_CODEL_CE_THRESHOLD")]
    #[nl_attr(5, micros = u32)]
    pub ce_threshold: Option<Duration>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What CoDel counts. Times are in microseconds.
#[doc(alias = "tc_codel_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodelXstats {
    /// The largest packet so far, in bytes.
    pub maxpacket: u32,
    /// Packets dropped since dropping started.
    pub count: u32,
    /// What `count` was then.
    pub lastcount: u32,
    /// How long the packet waited that was sent last.
    pub ldelay: u32,
    /// When the next packet is dropped, from now.
    pub drop_next: i32,
    /// Packets dropped because the queue was full.
    pub drop_overlimit: u32,
    /// Packets marked (ECN).
    pub ecn_mark: u32,
    /// 1 while it drops.
    pub dropping: u32,
    /// Packets marked because of `ce_threshold`.
    pub ce_mark: u32,
}

/// Flows that take turns, each with a CoDel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct FqCodel<'a> {
    /// The delay that is all right.
    #[doc(alias = "TCA_FQ_CODEL_TARGET")]
    #[nl_attr(1, micros = u32)]
    pub target: Option<Duration>,
    /// The most packets that wait.
    #[doc(alias = "TCA_FQ_CODEL_LIMIT")]
    #[nl_attr(2)]
    pub limit: Option<u32>,
    /// For how long the delay may be above `target`.
    #[doc(alias = "TCA_FQ_CODEL_INTERVAL")]
    #[nl_attr(3, micros = u32)]
    pub interval: Option<Duration>,
    /// 1 to mark packets that can be marked, and not drop them.
    #[doc(alias = "TCA_FQ_CODEL_ECN")]
    #[nl_attr(4)]
    pub ecn: Option<u32>,
    /// How many flows can be told apart; cannot be changed later.
    #[doc(alias = "TCA_FQ_CODEL_FLOWS")]
    #[nl_attr(5, range = 1..=65536)]
    pub flows: Option<u32>,
    /// The bytes that a flow may send in a round.
    #[doc(alias = "TCA_FQ_CODEL_QUANTUM")]
    #[nl_attr(6)]
    pub quantum: Option<u32>,
    /// Packets that waited longer are marked, whatever else. Since Linux 4.2.
    #[doc(alias = "TCA_FQ_CODEL_CE_THRESHOLD")]
    #[nl_attr(7, micros = u32)]
    pub ce_threshold: Option<Duration>,
    /// The most packets of the longest flow that are dropped at once when the queue is full. Since Linux 4.7.
    #[doc(alias = "TCA_FQ_CODEL_DROP_BATCH_SIZE")]
    #[nl_attr(8)]
    pub drop_batch_size: Option<u32>,
    /// The most bytes of memory. Since Linux 4.7.
    #[doc(alias = "TCA_FQ_CODEL_MEMORY_LIMIT")]
    #[nl_attr(9)]
    pub memory_limit: Option<u32>,
    /// With `ce_threshold_mask`: what the DS field must be for `ce_threshold` to count. Since Linux 5.15.
    #[doc(alias = "TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR")]
    #[nl_attr(10)]
    pub ce_threshold_selector: Option<u8>,
    /// The bits of the DS field that `ce_threshold_selector` is about. Since Linux 5.15.
    #[doc(alias = "TCA_FQ_CODEL_CE_THRESHOLD_MASK")]
    #[nl_attr(11)]
    pub ce_threshold_mask: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Who counted.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum FqCodelSource {
    /// The queueing discipline.
    #[doc(alias = "TCA_FQ_CODEL_XSTATS_QDISC")]
    #[default]
    Qdisc = 0,
    /// A class, which is a flow.
    #[doc(alias = "TCA_FQ_CODEL_XSTATS_CLASS")]
    Class = 1,
    /// A source of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What `fq_codel` counts.
#[doc(alias = "tc_fq_codel_xstats")]
#[derive(NlStruct, Clone, Debug, PartialEq)]
pub struct FqCodelXstats<'a> {
    /// Who counted. Filled in from `stats` when it is sent.
    #[doc(alias = "type")]
    pub ty: FqCodelSource,
    /// What was counted.
    #[nl(select = ty)]
    pub stats: FqCodelStats<'a>,
}

/// What `fq_codel` counts.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum FqCodelStats<'a> {
    /// All flows.
    #[nl(FqCodelSource::Qdisc)]
    Qdisc(FqCodelQdiscStats),
    /// One flow.
    #[nl(FqCodelSource::Class)]
    Class(FqCodelClassStats),
    /// Something of a newer kernel.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What `fq_codel` counts for all flows.
#[doc(alias = "tc_fq_codel_qd_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FqCodelQdiscStats {
    /// The largest packet so far, in bytes.
    pub maxpacket: u32,
    /// Packets dropped because the queue was full.
    pub drop_overlimit: u32,
    /// Packets marked (ECN).
    pub ecn_mark: u32,
    /// How often a packet started a flow.
    pub new_flow_count: u32,
    /// How many flows are new.
    pub new_flows_len: u32,
    /// How many flows are not new.
    pub old_flows_len: u32,
    /// Packets marked because of `ce_threshold`.
    pub ce_mark: u32,
    /// The bytes of memory in use.
    pub memory_usage: u32,
    /// Packets dropped because of `memory_limit`.
    pub drop_overmemory: u32,
}

/// What `fq_codel` counts for one flow (`struct tc_fq_codel_cl_stats`, filled up to the size of [`FqCodelQdiscStats`]).
/// Times are in microseconds.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FqCodelClassStats {
    /// The bytes that the flow may still send in this round.
    pub deficit: i32,
    /// How long the packet waited that was sent last.
    pub ldelay: u32,
    /// Packets dropped since dropping started.
    pub count: u32,
    /// What `count` was then.
    pub lastcount: u32,
    /// 1 while it drops.
    pub dropping: u32,
    /// When the next packet is dropped, from now.
    #[nl(pad = 12)]
    pub drop_next: i32,
}
