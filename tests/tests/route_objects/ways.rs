//! What several ways of a route, and requests for the way of one packet, can say.

use std::net::IpAddr;

use netlink_core::IntoRequest;
use netlink_tests::{netns, reencode, require, unsupported};
use protocols::route::{
    Route,
    ip::{Addr, AddressFamily, MplsLabel},
    nexthop,
    routes::{
        self, Encap, Hop, HopFlags, HopHeader, IpEncap, MplsEncap, RouteEntry, RouteHeader, RouteProtocol, Seg6Encap,
        Seg6Mode, Seg6Srh, SegmentRoutingHeader, TunnelFlags,
    },
    rule,
};

use crate::{addr, connected, found, index, ip, json, lacks, net};

/// A tunnel to somewhere.
fn tunnel(id: u64) -> Encap<'static> {
    Encap::Ip(Box::new(IpEncap {
        id: Some(id),
        dst: Some([10, 0, 0, 9].into()),
        src: Some([10, 0, 0, 8].into()),
        ttl: Some(64),
        tos: Some(4),
        flags: Some(TunnelFlags::KEY),
        ..IpEncap::default()
    }))
}

#[test]
fn each_way_has_realms_a_state_and_a_tunnel_of_its_own() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let v0 = index("v0");
        let mut add = routes::add(net("203.0.113.0/24")).hop(Some(addr("192.0.2.2")), v0, 1);
        add = add.hop(Some(addr("2001:db8::5")), v0, 7);
        let [first, second] = &mut add.body.multipath[..] else { panic!() };
        first.flow = Some(3 << 16 | 4);
        first.encap = Some(tunnel(7));
        first.header.flags = HopFlags::ONLINK;
        second.encap = Some(tunnel(8));
        let sent = add.body.multipath.clone();
        route.tell(add).unwrap();
        let told = found(&mut route, routes::list().v4(), "203.0.113.0/24");
        let what = |hops: &[Hop<'static>]| -> Vec<_> {
            let part =
                |hop: &Hop<'static>| (hop.gateway, hop.via.clone(), hop.flow, hop.encap.clone(), hop.header.flags);
            hops.iter().map(part).collect()
        };
        assert_eq!(what(&told.multipath), what(&sent));
        let shown = json("ip", "-N route show");
        let hops = &shown.iter().find(|entry| entry["dst"] == "203.0.113.0/24").unwrap()["nexthops"];
        assert_eq!((&hops[0]["encap"], &hops[0]["id"], &hops[1]["id"]), (&"ip".into(), &7.into(), &8.into()));
        assert_eq!((&hops[0]["flags"][0], &hops[1]["via"]["host"]), (&"onlink".into(), &"2001:db8::5".into()));
        assert!(ip("-N route show").contains("realms 3/4"));
        reencode::assert(&mut route, routes::list().into_request(), &[]);
    });
}

#[test]
fn a_route_of_ipv6_for_packets_from_somewhere() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let mut add = routes::add(net("2001:db8:7::/48")).via(addr("2001:db8::9")).dev(index("v0"));
        add.body.src = Some(addr("2001:db8:5::").into());
        add.body.header.src_len = 48;
        match route.tell(add) {
            Err(error) if error.errno() == Some(netlink_core::errno::Errno::INVAL) => {
                unsupported!("the kernel has no routes by source (CONFIG_IPV6_SUBTREES)")
            }
            answer => answer.unwrap(),
        }
        let told = found(&mut route, routes::list().v6(), "2001:db8:7::/48");
        assert_eq!((told.src, told.header.src_len), (Some(addr("2001:db8:5::").into()), 48));
        let shown = json("ip", "-6 route show");
        let shown = shown.iter().find(|entry| entry["dst"] == "2001:db8:7::/48").unwrap();
        assert_eq!(shown["from"], "2001:db8:5::/48");
    });
}

