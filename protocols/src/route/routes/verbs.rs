//! What is done with routes.

use std::net::IpAddr;

use super::{
    Encap, Hop, HopHeader, Metrics, RouteEntry, RouteFlags, RouteGet, RouteHeader, RouteProtocol, RouteType, Scope,
    Table,
};
use crate::route::{
    Route,
    ip::{AddressFamily, IpNet},
    link::Which,
    verb::{Change, Query},
};

/// A request about one route.
pub type RouteRequest = Change<'static, RouteEntry<'static>>;

/// A request for the route to one destination, or for a list.
pub type RouteList = Query<'static, RouteGet<'static>, RouteEntry<'static>>;

fn route_to(dst: IpNet, header: RouteHeader) -> RouteEntry<'static> {
    let header = RouteHeader { family: dst.family(), dst_len: dst.prefix_len(), ..header };
    // The kernel tells routes to everywhere without a destination.
    let dst = (dst.prefix_len() > 0).then(|| dst.addr().into());
    RouteEntry { header, dst, ..RouteEntry::default() }.in_table(Table::MAIN)
}

/// A route to a network, in the main table, made by the administrator. Bits that do not count must be 0.
pub fn add(dst: impl Into<IpNet>) -> RouteRequest {
    let header = RouteHeader {
        protocol: RouteProtocol::Static,
        scope: Scope::Link,
        ty: RouteType::Unicast,
        ..RouteHeader::default()
    };
    Change::creating(Route::NEW_ROUTE, route_to(dst.into(), header))
}

/// Deletes the route to a network in the main table; of several, the first that has everything that is said of it.
pub fn del(dst: impl Into<IpNet>) -> RouteRequest {
    // Of any reach, with any metric, made by anybody.
    let header = RouteHeader { scope: Scope::Nowhere, ..RouteHeader::default() };
    Change::new(Route::DEL_ROUTE, route_to(dst.into(), header))
}

/// The route that packets to an address take.
pub fn get(dst: impl Into<IpAddr>) -> RouteList {
    let dst = IpNet::from(dst.into());
    // Of IPv6, the kernel tells the table unasked, and refuses to be asked.
    let flags = if dst.addr().is_ipv4() { RouteFlags::LOOKUP_TABLE } else { RouteFlags::default() };
    let header = RouteHeader { family: dst.family(), dst_len: dst.prefix_len(), flags, ..RouteHeader::default() };
    Query::new(Route::GET_ROUTE, RouteGet { header, dst: Some(dst.addr().into()), ..RouteGet::default() })
}

/// The routes of all tables. The kernel chooses, since Linux 5.0.
///
/// Of all families, unless one is chosen. Gateways of CAN, which the kernel lists among them, are no routes: the list
/// passes over them, and `can_gw::list` gives them.
pub fn list() -> RouteList {
    Query::new(Route::GET_ROUTE, RouteGet::default())
}

impl RouteEntry<'_> {
    /// Sets the table, which the header has no room for if its number is 256 or more.
    fn in_table(mut self, table: u32) -> Self {
        self.header.table = u8::try_from(table).unwrap_or(0);
        self.table = Some(table);
        self
    }
}

impl RouteRequest {
    /// The next router.
    pub fn via(mut self, gateway: impl Into<IpAddr>) -> Self {
        let gateway = gateway.into();
        match AddressFamily::from(gateway) == self.body.header.family {
            true => self.body.gateway = Some(gateway.into()),
            false => self.body.via = Some(Box::new(gateway.into())),
        }
        self.farther()
    }

    /// Not on the link any more, but somewhere behind it.
    fn farther(mut self) -> Self {
        if self.body.header.scope == Scope::Link {
            self.body.header.scope = Scope::Universe;
        }
        self
    }

