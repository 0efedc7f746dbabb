//! What TCP remembers of the hosts that it spoke with.
//!
//! Declared after `linux/tcp_metrics.h`; the kernel's side is `net/ipv4/tcp_metrics.c`. `ip tcp_metrics` shows the same.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::generic::tcp_metrics::{Metrics, TcpMetrics};
//!
//! let mut tcp = TcpMetrics::connect()?;
//! for host in tcp.dump(TcpMetrics::GET.dump_with(&()))? {
//!     let Metrics { addr_ipv4, addr_ipv6, vals, .. } = host?;
//!     println!("{addr_ipv4:?} {addr_ipv6:?}: {:?}", vals.and_then(|vals| vals.rtt_us));
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use netlink_core::{Do, DoDump, NlDebug, NlFamily, NlMessage, wire::UnknownAttrs};

/// The family.
#[derive(NlFamily, Debug)]
#[nl(generic = "tcp_metrics", version = 1)]
pub struct TcpMetrics {
    /// What is known of one host, by its address and perhaps ours; or of all.
    #[doc(alias = "TCP_METRICS_CMD_GET")]
    #[nl(1, dont_validate = strict | dump)]
    pub get: DoDump<Metrics<'static>, Metrics<'static>, (), Metrics<'static>>,
    /// Forgets a host; without an address, all. Needs `CAP_NET_ADMIN` in the initial user namespace.
    #[doc(alias = "TCP_METRICS_CMD_DEL")]
    #[nl(2, admin, dont_validate = strict | dump)]
    pub del: Do<Metrics<'static>>,
}

/// What is known of a host.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 13)]
pub struct Metrics<'a> {
    /// The host.
    #[doc(alias = "TCP_METRICS_ATTR_ADDR_IPV4")]
    #[nl_attr(1)]
    pub addr_ipv4: Option<Ipv4Addr>,
    /// The host.
    #[doc(alias = "TCP_METRICS_ATTR_ADDR_IPV6")]
    #[nl_attr(2)]
    pub addr_ipv6: Option<Ipv6Addr>,
    /// How long ago it was learned.
    #[doc(alias = "TCP_METRICS_ATTR_AGE")]
    #[nl_attr(3, millis = u64)]
    pub age: Option<Duration>,
    /// Unused since Linux 4.14.
    #[doc(alias = "TCP_METRICS_ATTR_TW_TSVAL")]
    #[nl_attr(4)]
    pub tw_tsval: Option<u32>,
    /// Unused since Linux 4.14.
    #[doc(alias = "TCP_METRICS_ATTR_TW_TS_STAMP")]
    #[nl_attr(5)]
    pub tw_ts_stamp: Option<i32>,
    /// What was measured.
    #[doc(alias = "TCP_METRICS_ATTR_VALS")]
    #[nl_attr(6)]
    pub vals: Option<Values<'a>>,
    /// The segment size that the host announced for TCP Fast Open, in bytes.
    #[doc(alias = "TCP_METRICS_ATTR_FOPEN_MSS")]
    #[nl_attr(7)]
    pub fopen_mss: Option<u16>,
    /// How many of the first segments with data got lost.
    #[doc(alias = "TCP_METRICS_ATTR_FOPEN_SYN_DROPS")]
    #[nl_attr(8)]
    pub fopen_syn_drops: Option<u16>,
    /// How long ago the last of them got lost.
    #[doc(alias = "TCP_METRICS_ATTR_FOPEN_SYN_DROP_TS")]
    #[nl_attr(9, millis = u64)]
    pub fopen_syn_drop_ts: Option<Duration>,
    /// What the host wants to see with the first segment: 4 to 16 bytes.
    #[doc(alias = "TCP_METRICS_ATTR_FOPEN_COOKIE")]
    #[nl_attr(10)]
    pub fopen_cookie: Option<Cow<'a, [u8]>>,
    /// Our address.
    #[doc(alias = "TCP_METRICS_ATTR_SADDR_IPV4")]
    #[nl_attr(11)]
    pub saddr_ipv4: Option<Ipv4Addr>,
    /// Our address.
    #[doc(alias = "TCP_METRICS_ATTR_SADDR_IPV6")]
    #[nl_attr(12)]
    pub saddr_ipv6: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What was measured.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Values<'a> {
    /// The round trip time, in eighths of a millisecond.
    #[doc(alias = "TCP_METRICS_A_METRICS_RTT")]
    #[nl_attr(1)]
    pub rtt: Option<u32>,
    /// How much the round trip time varies, in quarters of a millisecond.
    #[doc(alias = "TCP_METRICS_A_METRICS_RTTVAR")]
    #[nl_attr(2)]
    pub rttvar: Option<u32>,
    /// The slow start threshold, in segments.
    #[doc(alias = "TCP_METRICS_A_METRICS_SSTHRESH")]
    #[nl_attr(3)]
    pub ssthresh: Option<u32>,
    /// The congestion window, in segments.
    #[doc(alias = "TCP_METRICS_A_METRICS_CWND")]
    #[nl_attr(4)]
    pub cwnd: Option<u32>,
    /// How far segments overtake each other.
    #[doc(alias = "TCP_METRICS_A_METRICS_REODERING")]
    #[nl_attr(5)]
    pub reodering: Option<u32>,
    /// The round trip time, in eighths of a microsecond.
    #[doc(alias = "TCP_METRICS_A_METRICS_RTT_US")]
    #[nl_attr(6)]
    pub rtt_us: Option<u32>,
    /// How much the round trip time varies, in quarters of a microsecond.
    #[doc(alias = "TCP_METRICS_A_METRICS_RTTVAR_US")]
    #[nl_attr(7)]
    pub rttvar_us: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