/// Everything that a rule can tell packets by sends one elsewhere, and no other.
#[test]
fn the_way_of_a_packet_depends_on_all_that_is_said_of_it() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        netns::output("sysctl", &["-qw", "net.ipv4.conf.v0.forwarding=1", "net.ipv4.conf.v0.rp_filter=0"]);
        ip("route add default via 192.0.2.2");
        ip("addr add 203.0.113.1/24 dev v1");
        for (table, condition) in [
            (101, "fwmark 7"),
            (102, "uidrange 1234-1234"),
            (103, "from 203.0.113.1"),
            (104, "iif v0"),
            (105, "sport 99"),
        ] {
            // The users of other namespaces are not known to all.
            if condition.starts_with("uidrange") && require::root_outside().is_none() {
                continue;
            }
            let protocol = if condition.starts_with("sport") { " ipproto udp" } else { "" };
            ip(&format!("rule add {condition}{protocol} table {table}"));
            ip(&format!("route add 198.51.100.0/24 via 192.0.2.{table} table {table}"));
        }
        let mut way = |set: &dyn Fn(&mut routes::RouteGet<'static>)| {
            let mut get = routes::get(addr("198.51.100.77"));
            set(&mut get.body);
            let way = route.ask(get).unwrap();
            (way.table(), way.gateway.as_ref().and_then(Addr::ip))
        };
        let by = |table: u8| (u32::from(table), Some(IpAddr::from([192, 0, 2, table])));
        assert_eq!(way(&|_| {}), (254, Some(addr("192.0.2.2"))));
        assert_eq!(way(&|get| get.mark = Some(7)), by(101));
        assert_eq!(way(&|get| get.mark = Some(8)).0, 254);
        if require::root_outside().is_some() {
            assert_eq!(way(&|get| get.uid = Some(1234)), by(102));
            assert_eq!(way(&|get| get.uid = Some(1235)).0, 254);
        }
        let from = |get: &mut routes::RouteGet<'static>, text| {
            get.src = Some(addr(text).into());
            get.header.src_len = 32;
        };
        assert_eq!(way(&|get| from(get, "203.0.113.1")), by(103));
        assert_eq!(way(&|get| from(get, "192.0.2.1")).0, 254);
        let v0 = index("v0");
        let comes_in = |get: &mut routes::RouteGet<'static>| {
            from(get, "192.0.2.44");
            get.iif = Some(v0);
        };
        assert_eq!(way(&comes_in), by(104));
        let ports = |get: &mut routes::RouteGet<'static>, sport| {
            (get.ip_proto, get.sport, get.dport) = (Some(17), Some(sport), Some(1));
        };
        assert_eq!(way(&|get| ports(get, 99)), by(105));
        assert_eq!(way(&|get| ports(get, 98)).0, 254);
    });
}

#[test]
fn the_way_of_a_packet_of_ipv6_is_told() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        ip("-6 route add 2001:db8:7::/48 via 2001:db8::3 table 99");
        ip("-6 rule add fwmark 7 table 99");
        let mut get = routes::get(addr("2001:db8:7::7"));
        get.body.mark = Some(7);
        let way = route.ask(get).unwrap();
        assert_eq!((way.gateway.as_ref().and_then(Addr::ip), way.table()), (Some(addr("2001:db8::3")), 99));
        let on_the_link = route.ask(routes::get(addr("2001:db8::9")).as_in_table()).unwrap();
        assert_eq!((on_the_link.destination(), on_the_link.table()), (Some(net("2001:db8::/64")), 254));
    });
}

#[test]
fn the_way_of_a_packet_of_ipv6_depends_on_its_flow_label() {
    netns::run(|| {
        let Some(()) = require::linux(6, 14) else { return };
        let mut route = connected();
        ip("-6 route add 2001:db8:7::/48 via 2001:db8::2");
        ip("-6 route add 2001:db8:7::/48 via 2001:db8::3 table 99");
        let mut rule = rule::add(AddressFamily::Inet6).priority(500).table(99);
        (rule.body.flowlabel, rule.body.flowlabel_mask) = (Some(0x12345), Some(0xfffff));
        route.tell(rule).unwrap();
        for (flowlabel, gateway) in [(0x12345, "2001:db8::3"), (0x12346, "2001:db8::2")] {
            let mut get = routes::get(addr("2001:db8:7::7"));
            get.body.flowlabel = Some(flowlabel);
            let way = route.ask(get).unwrap();
            assert_eq!(way.gateway.as_ref().and_then(Addr::ip), Some(addr(gateway)), "{flowlabel:#x}");
            assert_eq!(way.table(), if flowlabel == 0x12345 { 99 } else { 254 });
        }
    });
}

