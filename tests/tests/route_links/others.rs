//! Kinds with few attributes, or none; kinds that are only told; and what all links have.

use std::fs::File;

use netlink_core::{IntoOwned, IntoRequest, NlFamily};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{
        self, AddrGenMode, AfSpec, AfSpecs, Batadv, Icmp6Counter, Inet, Inet6, Ipv4Conf, Ipv6Conf, Ipv6Counter,
        LinkData, Netkit, NetkitMode, NetkitPairing, NetkitPolicy, NetkitScrub, Ovpn, OvpnMode, ProtoDownReason,
        TunType, Vxcan,
    },
};

use crate::table::{Kind, linux, lower};

#[test]
fn kinds_without_attributes_are_made() {
    for (kind, data) in [
        ("dummy", LinkData::Dummy),
        ("ifb", LinkData::Ifb),
        ("nlmon", LinkData::Nlmon),
        ("wireguard", LinkData::Wireguard),
        ("team", LinkData::Team),
        ("vcan", LinkData::Vcan),
        ("vsockmon", LinkData::Vsockmon),
    ] {
        Kind::new(kind, &[]).prove(|_| data);
    }
}

#[test]
fn a_mesh_network_is_what_ip_says() {
    Kind { not_told: &["algo-name"], ..Kind::new("batadv", &[]) }
        .prove(|_| LinkData::Batadv(Batadv { algo_name: Some("BATMAN_IV".into()), ..Batadv::default() }));
}

#[test]
fn a_netkit_pair_is_made() {
    let kind = Kind {
        not_told: &["peer-info"],
        since: &[("scrub", (6, 13)), ("peer-scrub", (6, 13)), ("headroom", (6, 14)), ("tailroom", (6, 14))],
        ..Kind::new("netkit", &[])
    };
    kind.prove(|_| {
        LinkData::Netkit(Netkit {
            peer_info: Some(link::Link { ifname: Some("there".into()), ..link::Link::default() }.into()),
            policy: Some(NetkitPolicy::Pass),
            peer_policy: Some(NetkitPolicy::Drop),
            mode: Some(NetkitMode::L2),
            scrub: Some(NetkitScrub::None),
            peer_scrub: Some(NetkitScrub::Default),
            headroom: Some(32),
            tailroom: Some(16),
            ..Netkit::default()
        })
    });
}

#[test]
fn a_netkit_link_without_another_end_is_made() {
    let Some(()) = require::linux(7, 2) else { return };
    Kind::new("netkit", &[]).prove(|_| {
        let pairing = Some(NetkitPairing::Single);
        LinkData::Netkit(Netkit { pairing, mode: Some(NetkitMode::L3), ..Netkit::default() })
    });
}

#[test]
fn a_tunnel_of_openvpn_is_made() {
    // The kernel does not look for it by the kind.
    let Some(()) = require::module("ovpn") else { return };
    for mode in [OvpnMode::P2p, OvpnMode::Mp] {
        Kind::new("ovpn", &[]).prove(move |_| LinkData::Ovpn(Ovpn { mode: Some(mode), ..Ovpn::default() }));
    }
}

#[test]
fn a_pair_of_virtual_can_links_is_made() {
    Kind { not_told: &["peer"], ..Kind::new("vxcan", &[]) }.prove(|_| {
        let peer = link::Link { ifname: Some("there".into()), ..Default::default() };
        LinkData::Vxcan(Vxcan { peer: Some(peer.into()), ..Vxcan::default() })
    });
}

