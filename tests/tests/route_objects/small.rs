//! Address labels, settings, numbers of namespaces, statistics.

use std::{fs, net::Ipv6Addr, process, thread};

use netlink_core::{IntoOwned, IntoRequest, errno::Errno};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    address,
    ip::{Addr, AddressFamily},
    label,
    netconf::{self, Netconf},
    nsid::{self, NsId, Of},
    stats::{self, StatsFilters, StatsMask},
};

use crate::{furnished, index, ip, json};

#[test]
fn address_labels() {
    netns::run(|| {
        let Some(_) = require::tool("ip") else { return };
        let mut route = furnished();
        let addr: Ipv6Addr = "2001:db8:77::".parse().unwrap();
        route.tell(label::add(addr, 48, 4242)).unwrap();
        // Idempotent.
        route.tell(label::add(addr, 48, 4242)).unwrap();
        let labels: Vec<_> = route.dump(label::list()).unwrap().collect::<Result<_, _>>().unwrap();
        let own = labels.iter().find(|label| label.label == Some(4242)).unwrap();
        assert_eq!((own.address.as_ref().and_then(Addr::ip), own.header.prefixlen), (Some(addr.into()), 48));
        let shown = json("ip", "addrlabel list");
        let shown = shown.iter().find(|label| label["label"] == 4242).unwrap();
        assert_eq!((&shown["address"], &shown["prefixlen"]), (&"2001:db8:77::".into(), &48.into()));
        let within: Ipv6Addr = "2001:db8:77::1".parse().unwrap();
        assert_eq!(route.ask(label::get(within)).unwrap().label, Some(4242));
        reencode::assert(&mut route, label::list().into_request(), &[]);
        // One that is for a link.
        let mut of_link = label::add(addr, 64, 4343);
        of_link.body.header.index = index("v0");
        route.tell(of_link).unwrap();
        let shown = json("ip", "addrlabel list");
        let shown = shown.iter().find(|label| label["label"] == 4343).unwrap();
        assert_eq!((&shown["ifname"], &shown["prefixlen"]), (&"v0".into(), &64.into()));
        let labels: Vec<_> = route.dump(label::list()).unwrap().collect::<Result<_, _>>().unwrap();
        let own = labels.iter().find(|label| label.label == Some(4343)).unwrap();
        assert_eq!(own.header.index, index("v0"));
        route.tell(label::del(addr, 48)).unwrap();
        assert_eq!(route.tell(label::del(addr, 48)).unwrap_err().errno(), Some(Errno::SRCH));
    });
}

#[test]
fn settings_of_links() {
    netns::run(|| {
        let Some(_) = require::tool("sysctl") else { return };
        let mut route = furnished();
        let v0 = index("v0") as i32;
        for (name, value) in [
            ("forwarding", 1),
            ("rp_filter", 2),
            ("proxy_arp", 1),
            ("ignore_routes_with_linkdown", 1),
            ("bc_forwarding", 1),
        ] {
            netns::output("sysctl", &["-qw", &format!("net.ipv4.conf.v0.{name}={value}")]);
        }
        let conf = route.ask(netconf::get(AddressFamily::Inet, v0)).unwrap().into_owned();
        assert_eq!((conf.ifindex, conf.forwarding, conf.rp_filter), (Some(v0), Some(1), Some(2)));
        assert_eq!((conf.proxy_neigh, conf.ignore_routes_with_linkdown), (Some(1), Some(1)));
        assert_eq!((conf.bc_forwarding, conf.mc_forwarding), (Some(1), Some(0)));
        let all: Vec<_> = route.dump(netconf::list(AddressFamily::Inet6)).unwrap().collect::<Result<_, _>>().unwrap();
        for index in [Netconf::ALL, Netconf::DEFAULT, v0] {
            assert!(all.iter().any(|conf| conf.ifindex == Some(index)), "{index}");
        }
        let shown = ip("-4 netconf show dev v0");
        let said = ["forwarding on", "rp_filter loose", "proxy_neigh on", "ignore_routes_with_linkdown on"];
        assert!(said.iter().all(|said| shown.contains(said)), "{shown}");
        for family in [AddressFamily::Inet, AddressFamily::Inet6] {
            assert!(reencode::assert(&mut route, netconf::list(family).into_request(), &[]) >= 4);
        }
    });
}

#[test]
fn settings_of_links_for_labels() {
    netns::run(|| {
        let Some(()) = require::module("mpls_router") else { return };
        let mut route = furnished();
        let v0 = index("v0") as i32;
        for input in [1, 0] {
            netns::output("sysctl", &["-qw", &format!("net.mpls.conf.v0.input={input}")]);
            assert_eq!(route.ask(netconf::get(AddressFamily::Mpls, v0)).unwrap().input, Some(input));
        }
        reencode::assert(&mut route, netconf::list(AddressFamily::Mpls).into_request(), &[]);
    });
}

#[test]
fn numbers_of_namespaces() {
    netns::run(|| {
        let mut route = furnished();
        // That of the process is another one than that of this thread.
        let other = Of::Process(process::id());
        assert_eq!(route.ask(nsid::get(other)).unwrap().nsid, Some(NsId::NOT_ASSIGNED));
        route.tell(nsid::assign(other, Some(77))).unwrap();
        assert_eq!(route.ask(nsid::get(other)).unwrap().nsid, Some(77));
        assert_eq!(route.tell(nsid::assign(other, Some(78))).unwrap_err().errno(), Some(Errno::EXIST));
        let all: Vec<_> = route.dump(nsid::list()).unwrap().map(|nsid| nsid.unwrap().nsid).collect();
        assert_eq!(all, [Some(77)]);
        let file = fs::File::open("/proc/self/ns/net").unwrap();
        let fd = u32::try_from(std::os::fd::AsRawFd::as_raw_fd(&file)).unwrap();
        assert_eq!(route.ask(nsid::get(Of::Fd(fd))).unwrap().nsid, Some(77));
        assert_eq!(reencode::assert(&mut route, nsid::list().into_request(), &[]), 1);
    });
}

