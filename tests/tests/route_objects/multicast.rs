//! What else an entry of the multicast database can say, of bridges and VXLANs; options of VLANs.

use std::net::IpAddr;

use netlink_core::{IntoOwned, IntoRequest, wire::MessageFlags};
use netlink_tests::{netns, reencode, require, unsupported};
use protocols::route::{
    bridge_vlan::{self, BridgeVlan, BridgeVlanFlags, MulticastRouter, VlanTunnelInfo},
    mdb::{self, Mdb, MdbEntry, MdbState},
    routes::RouteProtocol,
    tunnel,
};

use crate::{Conn, addr, furnished, index, ip, json, lacks};

fn entries(route: &mut Conn) -> Vec<MdbEntry<'static>> {
    let all: Vec<Mdb<'static>> = route.dump(mdb::list()).unwrap().map(|mdb| mdb.unwrap().into_owned()).collect();
    all.iter().flat_map(Mdb::entries).map(|entry| entry.clone().into_owned()).collect()
}

/// With a bridge `br0` and its port `v0`.
fn bridged(options: &str) -> Option<Conn> {
    let route = furnished();
    let words = format!("link add br0 type bridge mcast_snooping 1 mcast_igmp_version 3 {options}");
    let made = std::process::Command::new("ip").args(words.split_whitespace()).output().unwrap();
    if !made.status.success() {
        require::unsupported("bridges of this kernel know no VLANs");
        return None;
    }
    ip("link set br0 up");
    ip("link set v0 master br0");
    Some(route)
}

#[test]
fn an_entry_for_one_source() {
    netns::run(|| {
        let (Some(()), Some(_)) = (require::linux(5, 10), require::tool("bridge")) else { return };
        let Some(mut route) = bridged("") else { return };
        let (br0, v0) = (index("br0"), index("v0"));
        let source = addr("192.0.2.7");
        let add = mdb::add(br0, v0, addr("239.1.2.3")).permanent().attrs(|attrs| attrs.source = Some(source));
        match route.tell(add) {
            Err(error) if lacks(&error) => unsupported!("the kernel has no multicast database of bridges"),
            answer => answer.unwrap(),
        }
        let all = entries(&mut route);
        let told = all.iter().find(|entry| entry.header.group() == addr("239.1.2.3").into()).unwrap();
        assert_eq!((told.source, told.header.state), (Some(source), MdbState::Permanent));
        let shown = json("bridge", "mdb show");
        let shown = shown[0]["mdb"].as_array().unwrap();
        assert!(shown.iter().any(|entry| entry["grp"] == "239.1.2.3" && entry["src"] == "192.0.2.7"), "{shown:#?}");
        reencode::assert(&mut route, mdb::list().into_request(), &[]);
    });
}

#[test]
fn entries_that_match_go_at_once() {
    netns::run(|| {
        let Some(()) = require::linux(6, 8) else { return };
        let Some(mut route) = bridged("") else { return };
        let (br0, v0) = (index("br0"), index("v0"));
        let groups = [addr("239.1.2.3"), addr("239.1.2.4")];
        let mut left = |state: MdbState| {
            let (one, two) = (mdb::add(br0, v0, groups[0]), mdb::add(br0, v0, groups[1]));
            route.tell(one.permanent().replace()).unwrap();
            route.tell(two.replace()).unwrap();
            let mut flush = mdb::del(br0, 0, groups[0]).attrs(|attrs| attrs.state_mask = Some(MdbState::Permanent));
            // No group in particular.
            let entry = flush.body.entry.as_mut().unwrap();
            (entry.addr, entry.proto, entry.state) = ([0; 16], 0, state);
            route.tell(flush.flags(MessageFlags::BULK)).unwrap();
            let all = entries(&mut route);
            groups.map(|group| all.iter().any(|entry| entry.header.group() == group.into()))
        };
        assert_eq!(left(MdbState::Permanent), [false, true]);
        assert_eq!(left(MdbState::Temporary), [true, false]);
    });
}

