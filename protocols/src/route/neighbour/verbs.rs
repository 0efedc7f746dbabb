//! What is done with neighbours.

use std::net::IpAddr;

use netlink_core::wire::LinkAddr;

use super::{
    Neighbour, NeighbourFlags, NeighbourGet, NeighbourHeader, NeighbourState, NeighbourTable, NeighbourTableHeader,
};
use crate::route::{
    Route,
    ip::AddressFamily,
    link::Which,
    verb::{Change, List, Query},
};

/// A request about one neighbour, or one entry of a bridge's forwarding table.
pub type NeighbourRequest = Change<'static, Neighbour<'static>>;

/// A request for one neighbour, or for a list.
pub type NeighbourList = Query<'static, NeighbourGet<'static>, Neighbour<'static>>;

fn at(addr: IpAddr) -> Neighbour<'static> {
    let header = NeighbourHeader { family: addr.into(), ..NeighbourHeader::default() };
    Neighbour { header, dst: Some(addr.into()), ..Neighbour::default() }
}

/// Says for good which link address an IP address has.
pub fn add<'w>(
    link: impl Into<Which<'w>>,
    addr: impl Into<IpAddr>,
    lladdr: impl Into<LinkAddr<'static>>,
) -> NeighbourRequest {
    let mut neighbour = at(addr.into());
    neighbour.header.state = NeighbourState::PERMANENT;
    Change::creating(Route::NEW_NEIGH, Neighbour { lladdr: Some(lladdr.into()), ..neighbour }).on(link)
}

/// Forgets a neighbour.
pub fn del<'w>(link: impl Into<Which<'w>>, addr: impl Into<IpAddr>) -> NeighbourRequest {
    Change::new(Route::DEL_NEIGH, at(addr.into())).on(link)
}

/// A neighbour. Since Linux 5.0.
pub fn get<'w>(link: impl Into<Which<'w>>, addr: impl Into<IpAddr>) -> NeighbourList {
    let Neighbour { header, dst, .. } = at(addr.into());
    Query::new(Route::GET_NEIGH, NeighbourGet { header, dst, ..NeighbourGet::default() }).on(link)
}

/// The neighbours of all links. The kernel chooses.
pub fn list() -> NeighbourList {
    Query::new(Route::GET_NEIGH, NeighbourGet::default())
}

/// An entry of the forwarding table of the bridge that this port is of, for good; see
/// [`of_the_link`](NeighbourRequest::of_the_link).
pub fn fdb<'w>(port: impl Into<Which<'w>>, lladdr: impl Into<LinkAddr<'static>>) -> NeighbourRequest {
    Change::creating(Route::NEW_NEIGH, fdb_entry(lladdr.into())).on(port)
}

fn fdb_entry(lladdr: LinkAddr<'static>) -> Neighbour<'static> {
    let header = NeighbourHeader {
        family: AddressFamily::Bridge,
        state: NeighbourState::NOARP,
        flags: NeighbourFlags::MASTER,
        ..NeighbourHeader::default()
    };
    Neighbour { header, lladdr: Some(lladdr), ..Neighbour::default() }
}

/// Takes an entry out of the forwarding table of the bridge that this port is of.
pub fn fdb_del<'w>(port: impl Into<Which<'w>>, lladdr: impl Into<LinkAddr<'static>>) -> NeighbourRequest {
    Change::new(Route::DEL_NEIGH, fdb_entry(lladdr.into())).on(port)
}

/// The forwarding tables of all bridges, and of links that have their own.
pub fn fdb_list() -> NeighbourList {
    let header = NeighbourHeader { family: AddressFamily::Bridge, ..NeighbourHeader::default() };
    Query::new(Route::GET_NEIGH, NeighbourGet { header, ..NeighbourGet::default() })
}

/// The tables of neighbours and their parameters.
#[doc(alias = "RTM_GETNEIGHTBL")]
pub fn tables() -> List<'static, NeighbourTableHeader, NeighbourTable<'static>> {
    List::new(Route::GET_NEIGHTBL, NeighbourTableHeader::default())
}

/// Changes what is set in `table`: its name says which one, the index in its parameters for which link.
#[doc(alias = "RTM_SETNEIGHTBL")]
pub fn set_table(family: AddressFamily, table: NeighbourTable<'static>) -> Change<'static, NeighbourTable<'static>> {
    let header = NeighbourTableHeader { family };
    Change::new(Route::SET_NEIGHTBL, NeighbourTable { header, ..table })
}

impl NeighbourRequest {
    fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |neighbour, index| neighbour.header.ifindex = index)
    }

    /// How well it is known: `PERMANENT` for ever; `REACHABLE` until it is silent for some time.
    pub fn state(mut self, state: NeighbourState) -> Self {
        self.body.header.state = state;
        self
    }

    /// What is special about it, in addition.
    pub fn with(mut self, flags: NeighbourFlags) -> Self {
        self.body.header.flags |= flags;
        self
    }

    /// This host answers for the address.
    pub fn proxy(mut self) -> Self {
        self.body.lladdr = None;
        self.with(NeighbourFlags::PROXY)
    }

    /// Of entries of forwarding tables: of the table of the link itself, such as a VXLAN, not of its bridge.
    pub fn of_the_link(mut self) -> Self {
        self.body.header.flags.remove(NeighbourFlags::MASTER);
        self.with(NeighbourFlags::SELF)
    }

    /// Of entries of forwarding tables: the VLAN.
    pub fn vlan(mut self, vlan: u16) -> Self {
        self.body.vlan = Some(vlan);
        self
    }

    /// Of entries of a VXLAN's forwarding table: the far end.
    pub fn to(mut self, addr: impl Into<IpAddr>) -> Self {
        self.body.dst = Some(addr.into().into());
        self
    }
}

impl NeighbourList {
    fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |list, index| list.header.ifindex = index)
    }

    /// Only those of IPv4.
    pub fn v4(mut self) -> Self {
        self.body.header.family = AddressFamily::Inet;
        self
    }

    /// Only those of IPv6.
    pub fn v6(mut self) -> Self {
        self.body.header.family = AddressFamily::Inet6;
        self
    }

    /// Only those of this link; of forwarding tables, of this port.
    pub fn of_link<'w>(self, link: impl Into<Which<'w>>) -> Self {
        match self.body.header.family {
            AddressFamily::Bridge => self.on(link),
            _ => self.linked("ifindex", link, |list, index| list.ifindex = Some(index as u32)),
        }
    }

    /// Only those of links with this master; of forwarding tables, of this bridge.
    pub fn of_master<'w>(self, master: impl Into<Which<'w>>) -> Self {
        self.linked("master", master, |list, index| list.master = Some(index as u32))
    }

    /// Only those that this host answers for.
    pub fn proxies(mut self) -> Self {
        self.body.header.flags = NeighbourFlags::PROXY;
        self
    }
}
