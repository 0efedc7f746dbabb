//! The tables of routing netlink.

use std::{net::Ipv4Addr, time::Duration};

use netlink_core::{Connection, Errno, Error, NlFamily, exchange::Change, protocol::Route as RouteProtocol};
use netlink_tests::{netns, require, unsupported};
use protocols::route::{
    Route,
    bridge_vlan::{self, BridgePortState, BridgeVlanFlags, BridgeVlans},
    follow, link,
    mdb::{self, Mdb},
    neighbour::Neighbour,
    nexthop,
    routes::RouteEntry,
    rule::{self, Rule},
};

use crate::index_of;

/// The next change of a table that is followed.
fn next<T>(changes: &mut impl Iterator<Item = Result<Change<T>, Error>>) -> Change<T> {
    changes.next().unwrap().unwrap()
}

#[test]
fn addresses_routes_and_neighbours_are_followed_too() {
    netns::run(|| {
        netns::output("ip", &["link", "add", "here", "type", "veth", "peer", "name", "there"]);
        netns::output("ip", &["link", "set", "here", "up"]);
        netns::output("ip", &["link", "set", "there", "up"]);
        let five = Duration::from_secs(5);
        let mut addresses = follow::addresses().start().unwrap().timeout(five);
        let mut routes = follow::routes().start().unwrap().timeout(five);
        let mut neighbours = follow::neighbours().start().unwrap().timeout(five);
        while !matches!(next(&mut addresses), Change::Synced) {}
        while !matches!(next(&mut routes), Change::Synced) {}
        while !matches!(next(&mut neighbours), Change::Synced) {}

        netns::output("ip", &["addr", "add", "192.0.2.1/24", "dev", "here"]);
        let found = addresses.find_map(|change| match change.unwrap() {
            Change::New(address) if address.header.prefixlen == 24 => Some(address),
            _ => None,
        });
        assert_eq!(found.unwrap().local.as_ref().unwrap().ip(), Some("192.0.2.1".parse().unwrap()));

        netns::output("ip", &["route", "add", "198.51.100.0/24", "via", "192.0.2.2"]);
        netns::output("ip", &["route", "replace", "198.51.100.0/24", "via", "192.0.2.3"]);
        netns::output("ip", &["route", "del", "198.51.100.0/24"]);
        let ours = |route: &RouteEntry<'_>| route.destination() == Some("198.51.100.0/24".parse().unwrap());
        let via = |route: &RouteEntry<'_>| route.gateway.as_ref().unwrap().ip().unwrap().to_string();
        let mut told = Vec::new();
        while told.len() < 3 {
            match next(&mut routes) {
                Change::New(route) if ours(&route) => told.push(format!("new {}", via(&route))),
                Change::Changed { now, .. } if ours(&now) => told.push(format!("changed {}", via(&now))),
                Change::Gone(route) if ours(&route) => told.push(format!("gone {}", via(&route))),
                _ => {}
            }
        }
        assert_eq!(told, ["new 192.0.2.2", "changed 192.0.2.3", "gone 192.0.2.3"]);

        netns::output("ip", &["neigh", "add", "192.0.2.9", "lladdr", "02:00:00:00:00:09", "dev", "here"]);
        netns::output("ip", &["neigh", "change", "192.0.2.9", "lladdr", "02:00:00:00:00:0a", "dev", "here"]);
        let ours = |own: &Neighbour<'_>| own.dst.as_ref().unwrap().ip() == Some("192.0.2.9".parse().unwrap());
        let mut told = Vec::new();
        while told.len() < 2 {
            match next(&mut neighbours) {
                Change::New(own) | Change::Changed { now: own, .. } if ours(&own) => {
                    told.push(own.lladdr.as_ref().unwrap().to_string());
                }
                _ => {}
            }
        }
        assert_eq!(told, ["02:00:00:00:00:09", "02:00:00:00:00:0a"]);
    });
}

#[test]
fn next_hops_come_and_go() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::set("lo").up()).unwrap();
        let mut hops = follow::next_hops().start().unwrap().timeout(Duration::from_secs(5));
        assert!(matches!(hops.next(), Some(Ok(Change::Synced))));
        route.tell(nexthop::add(5).blackhole()).unwrap();
        assert!(matches!(hops.next(), Some(Ok(Change::New(hop))) if hop.id == Some(5)));
        route.tell(nexthop::del(5)).unwrap();
        assert!(matches!(hops.next(), Some(Ok(Change::Gone(hop))) if hop.id == Some(5)));
    });
}

