//! Tables of neighbours and their parameters.

use std::time::Duration;

use netlink_core::{
    NlDebug, NlMessage, NlStruct,
    wire::{Text, UnknownAttrs},
};

use crate::route::ip::AddressFamily;

/// The header of messages about tables of neighbours.
#[doc(alias = "ndtmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeighbourTableHeader {
    /// The address family.
    #[doc(alias = "ndtm_family")]
    #[nl(pad = 3)]
    pub family: AddressFamily,
}

/// A table of neighbours: one message with what is common to all links, then one for each link that has parameters of
/// its own.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct NeighbourTable<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NeighbourTableHeader,
    /// The name: `arp_cache`, `ndisc_cache`.
    #[doc(alias = "NDTA_NAME")]
    #[nl_attr(1)]
    pub name: Option<Text<'a>>,
    /// Up to so many entries, none is thrown away. Set in the initial network namespace only, as what follows, besides
    /// `parms`.
    #[doc(alias = "NDTA_THRESH1")]
    #[nl_attr(2)]
    pub thresh1: Option<u32>,
    /// With more entries, old ones are thrown away after 5 seconds.
    #[doc(alias = "NDTA_THRESH2")]
    #[nl_attr(3)]
    pub thresh2: Option<u32>,
    /// There are never more entries.
    #[doc(alias = "NDTA_THRESH3")]
    #[nl_attr(4)]
    pub thresh3: Option<u32>,
    /// How the table is; only told, and not for single links.
    #[doc(alias = "NDTA_CONFIG")]
    #[nl_attr(5)]
    pub config: Option<NeighbourTableConfig>,
    /// Parameters.
    #[doc(alias = "NDTA_PARMS")]
    #[nl_attr(6)]
    pub parms: Option<NeighbourParms<'a>>,
    /// What the table did; only told.
    #[doc(alias = "NDTA_STATS")]
    #[nl_attr(7)]
    pub stats: Option<NeighbourTableStats>,
    /// How often old entries are looked for. In milliseconds on the wire.
    #[doc(alias = "NDTA_GC_INTERVAL")]
    #[nl_attr(8, millis = u64)]
    pub gc_interval: Option<Duration>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How a table of neighbours is.
#[doc(alias = "ndt_config")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeighbourTableConfig {
    /// The length of an address, in bytes.
    #[doc(alias = "ndtc_key_len")]
    pub key_len: u16,
    /// The size of an entry, in bytes.
    #[doc(alias = "ndtc_entry_size")]
    pub entry_size: u16,
    /// How many entries there are.
    #[doc(alias = "ndtc_entries")]
    pub entries: u32,
    /// When it was last emptied: so many milliseconds ago.
    #[doc(alias = "ndtc_last_flush")]
    pub last_flush: u32,
    /// When times were last drawn: so many milliseconds ago.
    #[doc(alias = "ndtc_last_rand")]
    pub last_rand: u32,
    /// What hashes start with.
    #[doc(alias = "ndtc_hash_rnd")]
    pub hash_rnd: u32,
    /// The bits of a hash that count.
    #[doc(alias = "ndtc_hash_mask")]
    pub hash_mask: u32,
    /// Unused.
    #[doc(alias = "ndtc_hash_chain_gc")]
    pub hash_chain_gc: u32,
    /// How many questions wait to be answered for others.
    #[doc(alias = "ndtc_proxy_qlen")]
    pub proxy_qlen: u32,
}

/// What a table of neighbours did.
#[doc(alias = "ndt_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeighbourTableStats {
    /// Entries made.
    #[doc(alias = "ndts_allocs")]
    pub allocs: u64,
    /// Entries thrown away.
    #[doc(alias = "ndts_destroys")]
    pub destroys: u64,
    /// How often the table grew.
    #[doc(alias = "ndts_hash_grows")]
    pub hash_grows: u64,
    /// Addresses asked for in vain.
    #[doc(alias = "ndts_res_failed")]
    pub res_failed: u64,
    /// Addresses looked up.
    #[doc(alias = "ndts_lookups")]
    pub lookups: u64,
    /// Addresses looked up and found.
    #[doc(alias = "ndts_hits")]
    pub hits: u64,
    /// Questions to all received.
    #[doc(alias = "ndts_rcv_probes_mcast")]
    pub rcv_probes_mcast: u64,
    /// Questions to this host received.
    #[doc(alias = "ndts_rcv_probes_ucast")]
    pub rcv_probes_ucast: u64,
    /// How often old entries were looked for.
    #[doc(alias = "ndts_periodic_gc_runs")]
    pub periodic_gc_runs: u64,
    /// How often old entries had to be looked for.
    #[doc(alias = "ndts_forced_gc_runs")]
    pub forced_gc_runs: u64,
    /// How often there was no room.
    #[doc(alias = "ndts_table_fulls")]
    pub table_fulls: u64,
}

