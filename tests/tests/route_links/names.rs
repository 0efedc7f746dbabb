//! Links that are given by name where the kernel wants an index.

use netlink_core::{Errno, IntoOwned, IntoRequest, NlFamily, wire::EncodeErrorKind};
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{self, IpvlanMode, LinkData, MacvlanMode, Vlan},
};

use crate::table::Conn;

/// Two bridges, which every kernel has.
fn furnished() -> Conn {
    let mut route = Route::connect().unwrap();
    route.tell(link::bridge("low").up().add()).unwrap();
    route.tell(link::bridge("br0").add()).unwrap();
    route.tell(link::add_altname("low", "the-link-below-all-others")).unwrap();
    route
}

#[test]
fn what_is_on_a_link_finds_it_by_its_names() {
    if require::link_kind("vlan").is_none() {
        return;
    }
    netns::run(|| {
        let mut route = furnished();
        let low = route.ask(link::get("low")).unwrap().index();
        let name = String::from("low");
        route.tell(link::vlan(10).on("low").name("v10").add()).unwrap();
        route.tell(link::vlan(11).on("the-link-below-all-others").name("v11").add()).unwrap();
        route.tell(link::vlan(12).on(&name).name("v12").ensure()).unwrap();
        let data = LinkData::Vlan(Vlan { id: Some(13), ..Vlan::default() });
        route.tell(link::new(data).on("low").name("v13").add()).unwrap();
        for name in ["v10", "v11", "v12", "v13"] {
            assert_eq!(route.ask(link::get(name)).unwrap().link, Some(low), "{name}");
        }
        // What is said last counts.
        route.tell(link::vlan(14).on("absent").on(low).name("v14").add()).unwrap();
        route.tell(link::vlan(15).on(1).on("low").name("v15").add()).unwrap();
        assert_eq!(route.ask(link::get("v14")).unwrap().link, Some(low));
        assert_eq!(route.ask(link::get("v15")).unwrap().link, Some(low));
    });
}

#[test]
fn other_kinds_find_the_link_below_too() {
    netns::run(|| {
        let mut route = furnished();
        let low = route.ask(link::get("low")).unwrap().index();
        if require::link_kind("macvlan").is_some() {
            route.tell(link::macvlan(MacvlanMode::Bridge).on("low").name("x0").add()).unwrap();
            assert_eq!(route.ask(link::get("x0")).unwrap().link, Some(low));
            route.tell(link::del("x0")).unwrap();
        }
        if require::link_kind("ipvlan").is_some() {
            route.tell(link::ipvlan(IpvlanMode::L3).on("low").name("x0").add()).unwrap();
            assert_eq!(route.ask(link::get("x0")).unwrap().link, Some(low));
        }
        if require::link_kind("vxlan").is_some() {
            let vxlan = link::vxlan(7).port(4789).remote([192, 0, 2, 1]);
            route.tell(vxlan.on("low").master("br0").name("x1").add()).unwrap();
            let told = route.ask(link::get("x1")).unwrap().into_owned();
            let Some(LinkData::Vxlan(vxlan)) = told.link_info.unwrap().data else { panic!() };
            assert_eq!(vxlan.link, Some(low));
            assert_eq!(told.master, Some(route.ask(link::get("br0")).unwrap().index()));
        }
    });
}

#[test]
fn masters_and_filters_have_names() {
    netns::run(|| {
        let mut route = furnished();
        let br0 = route.ask(link::get("br0")).unwrap().index();
        route.tell(link::veth("a").peer("b").master("br0").add()).unwrap();
        route.tell(link::set("b").master("br0").mtu(1400)).unwrap();
        let b = route.ask(link::get("b")).unwrap();
        assert_eq!((b.master, b.mtu), (Some(br0), Some(1400)));
        let ports: Vec<_> = route.dump(link::list().of_master("br0")).unwrap().map(|link| link.unwrap()).collect();
        assert!(ports.len() == 2 && ports.iter().all(|port| port.master == Some(br0)), "{ports:?}");
        let list = route.list(link::list().of_master("low"), 3).unwrap();
        assert!(list.entries.is_empty());
        route.tell(link::set("b").no_master()).unwrap();
        assert_eq!(route.ask(link::get("b")).unwrap().master, None);
        route.tell(link::rename("b", "c")).unwrap();
        assert_eq!(route.ask(link::get("c")).unwrap().mtu, Some(1400));
    });
}

#[test]
fn a_name_that_no_link_has_is_refused_and_nothing_is_sent() {
    netns::run(|| {
        let mut route = furnished();
        let error = route.tell(link::set("br0").mtu(1300).master("absent")).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NODEV));
        assert_eq!(error.to_string(), "No such device (ENODEV) (`LinkGet.ifname` is \"absent\")");
        assert_eq!(route.ask(link::get("br0")).unwrap().mtu, Some(1500));
        let error = route.dump(link::list().of_master("a-name-that-is-longer-than-others")).map(drop).unwrap_err();
        assert!(error.to_string().contains("`LinkGet.alt_ifname` is \"a-name-that-is-longer-than-others\""), "{error}");
        let error = route.tell(link::set("br0").mtu(1_000_000)).unwrap_err();
        assert!(error.to_string().ends_with("(`Link.mtu` is 1000000)"), "{error}");
        // Whoever brings a transport has nobody who looks it up.
        let error = link::vlan(10).on("low").name("v10").add().to_bytes(1, 0).unwrap_err();
        assert!(matches!(error.kind(), EncodeErrorKind::Invalid(text) if text.contains("looked up")), "{error}");
        let request = link::list().of_master("br0").into_request();
        assert!(request.to_bytes(1, 0).is_err());
    });
}

#[test]
fn a_batch_finds_what_was_made_in_it() {
    netns::run(|| {
        let mut route = furnished();
        let mut batch = route.batch();
        batch.add(link::bridge("br1").add()).unwrap();
        batch.add(link::veth("a").peer("b").master("br1").add()).unwrap();
        batch.add(link::set("b").master("br1")).unwrap();
        let Err(error) = batch.add(link::set("b").master("absent")) else { panic!() };
        assert_eq!(error.errno(), Some(Errno::NODEV));
        batch.add(link::set("b").mtu(1400)).unwrap();
        let report = batch.finish();
        assert_eq!((report.sent(), report.done()), (4, 4), "{report:?}");
        let br1 = route.ask(link::get("br1")).unwrap().index();
        let ports = route.list(link::list().of_master(br1), 3).unwrap();
        assert_eq!(ports.entries.len(), 2);

        // After a failure, a batch that stops there does not look anything up.
        let mut batch = route.batch().stop_at_error();
        batch.add(link::bridge("br1").add()).unwrap();
        batch.add(link::set("b").master("absent")).unwrap();
        let report = batch.finish();
        assert_eq!((report.sent(), report.done()), (1, 0), "{report:?}");
    });
}

#[test]
fn what_is_sent_without_waiting_is_looked_up_first() {
    netns::run(|| {
        let mut route = furnished();
        let br0 = route.ask(link::get("br0")).unwrap().index();
        route.tell(link::veth("a").peer("b").add()).unwrap();
        route.send(link::set("a").master("br0")).unwrap();
        assert_eq!(route.ask(link::get("a")).unwrap().master, Some(br0));
        assert_eq!(route.send(link::set("b").master("absent")).unwrap_err().errno(), Some(Errno::NODEV));
    });
}
