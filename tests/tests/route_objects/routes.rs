//! Routes.

use std::net::Ipv4Addr;

use netlink_core::{Error, IntoRequest, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    ip::{Addr, IpNet},
    routes::{self, Expires, HopFlags, RouteProtocol, RouteType, RouterPreference, Scope, Table},
};
use serde_json::Value;

use crate::{addr, connected, entry, found, index, json, net};

fn shown(arguments: &str, dst: &str) -> Value {
    entry(&json("ip", arguments), "dst", dst).clone()
}

#[test]
fn a_refusal_names_the_field_though_the_kernel_does_not() {
    netns::run(|| {
        let mut route = connected();
        let mut field = |request| match route.tell(request) {
            Err(Error::Refused(refused)) => refused.field().expect("a field").to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(routes::add(net("198.51.100.1/24")).dev("v0")), "RouteEntry.dst");
        assert_eq!(field(routes::add(net("198.51.100.0/24")).via(addr("203.0.113.9"))), "RouteEntry.gateway");
    });
}

#[test]
fn a_route_of_ipv4_with_all_that_can_be_set() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let mut add = routes::add(net("198.51.100.0/24"))
            .via(addr("192.0.2.2"))
            .dev(index("v0"))
            .table(70_000)
            .metric(33)
            .source(addr("192.0.2.1"))
            .protocol(RouteProtocol::Bird)
            .metrics(|metrics| {
                metrics.mtu = Some(1400);
                metrics.lock = Some(1 << 2);
                metrics.window = Some(20_000);
                metrics.rtt = Some(8 * 100);
                metrics.rttvar = Some(4 * 50);
                metrics.ssthresh = Some(11);
                metrics.cwnd = Some(12);
                metrics.advmss = Some(1300);
                metrics.reordering = Some(5);
                metrics.hoplimit = Some(64);
                metrics.initcwnd = Some(13);
                metrics.initrwnd = Some(14);
                metrics.rto_min = Some(200);
                metrics.quickack = Some(1);
                metrics.features = Some(routes::RouteFeatures::ECN);
                metrics.cc_algo = Some("reno".into());
                metrics.fastopen_no_cookie = Some(1);
            });
        add.body.header.tos = 0x10;
        add.body.flow = Some(7 << 16 | 9);
        add.body.header.flags |= HopFlags::ONLINK.into();
        let sent = add.body.clone();
        route.tell(add.clone()).unwrap();
        assert_eq!(route.tell(add.clone()).unwrap_err().errno(), Some(Errno::EXIST));
        route.tell(add.replace()).unwrap();

        let got = found(&mut route, routes::list().v4().table(70_000), "198.51.100.0/24");
        assert_eq!((got.table(), got.priority, got.oif, got.flow), (70_000, Some(33), sent.oif, sent.flow));
        assert_eq!((&got.gateway, &got.prefsrc, &got.metrics), (&sent.gateway, &sent.prefsrc, &sent.metrics));
        assert_eq!(
            (got.header.tos, got.header.protocol, got.header.scope),
            (0x10, RouteProtocol::Bird, Scope::Universe)
        );
        assert_eq!((got.header.ty, got.header.flags.hop()), (RouteType::Unicast, HopFlags::ONLINK));

        let shown = shown("-N route show table 70000", "198.51.100.0/24");
        assert_eq!(
            (&shown["gateway"], &shown["dev"], &shown["metric"]),
            (&"192.0.2.2".into(), &"v0".into(), &33.into())
        );
        assert_eq!((&shown["prefsrc"], &shown["protocol"]), (&"192.0.2.1".into(), &"12".into()));
        assert_eq!(shown["flags"].as_array().unwrap(), &["onlink"]);
        let metrics = &shown["metrics"][0];
        for (key, value) in [
            ("mtu", 1400),
            ("window", 20_000),
            ("rtt", 100),
            ("rttvar", 50),
            ("ssthresh", 11),
            ("cwnd", 12),
            ("advmss", 1300),
            ("reordering", 5),
            ("hoplimit", 64),
            ("initcwnd", 13),
            ("initrwnd", 14),
            ("rto_min", 200),
            ("quickack", 1),
            ("fastopen_no_cookie", 1),
        ] {
            assert_eq!(number(&metrics[key]), Some(value), "{key} of {shown:#}");
        }
        assert_eq!(metrics["congestion"], "reno");

        route.tell(routes::del(net("198.51.100.0/24")).table(70_000)).unwrap_err();
        let mut del = routes::del(net("198.51.100.0/24")).table(70_000);
        del.body.header.tos = 0x10;
        route.tell(del).unwrap();
        assert_eq!(route.dump(routes::list().v4().table(70_000)).unwrap().filter_map(Result::ok).count(), 0);
    });
}

