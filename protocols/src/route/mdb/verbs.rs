//! What is done with the multicast database.

use netlink_core::Do;

use super::{Mdb, MdbAttrs, MdbEntryHeader, MdbGet, MdbGroup, MdbHeader, MdbSet, MdbState};
use crate::route::{
    Route,
    ip::AddressFamily,
    link::Which,
    verb::{Change, List, Verb},
};

/// A request about one entry.
pub type MdbRequest = Change<'static, MdbSet<'static>>;

const ALL: MdbHeader = MdbHeader { family: AddressFamily::Bridge, ifindex: 0 };

fn entry(group: MdbGroup) -> MdbSet<'static> {
    MdbSet { header: ALL, entry: Some(MdbEntryHeader::new(0, group)), ..MdbSet::default() }
}

/// Says for some time that a port of a bridge wants a group.
pub fn add<'b, 'p>(bridge: impl Into<Which<'b>>, port: impl Into<Which<'p>>, group: impl Into<MdbGroup>) -> MdbRequest {
    Change::creating(Route::NEW_MDB, entry(group.into())).at(bridge, port)
}

/// Says that a port of a bridge does not want a group any more.
pub fn del<'b, 'p>(bridge: impl Into<Which<'b>>, port: impl Into<Which<'p>>, group: impl Into<MdbGroup>) -> MdbRequest {
    Change::new(Route::DEL_MDB, entry(group.into())).at(bridge, port)
}

/// The ports that want a group. Since Linux 6.7.
pub fn get<'b>(
    bridge: impl Into<Which<'b>>,
    group: impl Into<MdbGroup>,
) -> Verb<'static, Do<MdbGet<'static>, Mdb<'static>>> {
    let entry = Some(MdbEntryHeader::new(0, group));
    let get = Verb::new(Route::GET_MDB, MdbGet { header: ALL, entry, ..MdbGet::default() });
    get.linked("header.ifindex", bridge, |get, index| get.header.ifindex = index as u32)
}

/// The multicast databases of all bridges, and since Linux 6.4 of VXLANs.
pub fn list() -> List<'static, MdbGet<'static>, Mdb<'static>> {
    List::new(Route::LIST_MDB, MdbGet { header: ALL, ..MdbGet::default() })
}

impl MdbRequest {
    fn at<'b, 'p>(self, bridge: impl Into<Which<'b>>, port: impl Into<Which<'p>>) -> Self {
        let of_bridge = self.linked("header.ifindex", bridge, |mdb, index| mdb.header.ifindex = index as u32);
        of_bridge.linked("entry.ifindex", port, |mdb, index| {
            mdb.entry.get_or_insert_default().ifindex = index as u32;
        })
    }

    /// For good.
    pub fn permanent(mut self) -> Self {
        if let Some(entry) = &mut self.body.entry {
            entry.state = MdbState::Permanent;
        }
        self
    }

    /// In a VLAN.
    pub fn vid(mut self, vid: u16) -> Self {
        if let Some(entry) = &mut self.body.entry {
            entry.vid = vid;
        }
        self
    }

    /// More about it: `mdb::add(bridge, port, group).attrs(|attrs| attrs.source = Some(source))`.
    pub fn attrs(mut self, set: impl FnOnce(&mut MdbAttrs<'static>)) -> Self {
        set(self.body.entry_attrs.get_or_insert_default());
        self
    }
}
