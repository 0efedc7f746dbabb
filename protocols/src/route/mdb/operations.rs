//! The operations of the multicast database of bridges.

use netlink_core::{Do, Dump, Event, Group, NlFamily};

use super::{Mdb, MdbGet, MdbSet};
use crate::route::Route;

/// The operations of the multicast database of bridges.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of a group. Since Linux 6.7.
    #[doc(alias = "RTM_GETMDB")]
    #[nl(86, reply = 84)]
    pub get_mdb: Do<MdbGet<'static>, Mdb<'static>>,
    /// Lists the multicast database of bridges; the answers of bridges have the number of the question, those of VXLANs,
    /// since Linux 6.4, that of a reply.
    #[doc(alias = "RTM_GETMDB")]
    #[nl(86, also = 84)]
    pub list_mdb: Dump<MdbGet<'static>, Mdb<'static>>,
    /// Says that a port wants a group.
    #[doc(alias = "RTM_NEWMDB")]
    #[nl(84)]
    pub new_mdb: Do<MdbSet<'static>>,
    /// Says that a port does not want a group.
    #[doc(alias = "RTM_DELMDB")]
    #[nl(85)]
    pub del_mdb: Do<MdbSet<'static>>,
    /// A port wants a group, or has a multicast router.
    #[doc(alias = "RTM_NEWMDB")]
    #[nl(84)]
    pub mdb_changed: Event<Mdb<'static>>,
    /// A port wants a group no more, or has no multicast router any more.
    #[doc(alias = "RTM_DELMDB")]
    #[nl(85)]
    pub mdb_gone: Event<Mdb<'static>>,
    /// The multicast database of bridges.
    #[doc(alias = "RTNLGRP_MDB")]
    #[nl(group = 26)]
    pub mdb: Group,
}
