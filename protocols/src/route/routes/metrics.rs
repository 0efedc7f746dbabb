//! What is known of a way.

use netlink_core::{
    NlDebug, NlFlags, NlMessage, bitflags,
    wire::{Text, UnknownAttrs},
};

/// What is known of a way; mostly for TCP.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Metrics<'a> {
    /// Which of the others are not to be changed by what is found out: bit n for the attribute with the number n.
    #[doc(alias = "RTAX_LOCK")]
    #[nl_attr(1)]
    pub lock: Option<u32>,
    /// The largest packet, in bytes.
    #[doc(alias = "RTAX_MTU")]
    #[nl_attr(2)]
    pub mtu: Option<u32>,
    /// The largest window that is advertised, in bytes.
    #[doc(alias = "RTAX_WINDOW")]
    #[nl_attr(3)]
    pub window: Option<u32>,
    /// The round-trip time, in eighths of a millisecond.
    #[doc(alias = "RTAX_RTT")]
    #[nl_attr(4)]
    pub rtt: Option<u32>,
    /// The deviation of the round-trip time, in quarters of a millisecond.
    #[doc(alias = "RTAX_RTTVAR")]
    #[nl_attr(5)]
    pub rttvar: Option<u32>,
    /// The slow start threshold, in packets.
    #[doc(alias = "RTAX_SSTHRESH")]
    #[nl_attr(6)]
    pub ssthresh: Option<u32>,
    /// The largest congestion window, in packets; only if it is locked.
    #[doc(alias = "RTAX_CWND")]
    #[nl_attr(7)]
    pub cwnd: Option<u32>,
    /// The largest segment that is advertised, in bytes.
    #[doc(alias = "RTAX_ADVMSS")]
    #[nl_attr(8)]
    pub advmss: Option<u32>,
    /// How much reordering is expected, in packets.
    #[doc(alias = "RTAX_REORDERING")]
    #[nl_attr(9)]
    pub reordering: Option<u32>,
    /// The time to live of packets: 1 to 255.
    #[doc(alias = "RTAX_HOPLIMIT")]
    #[nl_attr(10)]
    pub hoplimit: Option<u32>,
    /// The first congestion window, in packets.
    #[doc(alias = "RTAX_INITCWND")]
    #[nl_attr(11)]
    pub initcwnd: Option<u32>,
    /// What can be done along this way.
    #[doc(alias = "RTAX_FEATURES")]
    #[nl_attr(12)]
    pub features: Option<RouteFeatures>,
    /// The shortest time before something is sent again, in milliseconds.
    #[doc(alias = "RTAX_RTO_MIN")]
    #[nl_attr(13)]
    pub rto_min: Option<u32>,
    /// The first window that is advertised, in packets.
    #[doc(alias = "RTAX_INITRWND")]
    #[nl_attr(14)]
    pub initrwnd: Option<u32>,
    /// 1 if acknowledgements are not delayed.
    #[doc(alias = "RTAX_QUICKACK")]
    #[nl_attr(15)]
    pub quickack: Option<u32>,
    /// The name of the congestion control algorithm.
    #[doc(alias = "RTAX_CC_ALGO")]
    #[nl_attr(16)]
    pub cc_algo: Option<Text<'a>>,
    /// 1 if fast open needs no cookie.
    #[doc(alias = "RTAX_FASTOPEN_NO_COOKIE")]
    #[nl_attr(17)]
    pub fastopen_no_cookie: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What can be done along a way.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "RTAX_FEATURE_")]
    pub struct RouteFeatures: u32 {
        /// Explicit congestion notification.
        #[doc(alias = "RTAX_FEATURE_ECN")]
        const ECN = 1 << 0;
        /// Unused.
        #[doc(alias = "RTAX_FEATURE_SACK")]
        const SACK = 1 << 1;
        /// Unused.
        #[doc(alias = "RTAX_FEATURE_TIMESTAMP")]
        const TIMESTAMP = 1 << 2;
        /// Unused.
        #[doc(alias = "RTAX_FEATURE_ALLFRAG")]
        const ALLFRAG = 1 << 3;
        /// TCP timestamps in microseconds. Since Linux 6.7.
        #[doc(alias = "RTAX_FEATURE_TCP_USEC_TS")]
        const TCP_USEC_TS = 1 << 4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
