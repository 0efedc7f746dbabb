//! What is done with VLANs of bridges.

use std::ops::RangeInclusive;

use super::{
    BridgeVlan, BridgeVlanFlags, BridgeVlanHeader, BridgeVlanInfo, BridgeVlanListRequest, BridgeVlans,
    VlanGlobalOptions, VlanListFlags,
};
use crate::route::{
    Route,
    ip::AddressFamily,
    verb::{Change, List},
};

/// A request about VLANs of a port or a bridge.
pub type VlanRequest = Change<'static, BridgeVlans<'static>>;

fn of(index: u32) -> BridgeVlanHeader {
    BridgeVlanHeader { family: AddressFamily::Bridge, ifindex: index }
}

fn vlans(index: u32, vids: RangeInclusive<u16>) -> BridgeVlans<'static> {
    let (vid, last) = vids.into_inner();
    let info = Some(BridgeVlanInfo { vid, ..BridgeVlanInfo::default() });
    let entry = BridgeVlan { info, range: (last != vid).then_some(last), ..BridgeVlan::default() };
    BridgeVlans { header: of(index), entry: vec![entry], ..BridgeVlans::default() }
}

/// Lets a port take part in VLANs.
pub fn add(index: u32, vids: RangeInclusive<u16>) -> VlanRequest {
    Change::creating(Route::NEW_VLAN, vlans(index, vids))
}

/// Lets a port take part in VLANs no more.
pub fn del(index: u32, vids: RangeInclusive<u16>) -> VlanRequest {
    Change::new(Route::DEL_VLAN, vlans(index, vids))
}

/// The VLANs of all bridges and ports, with what went through.
pub fn list() -> List<'static, BridgeVlanListRequest, BridgeVlans<'static>> {
    let header = of(0);
    List::new(Route::GET_VLAN, BridgeVlanListRequest { header, flags: Some(VlanListFlags::STATS) })
}

/// The options of the VLANs of all bridges. Since Linux 5.15.
pub fn list_global() -> List<'static, BridgeVlanListRequest, BridgeVlans<'static>> {
    let header = of(0);
    List::new(Route::GET_VLAN, BridgeVlanListRequest { header, flags: Some(VlanListFlags::GLOBAL) })
}

/// Changes options of VLANs of a bridge. Since Linux 5.15.
pub fn set_global(bridge: u32, options: VlanGlobalOptions<'static>) -> VlanRequest {
    let body = BridgeVlans { header: of(bridge), global_options: vec![options], ..BridgeVlans::default() };
    Change::new(Route::NEW_VLAN, body)
}

impl VlanRequest {
    /// Packets without a tag get that of the VLAN.
    pub fn pvid(self) -> Self {
        self.with(BridgeVlanFlags::PVID)
    }

    /// Packets lose the tag.
    pub fn untagged(self) -> Self {
        self.with(BridgeVlanFlags::UNTAGGED)
    }

    /// What is special about the VLANs.
    pub fn with(mut self, flags: BridgeVlanFlags) -> Self {
        for info in self.body.entry.iter_mut().filter_map(|entry| entry.info.as_mut()) {
            info.flags |= flags;
        }
        self
    }
}
