//! Forwarding tables of bridges and VXLANs: what else an entry can say, and how many go at once.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use netlink_core::{
    IntoOwned, IntoRequest,
    wire::{MacAddr, MessageFlags},
};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    ip::{Addr, AddressFamily},
    neighbour::{
        self, FdbExtAttrs, FdbNotify, Neighbour, NeighbourExtFlags, NeighbourFlags, NeighbourParms, NeighbourState,
        NeighbourTable,
    },
    nexthop,
};

use crate::{Conn, addr, entry, furnished, index, ip, json};

const MAC: MacAddr = MacAddr([2, 0, 0x5e, 0x10, 0, 7]);
const OTHER: MacAddr = MacAddr([2, 0, 0x5e, 0x10, 0, 8]);

fn of_link(route: &mut Conn, index: u32) -> Vec<Neighbour<'static>> {
    route.dump(neighbour::fdb_list().of_link(index)).unwrap().map(|entry| entry.unwrap().into_owned()).collect()
}

fn with<'e>(entries: &'e [Neighbour<'static>], mac: MacAddr) -> Option<&'e Neighbour<'static>> {
    entries.iter().find(|entry| entry.lladdr == Some(mac.into()))
}

#[test]
fn activity_of_an_entry_is_told_of_if_it_is_wanted() {
    netns::run(|| {
        let Some(()) = require::linux(5, 9) else { return };
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set v0 master br0");
        ip("link set br0 up");
        let v0 = index("v0");
        let entry = |activity_notify: Option<FdbNotify>, dont_refresh| {
            let mut fdb = neighbour::fdb(v0, MAC).state(NeighbourState::REACHABLE).replace();
            fdb.body.fdb_ext_attrs = Some(FdbExtAttrs { activity_notify, dont_refresh });
            fdb
        };
        let age = |route: &mut Conn, notify: FdbNotify| {
            let entries = of_link(route, v0);
            let entry = with(&entries, MAC).unwrap();
            let told = entry.fdb_ext_attrs.as_ref().and_then(|attrs| attrs.activity_notify);
            assert_eq!(told.unwrap_or(FdbNotify::empty()), notify, "{entry:?}");
            entry.cacheinfo.unwrap().updated
        };
        let both = FdbNotify::ACTIVITY | FdbNotify::INACTIVE;
        route.tell(entry(Some(FdbNotify::ACTIVITY), false)).unwrap();
        age(&mut route, FdbNotify::ACTIVITY);
        // A change makes it younger, unless the request says that it shall not.
        sleep(Duration::from_millis(1100));
        route.tell(entry(Some(both), true)).unwrap();
        assert!(age(&mut route, both) >= 100);
        let begun = Instant::now();
        route.tell(entry(Some(FdbNotify::empty()), false)).unwrap();
        let age = age(&mut route, FdbNotify::empty());
        // In hundredths of a second, on a clock that is not more exact than that.
        assert!(u128::from(age) <= begun.elapsed().as_millis() / 10 + 2, "{age}");
        reencode::assert(&mut route, neighbour::fdb_list().into_request(), &[]);
    });
}

