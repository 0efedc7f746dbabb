//! Bridges, their ports, and what they say in messages of their own family.

use netlink_core::{Connection, IntoOwned, IntoRequest, NlFamily, wire::MacAddr};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{
        self, AfSpec, Bridge, BridgeAfSpec, BridgeOption, BridgeOptions, BridgePort, BridgeVlanFlags, BridgeVlanInfo,
        BridgeVlanTunnel, Link, LinkData, LinkInfo, PortData, ProtInfo, VlanProtocol,
    },
};

use crate::table::{Kind, lower};

#[test]
fn a_bridge_is_what_ip_says() {
    let same = &[
        "forward_delay",
        "hello_time",
        "max_age",
        "ageing_time",
        "stp_state",
        "priority",
        "vlan_filtering",
        "vlan_protocol",
        "group_fwd_mask",
        "group_addr",
        "mcast_router",
        "mcast_snooping",
        "mcast_query_use_ifaddr",
        "mcast_querier",
        "mcast_hash_elasticity",
        "mcast_hash_max",
        "mcast_last_member_cnt",
        "mcast_startup_query_cnt",
        "mcast_last_member_intvl",
        "mcast_membership_intvl",
        "mcast_querier_intvl",
        "mcast_query_intvl",
        "mcast_query_response_intvl",
        "mcast_startup_query_intvl",
        "nf_call_iptables",
        "nf_call_ip6tables",
        "nf_call_arptables",
        "vlan_default_pvid",
        "vlan_stats_enabled",
        "mcast_stats_enabled",
        "mcast_igmp_version",
        "mcast_mld_version",
        "vlan_stats_per_port",
        "root_port",
        "root_path_cost",
        "topology_change",
        "topology_change_detected",
    ];
    let kind = Kind {
        since: &[("fdb-max-learned", (6, 7)), ("multi-boolopt/optmask", (99, 0))],
        not_told: &["fdb-flush"],
        ..Kind::new("bridge", same)
    };
    let vlans = knows_vlans();
    kind.prove(move |_| {
        let options = BridgeOption::NO_LL_LEARN;
        LinkData::Bridge(Box::new(Bridge {
            forward_delay: Some(900),
            hello_time: Some(300),
            max_age: Some(1000),
            ageing_time: Some(7000),
            stp_state: Some(0),
            priority: Some(0x1000),
            vlan_filtering: vlans.then_some(1),
            vlan_protocol: vlans.then_some(VlanProtocol::Ieee8021ad),
            group_fwd_mask: Some(0x4000),
            group_addr: Some(MacAddr([1, 0x80, 0xc2, 0, 0, 5])),
            fdb_flush: true,
            mcast_router: Some(2),
            mcast_snooping: Some(0),
            mcast_query_use_ifaddr: Some(1),
            mcast_querier: Some(1),
            mcast_hash_max: Some(512),
            mcast_last_member_cnt: Some(3),
            mcast_startup_query_cnt: Some(4),
            mcast_last_member_intvl: Some(200),
            mcast_membership_intvl: Some(30_000),
            mcast_querier_intvl: Some(20_000),
            mcast_query_intvl: Some(13_000),
            mcast_query_response_intvl: Some(900),
            mcast_startup_query_intvl: Some(3000),
            nf_call_iptables: Some(1),
            nf_call_ip6tables: Some(1),
            nf_call_arptables: Some(1),
            vlan_default_pvid: vlans.then_some(9),
            vlan_stats_enabled: vlans.then_some(1),
            mcast_stats_enabled: Some(1),
            mcast_igmp_version: Some(3),
            mcast_mld_version: Some(2),
            vlan_stats_per_port: vlans.then_some(1),
            multi_boolopt: Some(BridgeOptions { optval: options, optmask: options }),
            fdb_max_learned: Some(1000),
            ..Bridge::default()
        }))
    });
}

/// Whether bridges know VLANs: some kernels are built without.
fn knows_vlans() -> bool {
    let (sender, receiver) = std::sync::mpsc::channel();
    netns::run(move || {
        let mut route = Route::connect().unwrap();
        sender.send(route.tell(link::bridge("br0").vlan_filtering(true).add()).is_ok()).unwrap();
    });
    receiver.recv().unwrap_or(false)
}

/// A bridge `br0` with the port `x0`; their indexes.
fn bridge_with_port(route: &mut Connection<netlink_core::protocol::Route>) -> (u32, u32) {
    route.tell(link::bridge("br0").up().add()).unwrap();
    let bridge = route.ask(link::get("br0")).unwrap().index();
    let port = lower(route, "x0");
    route.tell(link::set(port).master(bridge)).unwrap();
    (bridge, port)
}

