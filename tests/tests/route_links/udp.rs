//! Tunnels over UDP.

use std::os::fd::AsRawFd;

use netlink_core::NlFamily;
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{self, Geneve, GenevePortRange, Gtp, GtpRole, LinkData, PortRange, TunnelDf, Vxlan, VxlanLabelPolicy},
};

use crate::table::Kind;

#[test]
fn a_vxlan_tunnel_is_what_ip_says() {
    let same = &[
        "id",
        "group remote",
        "local",
        "=low link",
        "ttl",
        "tos",
        "learning",
        "ageing",
        "limit",
        "port_range",
        "proxy",
        "rsc",
        "l2miss",
        "l3miss",
        "port",
        "udp_csum",
        "udp_zero_csum6_tx",
        "udp_zero_csum6_rx",
        "remcsum_tx",
        "remcsum_rx",
        "gbp",
        "label",
        "=set df",
    ];
    let since = &[
        ("localbypass", (6, 5)),
        ("label-policy", (6, 8)),
        ("mc-route", (6, 17)),
        ("reserved-bits", (6, 14)),
        ("vnifilter", (5, 18)),
    ];
    Kind { since, not_told: &["mc-route"], ..Kind::new("vxlan", same) }.prove(|low| {
        LinkData::Vxlan(Box::new(Vxlan {
            id: Some(77),
            group: Some([192, 0, 2, 1].into()),
            link: Some(low),
            local: Some([192, 0, 2, 2].into()),
            ttl: Some(5),
            tos: Some(4),
            learning: Some(0),
            ageing: Some(500),
            limit: Some(1000),
            port_range: Some(PortRange { low: 40_000, high: 41_000 }),
            proxy: Some(1),
            rsc: Some(1),
            l2miss: Some(1),
            l3miss: Some(1),
            port: Some(4790),
            udp_csum: Some(0),
            udp_zero_csum6_tx: Some(1),
            udp_zero_csum6_rx: Some(1),
            remcsum_tx: Some(1),
            remcsum_rx: Some(1),
            gbp: true,
            remcsum_nopartial: true,
            df: Some(TunnelDf::Set),
            localbypass: Some(0),
            mc_route: Some(1),
            ..Vxlan::default()
        }))
    });
}

#[test]
fn a_vxlan_tunnel_over_ipv6_is_what_ip_says() {
    let same = &["id", "group6 remote6", "local6", "label"];
    let since = &[("label-policy", (6, 8)), ("reserved-bits", (6, 14))];
    Kind { since, ..Kind::new("vxlan", same) }.prove(|_| {
        LinkData::Vxlan(Box::new(Vxlan {
            id: Some(78),
            group6: Some("2001:db8::1".parse().unwrap()),
            local6: Some("2001:db8::2".parse().unwrap()),
            label: Some(0x12345),
            label_policy: Some(VxlanLabelPolicy::Inherit),
            port: Some(4791),
            // The bits that it knows itself, the flag of an identifier and the identifier, cannot be among them.
            reserved_bits: Some((&[0x10_u8, 0, 0, 0xff, 0, 0, 0, 0][..]).into()),
            ..Vxlan::default()
        }))
    });
}

#[test]
fn a_vxlan_tunnel_that_others_decide_about_is_what_ip_says() {
    let since = &[("vnifilter", (5, 18))];
    Kind { since, ..Kind::new("vxlan", &["collect_metadata external"]) }.prove(|_| {
        LinkData::Vxlan(Box::new(Vxlan {
            collect_metadata: Some(1),
            vnifilter: Some(1),
            learning: Some(0),
            port: Some(4792),
            ..Vxlan::default()
        }))
    });
    Kind::new("vxlan", &["collect_metadata external", "gpe"]).prove(|_| {
        LinkData::Vxlan(Box::new(Vxlan {
            collect_metadata: Some(1),
            gpe: true,
            learning: Some(0),
            port: Some(4793),
            ..Vxlan::default()
        }))
    });
}

/// Nobody is told whether it is so, but there are no more than two ways.
#[test]
fn a_vxlan_tunnel_routes_multicast_packets_or_not() {
    let Some(()) = require::linux(6, 17) else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mut made = |mc_route| {
            let vxlan = link::vxlan(7).name("x0").with(|vxlan| vxlan.mc_route = Some(mc_route));
            route.tell(vxlan.add()).and_then(|()| route.tell(link::del("x0")))
        };
        made(0).unwrap();
        made(1).unwrap();
        let error = made(2).unwrap_err().to_string();
        assert!(error.contains("`Link.link_info.data.mc_route` is 2; the kernel accepts u8 from 0 to 1"), "{error}");
    });
}

#[test]
fn the_label_of_a_vxlan_tunnel_is_its_own_or_that_of_what_is_inside() {
    // The first policy is what a tunnel starts with: it is changed to.
    let Some(()) = require::linux(6, 8) else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let six = link::vxlan(7).name("x0").with(|vxlan| vxlan.group6 = "2001:db8::1".parse().ok());
        route.tell(six.with(|vxlan| vxlan.label_policy = Some(VxlanLabelPolicy::Inherit)).add()).unwrap();
        for policy in [VxlanLabelPolicy::Fixed, VxlanLabelPolicy::Inherit] {
            let change = Vxlan { id: Some(7), label_policy: Some(policy), ..Vxlan::default() };
            route.tell(link::set("x0").data(LinkData::Vxlan(Box::new(change)))).unwrap();
            let told = route.ask(link::get("x0")).unwrap();
            let Some(LinkData::Vxlan(vxlan)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
            assert_eq!(vxlan.label_policy, Some(policy));
        }
    });
}

