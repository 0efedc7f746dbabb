//! The operations of gateways of the Controller Area Network.

use netlink_core::{Do, Dump, NlFamily};

use super::CanJob;
use crate::route::{Route, ip::AF_CAN};

/// The operations of gateways of the Controller Area Network.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Lists gateways of the Controller Area Network.
    #[doc(alias = "RTM_GETROUTE")]
    #[nl(26, reply = 24, begins = AF_CAN)]
    pub list_can_jobs: Dump<CanJob<'static>, CanJob<'static>>,
    /// Makes a gateway of the Controller Area Network.
    #[doc(alias = "RTM_NEWROUTE")]
    #[nl(24, begins = AF_CAN)]
    pub new_can_job: Do<CanJob<'static>>,
    /// Ends gateways of the Controller Area Network.
    #[doc(alias = "RTM_DELROUTE")]
    #[nl(25, begins = AF_CAN)]
    pub del_can_job: Do<CanJob<'static>>,
}
