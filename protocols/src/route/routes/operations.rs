//! The operations of routes.

use netlink_core::{Do, DoDump, Event, Group, NlFamily};

use super::{RouteEntry, RouteGet};
use crate::route::{Route, ip::AF_CAN};

/// The operations of routes.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells which route packets take; lists routes.
    #[doc(alias = "RTM_GETROUTE")]
    #[nl(26, reply = 24, begins = not(AF_CAN))]
    pub get_route: DoDump<RouteGet<'static>, RouteEntry<'static>>,
    /// Makes a route, or changes one.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24, begins = not(AF_CAN))]
    pub new_route: Do<RouteEntry<'static>>,
    /// Deletes a route.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25, begins = not(AF_CAN))]
    pub del_route: Do<RouteEntry<'static>>,
    /// A route is new, or has changed.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24, begins = not(AF_CAN))]
    pub route_changed: Event<RouteEntry<'static>>,
    /// A route is gone.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25, begins = not(AF_CAN))]
    pub route_gone: Event<RouteEntry<'static>>,
    /// Multicast routes of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_MROUTE")]
    #[nl(group = 6)]
    pub ipv4_mroute: Group,
    /// Routes of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_ROUTE")]
    #[nl(group = 7)]
    pub ipv4_route: Group,
    /// Multicast routes of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_MROUTE")]
    #[nl(group = 10)]
    pub ipv6_mroute: Group,
    /// Routes of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_ROUTE")]
    #[nl(group = 11)]
    pub ipv6_route: Group,
    /// Routes of MPLS.
    #[doc(alias = "RTNLGRP_MPLS_ROUTE")]
    #[nl(group = 27)]
    pub mpls_route: Group,
}
