//! What links of every kind can be told.

use std::{fs::File, os::fd::AsRawFd, thread};

use netlink_core::{Errno, IntoOwned, NlFamily, wire::MacAddr};
use netlink_tests::{
    netns,
    programs::{self, ProgramType},
    require,
};
use protocols::route::{
    Route,
    link::{self, Link, LinkData, LinkMode, OperState, Xdp, XdpAttached, XdpFlags},
};

use crate::table::{Conn, Kind, lower};

/// `ip` of 2022 does not show what is newer.
const SAME: &[&str] = &[
    "mtu",
    "txqlen",
    "num_tx_queues",
    "num_rx_queues",
    "gso_max_segs",
    "gso_max_size",
    "gro_max_size",
    "=dormant linkmode",
    "address",
    "broadcast",
];

/// The same when the link is made and when it is changed.
fn sizes(change: u32) -> Link<'static> {
    Link {
        address: Some(MacAddr([2, 0, 0, 0, 0, change as u8]).into()),
        broadcast: Some(MacAddr([0xff, 0xff, 0xff, 0xff, 0, change as u8]).into()),
        mtu: Some(1400 + change),
        txqlen: Some(70 + change),
        group: Some(5 + change),
        linkmode: Some(LinkMode::Dormant),
        gso_max_segs: Some(1000 + change),
        gso_max_size: Some(32_000 + change),
        gro_max_size: Some(33_000 + change),
        gso_ipv4_max_size: Some(34_000 + change),
        gro_ipv4_max_size: Some(35_000 + change),
        ..Link::default()
    }
}

#[test]
fn what_all_links_can_be_told_is_what_ip_says() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let since = &[("gro-max-size", (5, 19)), ("gso-ipv4-max-size", (6, 3)), ("gro-ipv4-max-size", (6, 3))];
        let kind = Kind { since, ..Kind::new("veth", SAME) };
        let all = |link: &mut Link<'static>| {
            *link = Link { header: link.header, ifname: link.ifname.take(), ..sizes(1) };
            (link.num_tx_queues, link.num_rx_queues) = (Some(3), Some(2));
        };
        let mut made = link::veth("x0").peer("x1").with_link(all).into_link();
        route.tell(Route::NEW_LINK.with(&made).create().exclusive()).unwrap();
        // What is special to the kind is for the other tests.
        made.link_info = None;
        let told = route.ask(link::get("x0")).unwrap().into_owned();
        made.header = told.header;
        kind.compare(&made, &told, "", "");

        let change = Link { header: told.header, ..sizes(2) };
        route.tell(Route::SET_LINK.with(&change)).unwrap();
        let told = route.ask(link::get("x0")).unwrap();
        kind.compare(&change, &told, "", "");
    });
}

#[test]
fn a_link_that_waits_is_up_when_a_program_says_so() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        route.tell(link::set(low).with_link(|link| link.linkmode = Some(LinkMode::Dormant))).unwrap();
        let peer = route.ask(link::get(low)).unwrap().link.unwrap();
        route.tell(link::set(peer).up()).unwrap();
        netns::wait_for(|| route.ask(link::get(low)).unwrap().operstate == Some(OperState::Dormant));
        route.tell(link::set(low).with_link(|link| link.operstate = Some(OperState::Up))).unwrap();
        let told = route.ask(link::get(low)).unwrap();
        assert_eq!((told.operstate, told.linkmode), (Some(OperState::Up), Some(LinkMode::Dormant)));
        let shown = netns::output("ip", &["-j", "link", "show", "low"]);
        assert!(shown.contains(r#""operstate":"UP","linkmode":"DORMANT""#), "{shown}");
    });
}

