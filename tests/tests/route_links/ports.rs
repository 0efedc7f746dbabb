//! Ports of bridges, and what bridges say in messages of their own family.

use netlink_core::{Connection, IntoOwned, IntoRequest, NlFamily};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    link::{
        self, AfSpec, BridgeAfSpec, BridgeFlags, BridgeMst, BridgeMstEntry, BridgeOption, BridgeOptions, BridgePort,
        BridgePortState, BridgeVlanFlags, BridgeVlanInfo, BridgeVlanTunnel, ExtMask, Link, LinkInfo, PortData,
        ProtInfo,
    },
};

use crate::{
    bridges::knows_vlans,
    table::{Conn, Kind, lower},
};

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
            proxyarp_wifi: Some(1),
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
            locked: Some(1),
            mcast_max_groups: Some(100),
            neigh_vlan_suppress: Some(1),
            backup_nhid: Some(77),
            // 1 is what it starts with.
            neigh_forward_grat: Some(0),
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
            not_told: &["flush"],
            since: &[
                ("mcast-eht-hosts-limit", (5, 12)),
                ("locked", (5, 18)),
                ("mcast-max-groups", (6, 3)),
                ("neigh-vlan-suppress", (6, 4)),
                ("backup-nhid", (6, 6)),
                ("neigh-forward-grat", (7, 2)),
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
                    "proxyarp_wifi proxy_arp_wifi",
                    "locked",
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
fn a_port_is_set_by_what_the_bridge_has_to_say_of_it() {
    if require::link_kind("bridge").is_none() || require::tool("bridge").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (_, index) = bridge_with_port(&mut route);
        let port = BridgePort { cost: Some(78), priority: Some(9), guard: Some(1), ..BridgePort::default() };
        let mut change = Link { protinfo: Some(ProtInfo::BridgePort(Box::new(port))), ..Link::default() };
        change.header.family = 7;
        change.header.index = index as i32;
        route.tell(Route::SET_LINK.with(&change)).unwrap();

        let ports: Vec<_> = route.dump(link::list_bridge_ports()).unwrap().map(Result::unwrap).collect();
        let own = ports.iter().find(|port| port.index() == index).unwrap();
        let Some(ProtInfo::BridgePort(own)) = &own.protinfo else { panic!("{own:?}") };
        assert_eq!((own.cost, own.priority, own.guard), (Some(78), Some(9), Some(1)));
        let shown = netns::output("bridge", &["-j", "-d", "link", "show", "dev", "x0"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(
            (&shown[0]["cost"], &shown[0]["priority"], &shown[0]["guard"]),
            (&78.into(), &9.into(), &true.into())
        );
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

/// A change of a port.
fn with_port(index: u32, port: BridgePort<'static>) -> Link<'static> {
    let slave_data = Some(PortData::Bridge(Box::new(port)));
    let info = LinkInfo { slave_kind: Some("bridge".into()), slave_data, ..LinkInfo::default() };
    let mut change = Link { link_info: Some(info), ..Link::default() };
    change.header.index = index as i32;
    change
}

fn port(route: &mut Conn, index: u32) -> BridgePort<'static> {
    let told = route.ask(link::get(index)).unwrap().into_owned();
    let Some(PortData::Bridge(port)) = told.link_info.unwrap().slave_data else { panic!("no port") };
    *port
}

#[test]
fn a_locked_port_takes_note_of_unknown_senders() {
    let Some(()) = require::linux(6, 2) else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (_, index) = bridge_with_port(&mut route);
        let wanted = |mab| BridgePort { learning: Some(1), locked: Some(1), mab: Some(mab), ..BridgePort::default() };
        for mab in [1, 0] {
            route.tell(Route::NEW_LINK.with(&with_port(index, wanted(mab)))).unwrap();
            let told = port(&mut route, index);
            assert_eq!((told.learning, told.locked, told.mab), (Some(1), Some(1), Some(mab)));
        }
        // It is no use at a port that is not locked, and the kernel knows.
        let open = BridgePort { locked: Some(0), ..wanted(1) };
        let error = route.tell(Route::NEW_LINK.with(&with_port(index, open))).unwrap_err();
        assert_eq!(error.errno(), Some(netlink_core::Errno::INVAL));
    });
}

#[test]
fn a_port_has_the_state_that_it_is_told() {
    if require::link_kind("bridge").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (_, index) = bridge_with_port(&mut route);
        let peer = route.ask(link::get(index)).unwrap().link.unwrap();
        route.tell(link::set(peer).up()).unwrap();
        netns::wait_for(|| port(&mut route, index).state == Some(BridgePortState::Forwarding));
        // From other states, a port goes on at once: its way is the only one.
        for (state, shown) in [
            (BridgePortState::Listening, "listening"),
            (BridgePortState::Learning, "learning"),
            (BridgePortState::Forwarding, "forwarding"),
        ] {
            let wanted = BridgePort { state: Some(state), ..BridgePort::default() };
            route.tell(Route::NEW_LINK.with(&with_port(index, wanted))).unwrap();
            assert_eq!(port(&mut route, index).state, Some(state));
            let shown_now = netns::output("bridge", &["link", "show", "dev", "x0"]);
            assert!(shown_now.contains(&format!("state {shown}")), "{shown_now}");
        }
    });
}

