//! What routes pack packets into.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{IntoRequest, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::routes::{
    self, Encap, ErspanOption, GeneveOption, IlaEncap, Ip6Encap, IpEncap, RplEncap, RplRoutingHeader, Seg6Action,
    Seg6Encap, Seg6Local, Seg6Mode, Seg6Srh, SegmentRoutingHeader, TunnelFlags, TunnelOptions, VxlanOption, XfrmEncap,
};
use serde_json::Value;

use crate::{addr, connected, found, index, ip, json, lacks, net};

/// The encapsulations that the kernel may have, as `ip` spells them and as they are here. Without IOAM, which no kernel
/// that Debian packages has; without options of tunnels:
/// those of Geneve make Linux 6.18 built with FORTIFY_SOURCE stop with a fault.
fn encapsulations() -> Vec<(&'static str, Encap<'static>)> {
    let ip4 = IpEncap {
        id: Some(0x0102_0304_0506_0708),
        dst: Some(Ipv4Addr::new(10, 0, 0, 9)),
        src: Some(Ipv4Addr::new(10, 0, 0, 8)),
        ttl: Some(64),
        tos: Some(4),
        flags: Some(TunnelFlags::KEY | TunnelFlags::CSUM),
        ..IpEncap::default()
    };
    let segments: [Ipv6Addr; 2] = ["fc00::1".parse().unwrap(), "fc00::2".parse().unwrap()];
    let srh = Seg6Srh { mode: Seg6Mode::Encap, srh: SegmentRoutingHeader::new(&segments) };
    let seg6 = Seg6Encap { srh: Some(srh), ..Seg6Encap::default() };
    let local = Seg6Local { action: Some(Seg6Action::EndDt6), table: Some(254), ..Seg6Local::default() };
    let through = Seg6Local { action: Some(Seg6Action::EndX), nh6: Some(segments[0]), ..Seg6Local::default() };
    let ip6 = Ip6Encap {
        id: Some(0x0102_0304_0506_0708),
        dst: Some(segments[0]),
        src: Some(segments[1]),
        hoplimit: Some(63),
        tc: Some(4),
        flags: Some(TunnelFlags::KEY | TunnelFlags::SEQ),
        ..Ip6Encap::default()
    };
    let rpl = RplRoutingHeader {
        hdrlen: 4,
        r#type: 3,
        segments_left: 2,
        segments: segments.to_vec(),
        ..RplRoutingHeader::default()
    };
    let xfrm = XfrmEncap { if_id: Some(9), link: Some(index("v1")), ..XfrmEncap::default() };
    vec![
        ("ip", Encap::Ip(Box::new(ip4))),
        ("seg6", Encap::Seg6(Box::new(seg6))),
        ("seg6local", Encap::Seg6Local(Box::new(local))),
        ("seg6local", Encap::Seg6Local(Box::new(through))),
        ("ip6", Encap::Ip6(Box::new(ip6))),
        ("rpl", Encap::Rpl(RplEncap { srh: Some(rpl), ..RplEncap::default() })),
        ("xfrm", Encap::Xfrm(xfrm)),
    ]
}