#[test]
fn a_tun_link_is_what_ip_says() {
    if File::open("/dev/net/tun").is_err() && require::module("tun").is_none() {
        return;
    }
    netns::run(|| {
        netns::output(
            "ip",
            &["tuntap", "add", "dev", "x0", "mode", "tap", "user", "54321", "group", "54322", "pi", "multi_queue"],
        );
        let mut route = Route::connect().unwrap();
        let told = route.ask(link::get("x0")).unwrap();
        let same = &[
            "=tap type",
            "pi",
            "vnet_hdr",
            "multi_queue",
            "persist",
            "owner user",
            "group",
            "num_queues numqueues",
            "num_disabled_queues numdisabled",
        ];
        Kind::new("tun", same).compare(&link::Link::default(), &told, "link-info/data", "/linkinfo/info_data");
        let Some(LinkData::Tun(tun)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
        assert_eq!((tun.type_, tun.owner, tun.persist), (Some(TunType::Tap), Some(54321), Some(1)));
    });
}

#[test]
fn settings_of_ipv4_and_ipv6_are_those_of_proc() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        let inet = Inet { set_conf: vec![(u32::from(Ipv4Conf::ProxyArp) as u16, 1)], ..Inet::default() };
        let inet6 =
            Inet6 { addr_gen_mode: Some(AddrGenMode::None), token: Some("::7".parse().unwrap()), ..Inet6::default() };
        // A token is for links that believe routers.
        let families = |inet, inet6| AfSpec::Families(AfSpecs { inet, inet6, ..AfSpecs::default() });
        route.tell(link::set(low).with_link(|link| link.af_spec = Some(families(Some(inet), Some(inet6))))).unwrap();
        let told = route.ask(link::get(low)).unwrap().into_owned();
        let Some(AfSpec::Families(told)) = told.af_spec else { panic!("{told:?}") };
        let (inet, inet6) = (told.inet.unwrap(), told.inet6.unwrap());
        assert_eq!(inet.get(Ipv4Conf::ProxyArp), Some(1));
        assert_eq!(inet6.addr_gen_mode, Some(AddrGenMode::None));
        assert_eq!(inet6.token, Some("::7".parse().unwrap()));
        let proc = |family: &str, name: &str| {
            // Of this thread: its network namespace is not that of the process.
            let text = netns::output("sysctl", &["-n", &format!("net/{family}/conf/low/{name}")]);
            Some(text.trim().parse::<i32>().unwrap())
        };
        for (setting, name) in [
            (Ipv4Conf::Forwarding, "forwarding"),
            (Ipv4Conf::ProxyArp, "proxy_arp"),
            (Ipv4Conf::RpFilter, "rp_filter"),
            (Ipv4Conf::SharedMedia, "shared_media"),
            (Ipv4Conf::ArpEvictNocarrier, "arp_evict_nocarrier"),
            (Ipv4Conf::Igmpv3UnsolicitedReportInterval, "igmpv3_unsolicited_report_interval"),
        ] {
            if inet.get(setting).is_some() {
                assert_eq!(inet.get(setting), proc("ipv4", name), "{name}");
            }
        }
        for (setting, name) in [
            (Ipv6Conf::Hoplimit, "hop_limit"),
            (Ipv6Conf::Mtu6, "mtu"),
            (Ipv6Conf::AcceptRa, "accept_ra"),
            (Ipv6Conf::MaxAddresses, "max_addresses"),
            (Ipv6Conf::AddrGenMode, "addr_gen_mode"),
            (Ipv6Conf::RaDefrtrMetric, "ra_defrtr_metric"),
        ] {
            // Stable kernels have settings of later ones under other numbers.
            if inet6.get(setting).is_some() && (setting != Ipv6Conf::RaDefrtrMetric || linux() >= (5, 12)) {
                assert_eq!(inet6.get(setting), proc("ipv6", name), "{name}");
            }
        }
        assert!(reencode::assert(&mut route, link::list().into_request(), &[]) >= 3);
    });
}