/// Parameters of neighbours. Durations are milliseconds on the wire.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 18)]
pub struct NeighbourParms<'a> {
    /// The index of the link that they are for; absent for those that links start with.
    #[doc(alias = "NDTPA_IFINDEX")]
    #[nl_attr(1)]
    pub ifindex: Option<u32>,
    /// How often they are referred to; only told.
    #[doc(alias = "NDTPA_REFCNT")]
    #[nl_attr(2)]
    pub refcnt: Option<u32>,
    /// How long a neighbour is reachable after it was heard of; only told, drawn anew every few minutes.
    #[doc(alias = "NDTPA_REACHABLE_TIME")]
    #[nl_attr(3, millis = u64)]
    pub reachable_time: Option<Duration>,
    /// What `reachable_time` is drawn around.
    #[doc(alias = "NDTPA_BASE_REACHABLE_TIME")]
    #[nl_attr(4, millis = u64)]
    pub base_reachable_time: Option<Duration>,
    /// How long to wait before asking again.
    #[doc(alias = "NDTPA_RETRANS_TIME")]
    #[nl_attr(5, millis = u64)]
    pub retrans_time: Option<Duration>,
    /// How long stale entries are kept.
    #[doc(alias = "NDTPA_GC_STALETIME")]
    #[nl_attr(6, millis = u64)]
    pub gc_staletime: Option<Duration>,
    /// How long to wait before asking for a stale entry that is used.
    #[doc(alias = "NDTPA_DELAY_PROBE_TIME")]
    #[nl_attr(7, millis = u64)]
    pub delay_probe_time: Option<Duration>,
    /// How many packets wait for an address.
    #[doc(alias = "NDTPA_QUEUE_LEN")]
    #[nl_attr(8)]
    pub queue_len: Option<u32>,
    /// How often a daemon is asked.
    #[doc(alias = "NDTPA_APP_PROBES")]
    #[nl_attr(9)]
    pub app_probes: Option<u32>,
    /// How often the neighbour itself is asked.
    #[doc(alias = "NDTPA_UCAST_PROBES")]
    #[nl_attr(10)]
    pub ucast_probes: Option<u32>,
    /// How often all are asked.
    #[doc(alias = "NDTPA_MCAST_PROBES")]
    #[nl_attr(11)]
    pub mcast_probes: Option<u32>,
    /// The longest wait before an answer to a question for an anycast address.
    #[doc(alias = "NDTPA_ANYCAST_DELAY")]
    #[nl_attr(12, millis = u64)]
    pub anycast_delay: Option<Duration>,
    /// The longest wait before an answer for others.
    #[doc(alias = "NDTPA_PROXY_DELAY")]
    #[nl_attr(13, millis = u64)]
    pub proxy_delay: Option<Duration>,
    /// How many questions wait to be answered for others.
    #[doc(alias = "NDTPA_PROXY_QLEN")]
    #[nl_attr(14)]
    pub proxy_qlen: Option<u32>,
    /// How long an entry is kept before it is replaced by another answer.
    #[doc(alias = "NDTPA_LOCKTIME")]
    #[nl_attr(15, millis = u64)]
    pub locktime: Option<Duration>,
    /// How many bytes wait for an address.
    #[doc(alias = "NDTPA_QUEUE_LENBYTES")]
    #[nl_attr(16)]
    pub queue_lenbytes: Option<u32>,
    /// How often all are asked again after the neighbour itself was asked in vain.
    #[doc(alias = "NDTPA_MCAST_REPROBES")]
    #[nl_attr(17)]
    pub mcast_reprobes: Option<u32>,
    /// How often managed entries are asked for: 1 ms to 1 day. Since Linux 6.0.
    #[doc(alias = "NDTPA_INTERVAL_PROBE_TIME_MS")]
    #[nl_attr(19, millis = u64)]
    pub interval_probe_time_ms: Option<Duration>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
