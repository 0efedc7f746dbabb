//! Counters of queueing disciplines, classes, filters and actions.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{class::Class, class::ClassXstats, qdisc::Qdisc, qdisc::QdiscXstats};

/// All counters in one struct, as before Linux 2.6. Some have 32 bits, and wrap around.
#[doc(alias = "tc_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OldStats {
    /// Bytes that were queued.
    pub bytes: u64,
    /// Packets that were queued.
    pub packets: u32,
    /// Packets dropped.
    pub drops: u32,
    /// How often the rate was exceeded.
    pub overlimits: u32,
    /// The estimated rate in bytes a second.
    pub bps: u32,
    /// The estimated rate in packets a second.
    pub pps: u32,
    /// The packets that wait.
    pub qlen: u32,
    /// The bytes that wait.
    #[nl(pad = 4)]
    pub backlog: u32,
}

/// What went through.
#[doc(alias = "gnet_stats_basic")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasicStats {
    /// Bytes.
    pub bytes: u64,
    /// Packets; beyond 32 bits see `pkt64`.
    #[nl(pad = 4)]
    pub packets: u32,
}

/// An estimated rate.
#[doc(alias = "gnet_stats_rate_est")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateStats {
    /// Bytes a second; `u32::MAX` where they do not fit.
    pub bps: u32,
    /// Packets a second.
    pub pps: u32,
}

/// An estimated rate, where bytes a second need more than 32 bits.
#[doc(alias = "gnet_stats_rate_est64")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateStats64 {
    /// Bytes a second.
    pub bps: u64,
    /// Packets a second.
    pub pps: u64,
}

/// What a queue did.
#[doc(alias = "gnet_stats_queue")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueStats {
    /// The packets that wait.
    pub qlen: u32,
    /// The bytes that wait.
    pub backlog: u32,
    /// Packets dropped.
    pub drops: u32,
    /// Packets put back because the device was busy.
    pub requeues: u32,
    /// How often the rate was exceeded.
    pub overlimits: u32,
}

/// The counters of a queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct QdiscStats<'a> {
    /// What went through.
    #[doc(alias = "TCA_STATS_BASIC")]
    #[nl_attr(1)]
    pub basic: Option<BasicStats>,
    /// The estimated rate, if there is an estimator.
    #[doc(alias = "TCA_STATS_RATE_EST")]
    #[nl_attr(2)]
    pub rate_est: Option<RateStats>,
    /// What the queue did.
    #[doc(alias = "TCA_STATS_QUEUE")]
    #[nl_attr(3)]
    pub queue: Option<QueueStats>,
    /// What only this kind counts.
    #[doc(alias = "TCA_STATS_APP")]
    #[nl_attr(4, select = outer(Qdisc<'a>))]
    pub app: Option<QdiscXstats<'a>>,
    /// The estimated rate, if it does not fit 32 bits.
    #[doc(alias = "TCA_STATS_RATE_EST64")]
    #[nl_attr(5)]
    pub rate_est64: Option<RateStats64>,
    /// The part of `basic` that hardware handled. Since Linux 4.20.
    #[doc(alias = "TCA_STATS_BASIC_HW")]
    #[nl_attr(7)]
    pub basic_hw: Option<BasicStats>,
    /// The packets of `basic`, where they do not fit 32 bits. Since Linux 5.5.
    #[doc(alias = "TCA_STATS_PKT64")]
    #[nl_attr(8)]
    pub pkt64: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The counters of a class.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct ClassStats<'a> {
    /// What went through.
    #[doc(alias = "TCA_STATS_BASIC")]
    #[nl_attr(1)]
    pub basic: Option<BasicStats>,
    /// The estimated rate, if there is an estimator.
    #[doc(alias = "TCA_STATS_RATE_EST")]
    #[nl_attr(2)]
    pub rate_est: Option<RateStats>,
    /// What the queue did.
    #[doc(alias = "TCA_STATS_QUEUE")]
    #[nl_attr(3)]
    pub queue: Option<QueueStats>,
    /// What only this kind counts.
    #[doc(alias = "TCA_STATS_APP")]
    #[nl_attr(4, select = outer(Class<'a>))]
    pub app: Option<ClassXstats<'a>>,
    /// The estimated rate, if it does not fit 32 bits.
    #[doc(alias = "TCA_STATS_RATE_EST64")]
    #[nl_attr(5)]
    pub rate_est64: Option<RateStats64>,
    /// The part of `basic` that hardware handled. Since Linux 4.20.
    #[doc(alias = "TCA_STATS_BASIC_HW")]
    #[nl_attr(7)]
    pub basic_hw: Option<BasicStats>,
    /// The packets of `basic`, where they do not fit 32 bits. Since Linux 5.5.
    #[doc(alias = "TCA_STATS_PKT64")]
    #[nl_attr(8)]
    pub pkt64: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The counters of an action.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct ActionStats<'a> {
    /// What it saw.
    #[doc(alias = "TCA_STATS_BASIC")]
    #[nl_attr(1)]
    pub basic: Option<BasicStats>,
    /// The estimated rate, if there is an estimator.
    #[doc(alias = "TCA_STATS_RATE_EST")]
    #[nl_attr(2)]
    pub rate_est: Option<RateStats>,
    /// What it dropped.
    #[doc(alias = "TCA_STATS_QUEUE")]
    #[nl_attr(3)]
    pub queue: Option<QueueStats>,
    /// The estimated rate, if it does not fit 32 bits.
    #[doc(alias = "TCA_STATS_RATE_EST64")]
    #[nl_attr(5)]
    pub rate_est64: Option<RateStats64>,
    /// The part of `basic` that hardware handled. Since Linux 4.20.
    #[doc(alias = "TCA_STATS_BASIC_HW")]
    #[nl_attr(7)]
    pub basic_hw: Option<BasicStats>,
    /// The packets of `basic`, where they do not fit 32 bits. Since Linux 5.5.
    #[doc(alias = "TCA_STATS_PKT64")]
    #[nl_attr(8)]
    pub pkt64: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
