//! The operations of data center bridging.

use netlink_core::{Do, Event, Group, NlFamily};

use super::{Dcb, DcbDone};
use crate::route::Route;

/// The operations of data center bridging.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of data center bridging; the reply has the number of the request.
    #[doc(alias = "RTM_GETDCB")]
    #[nl(78)]
    pub get_dcb: Do<Dcb<'static>, Dcb<'static>>,
    /// Sets something of data center bridging; the reply, which has the number of the request, says what became of it.
    #[doc(alias = "RTM_SETDCB")]
    #[nl(79)]
    pub set_dcb: Do<Dcb<'static>, DcbDone<'static>>,
    /// The peer has settings of data center bridging.
    #[doc(alias = "RTM_GETDCB")]
    #[nl(78)]
    pub dcb_told: Event<Dcb<'static>>,
    /// Settings of data center bridging have changed.
    #[doc(alias = "RTM_SETDCB")]
    #[nl(79)]
    pub dcb_changed: Event<Dcb<'static>>,
    /// Data center bridging.
    #[doc(alias = "RTNLGRP_DCB")]
    #[nl(group = 23)]
    pub dcb: Group,
}