/// A message about a bridge or a port of one.
fn of_bridge(index: u32, spec: BridgeAfSpec<'static>) -> Link<'static> {
    let mut change = Link { af_spec: Some(AfSpec::Bridge(Box::new(spec))), ..Link::default() };
    (change.header.family, change.header.index) = (7, index as i32);
    change
}

#[test]
fn a_port_has_a_state_in_each_of_several_spanning_trees() {
    let Some(()) = require::linux(5, 18) else { return };
    if !knows_vlans() {
        netlink_tests::unsupported!("bridges of this kernel know no VLANs");
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let options = BridgeOption::MST_ENABLE;
        let multi_boolopt = Some(BridgeOptions { optval: options, optmask: options });
        let bridge = link::bridge("br0").with(|bridge| bridge.vlan_default_pvid = Some(0)).vlan_filtering(true).up();
        route.tell(bridge.with(|bridge| bridge.multi_boolopt = multi_boolopt).add()).unwrap();
        let bridge = route.ask(link::get("br0")).unwrap().index();
        let index = lower(&mut route, "x0");
        route.tell(link::set(index).master(bridge)).unwrap();
        // The tree 5 is that of the VLAN 10.
        use protocols::route::bridge_vlan::{self, VlanGlobalOptions};
        let member = BridgeVlanInfo { vid: 10, flags: BridgeVlanFlags::empty() };
        let spec = BridgeAfSpec { vlan_info: vec![member], ..BridgeAfSpec::default() };
        route.tell(Route::SET_LINK.with(&of_bridge(index, spec.clone()))).unwrap();
        let brentry = BridgeAfSpec { flags: Some(BridgeFlags::SELF), ..spec };
        route.tell(Route::SET_LINK.with(&of_bridge(bridge, brentry))).unwrap();
        let options = VlanGlobalOptions { id: Some(10), msti: Some(5), ..VlanGlobalOptions::default() };
        route.tell(bridge_vlan::set_global(bridge, options)).unwrap();

        for state in [BridgePortState::Blocking, BridgePortState::Learning] {
            let tree = BridgeMstEntry { msti: Some(5), state: Some(state), ..BridgeMstEntry::default() };
            let mst = BridgeMst { entry: vec![tree.clone()], ..BridgeMst::default() };
            let spec = BridgeAfSpec { mst: Some(mst), ..BridgeAfSpec::default() };
            route.tell(Route::SET_LINK.with(&of_bridge(index, spec))).unwrap();
            let mut list = link::list_bridge_ports();
            list.body.ext_mask = Some(ExtMask::MST);
            let ports: Vec<_> = route.dump(list.clone()).unwrap().map(Result::unwrap).collect();
            let told = ports.iter().find(|port| port.index() == index).unwrap();
            let Some(AfSpec::Bridge(spec)) = &told.af_spec else { panic!("{told:?}") };
            assert_eq!(spec.mst.as_ref().unwrap().entry, [tree]);
            reencode::assert(&mut route, list.into_request(), &[]);
        }
    });
}

#[test]
fn a_vlan_is_of_the_port_or_of_the_bridge_itself() {
    if !knows_vlans() {
        netlink_tests::unsupported!("bridges of this kernel know no VLANs");
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (bridge, index) = bridge_with_port(&mut route);
        let vlan = |vid, flags| BridgeAfSpec {
            vlan_info: vec![BridgeVlanInfo { vid, flags: BridgeVlanFlags::empty() }],
            flags: Some(flags),
            ..BridgeAfSpec::default()
        };
        route.tell(Route::SET_LINK.with(&of_bridge(index, vlan(20, BridgeFlags::MASTER)))).unwrap();
        route.tell(Route::SET_LINK.with(&of_bridge(bridge, vlan(30, BridgeFlags::SELF)))).unwrap();
        for (name, has, lacks) in [("x0", "20", "30"), ("br0", "30", "20")] {
            let shown = netns::output("bridge", &["vlan", "show", "dev", name]);
            let vids: Vec<&str> = shown.split_whitespace().collect();
            assert!(vids.contains(&has) && !vids.contains(&lacks), "{shown}");
        }
        // A range of tunnel identifiers has a beginning and an end.
        netns::output("bridge", &["link", "set", "dev", "x0", "vlan_tunnel", "on"]);
        let range = [(40, BridgeVlanFlags::RANGE_BEGIN), (49, BridgeVlanFlags::RANGE_END)];
        let vlan_info = range.map(|(vid, flags)| BridgeVlanInfo { vid, flags }).to_vec();
        let spec = BridgeAfSpec { vlan_info, ..BridgeAfSpec::default() };
        route.tell(Route::SET_LINK.with(&of_bridge(index, spec))).unwrap();
        let tunnel = |(vid, flags): (u16, _)| BridgeVlanTunnel {
            id: Some(1000 + u32::from(vid)),
            vid: Some(vid),
            flags: Some(flags),
            ..BridgeVlanTunnel::default()
        };
        let wanted = range.map(tunnel).to_vec();
        let spec = BridgeAfSpec { vlan_tunnel_info: wanted.clone(), ..BridgeAfSpec::default() };
        route.tell(Route::SET_LINK.with(&of_bridge(index, spec))).unwrap();
        let ports: Vec<_> = route.dump(link::list_bridge_ports()).unwrap().map(Result::unwrap).collect();
        let told = ports.iter().find(|port| port.index() == index).unwrap();
        let Some(AfSpec::Bridge(spec)) = &told.af_spec else { panic!("{told:?}") };
        assert_eq!(spec.vlan_tunnel_info, wanted);
        let shown = netns::output("bridge", &["vlan", "tunnelshow", "dev", "x0"]);
        assert!(shown.contains("40-49") && shown.contains("1040-1049"), "{shown}");
    });
}