#[test]
fn entries_of_vxlans() {
    netns::run(|| {
        // Since Linux 6.4, and told one by one since 6.7.
        let Some(()) = require::linux(6, 7) else { return };
        let Some(()) = require::link_kind("vxlan") else { return };
        let mut route = furnished();
        ip("link add vx0 type vxlan external dstport 4789");
        let (vx0, v1) = (index("vx0"), index("v1"));
        let add = mdb::add(vx0, vx0, addr("239.1.2.3")).permanent().attrs(|attrs| {
            attrs.dst = Some(addr("198.51.100.9"));
            attrs.dst_port = Some(8472);
            attrs.vni = Some(77);
            attrs.src_vni = Some(78);
            attrs.ifindex = Some(v1 as i32);
            attrs.source = Some(addr("192.0.2.7"));
            attrs.rtprot = Some(RouteProtocol::Bgp);
        });
        route.tell(add).unwrap();
        let mut get = mdb::get(vx0, addr("239.1.2.3"));
        let attrs = get.body.entry_attrs.get_or_insert_default();
        (attrs.src_vni, attrs.source) = (Some(78), Some(addr("192.0.2.7")));
        assert_eq!(route.ask(get.clone()).unwrap().entries().count(), 1);
        let all = entries(&mut route);
        let [told] = &all[..] else { panic!("{all:?}") };
        assert_eq!(told.header.group(), addr("239.1.2.3").into());
        assert_eq!((told.dst, told.dst_port), (Some(addr("198.51.100.9")), Some(8472)));
        assert_eq!((told.vni, told.src_vni, told.ifindex), (Some(77), Some(78), Some(v1)));
        assert_eq!((told.source, told.rtprot), (Some(addr("192.0.2.7")), Some(RouteProtocol::Bgp)));
        reencode::assert(&mut route, mdb::list().into_request(), &[]);
        get.body.entry_attrs.as_mut().unwrap().src_vni = Some(79);
        assert!(route.ask(get).is_err());
    });
}

#[test]
fn an_entry_is_of_a_vlan() {
    netns::run(|| {
        let Some(_) = require::tool("bridge") else { return };
        let Some(mut route) = bridged("vlan_filtering 1") else { return };
        netns::output("bridge", &["vlan", "add", "vid", "7", "dev", "v0"]);
        let (br0, v0) = (index("br0"), index("v0"));
        route.tell(mdb::add(br0, v0, addr("239.1.2.3")).permanent().vid(7)).unwrap();
        let all = entries(&mut route);
        let told: Vec<_> = all.iter().filter(|entry| entry.header.group() == addr("239.1.2.3").into()).collect();
        assert_eq!(told.iter().map(|entry| entry.header.vid).collect::<Vec<_>>(), [7]);
        let shown = json("bridge", "mdb show");
        let shown = shown[0]["mdb"].as_array().unwrap();
        assert!(shown.iter().any(|entry| entry["grp"] == "239.1.2.3" && entry["vid"] == 7), "{shown:#?}");
    });
}