#[test]
fn next_hop_objects_have_tunnels_masters_and_forwarding_tables() {
    netns::run(|| {
        let Some(()) = require::linux(5, 8) else { return };
        let mut route = connected();
        let (v0, v1) = (index("v0"), index("v1"));
        let segments = SegmentRoutingHeader::new(&["fc00::1".parse().unwrap()]);
        let srh = Some(Seg6Srh { mode: Seg6Mode::Encap, srh: segments });
        let seg6 = Encap::Seg6(Box::new(Seg6Encap { srh, ..Seg6Encap::default() }));
        route.tell(nexthop::add(1).via(addr("192.0.2.2")).dev(v0).encap(tunnel(7))).unwrap();
        route.tell(nexthop::add(2).via(addr("2001:db8::3")).dev(v0).encap(seg6.clone())).unwrap();
        route.tell(nexthop::add(3).via(addr("198.51.100.9")).fdb()).unwrap();
        ip("link add br0 type bridge");
        ip("link set v1 master br0");
        route.tell(nexthop::add(4).dev(v1)).unwrap();

        for (id, encap) in [(1, tunnel(7)), (2, seg6)] {
            assert_eq!(route.ask(nexthop::get(id)).unwrap().encap, Some(encap));
        }
        assert!(route.ask(nexthop::get(3)).unwrap().fdb && !route.ask(nexthop::get(4)).unwrap().fdb);
        let shown = json("ip", "nexthop show");
        // `ip` calls both numbers `id`: that of the tunnel wins.
        let by_id = |id: u32| shown.iter().find(|hop| hop["id"] == id).unwrap();
        assert_eq!((&by_id(7)["encap"], &by_id(2)["encap"]), (&"ip".into(), &"seg6".into()));
        assert!(by_id(3).get("fdb").is_some(), "{shown:#?}");
        let mut ids = |set: &dyn Fn(&mut nexthop::NextHopGet)| {
            let mut list = nexthop::list();
            set(&mut list.body);
            let hops = route.dump(list).unwrap();
            hops.map(|hop| hop.unwrap().id.unwrap()).collect::<Vec<_>>()
        };
        let br0 = index("br0");
        assert_eq!(ids(&|list| list.master = Some(br0)), [4]);
        // The kernel takes this one, and leaves it to the program to choose.
        assert_eq!(ids(&|list| list.fdb = true), [1, 2, 3, 4]);
        reencode::assert(&mut route, nexthop::list().into_request(), &[]);
    });
}

#[test]
fn one_bucket_and_the_buckets_of_one_next_hop() {
    netns::run(|| {
        let Some(()) = require::linux(5, 13) else { return };
        let mut route = connected();
        let v0 = index("v0");
        let members = [1, 2].map(|id| nexthop::GroupEntry::new(id, 1));
        for (id, gateway) in [(1, "192.0.2.2"), (2, "192.0.2.3")] {
            route.tell(nexthop::add(id).via(addr(gateway)).dev(v0)).unwrap();
        }
        let settings = nexthop::ResilientGroup { buckets: Some(4), ..nexthop::ResilientGroup::default() };
        route.tell(nexthop::group(20, &members).resilient(settings)).unwrap();
        let bucket = |index, nh_id| Some(nexthop::ResilientBucket { index, nh_id, idle_time: None });
        let mut of_one = nexthop::buckets(20);
        of_one.body.res_bucket = bucket(None, Some(2));
        let buckets = route.dump(of_one).unwrap().map(|hop| hop.unwrap().res_bucket.unwrap());
        let buckets: Vec<_> = buckets.map(|bucket| (bucket.index.unwrap(), bucket.nh_id)).collect();
        assert_eq!(buckets.len(), 2);
        for (index, nh_id) in buckets {
            assert_eq!(nh_id, Some(2));
            let mut one = nexthop::buckets(20);
            one.body.res_bucket = bucket(Some(index), None);
            let told = route.ask(one).unwrap().res_bucket.unwrap();
            assert_eq!((told.index, told.nh_id), (Some(index), Some(2)));
        }
    });
}

#[test]
fn hardware_is_told_to_count_what_goes_through_a_group() {
    netns::run(|| {
        let Some(()) = require::linux(6, 9) else { return };
        let mut route = connected();
        route.tell(nexthop::add(1).via(addr("192.0.2.2")).dev(index("v0"))).unwrap();
        let mut group = nexthop::group(10, &[nexthop::GroupEntry::new(1, 1)]);
        for (enable, expected) in [(None, 0), (Some(1), 1), (Some(0), 0)] {
            group.body.hw_stats_enable = enable;
            route.tell(group.clone().replace()).unwrap();
            let mut get = nexthop::get(10);
            get.body.op_flags = Some(nexthop::NextHopOpFlags::DUMP_STATS | nexthop::NextHopOpFlags::DUMP_HW_STATS);
            let told = route.ask(get).unwrap();
            // There is no such hardware.
            assert_eq!((told.hw_stats_enable, told.hw_stats_used.unwrap_or(0)), (Some(expected), 0));
        }
    });
}

