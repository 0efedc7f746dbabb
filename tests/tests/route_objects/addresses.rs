//! Addresses.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use netlink_core::{IntoRequest, connection::Incoming, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    address::{self, Address, AddressCacheInfo, AddressFlags, AddressProtocol},
    ip::{Addr, AddressFamily, IpNet},
    routes::Scope,
};

use crate::{Conn, entry, furnished, index, ip, json, net};

fn addresses(route: &mut Conn, list: address::AddressList) -> Vec<Address<'static>> {
    route.dump(list).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn an_address_that_is_not_there_is_made_by_an_update() {
    netns::run(|| {
        let mut route = furnished();
        for wanted in [net("192.0.2.1/24"), net("2001:db8::1/64")] {
            for request in [address::add("v0", wanted).update(), address::add("v0", wanted).replace()] {
                route.tell(request).unwrap();
            }
            let told = addresses(&mut route, address::list().of_link("v0"));
            assert_eq!(told.iter().filter(|address| address.net() == Some(wanted)).count(), 1, "{told:?}");
        }
    });
}

#[test]
fn flags_of_an_address_may_stand_in_the_header() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let v0 = index("v0");
        let mut add = address::add(v0, net("2001:db8::1/64"));
        let flags = AddressFlags::NODAD | AddressFlags::HOMEADDRESS;
        (add.body.header.flags, add.body.flags) = (flags, None);
        route.tell(add).unwrap();
        let found = addresses(&mut route, address::list().of_link(v0).v6());
        let address = found.iter().find(|address| address.net() == Some(net("2001:db8::1/64"))).unwrap();
        assert!(address.flags.unwrap().contains(flags), "{address:?}");
        let shown = json("ip", "addr show dev v0");
        let shown = entry(shown[0]["addr_info"].as_array().unwrap(), "local", "2001:db8::1");
        assert_eq!((&shown["nodad"], &shown["home"]), (&true.into(), &true.into()));
    });
}

#[test]
fn an_address_of_ipv4_is_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let v0 = index("v0");
        let mut add = address::add(v0, net("192.0.2.1/24"))
            .broadcast(Ipv4Addr::new(192, 0, 2, 255))
            .label("v0:x")
            .metric(77)
            .lifetime(Duration::from_secs(5000), Duration::from_secs(4000))
            .with(AddressFlags::NOPREFIXROUTE);
        add.body.header.scope = Scope::Link;
        add.body.proto = require::is_linux(5, 18).then_some(AddressProtocol::Other(42));
        let proto = add.body.proto;
        route.tell(add.clone()).unwrap();
        assert_eq!(route.tell(add.clone()).unwrap_err().errno(), Some(Errno::EXIST));
        route.tell(add.replace()).unwrap();

        let found = addresses(&mut route, address::list().of_link(v0).v4());
        let [address] = &found[..] else { panic!("{found:?}") };
        assert_eq!(address.net(), Some(net("192.0.2.1/24")));
        assert_eq!(address.address.as_ref().and_then(Addr::ip), address.net().map(IpNet::addr));
        assert_eq!(address.broadcast, Some(Ipv4Addr::new(192, 0, 2, 255)));
        assert_eq!((address.rt_priority, address.proto), (Some(77), proto));
        assert_eq!(address.flags, Some(AddressFlags::NOPREFIXROUTE));
        assert_eq!((address.header.scope, address.header.index), (Scope::Link, v0));
        let life = address.cacheinfo.unwrap();
        assert!((4900..=5000).contains(&life.valid) && (3900..=4000).contains(&life.prefered), "{life:?}");

        let shown = json("ip", "addr show dev v0");
        let shown = shown[0]["addr_info"].as_array().unwrap();
        let shown = entry(shown, "family", "inet");
        assert_eq!(shown["local"], address.net().unwrap().addr().to_string());
        assert_eq!(shown["prefixlen"], address.header.prefixlen);
        assert_eq!(shown["broadcast"], address.broadcast.unwrap().to_string());
        assert_eq!(shown["label"], address.label.as_ref().unwrap().to_string());
        assert_eq!(shown["metric"], address.rt_priority.unwrap());
        assert_eq!(shown["scope"], "link");
        assert_eq!(shown["noprefixroute"], true);
        assert!(shown["valid_life_time"].as_u64().unwrap().abs_diff(life.valid.into()) <= 30);
        assert!(shown["preferred_life_time"].as_u64().unwrap().abs_diff(life.prefered.into()) <= 30);

        route.tell(address::del(v0, net("192.0.2.1/24"))).unwrap();
        assert!(addresses(&mut route, address::list().of_link(v0).v4()).is_empty());
        let error = route.tell(address::del(v0, net("192.0.2.1/24"))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::ADDRNOTAVAIL));
    });
}

