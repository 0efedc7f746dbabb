//! FQ, fair queueing with pacing.

use std::time::Duration;

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::Prio;

/// An FQ queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Fq<'a> {
    /// The most packets that wait.
    #[doc(alias = "TCA_FQ_PLIMIT")]
    #[nl_attr(1)]
    pub plimit: Option<u32>,
    /// The most packets of a flow that wait.
    #[doc(alias = "TCA_FQ_FLOW_PLIMIT")]
    #[nl_attr(2)]
    pub flow_plimit: Option<u32>,
    /// The bytes that a flow may send in a round.
    #[doc(alias = "TCA_FQ_QUANTUM")]
    #[nl_attr(3)]
    pub quantum: Option<u32>,
    /// The bytes that a new flow may send at first.
    #[doc(alias = "TCA_FQ_INITIAL_QUANTUM")]
    #[nl_attr(4)]
    pub initial_quantum: Option<u32>,
    /// 1 to pace flows.
    #[doc(alias = "TCA_FQ_RATE_ENABLE")]
    #[nl_attr(5)]
    pub rate_enable: Option<u32>,
    /// Obsolete: the kernel ignores it.
    #[doc(alias = "TCA_FQ_FLOW_DEFAULT_RATE")]
    #[nl_attr(6)]
    pub flow_default_rate: Option<u32>,
    /// The most that a flow sends, in bytes a second; `u32::MAX` for no limit.
    #[doc(alias = "TCA_FQ_FLOW_MAX_RATE")]
    #[nl_attr(7)]
    pub flow_max_rate: Option<u32>,
    /// The logarithm (base 2) of the number of flows that are told apart without a search.
    #[doc(alias = "TCA_FQ_BUCKETS_LOG")]
    #[nl_attr(8)]
    pub buckets_log: Option<u32>,
    /// How long a flow must be silent to be new again.
    #[doc(alias = "TCA_FQ_FLOW_REFILL_DELAY")]
    #[nl_attr(9, micros = u32)]
    pub flow_refill_delay: Option<Duration>,
    /// The bits of the hash by which packets without a socket are told apart. Since Linux 4.4.
    #[doc(alias = "TCA_FQ_ORPHAN_MASK")]
    #[nl_attr(10)]
    pub orphan_mask: Option<u32>,
    /// Flows that send less, in bytes a second, are paced packet by packet. Since Linux 4.9.
    #[doc(alias = "TCA_FQ_LOW_RATE_THRESHOLD")]
    #[nl_attr(11)]
    pub low_rate_threshold: Option<u32>,
    /// Packets that waited longer are marked. Since Linux 5.0.
    #[doc(alias = "TCA_FQ_CE_THRESHOLD")]
    #[nl_attr(12, micros = u32)]
    pub ce_threshold: Option<Duration>,
    /// How late the timer may be. Since Linux 5.7.
    #[doc(alias = "TCA_FQ_TIMER_SLACK")]
    #[nl_attr(13, nanos = u32)]
    pub timer_slack: Option<Duration>,
    /// How far in the future packets may want to be sent. Since Linux 5.8.
    #[doc(alias = "TCA_FQ_HORIZON")]
    #[nl_attr(14, micros = u32)]
    pub horizon: Option<Duration>,
    /// 1 to drop packets beyond `horizon`, 0 to send them when it is reached. Since Linux 5.8.
    #[doc(alias = "TCA_FQ_HORIZON_DROP")]
    #[nl_attr(15)]
    pub horizon_drop: Option<u8>,
    /// The three bands, and the band of each priority of packets. Since Linux 6.7.
    #[doc(alias = "TCA_FQ_PRIOMAP")]
    #[nl_attr(16)]
    pub priomap: Option<Prio>,
    /// The quanta of the three bands, in bytes. Since Linux 6.7.
    #[doc(alias = "TCA_FQ_WEIGHTS")]
    #[nl_attr(17, packed)]
    pub weights: Vec<i32>,
    /// How far in the future the device can send by itself. Since Linux 6.13. Not proven with a device yet that takes more
    /// than 0.
    #[doc(alias = "TCA_FQ_OFFLOAD_HORIZON")]
    #[nl_attr(18, micros = u32)]
    pub offload_horizon: Option<Duration>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What FQ counts. Old kernels have fewer counters.
#[doc(alias = "tc_fq_qd_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FqStats {
    /// Flows that were forgotten.
    pub gc_flows: u64,
    /// Obsolete: 0 since Linux 6.7.
    pub highprio_packets: u64,
    /// Obsolete: 0 since Linux 4.20.
    pub tcp_retrans: u64,
    /// Flows that were made to wait.
    pub throttled: u64,
    /// Packets dropped because their flow had too many.
    pub flows_plimit: u64,
    /// Packets that took longer than a second to send at their flow's rate.
    pub pkts_too_long: u64,
    /// Flows that there was no memory for.
    pub allocation_errors: u64,
    /// When the next flow may send that waits, from now, in nanoseconds.
    pub time_next_delayed_flow: i64,
    /// How many flows there are.
    pub flows: u32,
    /// How many of them have no packets.
    pub inactive_flows: u32,
    /// How many of them wait.
    pub throttled_flows: u32,
    /// How late a flow was released last, in nanoseconds.
    pub unthrottle_latency_ns: u32,
    /// Packets marked because of `ce_threshold`.
    #[nl(optional)]
    pub ce_mark: Option<u64>,
    /// Packets dropped because of `horizon`.
    #[nl(optional)]
    pub horizon_drops: Option<u64>,
    /// Packets sent at `horizon` that wanted to be later.
    #[nl(optional)]
    pub horizon_caps: Option<u64>,
    /// Packets that needed no flow. Since Linux 6.7.
    #[nl(optional)]
    pub fastpath_packets: Option<u64>,
    /// Packets dropped, by band. Since Linux 6.7.
    #[nl(optional)]
    pub band_drops: Option<[u64; 3]>,
    /// The packets that wait, by band. Since Linux 6.7.
    #[nl(optional, pad = 4)]
    pub band_pkt_count: Option<[u32; 3]>,
}