#[test]
fn a_vxlan_tunnel_takes_the_time_to_live_of_what_is_inside() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::vxlan(7).name("x0").with(|vxlan| vxlan.set_ttl_inherit = true).add()).unwrap();
        let told = route.ask(link::get("x0")).unwrap();
        let Some(LinkData::Vxlan(vxlan)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
        assert_eq!(vxlan.ttl_inherit, Some(1));
    });
}

#[test]
fn a_geneve_tunnel_is_what_ip_says() {
    let same = &["id", "remote", "ttl", "tos", "port", "udp_csum", "=set df"];
    let since = &[("port-range", (6, 16))];
    Kind { since, ..Kind::new("geneve", same) }.prove(|_| {
        LinkData::Geneve(Box::new(Geneve {
            id: Some(77),
            remote: Some([192, 0, 2, 1].into()),
            ttl: Some(5),
            tos: Some(4),
            port: Some(6082),
            udp_csum: Some(1),
            df: Some(TunnelDf::Set),
            port_range: Some(GenevePortRange { low: 40_000, high: 41_000 }),
            ..Geneve::default()
        }))
    });
    Kind::new("geneve", &["id", "remote6", "label", "udp_zero_csum6_tx", "udp_zero_csum6_rx"]).prove(|_| {
        LinkData::Geneve(Box::new(Geneve {
            id: Some(78),
            remote6: Some("2001:db8::1".parse().unwrap()),
            label: Some(0x12345),
            udp_zero_csum6_tx: Some(1),
            udp_zero_csum6_rx: Some(1),
            ttl_inherit: Some(1),
            ..Geneve::default()
        }))
    });
    let since = &[("gro-hint", (7, 2)), ("local", (7, 2))];
    Kind { since, ..Kind::new("geneve", &["id", "remote"]) }.prove(|_| {
        LinkData::Geneve(Box::new(Geneve {
            id: Some(79),
            remote: Some([192, 0, 2, 1].into()),
            local: Some([192, 0, 2, 2].into()),
            gro_hint: true,
            port: Some(6083),
            ..Geneve::default()
        }))
    });
    let since = &[("local6", (7, 2))];
    Kind { since, ..Kind::new("geneve", &["id", "remote6"]) }.prove(|_| {
        LinkData::Geneve(Box::new(Geneve {
            id: Some(80),
            remote6: Some("2001:db8::1".parse().unwrap()),
            local6: Some("2001:db8::2".parse().unwrap()),
            port: Some(6084),
            ..Geneve::default()
        }))
    });
    let since = &[("inner-proto-inherit", (5, 18))];
    Kind { since, ..Kind::new("geneve", &["collect_metadata external"]) }.prove(|_| {
        LinkData::Geneve(Box::new(Geneve { collect_metadata: true, inner_proto_inherit: true, ..Geneve::default() }))
    });
}

#[test]
fn a_tunnel_of_gprs_is_what_ip_says() {
    // Before, a program had to make the sockets.
    let Some(()) = require::linux(5, 18) else { return };
    let kind = Kind { not_told: &["create-sockets"], ..Kind::new("gtp", &["pdp_hashsize hsize"]) };
    kind.prove(|_| {
        LinkData::Gtp(Gtp {
            pdp_hashsize: Some(2048),
            role: Some(GtpRole::Sgsn),
            create_sockets: Some(1),
            restart_count: Some(3),
            ..Gtp::default()
        })
    });
}

#[test]
fn a_tunnel_of_gprs_listens_where_it_is_told() {
    // Before, it listened on all addresses.
    let (Some(()), Some(())) = (require::linux(6, 10), require::link_kind("gtp")) else { return };
    let Some(_) = require::tool("ss") else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let local = Gtp { create_sockets: Some(1), local: Some([127, 0, 0, 1].into()), ..Gtp::default() };
        let local6 = Gtp { local: None, local6: Some("::1".parse().unwrap()), ..local.clone() };
        netns::output("ip", &["link", "set", "lo", "up"]);
        for (gtp, expected) in [(local, "127.0.0.1:2152"), (local6, "[::1]:2152")] {
            route.tell(link::new(LinkData::Gtp(gtp)).name("x0").add()).unwrap();
            let sockets = netns::output("ss", &["-Hlun"]);
            assert!(sockets.contains(expected), "{sockets}");
            route.tell(link::del("x0")).unwrap();
        }
    });
}

#[test]
fn a_tunnel_of_gprs_takes_the_sockets_of_a_program() {
    let Some(()) = require::link_kind("gtp") else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        netns::output("ip", &["link", "set", "lo", "up"]);
        let sockets = [3386, 2152].map(|port| std::net::UdpSocket::bind(("127.0.0.1", port)).unwrap());
        let [fd0, fd1] = sockets.each_ref().map(|socket| Some(socket.as_raw_fd() as u32));
        let gtp = |fd0, fd1| link::new(LinkData::Gtp(Gtp { fd0, fd1, ..Gtp::default() })).name("x0");
        route.tell(gtp(fd0, fd1).add()).unwrap();
        // They are taken, and others are looked at.
        assert!(route.tell(gtp(fd0, fd1).name("x1").add()).is_err());
        route.tell(link::del("x0")).unwrap();
        let stream = std::net::TcpListener::bind(("127.0.0.1", 2152)).unwrap();
        for (fd0, fd1) in [(Some(stream.as_raw_fd() as u32), fd1), (fd0, Some(stream.as_raw_fd() as u32))] {
            assert!(route.tell(gtp(fd0, fd1).add()).is_err());
        }
    });
}
