//! The operations of statistics.

use netlink_core::{Do, DoDump, Event, Group, NlFamily};

use super::{Stats, StatsRequest};
use crate::route::Route;

/// The operations of statistics.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells statistics of a link; lists those of all.
    #[doc(alias = "RTM_GETSTATS")]
    #[nl(94, reply = 92)]
    pub get_stats: DoDump<StatsRequest<'static>, Stats<'static>>,
    /// Has statistics counted, or not. Since Linux 5.19.
    #[doc(alias = "RTM_SETSTATS")]
    #[nl(95)]
    pub set_stats: Do<StatsRequest<'static>>,
    /// Statistics are counted, or not any more. Since Linux 5.19.
    #[doc(alias = "RTM_NEWSTATS")]
    #[nl(92)]
    pub stats_changed: Event<Stats<'static>>,
    /// What statistics are counted. Since Linux 5.19.
    #[doc(alias = "RTNLGRP_STATS")]
    #[nl(group = 36)]
    pub stats: Group,
}
