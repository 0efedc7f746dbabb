//! Bonds, VRFs, and their ports.

use netlink_core::{NlFamily, wire::MacAddr};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{self, Bond, BondHash, BondMode, BondPort, Link, LinkData, LinkInfo, PortData, Vrf, VrfPort},
};

use crate::table::{Conn, Kind, linux, lower};
use netlink_core::IntoRequest;

#[test]
fn a_bond_that_watches_the_carrier_is_what_ip_says() {
    let same = &[
        "=802.3ad mode",
        "miimon",
        "updelay",
        "downdelay",
        "use_carrier",
        "=layer3+4 xmit_hash_policy",
        "resend_igmp",
        "num_peer_notif",
        "all_slaves_active",
        "min_links",
        "lp_interval",
        "=fast ad_lacp_rate",
        "=count ad_select",
        "ad_actor_sys_prio",
        "ad_user_port_key",
        "ad_actor_system",
        "peer_notif_delay peer_notify_delay",
    ];
    let since = &[
        ("ad-lacp-active", (5, 15)),
        ("coupled-control", (6, 9)),
        ("broadcast-neigh", (6, 17)),
        ("lacp-strict", (7, 1)),
    ];
    Kind { since, ..Kind::new("bond", same) }.prove(|_| {
        LinkData::Bond(Box::new(Bond {
            mode: Some(BondMode::Ieee8023ad),
            miimon: Some(200),
            updelay: Some(400),
            downdelay: Some(600),
            use_carrier: Some(1),
            xmit_hash_policy: Some(BondHash::Layer34),
            resend_igmp: Some(5),
            num_peer_notif: Some(3),
            all_slaves_active: Some(1),
            min_links: Some(2),
            lp_interval: Some(11),
            ad_lacp_rate: Some(1),
            ad_select: Some(2),
            ad_actor_sys_prio: Some(77),
            ad_user_port_key: Some(99),
            ad_actor_system: Some(MacAddr([2, 0, 0, 0, 0, 9])),
            peer_notif_delay: Some(400),
            ad_lacp_active: Some(0),
            coupled_control: Some(0),
            broadcast_neigh: Some(1),
            lacp_strict: Some(1),
            ..Bond::default()
        }))
    });
}

#[test]
fn a_bond_that_asks_around_is_what_ip_says() {
    let same = &[
        "=active-backup mode",
        "arp_interval",
        "arp_ip_target",
        "=all arp_validate",
        "=all arp_all_targets",
        "=better primary_reselect",
        "=active fail_over_mac",
        "missed_max arp_missed_max",
        "ns_ip6_target",
    ];
    let since = &[("missed-max", (5, 17)), ("ns-ip6-target", (5, 18))];
    Kind { since, ..Kind::new("bond", same) }.prove(|_| {
        LinkData::Bond(Box::new(Bond {
            mode: Some(BondMode::ActiveBackup),
            arp_interval: Some(300),
            arp_ip_target: vec![(0, [192, 0, 2, 1].into()), (1, [192, 0, 2, 2].into())],
            arp_validate: Some(3),
            arp_all_targets: Some(1),
            primary_reselect: Some(1),
            fail_over_mac: Some(1),
            missed_max: Some(4),
            ns_ip6_target: vec![(0, "2001:db8::1".parse().unwrap())],
            ..Bond::default()
        }))
    });
}

#[test]
fn a_bond_by_turns_is_what_ip_says() {
    Kind::new("bond", &["=balance-rr mode", "packets_per_slave"]).prove(|_| {
        let mode = Some(BondMode::RoundRobin);
        LinkData::Bond(Box::new(Bond { mode, packets_per_slave: Some(7), ..Bond::default() }))
    });
}

#[test]
fn a_bond_by_load_is_what_ip_says() {
    Kind::new("bond", &["=balance-tlb mode", "tlb_dynamic_lb"]).prove(|_| {
        LinkData::Bond(Box::new(Bond { mode: Some(BondMode::Tlb), tlb_dynamic_lb: Some(0), ..Bond::default() }))
    });
}