/// What is packed into this is what was set and what `ip` says.
fn prove(wanted: &'static str) {
    netns::run(move || {
        let Some(_) = require::tool("ip") else { return };
        // The kernel does not look for this module by itself.
        if wanted == "xfrm" && require::module("xfrm_interface").is_none() {
            return;
        }
        let mut route = connected();
        let own = encapsulations().into_iter().filter(|(name, _)| *name == wanted);
        for (number, (name, encap)) in own.enumerate() {
            let dst = format!("2001:db8:{}::/48", 100 + number);
            let add = routes::add(net(&dst)).via(addr("2001:db8::2")).dev(index("v0")).encap(encap.clone());
            match route.tell(add) {
                Ok(()) => {}
                // A number that is newer than the kernel is an invalid argument.
                Err(error) if lacks(&error) || error.errno() == Some(Errno::INVAL) && name == "xfrm" => {
                    netlink_tests::unsupported!("the kernel does not pack routes into {name}: {error}");
                }
                Err(error) => panic!("{name}: {error}"),
            }
            let got = found(&mut route, routes::list().v6(), &dst);
            // `ip` tells two destinations by one name.
            let shown = json("ip", "-6 route show");
            let shown = shown.iter().find(|route| route.get("encap").is_some()).unwrap();
            assert_eq!(shown["encap"], name, "{shown:#}");
            match (*got.encap.unwrap(), encap) {
                (Encap::Ip(got), Encap::Ip(sent)) => {
                    assert_eq!((got.id, got.dst, got.src), (sent.id, sent.dst, sent.src));
                    assert_eq!((got.ttl, got.tos), (sent.ttl, sent.tos));
                    assert_eq!(shown["id"], got.id.unwrap());
                    assert_eq!(shown["dst"], got.dst.unwrap().to_string());
                    assert_eq!((&shown["ttl"], &shown["tos"]), (&64.into(), &4.into()));
                    assert_eq!((&shown["key"], &shown["csum"]), (&true.into(), &true.into()), "{shown:#}");
                }
                (Encap::Seg6(got), Encap::Seg6(sent)) => {
                    let (got, sent) = (got.srh.unwrap(), sent.srh.unwrap());
                    assert_eq!(got.mode, sent.mode);
                    assert_eq!(got.srh.segments().collect::<Vec<_>>(), sent.srh.segments().collect::<Vec<_>>());
                    assert_eq!(shown["mode"], "encap");
                    let segments: Vec<_> = got.srh.segments().map(|segment| Value::from(segment.to_string())).collect();
                    assert_eq!(shown["segs"].as_array().unwrap(), &segments, "{shown:#}");
                }
                (Encap::Seg6Local(got), Encap::Seg6Local(sent)) => {
                    assert_eq!((got.action, got.table, got.nh6), (sent.action, sent.table, sent.nh6));
                    assert!(shown["action"] == "End.DT6" || shown["action"] == "End.X", "{shown:#}");
                }
                (Encap::Ip6(got), Encap::Ip6(sent)) => {
                    assert_eq!((got.id, got.dst, got.src), (sent.id, sent.dst, sent.src));
                    assert_eq!((got.hoplimit, got.tc), (sent.hoplimit, sent.tc));
                    assert_eq!((&shown["hoplimit"], &shown["tc"]), (&63.into(), &4.into()));
                    assert_eq!((&shown["key"], &shown["seq"]), (&true.into(), &true.into()), "{shown:#}");
                    assert!(got.flags.unwrap().contains(sent.flags.unwrap()), "{got:?}");
                }
                (got, sent) => assert_eq!(got, sent),
            }
            reencode::assert(&mut route, routes::list().into_request(), &[]);
            route.tell(routes::del(net(&dst))).unwrap();
        }
    });
}

macro_rules! prove_each {
    ($($test:ident: $name:literal)*) => {$(
        #[test]
        fn $test() {
            prove($name);
        }
    )*};
}

prove_each! {
    packed_into_ip: "ip"
    packed_into_segments: "seg6"
    what_ends_segments: "seg6local"
    packed_into_ip6: "ip6"
    with_a_route_of_rpl: "rpl"
    given_to_xfrm: "xfrm"
}

/// What a request says and the kernel tells of the options of a tunnel, with what `ip` shows.
fn options() -> Vec<(TunnelOptions<'static>, &'static str)> {
    let erspan = |erspan| TunnelOptions { erspan: Some(erspan), ..TunnelOptions::default() };
    let first = ErspanOption { ver: Some(1), index: Some(0x012345), ..ErspanOption::default() };
    let second = ErspanOption { ver: Some(2), dir: Some(1), hwid: Some(17), ..ErspanOption::default() };
    let vxlan = TunnelOptions { vxlan: Some(VxlanOption { gbp: Some(0x1234) }), ..TunnelOptions::default() };
    let mut options = vec![
        (vxlan, "vxlan_opts 4660"),
        (erspan(first), "erspan_opts 1:74565:0:0"),
        (erspan(second), "erspan_opts 2:0:1:17"),
    ];
    // Newer kernels, built with FORTIFY_SOURCE, stop with a fault.
    if !require::is_linux(6, 13) {
        let geneve = vec![GeneveOption::option(0x0102, 3, &[1, 2, 3, 4]), GeneveOption::option(0x0506, 7, &[8; 8])];
        options.push((
            TunnelOptions { geneve, ..TunnelOptions::default() },
            "geneve_opts 258:3:01020304,1286:7:0808080808080808",
        ));
    }
    options
}

