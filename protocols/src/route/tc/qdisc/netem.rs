//! `netem`, the network emulator: delay, loss, duplicates, damage, another order, a rate.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::super::Ticks;

/// A `netem` queueing discipline. Probabilities and correlations: `u32::MAX` is 1.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Netem<'a> {
    /// Delay, loss, duplicates.
    #[nl_attr(header)]
    pub qopt: NetemParms,
    /// How much chance depends on the packet before.
    #[doc(alias = "TCA_NETEM_CORR")]
    #[nl_attr(1)]
    pub corr: Option<NetemCorrelation>,
    /// How the jitter is distributed: a table, scaled by 8192; at most 16384 entries. Not told by the kernel.
    #[doc(alias = "TCA_NETEM_DELAY_DIST")]
    #[nl_attr(2, packed)]
    pub delay_dist: Vec<i16>,
    /// Packets that overtake.
    #[doc(alias = "TCA_NETEM_REORDER")]
    #[nl_attr(3)]
    pub reorder: Option<NetemReorder>,
    /// Packets that get a wrong bit.
    #[doc(alias = "TCA_NETEM_CORRUPT")]
    #[nl_attr(4)]
    pub corrupt: Option<NetemCorrupt>,
    /// Loss by a model with states.
    #[doc(alias = "TCA_NETEM_LOSS")]
    #[nl_attr(5)]
    pub loss: Option<NetemLoss<'a>>,
    /// A rate.
    #[doc(alias = "TCA_NETEM_RATE")]
    #[nl_attr(6)]
    pub rate: Option<NetemRate>,
    /// 1 to mark packets, and not lose them.
    #[doc(alias = "TCA_NETEM_ECN")]
    #[nl_attr(7)]
    pub ecn: Option<u32>,
    /// The rate in bytes a second, if it does not fit 32 bits. Since Linux 3.14.
    #[doc(alias = "TCA_NETEM_RATE64")]
    #[nl_attr(8)]
    pub rate64: Option<u64>,
    /// The delay in nanoseconds. Since Linux 4.15; the kernel tells it in addition to [`NetemParms::latency`].
    #[doc(alias = "TCA_NETEM_LATENCY64")]
    #[nl_attr(10)]
    pub latency64: Option<i64>,
    /// The jitter in nanoseconds. Since Linux 4.15; the kernel tells it in addition to [`NetemParms::jitter`].
    #[doc(alias = "TCA_NETEM_JITTER64")]
    #[nl_attr(11)]
    pub jitter64: Option<i64>,
    /// Packets leave in slots. Since Linux 4.15.
    #[doc(alias = "TCA_NETEM_SLOT")]
    #[nl_attr(12)]
    pub slot: Option<NetemSlot>,
    /// How the length of slots is distributed. Not told by the kernel. Since Linux 4.16.
    #[doc(alias = "TCA_NETEM_SLOT_DIST")]
    #[nl_attr(13, packed)]
    pub slot_dist: Vec<i16>,
    /// The seed of chance. Since Linux 6.6.
    #[doc(alias = "TCA_NETEM_PRNG_SEED")]
    #[nl_attr(14)]
    pub prng_seed: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Delay, loss, duplicates.
#[doc(alias = "tc_netem_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemParms {
    /// The delay.
    pub latency: Ticks,
    /// The most packets that wait.
    pub limit: u32,
    /// How probable it is that a packet is lost.
    pub loss: u32,
    /// Every so many packets, one overtakes; 0 for none.
    pub gap: u32,
    /// How probable it is that a packet comes twice.
    pub duplicate: u32,
    /// How much the delay varies.
    pub jitter: Ticks,
}

/// How much chance depends on the packet before.
#[doc(alias = "tc_netem_corr")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemCorrelation {
    /// Of the delay.
    pub delay_corr: u32,
    /// Of the loss.
    pub loss_corr: u32,
    /// Of duplicates.
    pub dup_corr: u32,
}

/// Packets that overtake.
#[doc(alias = "tc_netem_reorder")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemReorder {
    /// How probable it is.
    pub probability: u32,
    /// How much it depends on the packet before.
    pub correlation: u32,
}

/// Packets that get a wrong bit.
#[doc(alias = "tc_netem_corrupt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemCorrupt {
    /// How probable it is.
    pub probability: u32,
    /// How much it depends on the packet before.
    pub correlation: u32,
}

/// A rate.
#[doc(alias = "tc_netem_rate")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemRate {
    /// Bytes a second; `u32::MAX` where `rate64` has the true one.
    pub rate: u32,
    /// What is added to each packet, in bytes.
    pub packet_overhead: i32,
    /// The payload of a cell, in bytes; 0 for no cells.
    pub cell_size: u32,
    /// What is added to each cell, in bytes.
    pub cell_overhead: i32,
}

/// Packets leave in slots. Times are in nanoseconds.
#[doc(alias = "tc_netem_slot")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemSlot {
    /// The shortest time between slots.
    pub min_delay: i64,
    /// The longest time between slots.
    pub max_delay: i64,
    /// The most packets of a slot; 0 for no limit.
    pub max_packets: i32,
    /// The most bytes of a slot; 0 for no limit.
    pub max_bytes: i32,
    /// The average time between slots, where there is a distribution.
    pub dist_delay: i64,
    /// How much it varies.
    pub dist_jitter: i64,
}

/// Loss by a model with states; one of them.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct NetemLoss<'a> {
    /// Four states (general and intuitive).
    #[doc(alias = "NETEM_LOSS_GI")]
    #[nl_attr(1)]
    pub gi: Option<NetemGiModel>,
    /// Two states (Gilbert and Elliott).
    #[doc(alias = "NETEM_LOSS_GE")]
    #[nl_attr(2)]
    pub ge: Option<NetemGeModel>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Four states: received in a gap (1), lost in a burst (3), received in a burst (2), lost alone (4).
#[doc(alias = "tc_netem_gimodel")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemGiModel {
    /// How probable it is that 3 follows 1.
    pub p13: u32,
    /// How probable it is that 1 follows 3.
    pub p31: u32,
    /// How probable it is that 2 follows 3.
    pub p32: u32,
    /// How probable it is that 4 follows 1.
    pub p14: u32,
    /// How probable it is that 3 follows 2.
    pub p23: u32,
}

/// Two states: good and bad.
#[doc(alias = "tc_netem_gemodel")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemGeModel {
    /// How probable it is that bad follows good.
    pub p: u32,
    /// How probable it is that good follows bad.
    pub r: u32,
    /// How probable it is that a packet survives in the bad state.
    pub h: u32,
    /// How probable it is that a packet is lost in the good state.
    pub k1: u32,
}

/// What `netem` counts. Since Linux 7.2.
#[doc(alias = "tc_netem_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetemXstats {
    /// Packets that were delayed.
    pub delayed: u64,
    /// Packets that were lost on purpose.
    pub dropped: u64,
    /// Packets that got a wrong bit.
    pub corrupted: u64,
    /// Packets that came twice.
    pub duplicated: u64,
    /// Packets that overtook.
    pub reordered: u64,
    /// Packets that were marked and not lost.
    pub ecn_marked: u64,
    /// Packets that there was no memory for.
    pub allocation_errors: u64,
}