#[test]
fn a_port_of_a_bond_is_what_ip_says() {
    if require::link_kind("bond").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let port = lower(&mut route, "x0");
        route.tell(link::bond("bond0", BondMode::ActiveBackup).with(|bond| bond.miimon = Some(100)).add()).unwrap();
        let bond = route.ask(link::get("bond0")).unwrap().index();
        // Ports are down when they are taken in.
        route.tell(link::set(port).down()).unwrap();
        route.tell(link::set(port).master(bond)).unwrap();
        let data = BondPort { queue_id: Some(1), prio: (linux() >= (6, 0)).then_some(-7), ..BondPort::default() };
        let slave_data = Some(PortData::Bond(Box::new(data)));
        let info = LinkInfo { slave_kind: Some("bond".into()), slave_data, ..LinkInfo::default() };
        let made = Link { link_info: Some(info), ..Link::default() };
        let mut change = made.clone();
        change.header.index = port as i32;
        route.tell(Route::NEW_LINK.with(&change)).unwrap();
        route
            .tell(link::set("bond0").data(LinkData::Bond(Box::new(Bond { primary: Some(port), ..Bond::default() }))))
            .unwrap();
        let same = &["state", "mii_status", "link_failure_count", "perm_hwaddr", "queue_id", "prio"];
        let told = route.ask(link::get("x0")).unwrap();
        Kind::new("bond", same).compare(&made, &told, "link-info/slave-data", "/linkinfo/info_slave_data");
        let bond = route.ask(link::get("bond0")).unwrap();
        let Some(LinkData::Bond(bond)) = &bond.link_info.as_ref().unwrap().data else { panic!("{bond:?}") };
        assert_eq!(bond.primary, Some(port));
        reencode::assert(&mut route, link::list().into_request(), &[]);
    });
}

/// With two ports that have a carrier; their indexes.
fn bond_of_two(route: &mut Conn, mode: BondMode) -> [u32; 2] {
    route.tell(link::bond("bond0", mode).with(|bond| bond.miimon = Some(100)).up().add()).unwrap();
    let bond = route.ask(link::get("bond0")).unwrap().index();
    ["x0", "x1"].map(|name| {
        let port = lower(route, name);
        let peer = route.ask(link::get(port)).unwrap().link.unwrap();
        route.tell(link::set(peer).up()).unwrap();
        route.tell(link::set(port).down()).unwrap();
        route.tell(link::set(port).master(bond)).unwrap();
        port
    })
}

#[test]
fn the_port_that_works_is_changed() {
    if require::link_kind("bond").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let ports = bond_of_two(&mut route, BondMode::ActiveBackup);
        for (index, name) in [(1, "x1"), (0, "x0"), (1, "x1")] {
            let wanted = Bond { active_slave: Some(ports[index]), ..Bond::default() };
            // The kernel looks at the carrier every 100 ms.
            netns::wait_for(|| route.tell(link::set("bond0").data(LinkData::Bond(Box::new(wanted.clone())))).is_ok());
            let told = route.ask(link::get("bond0")).unwrap();
            let Some(LinkData::Bond(bond)) = &told.link_info.as_ref().unwrap().data else { panic!("{told:?}") };
            assert_eq!(bond.active_slave, Some(ports[index]));
            let shown = netns::output("ip", &["-d", "link", "show", "bond0"]);
            assert!(shown.contains(&format!("active_slave {name} ")), "{shown}");
        }
    });
}

#[test]
fn a_port_of_an_aggregation_has_a_priority() {
    if require::linux(6, 18).is_none() || require::link_kind("bond").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let [port, other] = bond_of_two(&mut route, BondMode::Ieee8023ad);
        let data = BondPort { actor_port_prio: Some(77), ..BondPort::default() };
        let slave_data = Some(PortData::Bond(Box::new(data)));
        let info = LinkInfo { slave_kind: Some("bond".into()), slave_data, ..LinkInfo::default() };
        route.tell(Route::NEW_LINK.with(&link_of(port, info))).unwrap();
        for (port, prio) in [(port, 77), (other, 255)] {
            let told = route.ask(link::get(port)).unwrap();
            let Some(PortData::Bond(data)) = &told.link_info.as_ref().unwrap().slave_data else { panic!("{told:?}") };
            assert_eq!(data.actor_port_prio, Some(prio));
        }
    });
}

fn link_of(index: u32, info: LinkInfo<'static>) -> Link<'static> {
    let mut link = Link { link_info: Some(info), ..Link::default() };
    link.header.index = index as i32;
    link
}

#[test]
fn a_vrf_and_its_port_are_what_ip_says() {
    Kind::new("vrf", &["table"]).prove(|_| LinkData::Vrf(Vrf { table: Some(1001), ..Vrf::default() }));
    if require::link_kind("vrf").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let port = lower(&mut route, "x0");
        route.tell(link::vrf("vrf0", 77).up().add()).unwrap();
        let vrf = route.ask(link::get("vrf0")).unwrap().index();
        route.tell(link::set(port).master(vrf)).unwrap();
        let told = route.ask(link::get("x0")).unwrap();
        Kind::new("vrf", &["table"]).compare(
            &Link::default(),
            &told,
            "link-info/slave-data",
            "/linkinfo/info_slave_data",
        );
        let data = told.link_info.as_ref().unwrap().slave_data.as_ref();
        assert_eq!(data, Some(&PortData::Vrf(VrfPort { table: Some(77), ..VrfPort::default() })));
    });
}
