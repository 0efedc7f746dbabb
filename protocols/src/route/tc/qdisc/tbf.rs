//! TBF, the token bucket filter: one rate for all. And the shapers of devices: `cbs`, `etf`.

use netlink_core::{NlDebug, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::super::{RateSpec, Ticks};

/// A token bucket.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 8)]
pub struct Tbf<'a> {
    /// Rates, bucket and limit.
    #[doc(alias = "TCA_TBF_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<TbfParms>,
    /// The rate table, 256 entries in [`Ticks`]. The kernel only looks whether it is one of ATM, where `parms.rate` has no
    /// link layer.
    #[doc(alias = "TCA_TBF_RTAB")]
    #[nl_attr(2, packed)]
    pub rtab: Vec<u32>,
    /// The rate table of the peak rate, 256 entries in [`Ticks`]. The kernel only looks whether it is one of ATM, where
    /// `parms.peakrate` has no link layer.
    #[doc(alias = "TCA_TBF_PTAB")]
    #[nl_attr(3, packed)]
    pub ptab: Vec<u32>,
    /// The rate in bytes a second, if it does not fit 32 bits. Since Linux 3.13.
    #[doc(alias = "TCA_TBF_RATE64")]
    #[nl_attr(4)]
    pub rate64: Option<u64>,
    /// The peak rate in bytes a second, if it does not fit 32 bits. Since Linux 3.13.
    #[doc(alias = "TCA_TBF_PRATE64")]
    #[nl_attr(5)]
    pub prate64: Option<u64>,
    /// The bucket in bytes, in place of `parms.buffer`; only sent. Since Linux 3.13.
    #[doc(alias = "TCA_TBF_BURST")]
    #[nl_attr(6)]
    pub burst: Option<u32>,
    /// The bucket of the peak rate in bytes, in place of `parms.mtu`; only sent. Since Linux 3.13.
    #[doc(alias = "TCA_TBF_PBURST")]
    #[nl_attr(7)]
    pub pburst: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Rates, bucket and limit.
#[doc(alias = "tc_tbf_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TbfParms {
    /// The rate.
    pub rate: RateSpec,
    /// The rate of bursts; all zeros for none.
    pub peakrate: RateSpec,
    /// The most bytes that wait.
    pub limit: u32,
    /// The bucket: how long a burst at `rate` fills it.
    pub buffer: Ticks,
    /// The bucket of the peak rate: how long a burst at `peakrate` fills it.
    pub mtu: Ticks,
}

/// A credit-based shaper (IEEE 802.1Qav).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Cbs<'a> {
    /// Credits and slopes.
    #[doc(alias = "TCA_CBS_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<CbsParms>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Credits and slopes.
#[doc(alias = "tc_cbs_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CbsParms {
    /// 1 to leave it to the device. Not proven with a device yet: the kernel refuses it for others.
    #[nl(pad = 3)]
    pub offload: u8,
    /// The most credit, in bytes.
    pub hicredit: i32,
    /// The least credit, in bytes; negative.
    pub locredit: i32,
    /// How fast credit grows while a packet waits, in kilobits a second.
    pub idleslope: i32,
    /// How fast it shrinks while one is sent, in kilobits a second; negative.
    pub sendslope: i32,
}

/// Earliest transmission first: packets say when they want to be sent (`SO_TXTIME`).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Etf<'a> {
    /// Clock and slack.
    #[doc(alias = "TCA_ETF_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<EtfParms>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Clock and slack.
#[doc(alias = "tc_etf_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EtfParms {
    /// How much earlier than their time packets are handed over, in nanoseconds.
    pub delta: i32,
    /// The clock that the times are of; the kernel takes only 11, `CLOCK_TAI`.
    pub clockid: i32,
    /// Who does it, and how.
    pub flags: EtfFlags,
}

bitflags! {
    /// How packets are sent at their time.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TC_ETF_")]
    pub struct EtfFlags: u32 {
        /// The time is the latest, not the exact one.
        #[doc(alias = "TC_ETF_DEADLINE_MODE_ON")]
        const DEADLINE_MODE_ON = 1 << 0;
        /// The device does it. Not proven with a device yet: the kernel refuses it for others.
        #[doc(alias = "TC_ETF_OFFLOAD_ON")]
        const OFFLOAD_ON = 1 << 1;
        /// Packets of sockets without `SO_TXTIME` are taken, too. Since Linux 5.3.
        #[doc(alias = "TC_ETF_SKIP_SOCK_CHECK")]
        const SKIP_SOCK_CHECK = 1 << 2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
