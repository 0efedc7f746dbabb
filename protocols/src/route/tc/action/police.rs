//! `police`: what exceeds a rate gets another verdict.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{
    super::{RateSpec, Ticks},
    Times, Verdict,
};

/// A rate, and what happens to what exceeds it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 7)]
pub struct Police<'a> {
    /// Rates and buckets.
    #[doc(alias = "TCA_POLICE_TBF")]
    #[nl_attr(1, required)]
    pub tbf: Option<PoliceParms>,
    /// The rate table, 256 entries in [`Ticks`]: see [`RateSpec::table`]. The kernel demands it where `tbf.rate` has a
    /// rate, and does not tell it.
    #[doc(alias = "TCA_POLICE_RATE")]
    #[nl_attr(2, packed)]
    pub rate: Vec<u32>,
    /// The rate table of the peak rate, 256 entries in [`Ticks`]; demanded where `tbf.peakrate` has a rate.
    #[doc(alias = "TCA_POLICE_PEAKRATE")]
    #[nl_attr(3, packed)]
    pub peakrate: Vec<u32>,
    /// The average rate above which packets exceed, in bytes a second; needs an estimator.
    #[doc(alias = "TCA_POLICE_AVRATE")]
    #[nl_attr(4)]
    pub avrate: Option<u32>,
    /// The verdict for packets that do not exceed.
    #[doc(alias = "TCA_POLICE_RESULT")]
    #[nl_attr(5, as = i32)]
    pub result: Option<Verdict>,
    /// When it was in use.
    #[doc(alias = "TCA_POLICE_TM")]
    #[nl_attr(6)]
    pub tm: Option<Times>,
    /// The rate in bytes a second, if it does not fit 32 bits. Since Linux 5.2.
    #[doc(alias = "TCA_POLICE_RATE64")]
    #[nl_attr(8)]
    pub rate64: Option<u64>,
    /// The peak rate in bytes a second, if it does not fit 32 bits. Since Linux 5.2.
    #[doc(alias = "TCA_POLICE_PEAKRATE64")]
    #[nl_attr(9)]
    pub peakrate64: Option<u64>,
    /// The rate in packets a second; not together with one in bytes. Since Linux 5.13.
    #[doc(alias = "TCA_POLICE_PKTRATE64")]
    #[nl_attr(10)]
    pub pktrate64: Option<u64>,
    /// The bucket of `pktrate64`: how long a burst at that rate fills it, in ticks of 64 nanoseconds, as [`Ticks`].
    /// Since
    /// Linux 5.13.
    #[doc(alias = "TCA_POLICE_PKTBURST64")]
    #[nl_attr(11)]
    pub pktburst64: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Rates and buckets.
#[doc(alias = "tc_police")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoliceParms {
    /// The index among the actions of this kind; 0 lets the kernel choose.
    pub index: u32,
    /// The verdict for packets that exceed.
    pub action: Verdict,
    /// Unused.
    pub limit: u32,
    /// The bucket: how long a burst at `rate` fills it.
    pub burst: Ticks,
    /// The largest packet, in bytes; larger ones exceed. 0 lets the kernel decide.
    pub mtu: u32,
    /// The rate.
    pub rate: RateSpec,
    /// The rate of bursts; all zeros for none.
    pub peakrate: RateSpec,
    /// How many references there are; the kernel tells.
    pub refcnt: i32,
    /// How many filters use it; the kernel tells.
    pub bindcnt: i32,
    /// Unused.
    pub capab: u32,
}
