//! The words for links.

use crate::table::linux;
use netlink_core::{
    Errno, Error, IntoOwned, NlFamily,
    wire::{LinkAddr, MacAddr},
};
use netlink_tests::netns;
use protocols::route::{
    Route,
    link::{self, AfSpec, Link, LinkFlags},
};

#[test]
fn a_pair_is_made_changed_renamed_and_removed() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mac = MacAddr([2, 0, 0, 0, 0, 7]);
        route.tell(link::veth("a").peer("b").mtu(1400).address(mac).up().add()).unwrap();
        let a = route.ask(link::get("a")).unwrap().into_owned();
        assert!(a.is_up());
        assert_eq!(
            (a.kind(), a.mtu, a.address.as_ref().and_then(LinkAddr::mac)),
            (Some("veth"), Some(1400), Some(mac))
        );
        assert_eq!(route.ask(link::get("b")).unwrap().link, Some(a.index()));
        let error = route.tell(link::veth("a").add()).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::EXIST));

        route
            .tell(link::set(&a).down().mtu(1300).group(5).txqlen(77).alias("one end").flags(LinkFlags::PROMISC, true))
            .unwrap();
        let a = route.ask(link::get(a.index())).unwrap().into_owned();
        assert!(!a.is_up() && a.header.flags.contains(LinkFlags::PROMISC));
        assert_eq!((a.mtu, a.group, a.txqlen), (Some(1300), Some(5), Some(77)));
        assert_eq!(a.ifalias.as_ref().unwrap(), &"one end");

        route.tell(link::rename(a.index(), "c")).unwrap();
        assert_eq!(route.ask(link::get("c")).unwrap().index(), a.index());
        route.tell(link::del("c")).unwrap();
        assert_eq!(route.tell(link::get("b")).unwrap_err().errno(), Some(Errno::NODEV));
    });
}

#[test]
fn a_link_that_is_there_is_ensured() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        for ageing in [5000, 6000] {
            route.tell(link::bridge("br0").with(|bridge| bridge.ageing_time = Some(ageing)).ensure()).unwrap();
            let bridge = route.ask(link::get("br0")).unwrap();
            let Some(link::LinkData::Bridge(bridge)) = &bridge.link_info.as_ref().unwrap().data else {
                panic!("{bridge:?}")
            };
            assert_eq!(bridge.ageing_time, Some(ageing));
        }
    });
}

#[test]
fn a_name_that_is_too_long_is_refused_before_it_is_sent() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let Err(Error::Encode(error)) = route.tell(link::veth("sixteen-bytes-xx").add()) else { panic!() };
        assert_eq!(error.to_string(), "`Link.ifname`: 16 where at most 15 fit");
        let Err(Error::Encode(error)) = route.tell(link::veth("a").peer("sixteen-bytes-xx").add()) else { panic!() };
        assert_eq!(error.to_string(), "`Link.link_info.data.peer.ifname`: 16 where at most 15 fit");
    });
}

#[test]
fn alternative_names_come_and_go() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::veth("a").add()).unwrap();
        for name in ["short", "an-alternative-name-that-is-long"] {
            route.tell(link::add_altname("a", name)).unwrap();
            assert_eq!(route.ask(link::get(name)).unwrap().ifname.as_ref().unwrap(), &"a");
            // Linux 5.10 does not find a long one here.
            if name.len() < 16 || linux() >= (5, 18) {
                route.tell(link::set(name).mtu(1280)).unwrap();
            }
            route.tell(link::del_altname(name, name)).unwrap();
            assert_eq!(route.tell(link::get(name)).unwrap_err().errno(), Some(Errno::NODEV));
        }
    });
}

#[test]
fn the_kernel_filters_by_kind_and_by_master() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::veth("a").peer("b").add()).unwrap();
        route.tell(link::bridge("br0").add()).unwrap();
        let bridge = route.ask(link::get("br0")).unwrap().index();
        route.tell(link::set("a").master(bridge)).unwrap();
        for (list, expected) in [
            (link::list().of_kind("veth"), vec!["a", "b"]),
            (link::list().of_master(bridge), vec!["a"]),
            (link::list().of_kind("bridge").without_family_stats(), vec!["br0"]),
        ] {
            let mut links = route.dump(list).unwrap();
            let mut names: Vec<String> = Vec::new();
            while let Some(link) = links.next_borrowed() {
                names.push(link.unwrap().ifname.unwrap().to_string());
            }
            names.sort();
            assert_eq!(names, expected);
            assert!(links.was_filtered());
        }
        let counters = |link: &Link<'_>| match &link.af_spec {
            Some(AfSpec::Families(families)) => families.inet6.as_ref().is_some_and(|inet6| inet6.stats.is_some()),
            _ => false,
        };
        assert!(route.dump(link::list()).unwrap().any(|link| counters(&link.unwrap())));
        assert!(!route.dump(link::list().without_family_stats()).unwrap().any(|link| counters(&link.unwrap())));
    });
}

/// A list of 100 links is decoded without one allocation for each.
#[test]
fn a_list_of_links_allocates_nothing_for_a_link() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        for number in 0..50 {
            route.tell(link::veth(format!("a{number}")).peer(format!("b{number}")).up().add()).unwrap();
        }
        let mut links = route.dump(link::list()).unwrap();
        // The first one may bring the buffers to their size.
        links.next_borrowed().unwrap().unwrap();
        let mut count = 0;
        let seen = allocation_counter::measure(|| {
            while let Some(link) = links.next_borrowed() {
                assert!(link.unwrap().af_spec.is_some());
                count += 1;
            }
        });
        assert!(count >= 100);
        // What belongs to a datagram, of which there are a few.
        assert!(seen.count_total < 20, "{seen:?}");
        assert!(size_of::<Link<'_>>() <= 2304, "{}", size_of::<Link<'_>>());
    });
}