#[test]
fn an_address_with_a_peer_and_one_of_ipv6() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let v0 = index("v0");
        route.tell(address::add(v0, net("192.0.2.1")).peer(net("198.51.100.2/30"))).unwrap();
        let flags = AddressFlags::NODAD | AddressFlags::HOMEADDRESS | AddressFlags::MANAGETEMPADDR;
        route.tell(address::add(v0, net("2001:db8::1/64")).with(flags).metric(9)).unwrap();

        let found = addresses(&mut route, address::list().of_link(v0).v4());
        assert_eq!(found[0].local.as_ref().unwrap().ip(), Some(IpAddr::from([192, 0, 2, 1])));
        assert_eq!(found[0].address.as_ref().unwrap().ip(), Some(IpAddr::from([198, 51, 100, 2])));
        assert_eq!(found[0].header.prefixlen, 30);
        let shown = json("ip", "addr show dev v0");
        let shown = shown[0]["addr_info"].as_array().unwrap();
        assert_eq!(entry(shown, "local", "192.0.2.1")["address"], "198.51.100.2");

        let found = addresses(&mut route, address::list().of_link(v0).v6());
        let six = found.iter().find(|address| address.net() == Some(net("2001:db8::1/64"))).unwrap();
        assert!(six.flags.unwrap().contains(flags | AddressFlags::PERMANENT), "{six:?}");
        assert_eq!(six.cacheinfo.unwrap().valid, AddressCacheInfo::FOREVER);
        assert_eq!(six.rt_priority, Some(9));
        let shown = entry(shown, "local", "2001:db8::1");
        assert_eq!((&shown["nodad"], &shown["home"], &shown["mngtmpaddr"]), (&true.into(), &true.into(), &true.into()));
        assert_eq!((&shown["prefixlen"], &shown["metric"]), (&64.into(), &9.into()));

        // One of IPv6, by its address.
        let one = address::get(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
        assert_eq!(route.ask(one).unwrap().net(), Some(net("2001:db8::1/64")));
    });
}

#[test]
fn the_kernel_filters_by_link_and_says_so() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let (v0, v1) = (index("v0"), index("v1"));
        route.tell(address::add(v0, net("192.0.2.1/24"))).unwrap();
        route.tell(address::add(v1, net("198.51.100.1/24"))).unwrap();
        let mut replies = route.dump(address::list().of_link(v1)).unwrap();
        let indexes: Vec<u32> = replies.by_ref().map(|address| address.unwrap().header.index).collect();
        assert!(replies.was_filtered());
        assert!(indexes.contains(&v1) && indexes.iter().all(|index| *index == v1), "{indexes:?}");
        drop(replies);
        let mut replies = route.dump(address::list()).unwrap();
        assert!(replies.by_ref().count() > indexes.len());
        assert!(!replies.was_filtered());
    });
}

#[test]
fn groups_that_links_listen_to() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let mut groups = addresses(&mut route, address::multicast_groups(AddressFamily::Inet6));
        groups.retain(|group| group.header.index == index("v0"));
        let all_nodes: IpAddr = "ff02::1".parse().unwrap();
        assert!(groups.iter().any(|group| group.multicast.as_ref().and_then(Addr::ip) == Some(all_nodes)));
        let shown = json("ip", "-6 maddress show dev v0");
        let shown: Vec<&str> =
            shown[0]["maddr"].as_array().unwrap().iter().filter_map(|m| m["address"].as_str()).collect();
        for group in &groups {
            assert!(shown.contains(&&*group.multicast.as_ref().unwrap().to_string()), "{group:?} is not in {shown:?}");
        }
        // Linux 7.3 has one attribute more.
        let newer = ["UnknownAttr(12)"];
        reencode::assert(&mut route, address::multicast_groups(AddressFamily::Inet6).into_request(), &newer);

        netns::output("sysctl", &["-qw", "net.ipv6.conf.v0.forwarding=1"]);
        let groups = addresses(&mut route, address::anycast_groups());
        let text = std::fs::read_to_string("/proc/thread-self/net/anycast6").unwrap();
        assert_eq!(groups.len(), text.lines().count(), "{groups:?} {text}");
        for group in groups {
            let IpAddr::V6(addr) = group.anycast.as_ref().unwrap().ip().unwrap() else { panic!("{group:?}") };
            let hex: String = addr.octets().iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(text.contains(&hex), "{addr} is not in {text}");
        }
    });
}

#[test]
fn addresses_come_and_go_as_events_and_survive_encoding() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let mut watcher = furnished_watcher();
        route.tell(address::add(index("v0"), net("192.0.2.1/24"))).unwrap();
        route.tell(address::del(index("v0"), net("192.0.2.1/24"))).unwrap();
        let mut events = watcher.events().timeout(Duration::from_secs(5));
        for expected in [Route::ADDR_CHANGED, Route::ADDR_GONE] {
            let Some(Ok(Incoming::Notification(event))) = events.next_event() else { panic!("no event") };
            assert_eq!(event.decode(expected).unwrap().net(), Some(net("192.0.2.1/24")));
        }
        ip("addr add 192.0.2.7/32 peer 198.51.100.9/32 dev v1 metric 5 valid_lft 700 preferred_lft 600");
        ip("addr add 2001:db8::7/64 dev v1 nodad");
        let count = reencode::assert(&mut route, address::list().into_request(), &[]);
        assert!(count >= 4, "{count}");
    });
}

fn furnished_watcher() -> Conn {
    use netlink_core::NlFamily;
    let mut watcher = Route::connect().unwrap();
    watcher.join(Route::IPV4_IFADDR).unwrap();
    watcher
}