/// What changes up to the one that is asked for, as text.
fn until<T>(
    changes: &mut impl Iterator<Item = Result<Change<T>, Error>>,
    show: impl Fn(&T) -> String,
    last: &str,
) -> Vec<String> {
    let mut told = Vec::new();
    while told.last().is_none_or(|line| line != last) {
        told.push(match next(changes) {
            Change::New(it) => format!("new {}", show(&it)),
            Change::Changed { now, .. } => format!("changed {}", show(&now)),
            Change::Gone(it) => format!("gone {}", show(&it)),
            Change::Synced => "synced".to_owned(),
            change => panic!("{:?}", matches!(change, Change::Gap)),
        });
    }
    told
}

#[test]
fn rules_come_and_go() {
    netns::run(|| {
        let ip = |words: &str| netns::output("ip", &words.split(' ').collect::<Vec<_>>());
        let mut rules = follow::rules().start().unwrap().timeout(Duration::from_secs(5));
        let show = |rule: &Rule<'_>| format!("{:?} {}", rule.header.family, rule.priority.unwrap_or(0));
        let first = until(&mut rules, show, "synced");
        let expected =
            ["Inet 0", "Inet 32766", "Inet 32767", "Inet6 0", "Inet6 32766"].map(|rule| format!("new {rule}"));
        assert!(expected.iter().all(|rule| first.contains(rule)), "{first:?}");

        // The link comes later, of which nothing is told but what differs then.
        ip("rule add iif later table 100 priority 50");
        ip("rule add from 192.0.2.0/24 table 100 priority 60");
        ip("-6 rule add from 2001:db8::/32 table 100 priority 60");
        ip("rule add from 198.51.100.0/24 table 100 priority 60");
        ip("link add later type veth peer name other");
        ip("rule del priority 50");
        ip("rule del from 198.51.100.0/24");
        ip("-6 rule del priority 60");
        let told = until(&mut rules, show, "gone Inet6 60");
        let expected = ["new Inet 50", "new Inet 60", "new Inet6 60", "new Inet 60", "gone Inet 50", "gone Inet 60"];
        assert_eq!(told, [&expected[..], &["gone Inet6 60"]].concat());

        let mut route = Route::connect().unwrap();
        let listed = route.list(rule::list(), 5).unwrap().entries;
        assert_eq!(rules.objects().iter().count(), listed.len());
        let kept: Vec<_> = rules.objects().iter().filter(|(key, _)| key.1 == 60).map(|(_, rule)| rule).collect();
        assert_eq!(kept, listed.iter().filter(|rule| rule.priority == Some(60)).collect::<Vec<_>>());
    });
}

/// A bridge with a port, by their indexes.
fn ported(route: &mut Connection<RouteProtocol>) -> (u32, u32) {
    for words in [
        "link add br0 type bridge",
        "link add here type veth peer name there",
        "link set here master br0",
        "link set br0 up",
        "link set here up",
        "link set there up",
    ] {
        netns::output("ip", &words.split(' ').collect::<Vec<_>>());
    }
    (index_of(route, "br0") as u32, index_of(route, "here") as u32)
}

#[test]
fn groups_that_ports_of_bridges_want_come_and_go() {
    netns::run(|| {
        let Some(()) = require::link_kind("bridge") else { return };
        let mut route = Route::connect().unwrap();
        let (bridge, port) = ported(&mut route);
        let group = |last: u8| Ipv4Addr::new(239, 1, 2, last);
        let add = |last| mdb::add(bridge, port, group(last)).permanent();
        for last in [3, 4] {
            match route.tell(add(last)) {
                Ok(()) => {}
                Err(Error::Refused(refused)) if refused.errno() == Errno::OPNOTSUPP => {
                    unsupported!("the kernel has no multicast database of bridges")
                }
                Err(error) => panic!("{error}"),
            }
        }
        let show = |mdb: &Mdb<'_>| {
            let entries: Vec<_> = mdb.entries().map(|entry| entry.header).collect();
            let [entry] = entries[..] else { panic!("{entries:?}") };
            format!("{} at {} of {}", entry.group(), entry.ifindex == port, mdb.header.ifindex == bridge)
        };
        let mut followed = follow::mdb().start().unwrap().timeout(Duration::from_secs(5));
        // Both are in one message of the list.
        let mut first = until(&mut followed, show, "synced");
        first.retain(|line| line.contains("239."));
        first.sort();
        assert_eq!(first, ["new 239.1.2.3 at true of true", "new 239.1.2.4 at true of true"]);

        route.tell(add(5)).unwrap();
        route.tell(mdb::del(bridge, port, group(3))).unwrap();
        let mut told = until(&mut followed, show, "gone 239.1.2.3 at true of true");
        told.retain(|line| line.contains("239."));
        assert_eq!(told, ["new 239.1.2.5 at true of true", "gone 239.1.2.3 at true of true"]);
        let ours: Vec<_> = followed.objects().iter().filter(|(key, _)| key.group.1[..3] == [239, 1, 2]).collect();
        assert_eq!(ours.len(), 2);

        // Nobody tells of what the host itself wanted.
        netns::output("ip", &["link", "del", "br0"]);
        while followed.objects().iter().any(|(key, _)| key.port == port) {
            next(&mut followed);
        }
    });
}

