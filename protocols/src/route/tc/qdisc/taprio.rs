//! `taprio`, the time-aware shaper (IEEE 802.1Qbv): gates of traffic classes that open and close by schedule.

use std::time::Duration;

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

use super::{FramePreemption, MqprioMap};

/// A `taprio` queueing discipline; or, in `admin_sched`, the schedule that comes next.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct Taprio<'a> {
    /// Priorities, traffic classes and queues.
    #[doc(alias = "TCA_TAPRIO_ATTR_PRIOMAP")]
    #[nl_attr(1)]
    pub priomap: Option<MqprioMap>,
    /// The schedule.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST")]
    #[nl_attr(2)]
    pub sched_entry_list: Option<TaprioEntries<'a>>,
    /// When the schedule starts, in nanoseconds of the clock.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_BASE_TIME")]
    #[nl_attr(3)]
    pub sched_base_time: Option<i64>,
    /// A single entry; the kernel refuses it.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_SINGLE_ENTRY")]
    #[nl_attr(4)]
    pub sched_single_entry: Option<TaprioEntry<'a>>,
    /// The clock that the schedule goes by, such as 11 for `CLOCK_TAI`; -1 where the device has its own.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_CLOCKID")]
    #[nl_attr(5)]
    pub sched_clockid: Option<i32>,
    /// The schedule that will replace this one; the kernel tells.
    #[doc(alias = "TCA_TAPRIO_ATTR_ADMIN_SCHED")]
    #[nl_attr(7)]
    pub admin_sched: Option<Box<Taprio<'a>>>,
    /// How long the schedule takes, in nanoseconds; if absent, as long as its entries.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME")]
    #[nl_attr(8)]
    pub sched_cycle_time: Option<i64>,
    /// How much longer the last cycle before a change may be, in nanoseconds.
    #[doc(alias = "TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION")]
    #[nl_attr(9)]
    pub sched_cycle_time_extension: Option<i64>,
    /// Who does the work. Since Linux 5.4.
    #[doc(alias = "TCA_TAPRIO_ATTR_FLAGS")]
    #[nl_attr(10)]
    pub flags: Option<TaprioFlags>,
    /// The time that a packet needs to the device, with [`TaprioFlags::TXTIME_ASSIST`].
    #[doc(alias = "TCA_TAPRIO_ATTR_TXTIME_DELAY")]
    #[nl_attr(11, nanos = u32)]
    pub txtime_delay: Option<Duration>,
    /// What is said of single traffic classes. Since Linux 6.1.
    #[doc(alias = "TCA_TAPRIO_ATTR_TC_ENTRY")]
    #[nl_attr(12, multi)]
    pub tc_entry: Vec<TaprioTcEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// Who does the work.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_TAPRIO_ATTR_FLAG_")]
    pub struct TaprioFlags: u32 {
        /// The kernel gives packets the time to be sent at.
        #[doc(alias = "TCA_TAPRIO_ATTR_FLAG_TXTIME_ASSIST")]
        const TXTIME_ASSIST = 1 << 0;
        /// The device opens and closes the gates. Not proven with a device yet: the kernel refuses it for others.
        #[doc(alias = "TCA_TAPRIO_ATTR_FLAG_FULL_OFFLOAD")]
        const FULL_OFFLOAD = 1 << 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// The entries of a schedule.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TaprioEntries<'a> {
    /// An entry.
    #[doc(alias = "TCA_TAPRIO_SCHED_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<TaprioEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An entry of a schedule.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TaprioEntry<'a> {
    /// Its place in the schedule; the kernel tells.
    #[doc(alias = "TCA_TAPRIO_SCHED_ENTRY_INDEX")]
    #[nl_attr(1)]
    pub index: Option<u32>,
    /// What happens.
    #[doc(alias = "TCA_TAPRIO_SCHED_ENTRY_CMD")]
    #[nl_attr(2)]
    pub cmd: Option<TaprioCommand>,
    /// The traffic classes whose gates are open: a bit each.
    #[doc(alias = "TCA_TAPRIO_SCHED_ENTRY_GATE_MASK")]
    #[nl_attr(3)]
    pub gate_mask: Option<u32>,
    /// How long it lasts.
    #[doc(alias = "TCA_TAPRIO_SCHED_ENTRY_INTERVAL")]
    #[nl_attr(4, nanos = u32)]
    pub interval: Option<Duration>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What happens to the gates.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TaprioCommand {
    /// They are set.
    #[doc(alias = "TC_TAPRIO_CMD_SET_GATES")]
    #[default]
    SetGates = 0,
    /// They are set, and frames are not interrupted.
    #[doc(alias = "TC_TAPRIO_CMD_SET_AND_HOLD")]
    SetAndHold = 1,
    /// They are set, and frames may be interrupted.
    #[doc(alias = "TC_TAPRIO_CMD_SET_AND_RELEASE")]
    SetAndRelease = 2,
    /// A command of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What is said of one traffic class.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TaprioTcEntry<'a> {
    /// The traffic class.
    #[doc(alias = "TCA_TAPRIO_TC_ENTRY_INDEX")]
    #[nl_attr(1, range = 0..=15)]
    pub index: Option<u32>,
    /// The largest payload that is sent, in bytes; 0 for no limit.
    #[doc(alias = "TCA_TAPRIO_TC_ENTRY_MAX_SDU")]
    #[nl_attr(2)]
    pub max_sdu: Option<u32>,
    /// Whether its frames may be interrupted; only with [`TaprioFlags::FULL_OFFLOAD`]. Since Linux 6.4. Not proven with a
    /// device yet: the kernel refuses it for others.
    #[doc(alias = "TCA_TAPRIO_TC_ENTRY_FP")]
    #[nl_attr(3)]
    pub fp: Option<FramePreemption>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a device that does the work counts. Since Linux 6.5. Not proven with a kernel yet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct TaprioStats<'a> {
    /// Packets dropped because they did not fit the open gate.
    #[doc(alias = "TCA_TAPRIO_OFFLOAD_STATS_WINDOW_DROPS")]
    #[nl_attr(2)]
    pub window_drops: Option<u64>,
    /// Packets still being sent when their gate closed.
    #[doc(alias = "TCA_TAPRIO_OFFLOAD_STATS_TX_OVERRUNS")]
    #[nl_attr(3)]
    pub tx_overruns: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
