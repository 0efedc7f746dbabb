//! What is done with next hops.

use std::net::IpAddr;

use super::{GroupEntry, GroupType, NextHop, NextHopGet, NextHopHeader, NextHopOpFlags, ResilientGroup};
use crate::route::{
    Route,
    ip::AddressFamily,
    link::Which,
    routes::{Encap, RouteProtocol},
    verb::{Change, Query},
};

/// A request about one next hop.
pub type NextHopRequest = Change<'static, NextHop<'static>>;

/// A request for one next hop, or for a list.
pub type NextHopList = Query<'static, NextHopGet, NextHop<'static>>;

fn numbered(id: u32) -> NextHop<'static> {
    NextHop { id: Some(id), ..NextHop::default() }
}

/// Makes a next hop with this number, of IPv4 unless a router says otherwise.
pub fn add(id: u32) -> NextHopRequest {
    let family = AddressFamily::Inet;
    let header = NextHopHeader { family, protocol: RouteProtocol::Static, ..NextHopHeader::default() };
    Change::creating(Route::NEW_NEXTHOP, NextHop { header, ..numbered(id) })
}

/// Makes a group of next hops with this number.
pub fn group(id: u32, members: &[GroupEntry]) -> NextHopRequest {
    let header = NextHopHeader { protocol: RouteProtocol::Static, ..NextHopHeader::default() };
    Change::creating(Route::NEW_NEXTHOP, NextHop { header, group: members.to_vec(), ..numbered(id) })
}

/// Deletes a next hop, and with it the routes that refer to it.
pub fn del(id: u32) -> NextHopRequest {
    Change::new(Route::DEL_NEXTHOP, numbered(id))
}

/// A next hop.
pub fn get(id: u32) -> NextHopList {
    Query::new(Route::GET_NEXTHOP, NextHopGet { id: Some(id), ..NextHopGet::default() })
}

/// All next hops. The kernel chooses.
pub fn list() -> NextHopList {
    Query::new(Route::GET_NEXTHOP, NextHopGet::default())
}

/// The buckets of a resilient group. Since Linux 5.13.
#[doc(alias = "RTM_GETNEXTHOPBUCKET")]
pub fn buckets(group: u32) -> NextHopList {
    Query::new(Route::GET_NEXTHOPBUCKET, NextHopGet { id: Some(group), ..NextHopGet::default() })
}

impl NextHopRequest {
    /// The next router.
    pub fn via(mut self, gateway: impl Into<IpAddr>) -> Self {
        let gateway = gateway.into();
        self.body.header.family = gateway.into();
        self.body.gateway = Some(gateway.into());
        self
    }

    /// The link that packets go out by.
    pub fn dev<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("oif", link, |nexthop, index| nexthop.oif = Some(index as u32))
    }

    /// Of IPv6, where no router says so.
    pub fn v6(mut self) -> Self {
        self.body.header.family = AddressFamily::Inet6;
        self
    }

    /// Packets are dropped.
    pub fn blackhole(mut self) -> Self {
        self.body.blackhole = true;
        self
    }

    /// For the forwarding tables of bridges. Since Linux 5.8.
    pub fn fdb(mut self) -> Self {
        self.body.fdb = true;
        self
    }

    /// What packets are packed into.
    pub fn encap(mut self, encap: Encap<'static>) -> Self {
        self.body.encap = Some(encap);
        self
    }

    /// The group chooses by buckets, so that little changes when a member comes or goes. Since Linux 5.13.
    pub fn resilient(mut self, group: ResilientGroup) -> Self {
        self.body.group_type = Some(GroupType::Res);
        self.body.res_group = Some(group);
        self
    }
}

impl NextHopList {
    /// Only those of this link.
    pub fn of_link<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("oif", link, |list, index| list.oif = Some(index as u32))
    }

    /// Only groups.
    pub fn groups(mut self) -> Self {
        self.body.groups = true;
        self
    }

    /// Also what went through. Since Linux 6.9.
    pub fn with_stats(mut self) -> Self {
        self.body.op_flags = Some(NextHopOpFlags::DUMP_STATS);
        self
    }
}
