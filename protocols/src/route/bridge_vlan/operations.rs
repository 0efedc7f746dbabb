//! The operations of VLANs of bridges.

use netlink_core::{Do, Dump, Event, Group, NlFamily};

use super::{BridgeVlanListRequest, BridgeVlans};
use crate::route::Route;

/// The operations of VLANs of bridges.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Lists VLANs of bridges and ports.
    #[doc(alias = "RTM_GETVLAN")]
    #[nl(114, reply = 112)]
    pub get_vlan: Dump<BridgeVlanListRequest, BridgeVlans<'static>>,
    /// Lets a port take part in VLANs; changes options.
    #[doc(alias = "RTM_NEWVLAN")]
    #[nl(112)]
    pub new_vlan: Do<BridgeVlans<'static>>,
    /// Lets a port take part in VLANs no more.
    #[doc(alias = "RTM_DELVLAN")]
    #[nl(113)]
    pub del_vlan: Do<BridgeVlans<'static>>,
    /// VLANs of a bridge or a port are new, or have changed.
    #[doc(alias = "RTM_NEWVLAN")]
    #[nl(112)]
    pub vlan_changed: Event<BridgeVlans<'static>>,
    /// VLANs of a bridge or a port are gone.
    #[doc(alias = "RTM_DELVLAN")]
    #[nl(113)]
    pub vlan_gone: Event<BridgeVlans<'static>>,
    /// VLANs of bridges. Since Linux 5.6.
    #[doc(alias = "RTNLGRP_BRVLAN")]
    #[nl(group = 33)]
    pub brvlan: Group,
}