#[test]
fn entries_of_vxlans_have_a_link_an_identifier_and_next_hops() {
    netns::run(|| {
        let (Some(()), Some(_)) = (require::linux(5, 8), require::tool("bridge")) else { return };
        let mut route = furnished();
        ip("link add vx0 type vxlan external dstport 4789");
        ip("link add vx1 type vxlan id 42 dstport 4790");
        let (vx0, vx1, v1) = (index("vx0"), index("vx1"), index("v1"));
        let mut far = neighbour::fdb(vx0, MAC).of_the_link().to(addr("198.51.100.7"));
        far.body.header.state = NeighbourState::PERMANENT;
        (far.body.src_vni, far.body.vni, far.body.ifindex) = (Some(77), Some(78), Some(v1));
        route.tell(far).unwrap();
        let entries = of_link(&mut route, vx0);
        let told = with(&entries, MAC).unwrap();
        assert_eq!((told.src_vni, told.vni, told.ifindex), (Some(77), Some(78), Some(v1)));
        let shown = json("bridge", "fdb show dev vx0");
        let shown = entry(&shown, "mac", &MAC.to_string());
        assert_eq!((&shown["src_vni"], &shown["vni"], &shown["viaIf"]), (&77.into(), &78.into(), &"v1".into()));
        // One of them, by what it has come in with.
        let mut one = neighbour::fdb_list().of_link(vx0);
        (one.body.lladdr, one.body.vni) = (Some(MAC.into()), Some(77));
        one.body.header.flags = NeighbourFlags::SELF;
        assert_eq!(route.ask(one.clone()).unwrap().dst.as_ref().and_then(Addr::ip), Some(addr("198.51.100.7")));
        one.body.vni = Some(76);
        assert!(route.ask(one).is_err());

        route.tell(nexthop::add(1).via(addr("198.51.100.9")).fdb()).unwrap();
        route.tell(nexthop::group(10, &[nexthop::GroupEntry::new(1, 1)]).fdb()).unwrap();
        let mut group = neighbour::fdb(vx1, OTHER).of_the_link();
        group.body.header.state = NeighbourState::PERMANENT;
        group.body.nh_id = Some(10);
        route.tell(group).unwrap();
        let entries = of_link(&mut route, vx1);
        assert_eq!(with(&entries, OTHER).unwrap().nh_id, Some(10));
        let shown = json("bridge", "fdb show dev vx1");
        assert_eq!(entry(&shown, "mac", &OTHER.to_string())["nhid"], 10);
        reencode::assert(&mut route, neighbour::fdb_list().into_request(), &[]);
    });
}

#[test]
fn entries_are_of_a_vlan() {
    netns::run(|| {
        let Some(_) = require::tool("bridge") else { return };
        let mut route = furnished();
        if std::process::Command::new("ip")
            .args(["link", "add", "br0", "type", "bridge", "vlan_filtering", "1"])
            .output()
            .unwrap()
            .status
            .code()
            != Some(0)
        {
            netlink_tests::unsupported!("bridges of this kernel know no VLANs");
        }
        ip("link set v0 master br0");
        netns::output("bridge", &["vlan", "add", "vid", "7", "dev", "v0"]);
        let (v0, br0) = (index("v0"), index("br0"));
        route.tell(neighbour::fdb(v0, MAC).vlan(7)).unwrap();
        let entries = of_link(&mut route, v0);
        assert_eq!(with(&entries, MAC).unwrap().vlan, Some(7));
        assert_eq!(entries.iter().filter(|entry| entry.lladdr == Some(MAC.into())).count(), 1);
        let shown = json("bridge", "fdb show br br0");
        assert_eq!(entry(&shown, "mac", &MAC.to_string())["vlan"], 7);
        for (vlan, there) in [(7, true), (8, false)] {
            let mut one = neighbour::fdb_list().of_master(br0);
            (one.body.lladdr, one.body.vlan) = (Some(MAC.into()), Some(vlan));
            assert_eq!(route.ask(one).is_ok(), there, "{vlan}");
        }
    });
}

#[test]
fn an_entry_is_locked_as_that_of_an_unknown_sender() {
    netns::run(|| {
        let Some(()) = require::linux(6, 2) else { return };
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set v0 master br0");
        ip("link set br0 up");
        let mut locked = neighbour::fdb(index("v0"), MAC);
        locked.body.flags_ext = Some(NeighbourExtFlags::LOCKED);
        // Only the bridge itself makes such ones.
        let error = route.tell(locked.clone()).unwrap_err();
        assert!(error.to_string().contains("locked"), "{error}");
    });
}

#[test]
fn a_neighbour_that_somebody_else_looks_after() {
    netns::run(|| {
        let Some(()) = require::linux(6, 17) else { return };
        let mut route = furnished();
        let v0 = index("v0");
        let wanted = |state| {
            let mut add = neighbour::add(v0, addr("192.0.2.7"), MAC).state(state).with(NeighbourFlags::EXT_LEARNED);
            add.body.flags_ext = Some(NeighbourExtFlags::EXT_VALIDATED);
            add
        };
        // It must be known, for now.
        assert!(route.tell(wanted(NeighbourState::FAILED)).is_err());
        route.tell(wanted(NeighbourState::STALE)).unwrap();
        let told = route.ask(neighbour::get(v0, addr("192.0.2.7"))).unwrap();
        assert_eq!(told.flags_ext, Some(NeighbourExtFlags::EXT_VALIDATED));
        assert!(told.header.flags.contains(NeighbourFlags::EXT_LEARNED));
    });
}

