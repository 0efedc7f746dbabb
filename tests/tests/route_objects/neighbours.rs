//! Neighbours, forwarding tables, tables of neighbours.

use std::time::Duration;

use netlink_core::{IntoRequest, NlFamily, errno::Errno, wire::MacAddr};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    ip::{Addr, AddressFamily},
    neighbour::{self, Neighbour, NeighbourExtFlags, NeighbourFlags, NeighbourParms, NeighbourState, NeighbourTable},
    routes::RouteProtocol,
};

use crate::{Conn, addr, entry, furnished, index, ip, json};

const MAC: MacAddr = MacAddr([2, 0, 0x5e, 0x10, 0, 7]);

fn neighbours(route: &mut Conn, list: neighbour::NeighbourList) -> Vec<Neighbour<'static>> {
    route.dump(list).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_neighbour_is_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let v0 = index("v0");
        for text in ["192.0.2.7", "2001:db8::7"] {
            let mut add = neighbour::add(v0, addr(text), MAC).with(NeighbourFlags::ROUTER);
            add.body.protocol = Some(RouteProtocol::Zebra);
            route.tell(add.clone()).unwrap();
            assert_eq!(route.tell(add.clone()).unwrap_err().errno(), Some(Errno::EXIST));
            route.tell(add.replace()).unwrap();

            let got = netlink_core::IntoOwned::into_owned(route.ask(neighbour::get(v0, addr(text))).unwrap());
            assert_eq!(got.dst.as_ref().and_then(Addr::ip), Some(addr(text)));
            assert_eq!((got.lladdr, got.protocol), (Some(MAC.into()), Some(RouteProtocol::Zebra)));
            assert_eq!((got.header.state, got.header.ifindex), (NeighbourState::PERMANENT, v0 as i32));
            assert!(got.header.flags.contains(NeighbourFlags::ROUTER));

            let shown = json("ip", "-N neigh show dev v0");
            let shown = entry(&shown, "dst", text);
            assert_eq!(shown["lladdr"], MAC.to_string());
            assert_eq!(shown["state"].as_array().unwrap(), &["PERMANENT"]);
            assert_eq!(shown["protocol"], "11");
            assert!(shown.get("router").is_some(), "{shown:#}");

            route.tell(neighbour::add(v0, addr(text), MAC).state(NeighbourState::STALE).replace()).unwrap();
            let stale = route.ask(neighbour::get(v0, addr(text))).unwrap();
            assert_eq!(stale.header.state, NeighbourState::STALE);
            route.tell(neighbour::del(v0, addr(text))).unwrap();
        }
        route.tell(neighbour::add(v0, addr("192.0.2.9"), MAC).proxy()).unwrap();
        let proxies = neighbours(&mut route, neighbour::list().v4().proxies());
        assert_eq!(proxies.len(), 1);
        assert_eq!(proxies[0].header.flags, NeighbourFlags::PROXY);
        assert_eq!(json("ip", "neigh show proxy")[0]["dst"], "192.0.2.9");
    });
}

#[test]
fn a_managed_neighbour() {
    netns::run(|| {
        let Some(()) = require::linux(5, 16) else { return };
        let mut route = furnished();
        ip("addr add 192.0.2.1/24 dev v0");
        let mut add = neighbour::add(index("v0"), addr("192.0.2.7"), MAC).state(NeighbourState::default());
        add.body.flags_ext = Some(NeighbourExtFlags::MANAGED);
        add.body.lladdr = None;
        route.tell(add).unwrap();
        let got = route.ask(neighbour::get(index("v0"), addr("192.0.2.7"))).unwrap();
        assert_eq!(got.flags_ext, Some(NeighbourExtFlags::MANAGED));
    });
}

#[test]
fn the_kernel_filters_and_says_so() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let (v0, v1) = (index("v0"), index("v1"));
        route.tell(neighbour::add(v0, addr("192.0.2.7"), MAC)).unwrap();
        route.tell(neighbour::add(v1, addr("192.0.2.8"), MAC)).unwrap();
        let mut replies = route.dump(neighbour::list().v4().of_link(v1)).unwrap();
        let indexes: Vec<i32> = replies.by_ref().map(|neighbour| neighbour.unwrap().header.ifindex).collect();
        assert!(replies.was_filtered());
        assert_eq!(indexes, [v1 as i32]);
        drop(replies);
        assert!(neighbours(&mut route, neighbour::list().v4()).len() >= 2);
        reencode::assert(&mut route, neighbour::list().into_request(), &[]);
    });
}