#[test]
fn a_protocol_keeps_a_link_down_for_a_reason() {
    if linux() < (5, 9) {
        netlink_tests::unsupported!("needs Linux 5.9");
    }
    if require::link_kind("macvlan").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        route.tell(link::macvlan(link::MacvlanMode::Bridge).on(low).name("x0").add()).unwrap();
        let reason = ProtoDownReason { mask: Some(0b11), value: Some(0b10), ..ProtoDownReason::default() };
        route.tell(link::set("x0").with_link(|link| link.proto_down = Some(1))).unwrap();
        route.tell(link::set("x0").with_link(|link| link.proto_down_reason = Some(reason))).unwrap();
        let told = route.ask(link::get("x0")).unwrap();
        assert_eq!(told.proto_down, Some(1));
        assert_eq!(told.proto_down_reason.as_ref().and_then(|reason| reason.value), Some(0b10));
    });
}

#[test]
fn a_link_moves_to_another_namespace() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let other = std::thread::spawn(|| {
            nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWNET).unwrap();
            File::open("/proc/thread-self/ns/net").unwrap()
        });
        let other = other.join().unwrap();
        route.tell(link::veth("here").peer("there").peer_netns(&other).add()).unwrap();
        let here = route.ask(link::get("here")).unwrap().into_owned();
        assert!(here.link_netnsid.is_some(), "{here:?}");
        assert!(route.tell(link::get("there")).is_err());
        let nsid = here.link_netnsid.unwrap();
        let names: Vec<_> = route
            .dump(link::list().of_netns(nsid))
            .unwrap()
            .map(|link| link.unwrap().ifname.unwrap().to_string())
            .collect();
        assert!(names.contains(&"there".to_owned()), "{names:?}");
    });
}

/// Older kernels number the counters differently: see `Ipv6Counter`.
#[test]
fn counters_of_ipv6_are_those_of_proc() {
    if require::linux(6, 18).is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::veth("low").peer("high").up().add()).unwrap();
        route.tell(link::set("high").up()).unwrap();
        // Both sides look for duplicate addresses, and report memberships.
        std::thread::sleep(std::time::Duration::from_millis(2500));
        let read = || std::fs::read_to_string("/proc/thread-self/net/dev_snmp6/low").unwrap();
        // A packet may still come between the two.
        let (text, told) = loop {
            let before = read();
            let told = route.ask(link::get("low")).unwrap().into_owned();
            if read() == before {
                break (before, told);
            }
        };
        let shown = |name: &str| {
            let line = text.lines().find(|line| line.split_whitespace().next() == Some(name));
            line.map(|line| line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap())
        };
        let Some(AfSpec::Families(AfSpecs { inet6: Some(inet6), .. })) = &told.af_spec else { panic!("{told:?}") };
        assert!(shown("Ip6OutMcastPkts").unwrap() > 0, "{text}");
        let mut wrong = Vec::new();
        for (counter, name) in [
            (Ipv6Counter::Inpkts, "Ip6InReceives"),
            (Ipv6Counter::Inoctets, "Ip6InOctets"),
            (Ipv6Counter::Indelivers, "Ip6InDelivers"),
            (Ipv6Counter::Noectpkts, "Ip6InNoECTPkts"),
            (Ipv6Counter::Outrequests, "Ip6OutRequests"),
            (Ipv6Counter::Outoctets, "Ip6OutOctets"),
            (Ipv6Counter::Outforwdatagrams, "Ip6OutForwDatagrams"),
            (Ipv6Counter::Inhdrerrors, "Ip6InHdrErrors"),
            (Ipv6Counter::Indiscards, "Ip6InDiscards"),
            (Ipv6Counter::Inmcastpkts, "Ip6InMcastPkts"),
            (Ipv6Counter::Outmcastpkts, "Ip6OutMcastPkts"),
            (Ipv6Counter::Outmcastoctets, "Ip6OutMcastOctets"),
        ] {
            if inet6.counter(counter) != shown(name) {
                wrong.push(format!("{name}: told {:?}, shown {:?}", inet6.counter(counter), shown(name)));
            }
        }
        for (counter, name) in [(Icmp6Counter::Outmsgs, "Icmp6OutMsgs"), (Icmp6Counter::Inmsgs, "Icmp6InMsgs")] {
            assert_eq!(inet6.icmp_counter(counter), shown(name), "{name}");
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}