/// `ip` tells some numbers as numbers, and some as text with a unit.
fn number(value: &Value) -> Option<u64> {
    let text = value.as_str().map(|text| text.trim_end_matches(|c: char| !c.is_ascii_digit()));
    value.as_u64().or_else(|| text?.parse().ok())
}

#[test]
fn several_ways_and_routers_of_another_family() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let v0 = index("v0");
        let two =
            routes::add(net("203.0.113.0/24")).hop(Some(addr("192.0.2.2")), v0, 1).hop(Some(addr("192.0.2.3")), v0, 20);
        route.tell(two).unwrap();
        route.tell(routes::add(net("203.0.114.0/24")).via(addr("2001:db8::5")).dev(v0)).unwrap();
        let six = routes::add(net("2001:db8:2::/48")).hop(Some(addr("2001:db8::2")), v0, 3).hop(
            Some(addr("2001:db8::3")),
            v0,
            4,
        );
        route.tell(six).unwrap();

        let got = found(&mut route, routes::list().v4(), "203.0.113.0/24");
        let ways: Vec<_> = got.multipath.iter().map(|hop| (hop.gateway, hop.header.hops, hop.header.ifindex)).collect();
        let v0 = v0 as i32;
        assert_eq!(ways, [(Some(addr("192.0.2.2")), 0, v0), (Some(addr("192.0.2.3")), 19, v0)]);
        let shown_two = shown("route show", "203.0.113.0/24");
        assert_eq!(
            (&shown_two["nexthops"][1]["gateway"], &shown_two["nexthops"][1]["weight"]),
            (&"192.0.2.3".into(), &20.into())
        );

        let got = found(&mut route, routes::list().v4(), "203.0.114.0/24");
        assert_eq!(got.via.as_deref(), Some(&addr("2001:db8::5").into()));
        assert_eq!(shown("route show", "203.0.114.0/24")["via"]["host"], "2001:db8::5");

        let got = found(&mut route, routes::list().v6(), "2001:db8:2::/48");
        let ways: Vec<_> = got.multipath.iter().map(|hop| (hop.gateway, hop.header.hops)).collect();
        assert_eq!(ways, [(Some(addr("2001:db8::2")), 2), (Some(addr("2001:db8::3")), 3)]);
    });
}

#[test]
fn routes_without_a_way_and_of_ipv6() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let types = [RouteType::Blackhole, RouteType::Unreachable, RouteType::Prohibit, RouteType::Throw];
        for (number, ty) in types.into_iter().enumerate() {
            let dst = format!("10.{number}.0.0/16");
            route.tell(routes::add(net(&dst)).ty(ty)).unwrap();
            assert_eq!(found(&mut route, routes::list().v4(), &dst).header.ty, ty);
            assert_eq!(shown("route show", &dst)["type"], format!("{ty:?}").to_lowercase());
            route.tell(routes::del(net(&dst))).unwrap();
        }
        let mut add = routes::add(net("2001:db8:7::/48")).via(addr("2001:db8::9")).dev(index("v0")).metric(5);
        add.body.pref = Some(RouterPreference::High);
        add.body.expires = Some(Expires::Seconds(1000));
        route.tell(add).unwrap();
        let got = found(&mut route, routes::list().v6(), "2001:db8:7::/48");
        assert_eq!((got.pref, got.priority), (Some(RouterPreference::High), Some(5)));
        let left = got.cacheinfo.unwrap().expires;
        assert!((99_000..=100_000).contains(&left), "{left}");
        let shown = shown("-6 route show", "2001:db8:7::/48");
        assert_eq!(
            (&shown["pref"], &shown["metric"], &shown["gateway"]),
            (&"high".into(), &5.into(), &"2001:db8::9".into())
        );
        assert!(shown["expires"].as_u64().unwrap().abs_diff(left as u64 / 100) <= 9);
        // Everything else.
        route.tell(routes::add(IpNet::ALL_V4).via(addr("192.0.2.2"))).unwrap();
        assert_eq!(found(&mut route, routes::list().v4(), "0.0.0.0/0").dst, None);
        route.tell(routes::del(IpNet::ALL_V4)).unwrap();
    });
}

