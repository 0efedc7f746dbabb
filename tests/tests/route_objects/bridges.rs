//! The multicast database and the VLANs of bridges, VNIs of VXLANs.

use std::net::IpAddr;

use netlink_core::{IntoOwned, IntoRequest, errno::Errno, wire::MacAddr};
use netlink_tests::{netns, reencode, require, unsupported};
use protocols::route::{
    bridge_vlan::{self, BridgePortState, BridgeVlanFlags, VlanGlobalOptions},
    mdb::{self, FilterMode, Mdb, MdbAttrSource, MdbAttrSourceList, MdbGroup, MdbState},
    routes::RouteProtocol,
    tunnel,
};

use crate::{Conn, addr, furnished, index, ip, json, lacks};

/// With a bridge and a port of it.
fn bridged(options: &str) -> Conn {
    let route = furnished();
    ip(&format!("link add br0 type bridge mcast_snooping 1 {options}"));
    ip("link set br0 up");
    ip("link set v0 master br0");
    route
}

#[test]
fn the_multicast_database_is_what_was_set_and_what_bridge_says() {
    netns::run(|| {
        let Some(_) = require::tool("bridge") else { return };
        let mut route = bridged("mcast_igmp_version 3 mcast_mld_version 2");
        let (br0, v0) = (index("br0"), index("v0"));
        let groups: [MdbGroup; 3] =
            [addr("239.1.2.3").into(), addr("ff0e::77").into(), MacAddr([1, 0, 0x5e, 0x10, 0, 7]).into()];
        // Groups of Ethernet came with Linux 5.11.
        let groups = &groups[..if require::is_linux(5, 11) { 3 } else { 2 }];
        for group in groups.iter().copied() {
            match route.tell(mdb::add(br0, v0, group).permanent()) {
                Ok(()) => {}
                Err(error) if lacks(&error) => unsupported!("the kernel has no multicast database of bridges"),
                Err(error) => panic!("{group}: {error}"),
            }
            let error = route.tell(mdb::add(br0, v0, group).permanent()).unwrap_err();
            assert_eq!(error.errno(), Some(Errno::EXIST));
        }
        let all: Vec<_> = route.dump(mdb::list()).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!((all.len(), all[0].header.ifindex), (1, br0));
        let mut shown = json("bridge", "mdb show");
        let shown = shown.remove(0)["mdb"].take();
        let shown: Vec<&str> = shown.as_array().unwrap().iter().filter_map(|entry| entry["grp"].as_str()).collect();
        for group in groups.iter().copied() {
            let entry = all[0].entries().find(|entry| entry.header.group() == group).unwrap();
            assert_eq!((entry.header.ifindex, entry.header.state), (v0, MdbState::Permanent));
            assert!(shown.contains(&&*group.to_string()), "{group} is not in {shown:?}");
        }
        reencode::assert(&mut route, mdb::list().into_request(), &[]);
        for group in groups.iter().copied() {
            route.tell(mdb::del(br0, v0, group)).unwrap();
        }
        let left: Vec<_> = route.dump(mdb::list()).unwrap().collect::<Result<_, _>>().unwrap();
        // The host itself may want groups of its own.
        let mut left = left.iter().flat_map(Mdb::entries).map(|entry| entry.header.group());
        assert!(!left.any(|group| groups.contains(&group)));
    });
}

#[test]
fn vxlans_are_listed_among_the_bridges() {
    netns::run(|| {
        let Some(()) = require::linux(6, 4) else { return };
        let (Some(_), Some(())) = (require::tool("ip"), require::link_kind("vxlan")) else { return };
        let mut route = furnished();
        ip("link add vxlan0 type vxlan id 7 dstport 4789");
        let all: Vec<_> = route.dump(mdb::list()).unwrap().collect::<Result<_, _>>().unwrap();
        let links: Vec<_> = all.iter().map(|database| database.header.ifindex).collect();
        assert!(links.contains(&index("vxlan0")), "{links:?}");
    });
}

#[test]
fn sources_of_a_group() {
    netns::run(|| {
        let Some(()) = require::linux(6, 7) else { return };
        let Some(_) = require::tool("bridge") else { return };
        let mut route = bridged("mcast_igmp_version 3");
        let (br0, v0) = (index("br0"), index("v0"));
        let sources =
            ["192.0.2.7", "192.0.2.8"].map(|text| MdbAttrSource { address: Some(addr(text)), ..Default::default() });
        let add = mdb::add(br0, v0, addr("239.1.2.3")).attrs(|attrs| {
            attrs.src_list = Some(MdbAttrSourceList { entry: sources.to_vec() });
            attrs.group_mode = Some(FilterMode::Include);
            attrs.rtprot = Some(RouteProtocol::Bgp);
        });
        match route.tell(add) {
            Ok(()) => {}
            Err(error) if lacks(&error) => unsupported!("the kernel has no multicast database of bridges"),
            Err(error) => panic!("{error}"),
        }
        let got = route.ask(mdb::get(br0, addr("239.1.2.3"))).unwrap().into_owned();
        let entry = got.entries().find(|entry| entry.source.is_none()).unwrap();
        assert_eq!((entry.group_mode, entry.rtprot), (Some(FilterMode::Include), Some(RouteProtocol::Bgp)));
        let mut listed: Vec<_> =
            entry.src_list.as_ref().unwrap().entry.iter().filter_map(|source| source.address).collect();
        listed.sort();
        assert_eq!(listed, [addr("192.0.2.7"), addr("192.0.2.8")]);
        reencode::assert(&mut route, mdb::list().into_request(), &[]);
    });
}