#[test]
fn a_carrier_comes_and_goes_as_it_is_told() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        // A pair has the carrier that its other end gives it.
        let low = lower(&mut route, "low");
        let error = route.tell(link::set(low).with_link(|link| link.carrier = Some(0))).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::OPNOTSUPP));

        let Some(()) = require::link_kind("dummy") else { return };
        route.tell(link::new(LinkData::Dummy).name("x0").up().add()).unwrap();
        for carrier in [0, 1, 0] {
            let before = route.ask(link::get("x0")).unwrap().into_owned();
            assert_eq!(before.carrier, Some(1 - carrier));
            route.tell(link::set("x0").with_link(|link| link.carrier = Some(carrier))).unwrap();
            let told = route.ask(link::get("x0")).unwrap();
            let (ups, downs) = (u32::from(carrier), u32::from(1 - carrier));
            assert_eq!(told.carrier, Some(carrier));
            assert_eq!(told.carrier_up_count, before.carrier_up_count.map(|count| count + ups));
            assert_eq!(told.carrier_down_count, before.carrier_down_count.map(|count| count + downs));
            // The state follows a little later.
            netns::wait_for(|| {
                netns::output("ip", &["-j", "link", "show", "x0"]).contains("NO-CARRIER") == (carrier == 0)
            });
        }
    });
}

/// A namespace of its own, which is there as long as the file is open.
fn another_namespace() -> File {
    let other = thread::spawn(|| {
        nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWNET).unwrap();
        File::open("/proc/thread-self/ns/net").unwrap()
    });
    other.join().unwrap()
}

/// Another namespace, and the number that it has in this one.
fn numbered_namespace(route: &mut Conn) -> (File, u32, i32) {
    use protocols::route::nsid;
    let file = another_namespace();
    let fd = u32::try_from(file.as_raw_fd()).unwrap();
    route.tell(nsid::assign(nsid::Of::Fd(fd), Some(7))).unwrap();
    (file, fd, 7)
}

#[test]
fn a_link_gets_an_index_where_it_moves_to() {
    netns::run(|| {
        // Before, it had no attribute in requests.
        let Some(()) = require::linux(5, 13) else { return };
        let mut route = Route::connect().unwrap();
        let (_file, fd, nsid) = numbered_namespace(&mut route);
        lower(&mut route, "x0");
        route.tell(link::set("x0").netns_fd(fd).with_link(|link| link.new_ifindex = Some(4711))).unwrap();
        assert_eq!(route.ask(link::get("x0")).unwrap_err().errno(), Some(Errno::NODEV));
        let there = route.dump(link::list().of_netns(nsid)).unwrap().map(Result::unwrap);
        let there: Vec<_> = there.map(|link| (link.ifname.unwrap().to_string(), link.header.index)).collect();
        assert!(there.contains(&("x0".to_owned(), 4711)), "{there:?}");
    });
}

#[test]
fn links_of_another_namespace_are_made_told_and_removed() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let (_file, _, nsid) = numbered_namespace(&mut route);
        let there = |link: &mut Link<'static>| link.target_netnsid = Some(nsid);
        route.tell(link::bridge("x0").mtu(1300).with_link(there).add()).unwrap();
        assert_eq!(route.ask(link::get("x0")).unwrap_err().errno(), Some(Errno::NODEV));
        let told = route.ask(link::get("x0").of_netns(nsid)).unwrap();
        assert_eq!((told.mtu, told.target_netnsid), (Some(1300), Some(nsid)));
        let index = told.header.index;
        // A change is of a link of this namespace, which moves.
        lower(&mut route, "x1");
        route.tell(link::set("x1").with_link(there)).unwrap();
        assert_eq!(route.ask(link::get("x1")).unwrap_err().errno(), Some(Errno::NODEV));
        assert!(route.ask(link::get("x1").of_netns(nsid)).unwrap().link_netnsid.is_some());
        // By its index: Linux 5.10 looks for the name here.
        let mut gone = Link::default();
        gone.header.index = index;
        there(&mut gone);
        route.tell(Route::DEL_LINK.with(&gone)).unwrap();
        assert_eq!(route.ask(link::get("x0").of_netns(nsid)).unwrap_err().errno(), Some(Errno::NODEV));
    });
}

