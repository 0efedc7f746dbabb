//! Links that are given by name where the kernel wants an index.

use netlink_core::{
    Error,
    errno::Errno,
    wire::{LinkAddr, MacAddr},
};
use netlink_tests::{netns, require};
use protocols::route::{
    address, bridge_vlan, mdb, neighbour, nexthop, routes,
    stats::{self, StatsMask},
};

use crate::{Conn, addr, connected, found, furnished, index, ip, lacks, net};

#[test]
fn addresses_are_of_a_link_that_has_a_name() {
    netns::run(|| {
        let mut route = furnished();
        route.tell(address::add("v0", net("192.0.2.1/24"))).unwrap();
        let listed = route.list(address::list().of_link("v0").v4(), 3).unwrap().entries;
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].net(), listed[0].header.index), (Some(net("192.0.2.1/24")), index("v0")));
        route.tell(address::del("v0", net("192.0.2.1/24"))).unwrap();
        assert!(route.list(address::list().v4().of_link("v0"), 3).unwrap().entries.is_empty());
        let Err(Error::Refused(refused)) = route.tell(address::add("absent", net("192.0.2.1/24"))) else { panic!() };
        assert_eq!(refused.field().unwrap().path(), "LinkGet.ifname");
    });
}

#[test]
fn routes_and_their_ways_are_by_links_that_have_names() {
    netns::run(|| {
        let mut route = connected();
        route.tell(routes::add(net("198.51.100.0/24")).dev("v0")).unwrap();
        assert_eq!(found(&mut route, routes::list().v4().dev("v0"), "198.51.100.0/24").oif, Some(index("v0")));
        route.tell(routes::del(net("198.51.100.0/24")).dev("v0")).unwrap();
        let both = routes::add(net("198.51.100.0/24"));
        let both =
            both.hop(Some(addr("192.0.2.2")), "v0", 1).hop(Some(addr("192.0.2.3")), index("v0"), 2).hop(None, "v1", 3);
        route.tell(both).unwrap();
        let ways = found(&mut route, routes::list().v4(), "198.51.100.0/24").multipath;
        let ways: Vec<_> = ways.iter().map(|way| (way.header.ifindex as u32, way.header.hops)).collect();
        assert_eq!(ways, [(index("v0"), 0), (index("v0"), 1), (index("v1"), 2)]);
        let way = route.ask(routes::get(addr("192.0.2.9")).dev("v0")).unwrap();
        assert_eq!(way.oif, Some(index("v0")));
    });
}

#[test]
fn neighbours_are_of_a_link_that_has_a_name() {
    netns::run(|| {
        let mut route = connected();
        ip("link add br0 type bridge");
        ip("link set v1 master br0");
        let mac = MacAddr([2, 0, 0, 0, 0, 9]);
        route.tell(neighbour::add("v0", addr("192.0.2.9"), mac)).unwrap();
        assert_eq!(route.ask(neighbour::get("v0", addr("192.0.2.9"))).unwrap().header.ifindex, index("v0") as i32);
        let of = |route: &mut Conn, list: neighbour::NeighbourList| {
            let listed = route.list(list, 3).unwrap().entries;
            listed.iter().any(|entry| entry.lladdr.as_ref().and_then(LinkAddr::mac) == Some(mac))
        };
        assert!(of(&mut route, neighbour::list().of_link("v0")));
        assert!(!of(&mut route, neighbour::list().of_link("v1")));
        route.tell(neighbour::del("v0", addr("192.0.2.9"))).unwrap();

        route.tell(neighbour::fdb("v1", mac)).unwrap();
        assert!(of(&mut route, neighbour::fdb_list().of_link("v1")));
        assert!(of(&mut route, neighbour::fdb_list().of_master("br0")));
        route.tell(neighbour::fdb_del("v1", mac)).unwrap();
        assert!(!of(&mut route, neighbour::fdb_list().of_link("v1")));
    });
}

#[test]
fn next_hops_and_statistics_are_of_a_link_that_has_a_name() {
    netns::run(|| {
        let mut route = connected();
        let all = route.ask(stats::get("v0", StatsMask::LINK_64)).unwrap();
        assert_eq!(all.header.ifindex, index("v0"));
        let Some(()) = require::linux(5, 3) else { return };
        route.tell(nexthop::add(7).via(addr("192.0.2.2")).dev("v0")).unwrap();
        let listed = route.list(nexthop::list().of_link("v0"), 3).unwrap().entries;
        assert_eq!((listed.len(), listed[0].oif), (1, Some(index("v0"))));
        assert!(route.list(nexthop::list().of_link("v1"), 3).unwrap().entries.is_empty());
    });
}

#[test]
fn bridges_and_ports_have_names() {
    netns::run(|| {
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set br0 up");
        ip("link set v0 master br0");
        let group = addr("239.1.2.3");
        match route.tell(mdb::add("br0", "v0", group).permanent()) {
            Ok(()) => {
                let all = route.list(mdb::list(), 3).unwrap().entries;
                assert!(all.iter().flat_map(mdb::Mdb::entries).any(|entry| entry.header.group() == group.into()));
                route.tell(mdb::del("br0", "v0", group)).unwrap();
            }
            // The port or the whole database is missing.
            Err(error) if lacks(&error) => {}
            Err(error) => panic!("{error}"),
        }
        match route.tell(bridge_vlan::add("v0", 10..=12)) {
            Ok(()) => route.tell(bridge_vlan::del("v0", 10..=12)).unwrap(),
            Err(error) => assert!(lacks(&error), "{error}"),
        }
        assert_eq!(route.tell(bridge_vlan::add("absent", 10..=12)).unwrap_err().errno(), Some(Errno::NODEV));
    });
}
