//! `gate`: lets packets pass by schedule (IEEE 802.1Qci). And `bpf`: a program decides.

use std::time::Duration;

use netlink_core::{
    NlDebug, NlMessage, NlStruct,
    wire::{Text, UnknownAttrs},
};

use super::{General, Times};

/// A gate that opens and closes by schedule. Since Linux 5.8.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Gate<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_GATE_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_GATE_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// The priority; -1 for any.
    #[doc(alias = "TCA_GATE_PRIORITY")]
    #[nl_attr(4)]
    pub priority: Option<i32>,
    /// The schedule.
    #[doc(alias = "TCA_GATE_ENTRY_LIST")]
    #[nl_attr(5)]
    pub entry_list: Option<GateEntries<'a>>,
    /// When the schedule starts, in nanoseconds of the clock.
    #[doc(alias = "TCA_GATE_BASE_TIME")]
    #[nl_attr(6)]
    pub base_time: Option<u64>,
    /// How long the schedule takes, in nanoseconds; if absent, as long as its entries.
    #[doc(alias = "TCA_GATE_CYCLE_TIME")]
    #[nl_attr(7)]
    pub cycle_time: Option<u64>,
    /// How much longer the last cycle before a change may be, in nanoseconds.
    #[doc(alias = "TCA_GATE_CYCLE_TIME_EXT")]
    #[nl_attr(8)]
    pub cycle_time_ext: Option<u64>,
    /// Unused.
    #[doc(alias = "TCA_GATE_FLAGS")]
    #[nl_attr(9)]
    pub flags: Option<u32>,
    /// The clock that the schedule goes by, such as 11 for `CLOCK_TAI`.
    #[doc(alias = "TCA_GATE_CLOCKID")]
    #[nl_attr(10)]
    pub clockid: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The entries of a schedule.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct GateEntries<'a> {
    /// An entry.
    #[doc(alias = "TCA_GATE_ONE_ENTRY")]
    #[nl_attr(1, multi)]
    pub one_entry: Vec<GateEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An entry of a schedule.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct GateEntry<'a> {
    /// Its place in the schedule; the kernel tells.
    #[doc(alias = "TCA_GATE_ENTRY_INDEX")]
    #[nl_attr(1)]
    pub index: Option<u32>,
    /// The gate is open.
    #[doc(alias = "TCA_GATE_ENTRY_GATE")]
    #[nl_attr(2)]
    pub gate: bool,
    /// How long it lasts.
    #[doc(alias = "TCA_GATE_ENTRY_INTERVAL")]
    #[nl_attr(3, nanos = u32)]
    pub interval: Option<Duration>,
    /// The priority that packets get; -1 for none.
    #[doc(alias = "TCA_GATE_ENTRY_IPV")]
    #[nl_attr(4)]
    pub ipv: Option<i32>,
    /// The most bytes that pass; -1 for no limit.
    #[doc(alias = "TCA_GATE_ENTRY_MAX_OCTETS")]
    #[nl_attr(5)]
    pub max_octets: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A BPF program decides.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 7)]
pub struct Bpf<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_ACT_BPF_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_ACT_BPF_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// How many instructions a classic program has.
    #[doc(alias = "TCA_ACT_BPF_OPS_LEN")]
    #[nl_attr(3)]
    pub ops_len: Option<u16>,
    /// The instructions of a classic program.
    #[doc(alias = "TCA_ACT_BPF_OPS")]
    #[nl_attr(4, packed)]
    pub ops: Vec<SockFilter>,
    /// The file descriptor of an extended program; only sent.
    #[doc(alias = "TCA_ACT_BPF_FD")]
    #[nl_attr(5)]
    pub fd: Option<u32>,
    /// What the program is called.
    #[doc(alias = "TCA_ACT_BPF_NAME")]
    #[nl_attr(6)]
    pub name: Option<Text<'a>>,
    /// The hash of the program; the kernel tells.
    #[doc(alias = "TCA_ACT_BPF_TAG")]
    #[nl_attr(8)]
    pub tag: Option<[u8; 8]>,
    /// The number of the program; the kernel tells.
    #[doc(alias = "TCA_ACT_BPF_ID")]
    #[nl_attr(9)]
    pub id: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An instruction of classic BPF.
#[doc(alias = "sock_filter")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SockFilter {
    /// What it does.
    pub code: u16,
    /// How many instructions to skip if true.
    pub jt: u8,
    /// How many instructions to skip if false.
    pub jf: u8,
    /// Its number.
    pub k: u32,
}
