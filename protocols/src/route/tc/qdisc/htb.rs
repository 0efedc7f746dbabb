//! HTB, the hierarchical token bucket: classes with a rate, which borrow up to a ceiling.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::super::{RateSpec, Ticks};

/// An HTB queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 8)]
pub struct Htb<'a> {
    /// What concerns all classes.
    #[doc(alias = "TCA_HTB_INIT")]
    #[nl_attr(2, required)]
    pub init: Option<HtbGlobal>,
    /// The most packets that wait because no class was found. Since Linux 3.14.
    #[doc(alias = "TCA_HTB_DIRECT_QLEN")]
    #[nl_attr(5)]
    pub direct_qlen: Option<u32>,
    /// Left to the device. Since Linux 5.14. Not proven with a device yet: the kernel refuses it for others.
    #[doc(alias = "TCA_HTB_OFFLOAD")]
    #[nl_attr(9)]
    pub offload: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What concerns all classes.
#[doc(alias = "tc_htb_glob")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HtbGlobal {
    /// The version: 3 in requests; the kernel tells its own, 0x30011.
    pub version: u32,
    /// What a class's rate (bytes a second) is divided by for its quantum; 10 is usual.
    pub rate2quantum: u32,
    /// The minor number of the class for packets of which no filter knows one; 0 sends them at once.
    pub defcls: u32,
    /// Unused.
    pub debug: u32,
    /// Packets that were sent without a class.
    pub direct_pkts: u32,
}

/// A class of HTB.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 8)]
pub struct HtbClass<'a> {
    /// Rates and buckets.
    #[doc(alias = "TCA_HTB_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<HtbParms>,
    /// The rate table of the ceiling, 256 entries in [`Ticks`]. The kernel only looks whether it is one of ATM, where
    /// `parms.ceil` has no link layer.
    #[doc(alias = "TCA_HTB_CTAB")]
    #[nl_attr(3, packed)]
    pub ctab: Vec<u32>,
    /// The rate table, 256 entries in [`Ticks`]. The kernel only looks whether it is one of ATM, where `parms.rate` has no
    /// link layer.
    #[doc(alias = "TCA_HTB_RTAB")]
    #[nl_attr(4, packed)]
    pub rtab: Vec<u32>,
    /// The rate in bytes a second, if it does not fit 32 bits. Since Linux 3.13.
    #[doc(alias = "TCA_HTB_RATE64")]
    #[nl_attr(6)]
    pub rate64: Option<u64>,
    /// The ceiling in bytes a second, if it does not fit 32 bits. Since Linux 3.13.
    #[doc(alias = "TCA_HTB_CEIL64")]
    #[nl_attr(7)]
    pub ceil64: Option<u64>,
    /// Left to the device; the kernel tells. Since Linux 5.14. Not proven with a device yet.
    #[doc(alias = "TCA_HTB_OFFLOAD")]
    #[nl_attr(9)]
    pub offload: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Rates and buckets of a class.
#[doc(alias = "tc_htb_opt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HtbParms {
    /// What the class has for itself.
    pub rate: RateSpec,
    /// What it has when others lend.
    pub ceil: RateSpec,
    /// The bucket of `rate`: how long a burst at that rate fills it.
    pub buffer: Ticks,
    /// The bucket of `ceil`: how long a burst at that rate fills it.
    pub cbuffer: Ticks,
    /// The bytes that the class may send before others of its priority; 0 lets the kernel calculate it.
    pub quantum: u32,
    /// How far above the leaves the class is; the kernel tells.
    pub level: u32,
    /// The priority: 0 borrows first, 7 last.
    pub prio: u32,
}

/// What a class of HTB counts.
#[doc(alias = "tc_htb_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HtbXstats {
    /// Packets sent with tokens of its own.
    pub lends: u32,
    /// Packets sent with tokens of a class above.
    pub borrows: u32,
    /// Packets too large for the rate table; unused since Linux 3.8.
    pub giants: u32,
    /// What is in the bucket of `rate`, in ticks of 64 nanoseconds.
    pub tokens: i32,
    /// What is in the bucket of `ceil`, in ticks of 64 nanoseconds.
    pub ctokens: i32,
}

impl HtbGlobal {
    /// As `tc` makes it: packets without a class go to the one with this minor number.
    #[must_use]
    pub const fn with_default_class(minor: u16) -> Self {
        Self { version: 3, rate2quantum: 10, defcls: minor as u32, debug: 0, direct_pkts: 0 }
    }
}
