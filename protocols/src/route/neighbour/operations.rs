//! The operations of neighbours and of their tables.

use netlink_core::{Do, DoDump, Dump, Event, Group, NlFamily};

use super::{Neighbour, NeighbourGet, NeighbourTable, NeighbourTableHeader};
use crate::route::Route;

/// The operations of neighbours and of their tables.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of a neighbour; lists neighbours.
    #[doc(alias = "RTM_GETNEIGH")]
    #[nl(30, reply = 28)]
    pub get_neigh: DoDump<NeighbourGet<'static>, Neighbour<'static>>,
    /// Makes a neighbour known, or changes one.
    #[doc(alias = "RTM_NEWNEIGH")]
    #[nl(28)]
    pub new_neigh: Do<Neighbour<'static>>,
    /// Forgets a neighbour.
    #[doc(alias = "RTM_DELNEIGH")]
    #[nl(29)]
    pub del_neigh: Do<Neighbour<'static>>,
    /// A neighbour is new, or has changed.
    #[doc(alias = "RTM_NEWNEIGH")]
    #[nl(28)]
    pub neigh_changed: Event<Neighbour<'static>>,
    /// A neighbour is gone.
    #[doc(alias = "RTM_DELNEIGH")]
    #[nl(29)]
    pub neigh_gone: Event<Neighbour<'static>>,
    /// Lists tables of neighbours and their parameters.
    #[doc(alias = "RTM_GETNEIGHTBL")]
    #[nl(66, reply = 64)]
    pub get_neightbl: Dump<NeighbourTableHeader, NeighbourTable<'static>>,
    /// Changes parameters of neighbours.
    #[doc(alias = "RTM_SETNEIGHTBL")]
    #[nl(67)]
    pub set_neightbl: Do<NeighbourTable<'static>>,
    /// Neighbours, and entries of forwarding tables.
    #[doc(alias = "RTNLGRP_NEIGH")]
    #[nl(group = 3)]
    pub neigh: Group,
}
