//! What is done with the multicast database.

use netlink_core::Do;

use super::{Mdb, MdbAttrs, MdbEntryHeader, MdbGet, MdbGroup, MdbHeader, MdbSet, MdbState};
use crate::route::{
    Route,
    ip::AddressFamily,
    verb::{Change, List, Verb},
};

/// A request about one entry.
pub type MdbRequest = Change<'static, MdbSet<'static>>;

fn of(bridge: u32) -> MdbHeader {
    MdbHeader { family: AddressFamily::Bridge, ifindex: bridge }
}

fn entry(bridge: u32, port: u32, group: MdbGroup) -> MdbSet<'static> {
    MdbSet { header: of(bridge), entry: Some(MdbEntryHeader::new(port, group)), ..MdbSet::default() }
}

/// Says for some time that a port of a bridge wants a group.
pub fn add(bridge: u32, port: u32, group: impl Into<MdbGroup>) -> MdbRequest {
    Change::creating(Route::NEW_MDB, entry(bridge, port, group.into()))
}

/// Says that a port of a bridge does not want a group any more.
pub fn del(bridge: u32, port: u32, group: impl Into<MdbGroup>) -> MdbRequest {
    Change::new(Route::DEL_MDB, entry(bridge, port, group.into()))
}

/// The ports that want a group. Since Linux 6.7.
pub fn get(bridge: u32, group: impl Into<MdbGroup>) -> Verb<'static, Do<MdbGet<'static>, Mdb<'static>>> {
    let entry = Some(MdbEntryHeader::new(0, group));
    Verb::new(Route::GET_MDB, MdbGet { header: of(bridge), entry, ..MdbGet::default() })
}

/// The multicast databases of all bridges, and since Linux 6.4 of VXLANs.
pub fn list() -> List<'static, MdbGet<'static>, Mdb<'static>> {
    List::new(Route::LIST_MDB, MdbGet { header: of(0), ..MdbGet::default() })
}

impl MdbRequest {
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