/// Deletes what matches of the forwarding table of a bridge.
fn flush(index: u32, set: impl FnOnce(&mut Neighbour<'static>)) -> neighbour::NeighbourRequest {
    let mut request = neighbour::fdb_del(index, MAC).of_the_link().flags(MessageFlags::BULK);
    request.body.lladdr = None;
    request.body.header.state = NeighbourState::default();
    set(&mut request.body);
    request
}

#[test]
fn entries_that_match_go_at_once() {
    netns::run(|| {
        let Some(()) = require::linux(5, 19) else { return };
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set v0 master br0");
        ip("link set br0 up");
        let (v0, br0) = (index("v0"), index("br0"));
        let dynamic = |mac| neighbour::fdb(v0, mac).state(NeighbourState::REACHABLE).replace();
        let mut left = |request: neighbour::NeighbourRequest| {
            route.tell(dynamic(MAC)).unwrap();
            route.tell(neighbour::fdb(v0, OTHER).with(NeighbourFlags::STICKY).replace()).unwrap();
            route.tell(request).unwrap();
            let entries = of_link(&mut route, v0);
            (with(&entries, MAC).is_some(), with(&entries, OTHER).is_some())
        };
        assert_eq!(left(flush(br0, |_| {})), (false, false));
        // Those that do not stay; the bits that count, and what they shall be.
        let ageing = flush(br0, |entry| entry.ndm_state_mask = Some(NeighbourState::NOARP));
        assert_eq!(left(ageing), (false, true));
        let staying = flush(br0, |entry| {
            entry.ndm_state_mask = Some(NeighbourState::NOARP);
            entry.header.state = NeighbourState::NOARP;
        });
        assert_eq!(left(staying), (true, false));
        let not_sticky = flush(br0, |entry| entry.ndm_flags_mask = Some(NeighbourFlags::STICKY));
        assert_eq!(left(not_sticky), (false, true));
        ip("link add w0 type veth peer name w1");
        ip("link set w0 master br0");
        let elsewhere = index("w0");
        assert_eq!(left(flush(br0, |entry| entry.ifindex = Some(elsewhere))), (true, true));
    });
}

#[test]
fn packets_that_wait_for_an_address_are_counted_or_weighed() {
    netns::run(|| {
        let mut route = furnished();
        let v0 = index("v0");
        let mut told = |set: NeighbourParms<'static>| {
            let parms = NeighbourParms { ifindex: Some(v0), ..set };
            let table =
                NeighbourTable { name: Some("arp_cache".into()), parms: Some(parms), ..NeighbourTable::default() };
            route.tell(neighbour::set_table(AddressFamily::Inet, table)).unwrap();
            let mut tables = route.dump(neighbour::tables()).unwrap().map(Result::unwrap);
            let is_ours = |table: &NeighbourTable<'static>| {
                let of_link = table.parms.as_ref().is_some_and(|parms| parms.ifindex == Some(v0));
                table.header.family == AddressFamily::Inet && of_link
            };
            let parms = tables.find(is_ours).unwrap().parms.unwrap();
            let shown = netns::output("ip", &["-s", "ntable", "show", "dev", "v0", "name", "arp_cache"]);
            assert!(shown.contains(&format!("queue {}", parms.queue_len.unwrap())), "{shown}");
            (parms.queue_len, parms.queue_lenbytes)
        };
        let (_, bytes_of_7) = told(NeighbourParms { queue_len: Some(7), ..NeighbourParms::default() });
        let (count, bytes_of_14) = told(NeighbourParms { queue_len: Some(14), ..NeighbourParms::default() });
        // A packet counts as what it takes at most.
        assert_eq!((count, bytes_of_14), (Some(14), bytes_of_7.map(|bytes| 2 * bytes)));
        let (_, bytes) = told(NeighbourParms { queue_lenbytes: Some(65_536), ..NeighbourParms::default() });
        assert_eq!(bytes, Some(65_536));
    });
}