    /// The link that packets go out by.
    pub fn dev<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("oif", link, |route, index| route.oif = Some(index as u32))
    }

    /// The table.
    pub fn table(mut self, table: u32) -> Self {
        self.body = self.body.in_table(table);
        self
    }

    /// The metric: the route with the smallest counts.
    pub fn metric(mut self, metric: u32) -> Self {
        self.body.priority = Some(metric);
        self
    }

    /// The source address that packets of this host get.
    pub fn source(mut self, addr: impl Into<IpAddr>) -> Self {
        self.body.prefsrc = Some(addr.into().into());
        self
    }

    /// What happens to packets: `Blackhole`, `Unreachable`, `Prohibit`, `Throw` and others need no link.
    pub fn ty(mut self, ty: RouteType) -> Self {
        self.body.header.ty = ty;
        let scope = match ty {
            RouteType::Local | RouteType::Nat => Scope::Host,
            RouteType::Unicast | RouteType::Broadcast | RouteType::Multicast | RouteType::Anycast => Scope::Link,
            _ => Scope::Universe,
        };
        if self.body.header.scope != Scope::Nowhere {
            self.body.header.scope = scope;
        }
        self
    }

    /// Who made it.
    pub fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.body.header.protocol = protocol;
        self
    }

    /// One of several ways: a router, or just a link, and its share among the others, from 1 to 256.
    pub fn hop<'w>(mut self, gateway: Option<IpAddr>, link: impl Into<Which<'w>>, weight: u16) -> Self {
        let hops = u8::try_from(weight.saturating_sub(1)).unwrap_or(u8::MAX);
        let header = HopHeader { hops, ..HopHeader::default() };
        let mut hop = Hop { header, ..Hop::default() };
        match gateway {
            Some(gateway) if AddressFamily::from(gateway) != self.body.header.family => hop.via = Some(gateway.into()),
            gateway => hop.gateway = gateway,
        }
        let number = self.body.multipath.len();
        self.body.multipath.push(hop);
        let field = format!("multipath[{number}].header.ifindex");
        self.linked(field, link, |route, index| route.multipath[number].header.ifindex = index).farther()
    }

    /// The number of a [next-hop object](crate::route::nexthop), instead of routers and links.
    pub fn next_hop(mut self, id: u32) -> Self {
        self.body.nh_id = Some(id);
        self.farther()
    }

    /// What packets are packed into.
    pub fn encap(mut self, encap: Encap<'static>) -> Self {
        self.body.encap = Some(Box::new(encap));
        self
    }

    /// What is known of the way: `routes::add(net).metrics(|metrics| metrics.mtu = Some(1400))`.
    pub fn metrics(mut self, set: impl FnOnce(&mut Metrics<'static>)) -> Self {
        set(self.body.metrics.get_or_insert_default());
        self
    }
}

impl RouteList {
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

    /// Only those of another family.
    pub fn family(mut self, family: AddressFamily) -> Self {
        self.body.header.family = family;
        self
    }

    /// Only those of this table.
    pub fn table(mut self, table: u32) -> Self {
        self.body.header.table = u8::try_from(table).unwrap_or(0);
        self.body.table = Some(table);
        self
    }

    /// Only those by this link; of [`get`], the way must be by this link.
    pub fn dev<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("oif", link, |route, index| route.oif = Some(index as u32))
    }

    /// Only those that this one made.
    pub fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.body.header.protocol = protocol;
        self
    }

    /// Only those of this type.
    pub fn ty(mut self, ty: RouteType) -> Self {
        self.body.header.ty = ty;
        self
    }

    /// Of [`get`]: for packets from this address.
    pub fn from(mut self, src: impl Into<IpAddr>) -> Self {
        let src = IpNet::from(src.into());
        self.body.header.src_len = src.prefix_len();
        self.body.src = Some(src.addr().into());
        self
    }

    /// Of [`get`]: the route as it is in the table, not as one packet takes it. Since Linux 4.13 (IPv4: since 5.18).
    pub fn as_in_table(mut self) -> Self {
        self.body.header.flags |= RouteFlags::FIB_MATCH;
        self
    }
}
