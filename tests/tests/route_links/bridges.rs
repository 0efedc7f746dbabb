//! Bridges.

use netlink_core::{NlFamily, wire::MacAddr};
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{self, Bridge, BridgeOption, BridgeOptions, LinkData, StpMode, VlanProtocol},
};

use crate::table::{Conn, Kind};

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
            // Nothing else is taken.
            mcast_hash_elasticity: Some(16),
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
pub(crate) fn knows_vlans() -> bool {
    let (sender, receiver) = std::sync::mpsc::channel();
    netns::run(move || {
        let mut route = Route::connect().unwrap();
        sender.send(route.tell(link::bridge("br0").vlan_filtering(true).add()).is_ok()).unwrap();
    });
    receiver.recv().unwrap_or(false)
}

/// Sets this of the bridge `br0`, and tells what came of it.
fn changed(route: &mut Conn, set: Bridge<'static>) -> Bridge<'static> {
    route.tell(link::set("br0").data(LinkData::Bridge(Box::new(set)))).unwrap();
    let told = route.ask(link::get("br0")).unwrap();
    let Some(LinkData::Bridge(bridge)) = told.link_info.unwrap().data else { panic!("no bridge") };
    netlink_core::IntoOwned::into_owned(*bridge)
}

#[test]
fn properties_of_a_bridge_are_switched_one_by_one() {
    if require::link_kind("bridge").is_none() {
        return;
    }
    let vlans = knows_vlans();
    netns::run(move || {
        let mut route = Route::connect().unwrap();
        route.tell(link::bridge("br0").add()).unwrap();
        if vlans {
            // Several spanning trees are for bridges without VLANs yet.
            changed(&mut route, Bridge { vlan_filtering: Some(1), ..Bridge::default() });
            changed(&mut route, Bridge { vlan_default_pvid: Some(0), ..Bridge::default() });
        }
        let options = [
            (BridgeOption::NO_LL_LEARN, true, (5, 0)),
            (BridgeOption::MCAST_VLAN_SNOOPING, vlans, (5, 15)),
            (BridgeOption::MST_ENABLE, vlans, (5, 18)),
            (BridgeOption::MDB_OFFLOAD_FAIL_NOTIFICATION, true, (6, 14)),
            (BridgeOption::FDB_LOCAL_VLAN_0, vlans, (6, 18)),
        ];
        let options = options.iter().filter(|(_, can, (major, minor))| *can && require::is_linux(*major, *minor));
        for (option, ..) in options {
            for on in [true, false] {
                let optval = if on { *option } else { BridgeOption::empty() };
                let multi_boolopt = Some(BridgeOptions { optval, optmask: *option });
                let told = changed(&mut route, Bridge { multi_boolopt, ..Bridge::default() }).multi_boolopt.unwrap();
                assert_eq!(told.optval, optval, "{option:?} {on}");
                assert!(told.optmask.contains(*option), "{told:?}");
                if *option == BridgeOption::NO_LL_LEARN {
                    let shown = netns::output("ip", &["-d", "link", "show", "br0"]);
                    assert!(shown.contains(&format!("no_linklocal_learn {}", u8::from(on))), "{shown}");
                }
            }
        }
    });
}

#[test]
fn who_speaks_the_spanning_tree_protocol_is_set_before_it_is_spoken() {
    let Some(()) = require::linux(7, 2) else { return };
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::bridge("br0").add()).unwrap();
        for mode in [StpMode::User, StpMode::Kernel, StpMode::Auto, StpMode::Kernel] {
            assert_eq!(changed(&mut route, Bridge { stp_mode: Some(mode), ..Bridge::default() }).stp_mode, Some(mode));
        }
        // The kernel speaks it, and nobody else then.
        assert_eq!(changed(&mut route, Bridge { stp_state: Some(1), ..Bridge::default() }).stp_state, Some(1));
        let other = Bridge { stp_mode: Some(StpMode::User), ..Bridge::default() };
        let error = route.tell(link::set("br0").data(LinkData::Bridge(Box::new(other)))).unwrap_err();
        assert_eq!(error.errno(), Some(netlink_core::Errno::BUSY));
    });
}
