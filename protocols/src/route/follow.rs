//! Tables that can be followed: what there is, what changes, and after a loss the differences.
//!
//! ```
//! use netlink_core::exchange::Change;
//! use protocols::route::follow;
//!
//! for change in follow::links().start()? {
//!     match change? {
//!         Change::New(link) => println!("{:?}", link.ifname),
//!         Change::Synced => break, // these are all, for now
//!         _ => {}
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

#[cfg(feature = "bridge")]
mod bridge;

#[cfg(feature = "bridge")]
pub use bridge::{MdbKey, VlanKey, bridge_vlans, mdb};

use netlink_core::{DoDump, Dump, NlMessage, connection::Follow};

use super::{
    Route,
    address::{self, Address, AddressGet},
    ip::{Addr, AddressFamily},
    link::{self, Link, LinkGet},
    neighbour::{self, Neighbour, NeighbourGet},
    nexthop::{self, NextHop, NextHopGet},
    routes::{self, RouteEntry, RouteGet},
    rule::{self, Rule, RuleFlags, RuleHeader},
};

/// A table that is asked for with a `Get`, and of which entries are told apart by a `Key`.
pub type Table<Get, T, Key> = Follow<Route, DoDump<Get, T>, Key>;

/// The same, of what can be listed only.
pub type ListedTable<Get, T, Key> = Follow<Route, Dump<Get, T>, Key>;

/// What tells addresses apart: the link, the length of the network, and the address here and there.
pub type AddressKey = (u32, u8, Option<Vec<u8>>, Option<Vec<u8>>);

/// What tells routes apart: family, table, destination and its length, type of service, metric.
pub type RouteKey = (u8, u32, Option<Vec<u8>>, u8, u8, Option<u32>);

/// What tells neighbours apart: family, link, address, and for bridges the link address and the VLAN.
pub type NeighbourKey = (u8, i32, Option<Vec<u8>>, Option<Vec<u8>>, Option<u16>);

/// What tells rules apart: family, priority, and all that is said of the rule, in bytes.
pub type RuleKey = (AddressFamily, u32, Vec<u8>);

fn bytes(addr: Option<&Addr<'_>>) -> Option<Vec<u8>> {
    addr.and_then(Addr::ip).map(|ip| match ip {
        std::net::IpAddr::V4(ip) => ip.octets().to_vec(),
        std::net::IpAddr::V6(ip) => ip.octets().to_vec(),
    })
}

/// Links. That only their statistics differ is no change.
pub fn links() -> Table<LinkGet<'static>, Link<'static>, i32> {
    Follow::new(link::list(), |link: &Link<'_>| {
        // A bridge tells of its ports in messages of its own family, which are no links that come and go.
        (link.header.family == 0).then_some(link.header.index)
    })
    .same(|a, b| {
        let quiet = |link: &Link<'static>| Link { stats: None, stats64: None, ..link.clone() };
        quiet(a) == quiet(b)
    })
    .group(Route::LINKS)
    .changed(Route::LINK_CHANGED)
    .gone(Route::LINK_GONE)
}

/// Addresses of IPv4 and IPv6. That only their times differ is no change.
pub fn addresses() -> Table<AddressGet<'static>, Address<'static>, AddressKey> {
    Follow::new(address::list(), |address: &Address<'_>| {
        let header = address.header;
        Some((header.index, header.prefixlen, bytes(address.local.as_ref()), bytes(address.address.as_ref())))
    })
    .same(|a, b| {
        let timeless = |address: &Address<'static>| Address { cacheinfo: None, ..address.clone() };
        timeless(a) == timeless(b)
    })
    .group(Route::IPV4_IFADDR)
    .group(Route::IPV6_IFADDR)
    .changed(Route::ADDR_CHANGED)
    .gone(Route::ADDR_GONE)
}

/// Routes of IPv4 and IPv6, in all tables.
pub fn routes() -> Table<RouteGet<'static>, RouteEntry<'static>, RouteKey> {
    Follow::new(routes::list(), |route: &RouteEntry<'_>| {
        let header = &route.header;
        let unicast = matches!(header.family, AddressFamily::Inet | AddressFamily::Inet6);
        let destination = bytes(route.dst.as_ref());
        let family = if header.family == AddressFamily::Inet { 4 } else { 6 };
        unicast.then(|| (family, route.table(), destination, header.dst_len, header.tos, route.priority))
    })
    .group(Route::IPV4_ROUTE)
    .group(Route::IPV6_ROUTE)
    .changed(Route::ROUTE_CHANGED)
    .gone(Route::ROUTE_GONE)
}

/// Neighbours of IPv4 and IPv6, and what bridges have learned. That only times and probes differ is no change.
pub fn neighbours() -> Table<NeighbourGet<'static>, Neighbour<'static>, NeighbourKey> {
    Follow::new(neighbour::list(), |neighbour: &Neighbour<'_>| {
        let (header, lladdr) = (&neighbour.header, neighbour.lladdr.as_ref());
        let bridge = header.family == AddressFamily::Bridge;
        let family = match header.family {
            AddressFamily::Inet => 4,
            AddressFamily::Inet6 => 6,
            _ => 7,
        };
        // Elsewhere the link address is what changes.
        let lladdr = lladdr.filter(|_| bridge).map(|addr| addr.0.to_vec());
        Some((family, header.ifindex, bytes(neighbour.dst.as_ref()), lladdr, neighbour.vlan))
    })
    .same(|a, b| {
        let timeless = |own: &Neighbour<'static>| Neighbour { cacheinfo: None, probes: None, ..own.clone() };
        timeless(a) == timeless(b)
    })
    .group(Route::NEIGH)
    .changed(Route::NEIGH_CHANGED)
    .gone(Route::NEIGH_GONE)
}

/// Next hops, told apart by their numbers. Since Linux 5.3.
pub fn next_hops() -> Table<NextHopGet, NextHop<'static>, u32> {
    Follow::new(nexthop::list(), |nexthop: &NextHop<'_>| nexthop.id)
        .group(Route::NEXTHOP)
        .changed(Route::NEXTHOP_CHANGED)
        .gone(Route::NEXTHOP_GONE)
}

/// Rules of all families. They do not change, but for whether the links are there that they name, which is told only with
/// the next list. Of rules that are the same in everything, it knows one.
pub fn rules() -> ListedTable<RuleHeader, Rule<'static>, RuleKey> {
    Follow::new(rule::list(), |rule: &Rule<'_>| {
        let mut fixed = rule.clone();
        fixed.header.flags &= !(RuleFlags::UNRESOLVED | RuleFlags::IIF_DETACHED | RuleFlags::OIF_DETACHED);
        Some((rule.header.family, rule.priority.unwrap_or(0), fixed.to_bytes().ok()?))
    })
    .group(Route::IPV4_RULE)
    .group(Route::IPV6_RULE)
    .changed(Route::RULE_CHANGED)
    .gone(Route::RULE_GONE)
}