#[test]
fn vlans_of_bridges_are_what_was_set_and_what_bridge_says() {
    netns::run(|| {
        let Some(_) = require::tool("bridge") else { return };
        let Some(()) = require::linux(5, 6) else { return };
        let mut route = furnished();
        ip("link add br0 type bridge");
        ip("link set v0 master br0");
        let v0 = index("v0");
        match route.tell(bridge_vlan::add(v0, 10..=10).pvid().untagged()) {
            Ok(()) => {}
            Err(error) if lacks(&error) => unsupported!("the kernel has no VLANs of bridges"),
            Err(error) => panic!("{error}"),
        }
        let mut many = bridge_vlan::add(v0, 20..=29);
        many.body.entry[0].state = Some(BridgePortState::Blocking);
        route.tell(many).unwrap();
        let all: Vec<_> = route.dump(bridge_vlan::list()).unwrap().collect::<Result<_, _>>().unwrap();
        let of_port = all.iter().find(|vlans| vlans.header.ifindex == v0).unwrap();
        let info =
            |vid: u16| of_port.entry.iter().find(|entry| entry.info.is_some_and(|info| info.vid == vid)).unwrap();
        let flags = info(10).info.unwrap().flags;
        assert!(flags.contains(BridgeVlanFlags::PVID | BridgeVlanFlags::UNTAGGED), "{flags:?}");
        assert_eq!(info(20).state, Some(BridgePortState::Blocking));
        let shown = json("bridge", "vlan show dev v0");
        let shown = shown[0]["vlans"].as_array().unwrap();
        let ten = shown.iter().find(|vlan| vlan["vlan"] == 10).unwrap();
        assert_eq!(ten["flags"].as_array().unwrap(), &["PVID", "Egress Untagged"]);
        reencode::assert(&mut route, bridge_vlan::list().into_request(), &[]);
        route.tell(bridge_vlan::del(v0, 20..=29)).unwrap();

        if require::is_linux(5, 15) {
            let wanted = VlanGlobalOptions {
                id: Some(1),
                mcast_snooping: Some(0),
                mcast_igmp_version: Some(3),
                mcast_mld_version: Some(2),
                mcast_last_member_cnt: Some(5),
                mcast_startup_query_cnt: Some(6),
                mcast_last_member_intvl: Some(300),
                mcast_membership_intvl: Some(30_000),
                mcast_querier_intvl: Some(30_100),
                mcast_query_intvl: Some(15_000),
                mcast_query_response_intvl: Some(1200),
                mcast_startup_query_intvl: Some(4000),
                mcast_querier: Some(1),
                msti: require::is_linux(5, 18).then_some(5),
                ..VlanGlobalOptions::default()
            };
            route.tell(bridge_vlan::set_global(index("br0"), wanted.clone())).unwrap();
            let all: Vec<_> = route.dump(bridge_vlan::list_global()).unwrap().collect::<Result<_, _>>().unwrap();
            let options =
                all.iter().flat_map(|vlans| &vlans.global_options).find(|options| options.id == Some(1)).unwrap();
            // What is only told.
            let VlanGlobalOptions { range, mcast_router_ports, mcast_querier_state, .. } = options.clone();
            let wanted = VlanGlobalOptions { range, mcast_router_ports, mcast_querier_state, ..wanted };
            assert_eq!(*options, wanted);

            netns::output("bridge", &["vlan", "add", "dev", "br0", "vid", "30-33", "self"]);
            let several = VlanGlobalOptions { id: Some(30), range: Some(33), ..wanted };
            route.tell(bridge_vlan::set_global(index("br0"), several)).unwrap();
            let all: Vec<_> = route.dump(bridge_vlan::list_global()).unwrap().collect::<Result<_, _>>().unwrap();
            let mut options = all.iter().flat_map(|vlans| &vlans.global_options);
            let options = options.find(|options| options.id == Some(30)).unwrap();
            assert_eq!((options.range, options.mcast_last_member_cnt), (Some(33), Some(5)));
            let shown = json("bridge", "-compressvlans vlan global show dev br0");
            let shown = shown[0]["vlans"].as_array().unwrap();
            assert!(shown.iter().any(|vlan| vlan["vlan"] == 30 && vlan["vlanEnd"] == 33), "{shown:?}");
            reencode::assert(&mut route, bridge_vlan::list_global().into_request(), &[]);
        }
    });
}

#[test]
fn vnis_of_a_vxlan() {
    netns::run(|| {
        let Some(()) = require::linux(6, 0) else { return };
        let Some(()) = require::link_kind("vxlan") else { return };
        let mut route = furnished();
        ip("link add vx0 type vxlan external vnifilter dstport 4789");
        let vx0 = index("vx0");
        route.tell(tunnel::add(vx0, 100..=109, None)).unwrap();
        route.tell(tunnel::add(vx0, 200..=200, Some(addr("198.51.100.9")))).unwrap();
        let all: Vec<_> = route.dump(tunnel::list()).unwrap().collect::<Result<_, _>>().unwrap();
        let of_link: Vec<_> = all.iter().filter(|tunnel| tunnel.header.ifindex == vx0).collect();
        let vnis: Vec<u32> = of_link.iter().flat_map(|tunnel| tunnel.vnis()).flatten().collect();
        assert_eq!(vnis, (100..=109).chain([200]).collect::<Vec<_>>());
        let group =
            of_link.iter().flat_map(|tunnel| &tunnel.entry).find(|entry| entry.start == Some(200)).unwrap().group;
        assert_eq!(group.map(IpAddr::from), Some(addr("198.51.100.9")));
        reencode::assert(&mut route, tunnel::list().into_request(), &[]);
        route.tell(tunnel::del(vx0, 200..=200)).unwrap();
    });
}
