//! Statistics of links, more than links tell of themselves.
//!
//! Declared after `struct if_stats_msg` in `linux/if_link.h`; the kernel's side is `net/core/rtnetlink.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, stats::{self, StatsMask}};
//!
//! let mut route = Route::connect()?;
//! for stats in route.dump(stats::list(StatsMask::LINK_64))? {
//!     let stats = stats?;
//!     println!("link {}: {:?}", stats.header.ifindex, stats.link_64.map(|counters| counters.rx_packets));
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod xstats;

pub(super) use operations::Operations;
pub use xstats::{
    Bond3adStats, BondXstats, BridgeMcastStats, BridgeStpStats, BridgeVlanStats, BridgeXstats, HwStats, HwStatsInfo,
    LinkXstats, MplsStats, OffloadXstats, StatsAfMpls, StatsAfSpec,
};

use netlink_core::{NlDebug, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::{
    Route,
    ip::AddressFamily,
    link::{LinkStats64, Which},
    verb::{Change, Query},
};

/// The header of messages about statistics.
#[doc(alias = "if_stats_msg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatsHeader {
    /// The address family: none in particular.
    #[nl(pad = 3)]
    pub family: AddressFamily,
    /// The index of the link.
    pub ifindex: u32,
    /// What a request wants to be told; something must be.
    pub filter_mask: StatsMask,
}

bitflags! {
    /// What of statistics is told: bit n - 1 for the attribute with the number n.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct StatsMask: u32 {
        /// What went through.
        const LINK_64 = 1 << 0;
        /// What is special to the kind of link.
        const LINK_XSTATS = 1 << 1;
        /// What is special to ports of the kind of the master.
        const LINK_XSTATS_SLAVE = 1 << 2;
        /// What hardware did.
        const LINK_OFFLOAD_XSTATS = 1 << 3;
        /// What is special to address families.
        const AF_SPEC = 1 << 4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Statistics of a link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 0)]
pub struct Stats<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: StatsHeader,
    /// What went through.
    #[doc(alias = "IFLA_STATS_LINK_64")]
    #[nl_attr(1)]
    pub link_64: Option<LinkStats64>,
    /// What is special to the kind of link.
    #[doc(alias = "IFLA_STATS_LINK_XSTATS")]
    #[nl_attr(2)]
    pub link_xstats: Option<LinkXstats<'a>>,
    /// What is special to ports of the kind of the master.
    #[doc(alias = "IFLA_STATS_LINK_XSTATS_SLAVE")]
    #[nl_attr(3)]
    pub link_xstats_slave: Option<LinkXstats<'a>>,
    /// What hardware did.
    #[doc(alias = "IFLA_STATS_LINK_OFFLOAD_XSTATS")]
    #[nl_attr(4)]
    pub link_offload_xstats: Option<OffloadXstats<'a>>,
    /// What is special to address families.
    #[doc(alias = "IFLA_STATS_AF_SPEC")]
    #[nl_attr(5)]
    pub af_spec: Option<StatsAfSpec<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A request about statistics: what is wanted, or what is to be counted.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct StatsRequest<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: StatsHeader,
    /// Which of the parts of a statistic are wanted. Since Linux 5.19.
    #[doc(alias = "IFLA_STATS_GET_FILTERS")]
    #[nl_attr(1)]
    pub get_filters: Option<StatsFilters>,
    /// 1 if hardware is to count what it sends on, 0 if not. Since Linux 5.19.
    #[doc(alias = "IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS")]
    #[nl_attr(2)]
    pub set_offload_xstats_l3_stats: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Which of the parts of a statistic are wanted.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct StatsFilters {
    /// Of what hardware did: bit n - 1 for the attribute with the number n.
    #[doc(alias = "IFLA_STATS_LINK_OFFLOAD_XSTATS")]
    #[nl_attr(4)]
    pub link_offload_xstats: Option<u32>,
}

fn request(filter_mask: StatsMask) -> StatsRequest<'static> {
    let header = StatsHeader { filter_mask, ..StatsHeader::default() };
    StatsRequest { header, ..StatsRequest::default() }
}

/// Statistics of a link.
pub fn get<'w>(link: impl Into<Which<'w>>, what: StatsMask) -> Query<'static, StatsRequest<'static>, Stats<'static>> {
    let query = Query::new(Route::GET_STATS, request(what));
    query.linked("header.ifindex", link, |stats, index| stats.header.ifindex = index as u32)
}

/// Statistics of all links.
pub fn list(what: StatsMask) -> Query<'static, StatsRequest<'static>, Stats<'static>> {
    Query::new(Route::GET_STATS, request(what))
}

/// Whether hardware is to count what it sends on.
pub fn set_l3_stats<'w>(link: impl Into<Which<'w>>, on: bool) -> Change<'static, StatsRequest<'static>> {
    let request = StatsRequest { set_offload_xstats_l3_stats: Some(on.into()), ..request(StatsMask::empty()) };
    let change = Change::new(Route::SET_STATS, request);
    change.linked("header.ifindex", link, |stats, index| stats.header.ifindex = index as u32)
}