#[test]
fn a_port_of_a_bridge_is_what_ip_says() {
    if require::link_kind("bridge").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (bridge, index) = bridge_with_port(&mut route);
        let backup = lower(&mut route, "backup");
        route.tell(link::set(backup).master(bridge)).unwrap();
        let port = BridgePort {
            priority: Some(9),
            cost: Some(77),
            mode: Some(1),
            guard: Some(1),
            protect: Some(1),
            fast_leave: Some(1),
            learning: Some(0),
            unicast_flood: Some(0),
            proxyarp: Some(1),
            proxyarp_wifi: Some(0),
            flush: true,
            multicast_router: Some(2),
            mcast_flood: Some(0),
            mcast_to_ucast: Some(1),
            vlan_tunnel: Some(1),
            bcast_flood: Some(0),
            group_fwd_mask: Some(0x4000),
            neigh_suppress: Some(1),
            isolated: Some(1),
            backup_port: Some(backup),
            mcast_eht_hosts_limit: Some(100),
            locked: Some(0),
            mcast_max_groups: Some(0),
            neigh_vlan_suppress: Some(0),
            backup_nhid: Some(0),
            ..BridgePort::default()
        };
        let slave_data = Some(PortData::Bridge(Box::new(port)));
        let info = LinkInfo { slave_kind: Some("bridge".into()), slave_data, ..LinkInfo::default() };
        let made = Link { link_info: Some(info), ..Link::default() };
        let mut change = made.clone();
        change.header.index = index as i32;
        route.tell(Route::NEW_LINK.with(&change)).unwrap();
        let told = route.ask(link::get("x0")).unwrap().into_owned();
        let kind = Kind {
            not_told: &["flush", "backup-nhid"],
            since: &[
                ("mcast-eht-hosts-limit", (5, 12)),
                ("locked", (5, 18)),
                ("mcast-max-groups", (6, 3)),
                ("neigh-vlan-suppress", (6, 4)),
            ],
            ..Kind::new(
                "bridge",
                &[
                    "priority",
                    "cost",
                    "mode hairpin",
                    "guard",
                    "protect root_block",
                    "fast_leave fastleave",
                    "learning",
                    "unicast_flood flood",
                    "multicast_router",
                    "mcast_flood",
                    "mcast_to_ucast mcast_to_unicast",
                    "bcast_flood",
                    "group_fwd_mask",
                    "neigh_suppress",
                    "isolated",
                    "vlan_tunnel",
                    "=backup backup_port",
                    "id",
                    "no",
                    "proxyarp proxy_arp",
                    "designated_port",
                    "designated_cost",
                ],
            )
        };
        kind.compare(&made, &told, "link-info/slave-data", "/linkinfo/info_slave_data");
        reencode::assert(&mut route, link::list().into_request(), &[]);

        // The same port in the bridge's own message.
        let ports = route.dump(link::list_bridge_ports()).unwrap().map(Result::unwrap).collect::<Vec<_>>();
        let own = ports.iter().find(|port| port.index() == index && port.header.family == 7).unwrap();
        let Some(ProtInfo::BridgePort(own)) = &own.protinfo else { panic!("{own:?}") };
        let Some(PortData::Bridge(other)) = told.link_info.unwrap().slave_data else { panic!("{ports:?}") };
        assert_eq!((own.priority, own.cost, own.isolated), (other.priority, other.cost, other.isolated));
        assert_eq!(own.cost, Some(77));
    });
}

#[test]
fn vlans_of_a_port_are_told_by_the_bridge() {
    if require::link_kind("bridge").is_none() || require::tool("bridge").is_none() {
        return;
    }
    if !knows_vlans() {
        netlink_tests::unsupported!("bridges of this kernel know no VLANs");
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (_, index) = bridge_with_port(&mut route);
        let vlan = |vid, flags| BridgeVlanInfo { vid, flags };
        let (begin, end) = (BridgeVlanFlags::RANGE_BEGIN, BridgeVlanFlags::RANGE_END);
        let vlan_info = vec![vlan(20, begin), vlan(29, end), vlan(7, BridgeVlanFlags::UNTAGGED)];
        let spec = BridgeAfSpec { vlan_info, ..BridgeAfSpec::default() };
        let mut change = Link { af_spec: Some(AfSpec::Bridge(Box::new(spec))), ..Link::default() };
        change.header.family = 7;
        change.header.index = index as i32;
        route.tell(Route::SET_LINK.with(&change)).unwrap();

        // Tunnel identifiers need `vlan_tunnel`.
        netns::output("bridge", &["link", "set", "dev", "x0", "vlan_tunnel", "on"]);
        let tunnel = BridgeVlanTunnel { id: Some(1007), vid: Some(7), ..BridgeVlanTunnel::default() };
        let spec = BridgeAfSpec { vlan_tunnel_info: vec![tunnel.clone()], ..BridgeAfSpec::default() };
        change.af_spec = Some(AfSpec::Bridge(Box::new(spec)));
        route.tell(Route::SET_LINK.with(&change)).unwrap();

        let ports: Vec<_> = route.dump(link::list_bridge_ports()).unwrap().map(Result::unwrap).collect();
        let port = ports.iter().find(|port| port.index() == index).unwrap();
        let Some(AfSpec::Bridge(spec)) = &port.af_spec else { panic!("{port:?}") };
        assert!(spec.vlan_info.contains(&vlan(20, begin)) && spec.vlan_info.contains(&vlan(29, end)), "{spec:?}");
        assert!(spec.vlan_info.contains(&vlan(7, BridgeVlanFlags::UNTAGGED)), "{spec:?}");
        let told = &spec.vlan_tunnel_info[0];
        assert_eq!((told.id, told.vid), (tunnel.id, tunnel.vid), "{spec:?}");

        let shown: serde_json::Value =
            serde_json::from_str(&netns::output("bridge", &["-j", "-compressvlans", "vlan", "show", "dev", "x0"]))
                .unwrap();
        let vlans = shown[0]["vlans"].as_array().unwrap();
        assert!(vlans.iter().any(|vlan| vlan["vlan"] == 20 && vlan["vlanEnd"] == 29), "{shown}");
        assert!(vlans.iter().any(|vlan| vlan["vlan"] == 7 && vlan["flags"][0] == "Egress Untagged"), "{shown}");
        reencode::assert(&mut route, link::list_bridge_ports().into_request(), &[]);
    });
}