#[test]
fn a_vlan_of_a_port_has_options() {
    netns::run(|| {
        let (Some(()), Some(_)) = (require::linux(5, 15), require::tool("bridge")) else { return };
        let Some(mut route) = bridged("vlan_filtering 1 mcast_vlan_snooping 1") else { return };
        netns::output("bridge", &["link", "set", "dev", "v0", "vlan_tunnel", "on"]);
        let port_decides = require::is_linux(6, 4).then(|| {
            // For each VLAN by itself.
            use protocols::route::{Route, link};
            let port = link::BridgePort { neigh_vlan_suppress: Some(1), ..link::BridgePort::default() };
            let slave_data = Some(link::PortData::Bridge(Box::new(port)));
            let info = link::LinkInfo { slave_kind: Some("bridge".into()), slave_data, ..link::LinkInfo::default() };
            let mut change = link::Link { link_info: Some(info), ..link::Link::default() };
            change.header.index = index("v0") as i32;
            route.tell(Route::NEW_LINK.with(&change)).unwrap();
            1
        });
        let v0 = index("v0");
        route.tell(bridge_vlan::add(v0, 10..=19)).unwrap();
        const RTM_SETLINK: u32 = 19;
        let options = BridgeVlan {
            tunnel_info: Some(VlanTunnelInfo { id: Some(1010), cmd: Some(RTM_SETLINK) }),
            mcast_router: Some(MulticastRouter::Perm),
            mcast_max_groups: require::is_linux(6, 3).then_some(77),
            neigh_suppress: port_decides,
            // 1 is what it starts with.
            neigh_forward_grat: require::is_linux(7, 2).then_some(0),
            ..BridgeVlan::default()
        };
        // Not all at once: what is set of the tunnel is said of the VLAN itself.
        let mut set = |part: BridgeVlan<'static>, vids| {
            let mut request = bridge_vlan::add(v0, vids).with(BridgeVlanFlags::ONLY_OPTS);
            let one = request.body.entry.remove(0);
            request.body.entry.push(BridgeVlan { info: one.info, range: one.range, ..part });
            route.tell(request).unwrap();
        };
        set(BridgeVlan { tunnel_info: None, ..options.clone() }, 10..=19);
        set(BridgeVlan { tunnel_info: options.tunnel_info.clone(), ..BridgeVlan::default() }, 10..=10);
        let all: Vec<_> = route.dump(bridge_vlan::list()).unwrap().map(Result::unwrap).collect();
        let of_port = all.iter().find(|vlans| vlans.header.ifindex == v0).unwrap();
        let of = |vid: u16| of_port.entry.iter().find(|entry| entry.info.is_some_and(|info| info.vid == vid)).unwrap();
        for (vid, tunnel) in [(10, Some(1010)), (11, None)] {
            let told = of(vid);
            assert_eq!(told.tunnel_info.as_ref().and_then(|tunnel| tunnel.id), tunnel, "{told:?}");
            assert_eq!((told.mcast_router, told.mcast_max_groups), (options.mcast_router, options.mcast_max_groups));
            assert_eq!(
                (told.neigh_suppress, told.neigh_forward_grat),
                (options.neigh_suppress, options.neigh_forward_grat)
            );
        }
        let shown = netns::output("bridge", &["vlan", "tunnelshow", "dev", "v0"]);
        assert!(shown.contains("1010"), "{shown}");
        let shown = netns::output("bridge", &["-d", "vlan", "show", "dev", "v0"]);
        assert!(shown.contains("mcast_router 2"), "{shown}");
        reencode::assert(&mut route, bridge_vlan::list().into_request(), &[]);

        let gone =
            BridgeVlan { tunnel_info: Some(VlanTunnelInfo { id: Some(1010), cmd: Some(18) }), ..BridgeVlan::default() };
        let mut set = bridge_vlan::add(v0, 10..=10).with(BridgeVlanFlags::ONLY_OPTS);
        let info = set.body.entry[0].info;
        set.body.entry[0] = BridgeVlan { info, ..gone };
        // RTM_DELLINK is one less than RTM_GETLINK, and takes the tunnel away.
        set.body.entry[0].tunnel_info.as_mut().unwrap().cmd = Some(17);
        route.tell(set).unwrap();
        let shown = netns::output("bridge", &["vlan", "tunnelshow", "dev", "v0"]);
        assert!(!shown.contains("1010"), "{shown}");
    });
}

#[test]
fn vnis_of_a_vxlan_over_ipv6() {
    netns::run(|| {
        let Some(()) = require::linux(6, 0) else { return };
        let Some(()) = require::link_kind("vxlan") else { return };
        let mut route = furnished();
        ip("link add vx0 type vxlan external vnifilter local 2001:db8::1 dstport 4789");
        let vx0 = index("vx0");
        route.tell(tunnel::add(vx0, 300..=303, Some(addr("2001:db8::9")))).unwrap();
        let all: Vec<_> = route.dump(tunnel::list()).unwrap().map(Result::unwrap).collect();
        let told = all.iter().filter(|tunnel| tunnel.header.ifindex == vx0).flat_map(|tunnel| &tunnel.entry);
        let told: Vec<_> = told.map(|entry| (entry.start, entry.end, entry.group6.map(IpAddr::from))).collect();
        let far = Some(addr("2001:db8::9"));
        assert!(told.iter().all(|(_, _, group)| *group == far), "{told:?}");
        assert_eq!((told[0].0, told.last().unwrap().1.or(told.last().unwrap().0)), (Some(300), Some(303)));
        let shown = netns::output("bridge", &["vni", "show", "dev", "vx0"]);
        assert!(shown.contains("2001:db8::9"), "{shown}");
    });
}
