//! What is done with VLANs of bridges.

use std::ops::RangeInclusive;

use super::{
    BridgeVlan, BridgeVlanFlags, BridgeVlanHeader, BridgeVlanInfo, BridgeVlanListRequest, BridgeVlans,
    VlanGlobalOptions, VlanListFlags,
};
use crate::route::{
    Route,
    ip::AddressFamily,
    link::Which,
    verb::{Change, List},
};

/// A request about VLANs of a port or a bridge.
pub type VlanRequest = Change<'static, BridgeVlans<'static>>;

const ALL: BridgeVlanHeader = BridgeVlanHeader { family: AddressFamily::Bridge, ifindex: 0 };

fn vlans(vids: RangeInclusive<u16>) -> BridgeVlans<'static> {
    let (vid, last) = vids.into_inner();
    let info = Some(BridgeVlanInfo { vid, ..BridgeVlanInfo::default() });
    let entry = BridgeVlan { info, range: (last != vid).then_some(last), ..BridgeVlan::default() };
    BridgeVlans { header: ALL, entry: vec![entry], ..BridgeVlans::default() }
}

/// Lets a port take part in VLANs.
pub fn add<'w>(port: impl Into<Which<'w>>, vids: RangeInclusive<u16>) -> VlanRequest {
    Change::creating(Route::NEW_VLAN, vlans(vids)).of(port)
}

/// Lets a port take part in VLANs no more.
pub fn del<'w>(port: impl Into<Which<'w>>, vids: RangeInclusive<u16>) -> VlanRequest {
    Change::new(Route::DEL_VLAN, vlans(vids)).of(port)
}

/// The VLANs of all bridges and ports, with what went through.
pub fn list() -> List<'static, BridgeVlanListRequest, BridgeVlans<'static>> {
    let header = ALL;
    List::new(Route::GET_VLAN, BridgeVlanListRequest { header, flags: Some(VlanListFlags::STATS) })
}

/// The options of the VLANs of all bridges. Since Linux 5.15.
pub fn list_global() -> List<'static, BridgeVlanListRequest, BridgeVlans<'static>> {
    let header = ALL;
    List::new(Route::GET_VLAN, BridgeVlanListRequest { header, flags: Some(VlanListFlags::GLOBAL) })
}

/// Changes options of VLANs of a bridge. Since Linux 5.15.
pub fn set_global<'w>(bridge: impl Into<Which<'w>>, options: VlanGlobalOptions<'static>) -> VlanRequest {
    let body = BridgeVlans { header: ALL, global_options: vec![options], ..BridgeVlans::default() };
    Change::new(Route::NEW_VLAN, body).of(bridge)
}

impl VlanRequest {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |vlans, index| vlans.header.ifindex = index as u32)
    }

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