#[test]
fn the_route_that_packets_take() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        route.tell(routes::add(net("198.51.100.0/24")).via(addr("192.0.2.2")).metric(5)).unwrap();
        let get = routes::get(addr("198.51.100.77"));
        let way = route.ask(get).unwrap();
        assert_eq!(way.gateway.as_ref().and_then(Addr::ip), Some(addr("192.0.2.2")));
        assert_eq!(way.prefsrc.as_ref().and_then(Addr::ip), Some(addr("192.0.2.1")));
        assert_eq!((way.oif, way.table()), (Some(index("v0")), Table::MAIN));
        // Ports are big-endian: a rule about one port sends its packets elsewhere, and no others.
        netns::output("ip", &["rule", "add", "ipproto", "tcp", "dport", "8080", "table", "99"]);
        netns::output("ip", &["route", "add", "198.51.100.0/24", "via", "192.0.2.3", "table", "99"]);
        for (port, gateway) in [(8080, "192.0.2.3"), (8080_u16.swap_bytes(), "192.0.2.2")] {
            let mut get = routes::get(addr("198.51.100.77"));
            (get.body.ip_proto, get.body.dport, get.body.sport) = (Some(6), Some(port), Some(1234));
            let way = route.ask(get).unwrap();
            assert_eq!(way.gateway.as_ref().and_then(Addr::ip), Some(addr(gateway)), "port {port}");
        }
        let error = route.ask(routes::get(addr("203.0.113.1"))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NETUNREACH));
    });
}

#[test]
fn the_kernel_filters_and_says_so() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        route.tell(routes::add(net("198.51.100.0/24")).dev(index("v0")).table(100)).unwrap();
        route.tell(routes::add(net("203.0.113.0/24")).dev(index("v1")).protocol(RouteProtocol::Bgp)).unwrap();
        let mut count = |list: routes::RouteList| {
            let mut replies = route.dump(list).unwrap();
            let entries: Vec<_> = replies.by_ref().collect::<Result<_, _>>().unwrap();
            (entries.len(), replies.was_filtered())
        };
        assert_eq!(count(routes::list().v4().table(100)), (1, true));
        assert_eq!(count(routes::list().v4().protocol(RouteProtocol::Bgp)), (1, true));
        let (of_link, filtered) = count(routes::list().v4().dev(index("v1")));
        assert!(of_link >= 1 && filtered);
        assert!(count(routes::list().v4()).0 > of_link + 1);
    });
}

#[test]
fn everything_survives_encoding() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = connected();
        let v0 = index("v0");
        for number in 0..4_u8 {
            let dst = IpNet::new(Ipv4Addr::new(10, number, 0, 0), 16).unwrap();
            let add = routes::add(dst).via(addr("192.0.2.2")).dev(v0).metric(number.into());
            route.tell(add.metrics(|metrics| metrics.mtu = Some(1280 + u32::from(number)))).unwrap();
        }
        let two =
            routes::add(net("203.0.113.0/24")).hop(Some(addr("192.0.2.2")), v0, 1).hop(Some(addr("192.0.2.3")), v0, 20);
        route.tell(two).unwrap();
        route.tell(routes::add(net("203.0.114.0/24")).via(addr("2001:db8::5")).dev(v0)).unwrap();
        route.tell(routes::add(net("2001:db8:3::/48")).ty(RouteType::Unreachable)).unwrap();
        let count = reencode::assert(&mut route, routes::list().into_request(), &[]);
        assert!(count > 12, "{count}");
    });
}