#[test]
fn vlans_of_bridges_come_and_go_one_by_one() {
    netns::run(|| {
        let Some(()) = require::linux(5, 6) else { return };
        let Some(()) = require::link_kind("bridge") else { return };
        let mut route = Route::connect().unwrap();
        let (bridge, port) = ported(&mut route);
        match route.tell(bridge_vlan::add(port, 20..=24)) {
            Ok(()) => {}
            Err(Error::Refused(refused)) if refused.errno() == Errno::OPNOTSUPP => {
                unsupported!("the kernel has no VLANs of bridges")
            }
            Err(error) => panic!("{error}"),
        }
        let show = |vlans: &BridgeVlans<'_>| {
            let [vlan] = &vlans.entry[..] else { panic!("{vlans:?}") };
            assert_eq!(vlan.range, None);
            let place = if vlans.header.ifindex == bridge { "bridge" } else { "port" };
            format!("{place} {} {:?}", vlan.info.unwrap().vid, vlan.state.unwrap_or(BridgePortState::Forwarding))
        };
        let mut followed = follow::bridge_vlans().start().unwrap().timeout(Duration::from_secs(5));
        // They are a range in the list.
        let mut first = until(&mut followed, show, "synced");
        // That which all have from the beginning.
        first.retain(|line| !line.contains(" 1 "));
        let mut expected: Vec<_> = (20..25).map(|vid| format!("new port {vid} Forwarding")).collect();
        expected.push("synced".to_owned());
        assert_eq!(first, expected);

        let mut blocking = bridge_vlan::add(port, 22..=23).update();
        blocking.body.entry[0].info.as_mut().unwrap().flags |= BridgeVlanFlags::ONLY_OPTS;
        blocking.body.entry[0].state = Some(BridgePortState::Blocking);
        route.tell(blocking).unwrap();
        route.tell(bridge_vlan::del(port, 21..=22)).unwrap();
        route.tell(bridge_vlan::add(port, 30..=30).pvid()).unwrap();
        let told = until(&mut followed, show, "new port 30 Forwarding");
        let expected = [
            "changed port 22 Blocking",
            "changed port 23 Blocking",
            "gone port 21 Forwarding",
            "gone port 22 Blocking",
        ];
        assert_eq!(told, [&expected[..], &["new port 30 Forwarding"]].concat());
        let known: Vec<_> = followed.objects().iter().map(|(key, _)| *key).filter(|key| key.1 > 1).collect();
        assert_eq!(known, [20, 23, 24, 30].map(|vid| (port, vid)));
        let flags = |vid| followed.objects().get(&(port, vid)).unwrap().entry[0].info.unwrap().flags;
        assert!(flags(30).contains(BridgeVlanFlags::PVID) && !flags(20).contains(BridgeVlanFlags::PVID));

        // Another one becomes that of packets without a tag.
        route.tell(bridge_vlan::add(port, 20..=20).pvid()).unwrap();
        until(&mut followed, show, "changed port 20 Forwarding");
        let flags = |vid| followed.objects().get(&(port, vid)).unwrap().entry[0].info.unwrap().flags;
        assert!(flags(20).contains(BridgeVlanFlags::PVID));

        netns::output("ip", &["link", "del", "br0"]);
        while followed.objects().iter().count() > 0 {
            next(&mut followed);
        }
    });
}