#[test]
fn what_another_namespace_calls_a_third() {
    netns::run(|| {
        let mut route = furnished();
        let other = thread::spawn(|| {
            nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWNET).unwrap();
            fs::File::open("/proc/thread-self/ns/net").unwrap()
        });
        let other = other.join().unwrap();
        let fd = u32::try_from(std::os::fd::AsRawFd::as_raw_fd(&other)).unwrap();
        route.tell(nsid::assign(Of::Fd(fd), Some(7))).unwrap();
        let process = Of::Process(process::id());
        route.tell(nsid::assign(process, Some(77))).unwrap();
        let mut get = nsid::get(process);
        get.body.target_nsid = Some(7);
        let told = route.ask(get).unwrap();
        // It has no number for that of the process, and this one has.
        assert_eq!((told.nsid, told.current_nsid), (Some(NsId::NOT_ASSIGNED), Some(77)));
        let mut list = nsid::list();
        list.body.target_nsid = Some(7);
        assert_eq!(route.dump(list).unwrap().count(), 0);

        // Addresses of links there, too.
        let there = netns::output(
            "nsenter",
            &[&format!("--net=/proc/{}/fd/{fd}", process::id()), "ip", "link", "set", "lo", "up"],
        );
        assert_eq!(there, "");
        let mut list = address::list();
        list.body.target_netnsid = Some(7);
        let told: Vec<_> = route.dump(list).unwrap().map(Result::unwrap).collect();
        assert!(!told.is_empty() && told.iter().all(|address| address.target_netnsid == Some(7)), "{told:?}");
    });
}

#[test]
fn hardware_is_asked_to_count_and_parts_of_statistics_are_chosen() {
    netns::run(|| {
        let (Some(_), Some(())) = (require::tool("ip"), require::linux(5, 19)) else { return };
        let mut route = furnished();
        let v0 = index("v0");
        // IFLA_OFFLOAD_XSTATS_CPU_HIT, IFLA_OFFLOAD_XSTATS_HW_S_INFO, IFLA_OFFLOAD_XSTATS_L3_STATS
        const L3_STATS: u16 = 3;
        for on in [true, false] {
            route.tell(stats::set_l3_stats(v0, on)).unwrap();
            let mut parts = |filter: Option<u32>| {
                let mut get = stats::get(v0, StatsMask::LINK_OFFLOAD_XSTATS);
                get.body.get_filters = filter.map(|one| StatsFilters { link_offload_xstats: Some(one) });
                route.ask(get).unwrap().into_owned().link_offload_xstats
            };
            // Nobody could: it is wanted, and not done.
            let info = parts(Some(1 << 1)).unwrap();
            let [(L3_STATS, info)] = &info.hw_s_info[..] else { panic!("{info:?}") };
            assert_eq!((info.request, info.used), (Some(u8::from(on)), Some(0)));
            let shown = ip("stats show dev v0 group offload subgroup hw_stats_info");
            assert!(shown.contains(if on { "l3_stats on used off" } else { "l3_stats off" }), "{shown}");
            // Only what was chosen.
            let l3 = parts(Some(1 << 2));
            assert_eq!(l3.as_ref().is_some_and(|parts| parts.l3_stats.is_some()), on, "{l3:?}");
            assert!(l3.is_none_or(|parts| parts.hw_s_info.is_empty()));
            assert!(!parts(None).unwrap().hw_s_info.is_empty());
        }
    });
}

#[test]
fn statistics_of_links() {
    netns::run(|| {
        let mut route = furnished();
        ip("link add br0 type bridge mcast_stats_enabled 1");
        ip("link set v0 master br0");
        let all = StatsMask::LINK_64 | StatsMask::LINK_XSTATS | StatsMask::LINK_XSTATS_SLAVE;
        let all = all | StatsMask::LINK_OFFLOAD_XSTATS | StatsMask::AF_SPEC;
        let stats = route.ask(stats::get(index("v0"), all)).unwrap().into_owned();
        let sent = stats.link_64.unwrap().tx_packets;
        let shown = json("ip", "-s link show dev v0");
        let shown = shown[0]["stats64"]["tx"]["packets"].as_u64().unwrap();
        assert!(shown >= sent && shown - sent < 100, "{sent} {shown}");
        let ports = stats.link_xstats_slave.unwrap().bridge.unwrap();
        assert!(ports.mcast.is_some(), "{ports:?}");
        let bridge = route.ask(stats::get(index("br0"), all)).unwrap().into_owned();
        assert!(bridge.link_xstats.unwrap().bridge.unwrap().mcast.is_some());
        let only = route.ask(stats::get(index("v0"), StatsMask::LINK_XSTATS_SLAVE)).unwrap();
        assert!(only.link_64.is_none());
        let error = route.ask(stats::get(index("v0"), StatsMask::empty())).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::INVAL));
        // Some modules, once loaded, put a link of their own into each new namespace.
        let links = json("ip", "link show").len();
        assert_eq!(reencode::assert(&mut route, stats::list(all).into_request(), &[]), links);
    });
}
