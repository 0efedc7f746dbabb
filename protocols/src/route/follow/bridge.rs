//! What belongs to bridges: the multicast database and VLANs.

use std::net::IpAddr;

use netlink_core::connection::Follow;

use super::ListedTable;
use crate::route::{
    Route,
    bridge_vlan::{self, BridgeVlan, BridgeVlanFlags, BridgeVlanInfo, BridgeVlanListRequest, BridgeVlans},
    mdb::{self, Mdb, MdbEntry, MdbGet, MdbPorts, MdbTable},
};

/// What tells entries of the multicast database apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MdbKey {
    /// The index of the bridge or VXLAN.
    pub bridge: u32,
    /// The index of the port.
    pub port: u32,
    /// The VLAN.
    pub vid: u16,
    /// The group: what address it is, and the address.
    pub group: (u16, [u8; 16]),
    /// The only source.
    pub source: Option<IpAddr>,
    /// The far end, of VXLANs: address, port, VNI, index of the link.
    pub remote: (Option<IpAddr>, Option<u16>, Option<u32>, Option<u32>),
    /// The VNI of packets that come in, of VXLANs.
    pub src_vni: Option<u32>,
}

/// What tells VLANs apart: the index of the bridge or the port, and the number of the VLAN.
pub type VlanKey = (u32, u16);

/// The multicast database of bridges and VXLANs; each object is an [`Mdb`] with one entry. That only times differ is no
/// change. Multicast routers are not followed. When a bridge is deleted, the kernel tells that its ports want nothing any
/// more, but not of the groups that the host itself wanted: these stay until the next list.
pub fn mdb() -> ListedTable<MdbGet<'static>, Mdb<'static>, MdbKey> {
    Follow::new(mdb::list(), |mdb: &Mdb<'_>| {
        let entry = mdb.entries().next()?;
        let MdbEntry { header, source, dst, dst_port, vni, ifindex, src_vni, .. } = entry;
        Some(MdbKey {
            bridge: mdb.header.ifindex,
            port: header.ifindex,
            vid: header.vid,
            group: (header.proto, header.addr),
            source: *source,
            remote: (*dst, *dst_port, *vni, *ifindex),
            src_vni: *src_vni,
        })
    })
    .split(|mdb| {
        let header = mdb.header;
        let entries = mdb.mdb.into_iter().flat_map(|table| table.entry).flat_map(|ports| ports.info);
        let alone = |entry| {
            let table = MdbTable { entry: vec![MdbPorts { info: vec![entry] }] };
            Mdb { header, mdb: Some(table), ..Mdb::default() }
        };
        entries.map(alone).collect()
    })
    .same(|a, b| timeless(a) == timeless(b))
    .group(Route::MDB)
    .changed(Route::MDB_CHANGED)
    .gone(Route::MDB_GONE)
}

/// The entries without their times.
fn timeless<'m>(mdb: &Mdb<'m>) -> Vec<MdbEntry<'m>> {
    let mdb = mdb.clone();
    let mut entries: Vec<_> = mdb.mdb.into_iter().flat_map(|table| table.entry).flat_map(|ports| ports.info).collect();
    for entry in &mut entries {
        entry.timer = None;
        for source in entry.src_list.iter_mut().flat_map(|list| &mut list.entry) {
            source.timer = None;
        }
    }
    entries
}

/// VLANs of bridges and their ports; each object is a [`BridgeVlans`] with one VLAN. How many groups there are is no
/// change. When packets without a tag get another VLAN, the kernel tells of that, but not of the one that they had: this
/// keeps the mark (`PVID`) until the next list. Since Linux 5.6.
pub fn bridge_vlans() -> ListedTable<BridgeVlanListRequest, BridgeVlans<'static>, VlanKey> {
    let mut list = bridge_vlan::list();
    // What went through is no part of the notifications.
    list.body.flags = None;
    Follow::new(list, |vlans: &BridgeVlans<'_>| Some((vlans.header.ifindex, vlans.entry.first()?.info?.vid)))
        .split(|vlans| {
            let header = vlans.header;
            let each = vlans.entry.into_iter().flat_map(each_vlan);
            each.map(|entry| BridgeVlans { header, entry: vec![entry], ..BridgeVlans::default() }).collect()
        })
        .same(|a, b| uncounted(a) == uncounted(b))
        .group(Route::BRVLAN)
        .changed(Route::VLAN_CHANGED)
        .gone(Route::VLAN_GONE)
}

/// The VLANs that an entry stands for: one, or several in a row, whose tunnels are in a row, too.
fn each_vlan(entry: BridgeVlan<'static>) -> impl Iterator<Item = BridgeVlan<'static>> {
    let info = entry.info.unwrap_or_default();
    let last = entry.range.unwrap_or(info.vid);
    (info.vid..=last).map(move |vid| {
        let mut own = BridgeVlan { range: None, ..entry.clone() };
        let flags = info.flags & !(BridgeVlanFlags::RANGE_BEGIN | BridgeVlanFlags::RANGE_END);
        own.info = Some(BridgeVlanInfo { vid, flags });
        if let Some(id) = own.tunnel_info.as_mut().and_then(|tunnel| tunnel.id.as_mut()) {
            *id = id.wrapping_add(u32::from(vid - info.vid));
        }
        own
    })
}

/// The VLANs without what is counted.
fn uncounted<'v>(vlans: &BridgeVlans<'v>) -> Vec<BridgeVlan<'v>> {
    let without = |vlan: &BridgeVlan<'v>| BridgeVlan { mcast_n_groups: None, stats: None, ..vlan.clone() };
    vlans.entry.iter().map(without).collect()
}