#[test]
fn a_link_is_made_on_top_of_one_of_another_namespace() {
    netns::run(|| {
        if require::link_kind("vlan").is_none() || require::tool("ip").is_none() {
            return;
        }
        let mut route = Route::connect().unwrap();
        let (_file, _, nsid) = numbered_namespace(&mut route);
        let there = |link: &mut Link<'static>| link.target_netnsid = Some(nsid);
        route.tell(link::bridge("x0").with_link(there).add()).unwrap();
        let below = route.ask(link::get("x0").of_netns(nsid)).unwrap().index();
        route.tell(link::vlan(7).on(below).name("x1").with_link(|link| link.link_netnsid = Some(nsid)).add()).unwrap();
        let told = route.ask(link::get("x1")).unwrap();
        assert_eq!((told.link, told.link_netnsid), (Some(below), Some(nsid)));
        let shown = netns::output("ip", &["-j", "link", "show", "x1"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!((&shown[0]["link_index"], &shown[0]["link_netnsid"]), (&below.into(), &nsid.into()));
    });
}

#[test]
fn a_link_moves_to_the_namespace_of_a_process() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mut process = std::process::Command::new("unshare").args(["-n", "sleep", "60"]).spawn().unwrap();
        let namespace = format!("/proc/{}/ns/net", process.id());
        let own = std::fs::read_link("/proc/thread-self/ns/net").unwrap();
        netns::wait_for(|| std::fs::read_link(&namespace).is_ok_and(|other| other != own));
        lower(&mut route, "x0");
        let moved = route.tell(link::set("x0").netns_pid(process.id()));
        let there = netns::output("nsenter", &["-t", &process.id().to_string(), "-n", "ip", "-br", "link"]);
        process.kill().unwrap();
        process.wait().unwrap();
        moved.unwrap();
        assert!(there.contains("x0@"), "{there}");
        assert_eq!(route.ask(link::get("x0")).unwrap_err().errno(), Some(Errno::NODEV));
    });
}

#[test]
fn resources_of_ancient_hardware_are_refused_by_the_driver() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let low = lower(&mut route, "low");
        let map = route.ask(link::get(low)).unwrap().map;
        assert!(map.is_some());
        let error = route.tell(link::set(low).with_link(|link| link.map = map)).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::OPNOTSUPP));
    });
}

#[test]
fn a_program_is_set_replaced_and_removed_at_the_entrance() {
    let Some(fds) = programs::loaded(&[ProgramType::Xdp; 2]) else { return };
    netns::run(move || {
        let mut route = Route::connect().unwrap();
        lower(&mut route, "x0");
        let [one, two] = fds[..] else { panic!() };
        let [one, two] = [one as i32, two as i32];
        let id = |fd: i32| {
            let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}")).unwrap();
            info.lines().find_map(|line| line.strip_prefix("prog_id:")).unwrap().trim().parse::<u32>().ok()
        };
        let mut set = |fd, flags, expected_fd| {
            let xdp = Xdp { fd: Some(fd), flags: Some(flags), expected_fd, ..Xdp::default() };
            route.tell(link::set("x0").with_link(|link| link.xdp = Some(xdp)))?;
            let told = route.ask(link::get("x0"))?.into_owned().xdp.unwrap();
            let shown = netns::output("ip", &["-j", "-d", "link", "show", "x0"]);
            if let Some(id) = told.prog_id {
                assert!(shown.contains(&format!(r#""prog":{{"id":{id},"#)), "{shown}");
            }
            Ok::<_, netlink_core::Error>((told.attached, told.prog_id, told.skb_prog_id, told.drv_prog_id))
        };
        let behind = XdpFlags::SKB_MODE;
        assert_eq!(set(one, behind, None).unwrap(), (Some(XdpAttached::Skb), id(one), id(one), None));
        let error = set(two, behind | XdpFlags::UPDATE_IF_NOEXIST, None).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::BUSY));
        assert!(set(two, behind | XdpFlags::REPLACE, Some(two)).is_err());
        let replaced = set(two, behind | XdpFlags::REPLACE, Some(one)).unwrap();
        assert_eq!(replaced, (Some(XdpAttached::Skb), id(two), id(two), None));
        assert_eq!(set(-1, behind, None).unwrap(), (Some(XdpAttached::None), None, None, None));
        // A pair has a place for it in its driver, and no hardware.
        let driver = set(one, XdpFlags::DRV_MODE, None).unwrap();
        assert_eq!(driver, (Some(XdpAttached::Drv), id(one), None, id(one)));
        assert!(set(one, XdpFlags::HW_MODE, None).is_err());
    });
}
