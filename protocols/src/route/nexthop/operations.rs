//! The operations of next hops.

use netlink_core::{Do, DoDump, Event, Group, NlFamily};

use super::{NextHop, NextHopGet};
use crate::route::Route;

/// The operations of next hops.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of a next hop; lists next hops.
    #[doc(alias = "RTM_GETNEXTHOP")]
    #[nl(106, reply = 104)]
    pub get_nexthop: DoDump<NextHopGet, NextHop<'static>>,
    /// Makes a next hop, or changes one.
    #[doc(alias = "RTM_NEWNEXTHOP")]
    #[nl(104)]
    pub new_nexthop: Do<NextHop<'static>>,
    /// Deletes a next hop.
    #[doc(alias = "RTM_DELNEXTHOP")]
    #[nl(105)]
    pub del_nexthop: Do<NextHop<'static>>,
    /// A next hop is new, or has changed.
    #[doc(alias = "RTM_NEWNEXTHOP")]
    #[nl(104)]
    pub nexthop_changed: Event<NextHop<'static>>,
    /// A next hop is gone.
    #[doc(alias = "RTM_DELNEXTHOP")]
    #[nl(105)]
    pub nexthop_gone: Event<NextHop<'static>>,
    /// Tells of a bucket of a resilient group; lists buckets.
    #[doc(alias = "RTM_GETNEXTHOPBUCKET")]
    #[nl(118, reply = 116)]
    pub get_nexthopbucket: DoDump<NextHopGet, NextHop<'static>>,
    /// A bucket belongs to another next hop.
    #[doc(alias = "RTM_NEWNEXTHOPBUCKET")]
    #[nl(116)]
    pub nexthopbucket_changed: Event<NextHop<'static>>,
    /// Next hops. Since Linux 5.3.
    #[doc(alias = "RTNLGRP_NEXTHOP")]
    #[nl(group = 32)]
    pub nexthop: Group,
}
