//! CAKE: shaping, fairness between hosts and flows, and active queue management in one.

use std::time::Duration;

use netlink_core::{NlDebug, NlEnum, NlMessage, wire::UnknownAttrs};

/// A CAKE queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct Cake<'a> {
    /// The rate in bytes a second; 0 for no limit.
    #[doc(alias = "TCA_CAKE_BASE_RATE64")]
    #[nl_attr(2)]
    pub base_rate64: Option<u64>,
    /// The tins: how priorities are told apart.
    #[doc(alias = "TCA_CAKE_DIFFSERV_MODE")]
    #[nl_attr(3)]
    pub diffserv_mode: Option<CakeDiffserv>,
    /// What the link adds to packets.
    #[doc(alias = "TCA_CAKE_ATM")]
    #[nl_attr(4)]
    pub atm: Option<CakeAtm>,
    /// What is treated fairly.
    #[doc(alias = "TCA_CAKE_FLOW_MODE")]
    #[nl_attr(5)]
    pub flow_mode: Option<CakeFlowMode>,
    /// What is added to each packet, in bytes. A number with a sign, though the policy says otherwise.
    #[doc(alias = "TCA_CAKE_OVERHEAD")]
    #[nl_attr(6, range = -64..=256)]
    pub overhead: Option<i32>,
    /// The usual round-trip time.
    #[doc(alias = "TCA_CAKE_RTT")]
    #[nl_attr(7, micros = u32)]
    pub rtt: Option<Duration>,
    /// The delay that is all right; calculated from `rtt` if absent.
    #[doc(alias = "TCA_CAKE_TARGET")]
    #[nl_attr(8, micros = u32)]
    pub target: Option<Duration>,
    /// 1 to estimate the rate from what comes in.
    #[doc(alias = "TCA_CAKE_AUTORATE")]
    #[nl_attr(9)]
    pub autorate: Option<u32>,
    /// The most bytes of memory; 0 lets the kernel decide.
    #[doc(alias = "TCA_CAKE_MEMORY")]
    #[nl_attr(10)]
    pub memory: Option<u32>,
    /// 1 to look behind address translation.
    #[doc(alias = "TCA_CAKE_NAT")]
    #[nl_attr(11)]
    pub nat: Option<u32>,
    /// Present to let the size of packets count as the kernel has it, without `overhead`; the number says nothing.
    #[doc(alias = "TCA_CAKE_RAW")]
    #[nl_attr(12)]
    pub raw: Option<u32>,
    /// 1 to clear the DS field of packets.
    #[doc(alias = "TCA_CAKE_WASH")]
    #[nl_attr(13)]
    pub wash: Option<u32>,
    /// The least that a packet counts, in bytes.
    #[doc(alias = "TCA_CAKE_MPU")]
    #[nl_attr(14, range = 0..=256)]
    pub mpu: Option<u32>,
    /// 1 for packets that come in: dropped ones count, too.
    #[doc(alias = "TCA_CAKE_INGRESS")]
    #[nl_attr(15)]
    pub ingress: Option<u32>,
    /// Whether acknowledgements of TCP are thinned.
    #[doc(alias = "TCA_CAKE_ACK_FILTER")]
    #[nl_attr(16)]
    pub ack_filter: Option<CakeAckFilter>,
    /// 1 to cut large packets first.
    #[doc(alias = "TCA_CAKE_SPLIT_GSO")]
    #[nl_attr(17)]
    pub split_gso: Option<u32>,
    /// The bits of the packet's mark that choose the tin; 0 for none. Since Linux 5.1.
    #[doc(alias = "TCA_CAKE_FWMARK")]
    #[nl_attr(18)]
    pub fwmark: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is treated fairly.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CakeFlowMode {
    /// Nothing: one queue.
    #[doc(alias = "CAKE_FLOW_NONE")]
    None = 0,
    /// Hosts that send.
    #[doc(alias = "CAKE_FLOW_SRC_IP")]
    SrcIp = 1,
    /// Hosts that receive.
    #[doc(alias = "CAKE_FLOW_DST_IP")]
    DstIp = 2,
    /// Pairs of hosts.
    #[doc(alias = "CAKE_FLOW_HOSTS")]
    Hosts = 3,
    /// Flows.
    #[doc(alias = "CAKE_FLOW_FLOWS")]
    Flows = 4,
    /// Hosts that send, and then their flows.
    #[doc(alias = "CAKE_FLOW_DUAL_SRC")]
    DualSrc = 5,
    /// Hosts that receive, and then their flows.
    #[doc(alias = "CAKE_FLOW_DUAL_DST")]
    DualDst = 6,
    /// Hosts of both sides, and then their flows.
    #[doc(alias = "CAKE_FLOW_TRIPLE")]
    Triple = 7,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// How priorities are told apart.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CakeDiffserv {
    /// By the DS field, with 3 tins.
    #[doc(alias = "CAKE_DIFFSERV_DIFFSERV3")]
    Diffserv3 = 0,
    /// By the DS field, with 4 tins.
    #[doc(alias = "CAKE_DIFFSERV_DIFFSERV4")]
    Diffserv4 = 1,
    /// By the DS field, with 8 tins.
    #[doc(alias = "CAKE_DIFFSERV_DIFFSERV8")]
    Diffserv8 = 2,
    /// Not at all.
    #[doc(alias = "CAKE_DIFFSERV_BESTEFFORT")]
    Besteffort = 3,
    /// By the IP precedence, with 8 tins.
    #[doc(alias = "CAKE_DIFFSERV_PRECEDENCE")]
    Precedence = 4,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Whether acknowledgements of TCP are thinned.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CakeAckFilter {
    /// They are not.
    #[doc(alias = "CAKE_ACK_NONE")]
    None = 0,
    /// Those that say nothing new.
    #[doc(alias = "CAKE_ACK_FILTER")]
    Filter = 1,
    /// As many as possible.
    #[doc(alias = "CAKE_ACK_AGGRESSIVE")]
    Aggressive = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What the link adds to packets.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum CakeAtm {
    /// Nothing.
    #[doc(alias = "CAKE_ATM_NONE")]
    None = 0,
    /// Cells of 53 bytes with 48 of payload.
    #[doc(alias = "CAKE_ATM_ATM")]
    Atm = 1,
    /// One byte for every 64.
    #[doc(alias = "CAKE_ATM_PTM")]
    Ptm = 2,
    /// A kind of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What CAKE counts: of the whole, or of a flow as a class.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct CakeStats<'a> {
    /// The estimated rate, in bytes a second.
    #[doc(alias = "TCA_CAKE_STATS_CAPACITY_ESTIMATE64")]
    #[nl_attr(2)]
    pub capacity_estimate64: Option<u64>,
    /// The most bytes of memory.
    #[doc(alias = "TCA_CAKE_STATS_MEMORY_LIMIT")]
    #[nl_attr(3)]
    pub memory_limit: Option<u32>,
    /// The bytes of memory that were in use at most.
    #[doc(alias = "TCA_CAKE_STATS_MEMORY_USED")]
    #[nl_attr(4)]
    pub memory_used: Option<u32>,
    /// The average bytes before the network header.
    #[doc(alias = "TCA_CAKE_STATS_AVG_NETOFF")]
    #[nl_attr(5)]
    pub avg_netoff: Option<u32>,
    /// The smallest packet, in bytes.
    #[doc(alias = "TCA_CAKE_STATS_MIN_NETLEN")]
    #[nl_attr(6)]
    pub min_netlen: Option<u32>,
    /// The largest packet, in bytes.
    #[doc(alias = "TCA_CAKE_STATS_MAX_NETLEN")]
    #[nl_attr(7)]
    pub max_netlen: Option<u32>,
    /// The smallest packet with all that is added, in bytes.
    #[doc(alias = "TCA_CAKE_STATS_MIN_ADJLEN")]
    #[nl_attr(8)]
    pub min_adjlen: Option<u32>,
    /// The largest packet with all that is added, in bytes.
    #[doc(alias = "TCA_CAKE_STATS_MAX_ADJLEN")]
    #[nl_attr(9)]
    pub max_adjlen: Option<u32>,
    /// The tins.
    #[doc(alias = "TCA_CAKE_STATS_TIN_STATS")]
    #[nl_attr(10, indexed)]
    pub tin_stats: Vec<CakeTinStats<'a>>,
    /// Of a flow: the bytes that it may still send in this round.
    #[doc(alias = "TCA_CAKE_STATS_DEFICIT")]
    #[nl_attr(11)]
    pub deficit: Option<i32>,
    /// Of a flow: packets dropped since dropping started.
    #[doc(alias = "TCA_CAKE_STATS_COBALT_COUNT")]
    #[nl_attr(12)]
    pub cobalt_count: Option<u32>,
    /// Of a flow: 1 while it drops.
    #[doc(alias = "TCA_CAKE_STATS_DROPPING")]
    #[nl_attr(13)]
    pub dropping: Option<u32>,
    /// Of a flow: when the next packet is dropped, from now, in microseconds.
    #[doc(alias = "TCA_CAKE_STATS_DROP_NEXT_US")]
    #[nl_attr(14)]
    pub drop_next_us: Option<i32>,
    /// Of a flow: the probability of BLUE to drop; `u32::MAX` is 1.
    #[doc(alias = "TCA_CAKE_STATS_P_DROP")]
    #[nl_attr(15)]
    pub p_drop: Option<u32>,
    /// Of a flow: until BLUE may change the probability, in microseconds.
    #[doc(alias = "TCA_CAKE_STATS_BLUE_TIMER_US")]
    #[nl_attr(16)]
    pub blue_timer_us: Option<i32>,
    /// How many transmit queues of the device are active, of `cake_mq`. Since Linux 7.0.
    #[doc(alias = "TCA_CAKE_STATS_ACTIVE_QUEUES")]
    #[nl_attr(17)]
    pub active_queues: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a tin counts.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct CakeTinStats<'a> {
    /// Packets sent.
    #[doc(alias = "TCA_CAKE_TIN_STATS_SENT_PACKETS")]
    #[nl_attr(2)]
    pub sent_packets: Option<u32>,
    /// Bytes sent.
    #[doc(alias = "TCA_CAKE_TIN_STATS_SENT_BYTES64")]
    #[nl_attr(3)]
    pub sent_bytes64: Option<u64>,
    /// Packets dropped.
    #[doc(alias = "TCA_CAKE_TIN_STATS_DROPPED_PACKETS")]
    #[nl_attr(4)]
    pub dropped_packets: Option<u32>,
    /// Bytes dropped.
    #[doc(alias = "TCA_CAKE_TIN_STATS_DROPPED_BYTES64")]
    #[nl_attr(5)]
    pub dropped_bytes64: Option<u64>,
    /// Acknowledgements thinned.
    #[doc(alias = "TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS")]
    #[nl_attr(6)]
    pub acks_dropped_packets: Option<u32>,
    /// The bytes of these.
    #[doc(alias = "TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64")]
    #[nl_attr(7)]
    pub acks_dropped_bytes64: Option<u64>,
    /// Packets marked (ECN).
    #[doc(alias = "TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS")]
    #[nl_attr(8)]
    pub ecn_marked_packets: Option<u32>,
    /// The bytes of these.
    #[doc(alias = "TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64")]
    #[nl_attr(9)]
    pub ecn_marked_bytes64: Option<u64>,
    /// The packets that wait.
    #[doc(alias = "TCA_CAKE_TIN_STATS_BACKLOG_PACKETS")]
    #[nl_attr(10)]
    pub backlog_packets: Option<u32>,
    /// The bytes that wait.
    #[doc(alias = "TCA_CAKE_TIN_STATS_BACKLOG_BYTES")]
    #[nl_attr(11)]
    pub backlog_bytes: Option<u32>,
    /// The rate up to which the tin has its priority, in bytes a second.
    #[doc(alias = "TCA_CAKE_TIN_STATS_THRESHOLD_RATE64")]
    #[nl_attr(12)]
    pub threshold_rate64: Option<u64>,
    /// The delay that is all right.
    #[doc(alias = "TCA_CAKE_TIN_STATS_TARGET_US")]
    #[nl_attr(13, micros = u32)]
    pub target_us: Option<Duration>,
    /// For how long the delay may be above that.
    #[doc(alias = "TCA_CAKE_TIN_STATS_INTERVAL_US")]
    #[nl_attr(14, micros = u32)]
    pub interval_us: Option<Duration>,
    /// Packets whose flow was found in another place than the first.
    #[doc(alias = "TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS")]
    #[nl_attr(15)]
    pub way_indirect_hits: Option<u32>,
    /// Packets that started a flow.
    #[doc(alias = "TCA_CAKE_TIN_STATS_WAY_MISSES")]
    #[nl_attr(16)]
    pub way_misses: Option<u32>,
    /// Packets that had to share a flow.
    #[doc(alias = "TCA_CAKE_TIN_STATS_WAY_COLLISIONS")]
    #[nl_attr(17)]
    pub way_collisions: Option<u32>,
    /// The longest delay lately.
    #[doc(alias = "TCA_CAKE_TIN_STATS_PEAK_DELAY_US")]
    #[nl_attr(18, micros = u32)]
    pub peak_delay_us: Option<Duration>,
    /// The average delay lately.
    #[doc(alias = "TCA_CAKE_TIN_STATS_AVG_DELAY_US")]
    #[nl_attr(19, micros = u32)]
    pub avg_delay_us: Option<Duration>,
    /// The shortest delay lately.
    #[doc(alias = "TCA_CAKE_TIN_STATS_BASE_DELAY_US")]
    #[nl_attr(20, micros = u32)]
    pub base_delay_us: Option<Duration>,
    /// How many flows send little.
    #[doc(alias = "TCA_CAKE_TIN_STATS_SPARSE_FLOWS")]
    #[nl_attr(21)]
    pub sparse_flows: Option<u32>,
    /// How many flows send much.
    #[doc(alias = "TCA_CAKE_TIN_STATS_BULK_FLOWS")]
    #[nl_attr(22)]
    pub bulk_flows: Option<u32>,
    /// How many flows do not respond to drops.
    #[doc(alias = "TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS")]
    #[nl_attr(23)]
    pub unresponsive_flows: Option<u32>,
    /// The largest packet, in bytes.
    #[doc(alias = "TCA_CAKE_TIN_STATS_MAX_SKBLEN")]
    #[nl_attr(24)]
    pub max_skblen: Option<u32>,
    /// The bytes that a flow may send in a round.
    #[doc(alias = "TCA_CAKE_TIN_STATS_FLOW_QUANTUM")]
    #[nl_attr(25)]
    pub flow_quantum: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