/// A route of MPLS to a neighbour of IPv4.
fn labelled(label: u32, out: &[u32]) -> RouteEntry<'static> {
    let header = RouteHeader {
        family: AddressFamily::Mpls,
        dst_len: 20,
        protocol: RouteProtocol::Static,
        ty: routes::RouteType::Unicast,
        table: 254,
        ..RouteHeader::default()
    };
    RouteEntry {
        header,
        dst: Some(Addr::Mpls(MplsLabel::bottom(label))),
        newdst: MplsLabel::stack(out),
        ..RouteEntry::default()
    }
}

#[test]
fn routes_of_mpls_are_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let Some(()) = require::module("mpls_router") else { return };
        let mut route = connected();
        netns::output("sysctl", &["-qw", "net.mpls.platform_labels=1000"]);
        let v0 = index("v0");
        let mut add = |entry: &RouteEntry<'static>| {
            let request = Route::NEW_ROUTE.with(entry).create().exclusive();
            match route.tell(request) {
                Err(error) if lacks(&error) => panic!("{error}"),
                answer => answer.unwrap(),
            }
            let list = routes::list().family(AddressFamily::Mpls);
            let entries: Vec<_> = route.dump(list.clone()).unwrap().map(Result::unwrap).collect();
            reencode::assert(&mut route, list.into_request(), &[]);
            entries.into_iter().find(|told| told.dst == entry.dst).unwrap()
        };
        for (label, ttl_propagate) in [(100, None), (101, Some(0)), (102, Some(1))] {
            let via = Some(Box::new(addr("192.0.2.2").into()));
            let sent = RouteEntry { via, oif: Some(v0), ttl_propagate, ..labelled(label, &[200, 300]) };
            let told = add(&sent);
            assert_eq!((&told.newdst, &told.via, told.oif), (&sent.newdst, &sent.via, sent.oif));
            assert_eq!(told.ttl_propagate, ttl_propagate);
        }
        let hop = |gateway: &str, out: &[u32]| Hop {
            header: HopHeader { ifindex: v0 as i32, ..HopHeader::default() },
            via: Some(addr(gateway).into()),
            newdst: MplsLabel::stack(out),
            ..Hop::default()
        };
        let multipath = vec![hop("192.0.2.2", &[201]), hop("192.0.2.3", &[202, 302])];
        let told = add(&RouteEntry { multipath: multipath.clone(), ..labelled(103, &[]) });
        let what = |hops: &[Hop<'static>]| -> Vec<_> {
            hops.iter().map(|hop| (hop.via.clone(), hop.newdst.clone(), hop.header.ifindex)).collect()
        };
        assert_eq!(what(&told.multipath), what(&multipath));
        // What a packet with this label gets.
        let mut get = routes::get(addr("0.0.0.0"));
        get.body.header = RouteHeader { family: AddressFamily::Mpls, dst_len: 20, ..RouteHeader::default() };
        get.body.dst = Some(Addr::Mpls(MplsLabel::bottom(100)));
        assert_eq!(route.ask(get).unwrap().newdst, MplsLabel::stack(&[200, 300]));
        let shown = ip("-f mpls route show");
        for said in ["100 as to 200/300 via inet 192.0.2.2", "proto static ttl-prop", "disabled", "enabled"] {
            assert!(shown.contains(said), "{shown}");
        }
        assert!(shown.contains("as to 202/302 via inet 192.0.2.3"), "{shown}");

        if require::module("mpls_iptunnel").is_none() {
            unsupported!("the kernel packs nothing with labels");
        }
        let mpls = MplsEncap { dst: MplsLabel::stack(&[55, 66]), ttl: Some(9), ..MplsEncap::default() };
        let encap = Encap::Mpls(mpls);
        let add = routes::add(net("10.9.0.0/16")).via(addr("192.0.2.2")).encap(encap.clone());
        route.tell(add).unwrap();
        assert_eq!(found(&mut route, routes::list().v4(), "10.9.0.0/16").encap.as_deref(), Some(&encap));
        let shown = ip("route show");
        assert!(shown.contains("encap mpls") && shown.contains("55/66 ttl 9"), "{shown}");
    });
}