#[test]
fn options_of_tunnels_are_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        // Before, they had no attribute.
        let Some(()) = require::linux(5, 5) else { return };
        let mut route = connected();
        let far: Ipv6Addr = "fc00::1".parse().unwrap();
        for (opts, shown) in options() {
            let ip4 = IpEncap { dst: Some([10, 0, 0, 9].into()), opts: Some(opts.clone()), ..IpEncap::default() };
            let ip6 = Ip6Encap { dst: Some(far), opts: Some(opts.clone()), ..Ip6Encap::default() };
            for (dst, gateway, encap) in [
                ("10.9.0.0/16", "192.0.2.2", Encap::Ip(Box::new(ip4))),
                ("2001:db8:9::/48", "2001:db8::2", Encap::Ip6(Box::new(ip6))),
            ] {
                route.tell(routes::add(net(dst)).via(addr(gateway)).dev(index("v0")).encap(encap)).unwrap();
                let list = if dst.contains(':') { routes::list().v6() } else { routes::list().v4() };
                let told = match *found(&mut route, list.clone(), dst).encap.unwrap() {
                    Encap::Ip(told) => told.opts,
                    Encap::Ip6(told) => told.opts,
                    other => panic!("{other:?}"),
                };
                assert_eq!(without_unset(told.unwrap()), opts);
                let text = ip(if dst.contains(':') { "-6 route show" } else { "route show" });
                assert!(text.contains(shown), "{shown} is not in {text}");
                reencode::assert(&mut route, list.into_request(), &[]);
                route.tell(routes::del(net(dst))).unwrap();
            }
        }
    });
}

/// As they are set: of ERSPAN, what the other version has is told, too, as 0; of Geneve, all options are told in one.
fn without_unset(mut options: TunnelOptions<'static>) -> TunnelOptions<'static> {
    if let [all] = &options.geneve[..] {
        options.geneve = all.chunks(3).map(<[_]>::to_vec).collect();
    }
    if let Some(erspan) = &mut options.erspan {
        match erspan.ver {
            Some(1) => (erspan.dir, erspan.hwid) = (None, None),
            _ => erspan.index = None,
        }
    }
    options
}

#[test]
fn rewritten_addresses_are_what_was_set() {
    netns::run(|| {
        let Some(()) = require::module("ila") else { return };
        let mut route = connected();
        // ILA_CSUM_NO_ACTION, ILA_ATYPE_LUID, ILA_HOOK_ROUTE_INPUT
        let ila = IlaEncap {
            locator: Some(0x2001_0db8_0000_0007),
            csum_mode: Some(2),
            ident_type: Some(1),
            hook_type: Some(1),
            ..IlaEncap::default()
        };
        let encap = Encap::Ila(ila);
        let add = routes::add(net("2001:db8:9::7/128")).via(addr("2001:db8::2")).dev(index("v0"));
        route.tell(add.encap(encap.clone())).unwrap();
        let told = found(&mut route, routes::list().v6(), "2001:db8:9::7/128");
        assert_eq!(told.encap.as_deref(), Some(&encap));
        let shown = ip("-6 route show").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.contains("encap ila 2001:db8:0:7 csum-mode no-action ident-type luid hook-type input"),
            "{shown}"
        );
        reencode::assert(&mut route, routes::list().into_request(), &[]);
        // The numbers are those of `ip`.
        netns::output(
            "ip",
            &[
                "-6",
                "route",
                "add",
                "2001:db8:9::8/128",
                "encap",
                "ila",
                "2001:db8:0:8",
                "csum-mode",
                "neutral-map",
                "ident-type",
                "luid",
                "hook-type",
                "output",
                "via",
                "2001:db8::2",
                "dev",
                "v0",
            ],
        );
        let Encap::Ila(told) = *found(&mut route, routes::list().v6(), "2001:db8:9::8/128").encap.unwrap() else {
            panic!()
        };
        assert_eq!(told.locator, Some(0x2001_0db8_0000_0008));
        assert_eq!((told.csum_mode, told.ident_type, told.hook_type), (Some(1), Some(1), Some(0)));
    });
}