#[test]
fn entries_of_forwarding_tables() {
    netns::run(|| {
        let Some(_) = require::tool("bridge") else { return };
        let Some(()) = require::link_kind("vxlan") else { return };
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set v0 master br0");
        ip("link add vx0 type vxlan id 42 dev v1 dstport 4789");
        let (v0, br0, vx0) = (index("v0"), index("br0"), index("vx0"));
        route.tell(neighbour::fdb(v0, MAC)).unwrap();
        // The port of the far end is big-endian.
        let mut far = neighbour::fdb(vx0, MAC).of_the_link().to(addr("198.51.100.7"));
        (far.body.port, far.body.vni) = (Some(8472), Some(77));
        far.body.header.state = NeighbourState::PERMANENT;
        route.tell(far).unwrap();

        let of_bridge = neighbours(&mut route, neighbour::fdb_list().of_master(br0));
        assert!(of_bridge.iter().any(|entry| entry.lladdr == Some(MAC.into()) && entry.master == Some(br0)));
        assert!(of_bridge.iter().all(|entry| entry.header.ifindex != vx0 as i32), "{of_bridge:?}");
        let of_vxlan = neighbours(&mut route, neighbour::fdb_list().of_link(vx0));
        let far = of_vxlan.iter().find(|entry| entry.lladdr == Some(MAC.into())).unwrap();
        assert_eq!((far.port, far.vni), (Some(8472), Some(77)));
        assert_eq!(far.dst.as_ref().and_then(Addr::ip), Some(addr("198.51.100.7")));

        let shown = json("bridge", "fdb show dev vx0");
        let shown = entry(&shown, "mac", &MAC.to_string());
        assert_eq!((&shown["dst"], &shown["port"], &shown["vni"]), (&"198.51.100.7".into(), &8472.into(), &77.into()));
        let shown = json("bridge", "fdb show br br0");
        // Once for each VLAN, where the kernel has those.
        assert!(shown.iter().any(|entry| entry["mac"] == MAC.to_string() && entry["ifname"] == "v0"), "{shown:#?}");
        reencode::assert(&mut route, neighbour::fdb_list().into_request(), &[]);
        route.tell(neighbour::fdb_del(v0, MAC)).unwrap();
    });
}

#[test]
fn tables_of_neighbours_and_their_parameters() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let v0 = index("v0");
        let parms = NeighbourParms {
            ifindex: Some(v0),
            base_reachable_time: Some(Duration::from_secs(77)),
            retrans_time: Some(Duration::from_millis(1500)),
            gc_staletime: Some(Duration::from_secs(88)),
            delay_probe_time: Some(Duration::from_secs(7)),
            app_probes: Some(4),
            ucast_probes: Some(5),
            mcast_probes: Some(6),
            mcast_reprobes: Some(8),
            anycast_delay: Some(Duration::from_secs(2)),
            proxy_delay: Some(Duration::from_secs(3)),
            proxy_qlen: Some(77),
            locktime: Some(Duration::from_secs(4)),
            queue_lenbytes: Some(65536),
            interval_probe_time_ms: require::linux(6, 0).map(|()| Duration::from_secs(6)),
            ..NeighbourParms::default()
        };
        let table =
            NeighbourTable { name: Some("arp_cache".into()), parms: Some(parms.clone()), ..NeighbourTable::default() };
        route.tell(neighbour::set_table(AddressFamily::Inet, table)).unwrap();
        let tables: Vec<_> = route.dump(neighbour::tables()).unwrap().collect::<Result<_, _>>().unwrap();
        let names: Vec<_> = tables
            .iter()
            .filter(|table| table.config.is_some())
            .map(|table| table.name.clone().unwrap().to_string())
            .collect();
        assert!(names.contains(&"arp_cache".to_owned()) && names.contains(&"ndisc_cache".to_owned()), "{names:?}");
        let is_ours = |table: &&NeighbourTable<'_>| {
            table.header.family == AddressFamily::Inet
                && table.parms.as_ref().is_some_and(|parms| parms.ifindex == Some(v0))
        };
        let got = tables.iter().find(is_ours).unwrap().parms.as_ref().unwrap();
        // What is only told.
        let NeighbourParms { refcnt, reachable_time, queue_len, .. } = got.clone();
        assert_eq!(*got, NeighbourParms { refcnt, reachable_time, queue_len, ..parms });
        let shown = netns::output("ip", &["-s", "ntable", "show", "dev", "v0", "name", "arp_cache"]);
        assert!(shown.contains("base_reachable 77000") && shown.contains("retrans 1500"), "{shown}");
        reencode::assert(&mut route, neighbour::tables().into_request(), &[]);
    });
}

/// What is common to all links is that of the initial namespace, and is changed in machines of one's own only: those
/// that have our modules.
#[test]
fn how_many_neighbours_there_may_be() {
    let wanted = |thresh: [u32; 3], seconds| NeighbourTable {
        name: Some("arp_cache".into()),
        thresh1: Some(thresh[0]),
        thresh2: Some(thresh[1]),
        thresh3: Some(thresh[2]),
        gc_interval: Some(Duration::from_secs(seconds)),
        ..NeighbourTable::default()
    };
    netns::run(move || {
        let mut route = furnished();
        let error = route.tell(neighbour::set_table(AddressFamily::Inet, wanted([100, 200, 300], 20))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NOENT));
    });
    let (Some(()), Some(())) = (require::generic_family("kinds"), require::network_outside()) else { return };
    let mut route = Route::connect().unwrap();
    let mut told = || {
        let tables = route.dump(neighbour::tables()).unwrap().map(Result::unwrap);
        let mut tables = tables.filter(|table| table.config.is_some() && table.header.family == AddressFamily::Inet);
        let table = tables.next().unwrap();
        ([table.thresh1, table.thresh2, table.thresh3].map(Option::unwrap), table.gc_interval.unwrap().as_secs())
    };
    let before = told();
    for (thresh, seconds) in [([100, 200, 300], 20), before] {
        let mut change = Route::connect().unwrap();
        change.tell(neighbour::set_table(AddressFamily::Inet, wanted(thresh, seconds))).unwrap();
        assert_eq!(told(), (thresh, seconds));
        let shown = netns::output("ip", &["-s", "ntable", "show", "name", "arp_cache"]);
        let [one, two, three] = thresh;
        let counts = format!("thresh1 {one} thresh2 {two} thresh3 {three} gc_int {}", seconds * 1000);
        assert!(shown.contains(&counts), "{counts} is not in {shown}");
    }
}
