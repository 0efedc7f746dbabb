//! Subscriptions that heal themselves, against the running kernel.

use std::{collections::BTreeSet, thread, time::Duration};

use netlink_core::{
    Connection, NlFamily,
    connection::{Follow, Following},
    exchange::Change,
    operation::DoDump,
    protocol::Route as RouteProtocol,
};
use netlink_tests::netns;
use protocols::route::{
    Route, follow,
    link::{self, Link, LinkGet, LinkHeader, LinkInfo},
    neighbour::Neighbour,
    nexthop,
    routes::RouteEntry,
};

type GetLink = DoDump<LinkGet<'static>, Link<'static>>;
type Links = Following<Route, GetLink, i32>;

fn description() -> Follow<Route, GetLink, i32> {
    Follow::new(Route::GET_LINK.dump_with(&LinkGet::default()), |link: &Link<'_>| {
        // A bridge tells of its ports in messages of its own family, which are no links that come and go.
        (link.header.family == 0).then_some(link.header.index)
    })
    .group(Route::LINKS)
    .changed(Route::LINK_CHANGED)
    .gone(Route::LINK_GONE)
}

fn links() -> Links {
    description().start().unwrap().timeout(Duration::from_secs(5))
}

fn bridge(route: &mut Connection<RouteProtocol>, name: &str) {
    let info = LinkInfo { kind: Some("bridge".into()), ..LinkInfo::default() };
    let link = Link { ifname: Some(name.into()), link_info: Some(info), ..Link::default() };
    route.tell(Route::NEW_LINK.with(&link).create().exclusive()).unwrap();
}

fn set_mtu(route: &mut Connection<RouteProtocol>, index: i32, mtu: u32) {
    let header = LinkHeader { index, ..LinkHeader::default() };
    route.tell(Route::SET_LINK.with(&Link { header, mtu: Some(mtu), ..Link::default() })).unwrap();
}

fn index_of(route: &mut Connection<RouteProtocol>, name: &str) -> i32 {
    route.ask(link::get(name)).unwrap().header.index
}

fn name(link: &Link<'_>) -> String {
    link.ifname.as_ref().unwrap().to_string()
}

/// Everything up to the next [`Change::Synced`].
fn synced(links: &mut Links) -> Vec<Change<Link<'static>>> {
    let mut changes = Vec::new();
    loop {
        match links.next_change().unwrap().unwrap() {
            Change::Synced => return changes,
            change => changes.push(change),
        }
    }
}

#[test]
fn what_is_there_comes_first_and_then_what_changes() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mut links = links();
        let first = synced(&mut links);
        assert!(matches!(&first[..], [Change::New(lo)] if name(lo) == "lo"), "{first:?}");

        bridge(&mut route, "br0");
        let Some(Ok(Change::New(new))) = links.next() else { panic!() };
        assert_eq!(name(&new), "br0");

        set_mtu(&mut route, new.header.index, 1400);
        let Some(Ok(Change::Changed { before, now })) = links.next() else { panic!() };
        assert_eq!((before.mtu, now.mtu), (Some(1500), Some(1400)));
        assert_eq!(links.objects().get(&new.header.index).unwrap().mtu, Some(1400));

        let header = LinkHeader { index: new.header.index, ..LinkHeader::default() };
        route.tell(Route::DEL_LINK.with(&Link { header, ..Link::default() })).unwrap();
        // Others may be told before it, such as that it went down.
        let gone = links.find_map(|change| match change.unwrap() {
            Change::Gone(link) => Some(link),
            _ => None,
        });
        assert_eq!(gone.unwrap().mtu, Some(1400));

        let mut links = links.timeout(Duration::from_millis(20));
        assert!(matches!(links.next(), Some(Err(netlink_core::Error::Timeout))));
    });
}

#[test]
fn after_loss_the_differences_are_told_and_the_copy_is_right_again() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        bridge(&mut route, "stays");
        bridge(&mut route, "goes");
        let mut links = links();
        assert_eq!(synced(&mut links).len(), 3);
        links.events().socket().set_receive_buffer(1).unwrap();

        let (stays, goes) = (index_of(&mut route, "stays"), index_of(&mut route, "goes"));
        for mtu in 0..200 {
            set_mtu(&mut route, stays, 1000 + mtu);
        }
        let header = LinkHeader { index: goes, ..LinkHeader::default() };
        route.tell(Route::DEL_LINK.with(&Link { header, ..Link::default() })).unwrap();
        bridge(&mut route, "comes");

        let changes = synced(&mut links);
        let gap = changes.iter().position(|change| matches!(change, Change::Gap)).expect("a gap");
        let told = |wanted: &dyn Fn(&Change<Link<'_>>) -> bool| changes[gap..].iter().any(wanted);
        assert!(told(&|change| matches!(change, Change::New(link) if name(link) == "comes")), "{changes:?}");
        assert!(told(&|change| matches!(change, Change::Gone(link) if name(link) == "goes")), "{changes:?}");
        assert!(told(&|change| matches!(change, Change::Changed { now, .. } if now.mtu == Some(1199))), "{changes:?}");

        let copy: BTreeSet<(i32, Option<u32>)> =
            links.objects().iter().map(|(index, link)| (*index, link.mtu)).collect();
        let list = route.list(Route::GET_LINK.dump_with(&LinkGet::default()), 5).unwrap();
        assert_eq!(copy, list.entries.iter().map(|link| (link.header.index, link.mtu)).collect());

        // It goes on: the queue is empty again, and what is new comes as a notification.
        bridge(&mut route, "later");
        assert!(matches!(links.next(), Some(Ok(Change::New(link))) if name(&link) == "later"));
    });
}

/// The next change of a table that is followed.
fn next<T>(changes: &mut impl Iterator<Item = Result<Change<T>, netlink_core::Error>>) -> Change<T> {
    changes.next().unwrap().unwrap()
}

#[test]
fn addresses_routes_and_neighbours_are_followed_too() {
    netns::run(|| {
        netns::output("ip", &["link", "add", "here", "type", "veth", "peer", "name", "there"]);
        netns::output("ip", &["link", "set", "here", "up"]);
        netns::output("ip", &["link", "set", "there", "up"]);
        let five = Duration::from_secs(5);
        let mut addresses = follow::addresses().start().unwrap().timeout(five);
        let mut routes = follow::routes().start().unwrap().timeout(five);
        let mut neighbours = follow::neighbours().start().unwrap().timeout(five);
        while !matches!(next(&mut addresses), Change::Synced) {}
        while !matches!(next(&mut routes), Change::Synced) {}
        while !matches!(next(&mut neighbours), Change::Synced) {}

        netns::output("ip", &["addr", "add", "192.0.2.1/24", "dev", "here"]);
        let found = addresses.find_map(|change| match change.unwrap() {
            Change::New(address) if address.header.prefixlen == 24 => Some(address),
            _ => None,
        });
        assert_eq!(found.unwrap().local.as_ref().unwrap().ip(), Some("192.0.2.1".parse().unwrap()));

        netns::output("ip", &["route", "add", "198.51.100.0/24", "via", "192.0.2.2"]);
        netns::output("ip", &["route", "replace", "198.51.100.0/24", "via", "192.0.2.3"]);
        netns::output("ip", &["route", "del", "198.51.100.0/24"]);
        let ours = |route: &RouteEntry<'_>| route.destination() == Some("198.51.100.0/24".parse().unwrap());
        let via = |route: &RouteEntry<'_>| route.gateway.as_ref().unwrap().ip().unwrap().to_string();
        let mut told = Vec::new();
        while told.len() < 3 {
            match next(&mut routes) {
                Change::New(route) if ours(&route) => told.push(format!("new {}", via(&route))),
                Change::Changed { now, .. } if ours(&now) => told.push(format!("changed {}", via(&now))),
                Change::Gone(route) if ours(&route) => told.push(format!("gone {}", via(&route))),
                _ => {}
            }
        }
        assert_eq!(told, ["new 192.0.2.2", "changed 192.0.2.3", "gone 192.0.2.3"]);

        netns::output("ip", &["neigh", "add", "192.0.2.9", "lladdr", "02:00:00:00:00:09", "dev", "here"]);
        netns::output("ip", &["neigh", "change", "192.0.2.9", "lladdr", "02:00:00:00:00:0a", "dev", "here"]);
        let ours = |own: &Neighbour<'_>| own.dst.as_ref().unwrap().ip() == Some("192.0.2.9".parse().unwrap());
        let mut told = Vec::new();
        while told.len() < 2 {
            match next(&mut neighbours) {
                Change::New(own) | Change::Changed { now: own, .. } if ours(&own) => {
                    told.push(own.lladdr.as_ref().unwrap().to_string());
                }
                _ => {}
            }
        }
        assert_eq!(told, ["02:00:00:00:00:09", "02:00:00:00:00:0a"]);
    });
}

#[test]
fn another_thread_can_end_the_stream() {
    netns::run(|| {
        let mut links = links();
        synced(&mut links);
        let canceller = links.canceller().unwrap();
        let other = thread::spawn(move || canceller.cancel());
        assert!(links.next().is_none());
        other.join().unwrap();
        assert!(links.next().is_none());
    });
}

/// The same with tokio, where another future may be ready first at any time.
#[test]
fn with_tokio_it_is_the_same() {
    netns::run(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut route = Route::connect().unwrap();
            bridge(&mut route, "stays");
            bridge(&mut route, "goes");
            let mut links = netlink_core::tokio::follow(description()).await.unwrap();
            links.events().socket().set_receive_buffer(1).unwrap();
            let mut first = Vec::new();
            loop {
                // Mostly dropped before it is done: nothing may be lost by that.
                let nothing = tokio::task::yield_now();
                tokio::select! {
                    biased;
                    change = links.next_change() => match change.unwrap().unwrap() {
                        Change::Synced => break,
                        change => first.push(change),
                    },
                    () = nothing => {}
                }
            }
            assert_eq!(first.len(), 3, "{first:?}");

            let (stays, goes) = (index_of(&mut route, "stays"), index_of(&mut route, "goes"));
            for mtu in 0..200 {
                set_mtu(&mut route, stays, 1000 + mtu);
            }
            let header = LinkHeader { index: goes, ..LinkHeader::default() };
            route.tell(Route::DEL_LINK.with(&Link { header, ..Link::default() })).unwrap();

            let mut gap = false;
            loop {
                match links.next_change().await.unwrap().unwrap() {
                    Change::Gap => gap = true,
                    Change::Synced => break,
                    _ => {}
                }
            }
            assert!(gap);
            assert_eq!(links.objects().get(&stays).unwrap().mtu, Some(1199));
            assert_eq!(links.objects().get(&goes), None);

            bridge(&mut route, "later");
            let Some(Ok(Change::New(new))) = links.next_change().await else { panic!() };
            assert_eq!(name(&new), "later");

            let mut links = links.timeout(Duration::from_millis(20));
            assert!(matches!(links.next_change().await, Some(Err(netlink_core::Error::Timeout))));
            links.events().close();
            assert!(links.next_change().await.is_none());
        });
    });
}

#[test]
fn next_hops_come_and_go() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(link::set("lo").up()).unwrap();
        let mut hops = follow::next_hops().start().unwrap().timeout(Duration::from_secs(5));
        assert!(matches!(hops.next(), Some(Ok(Change::Synced))));
        route.tell(nexthop::add(5).blackhole()).unwrap();
        assert!(matches!(hops.next(), Some(Ok(Change::New(hop))) if hop.id == Some(5)));
        route.tell(nexthop::del(5)).unwrap();
        assert!(matches!(hops.next(), Some(Ok(Change::Gone(hop))) if hop.id == Some(5)));
    });
}

/// What the kernel rarely does at the right moment.
mod simulated {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use netlink_core::{
        Error,
        sim::{Interruption, Kernel},
    };

    use super::*;

    fn link(index: i32) -> Link<'static> {
        Link { header: LinkHeader { index, ..LinkHeader::default() }, ..Link::default() }
    }

    /// A kernel whose list is interrupted the first so many times, and then has one link more.
    fn unsteady(interruptions: u32) -> (Kernel, Arc<AtomicU32>) {
        let (kernel, asked) = (Kernel::new(), Arc::new(AtomicU32::new(0)));
        let times = Arc::clone(&asked);
        kernel.on_dump(Route::GET_LINK, move |_, call| {
            let steady = times.fetch_add(1, Ordering::Relaxed) >= interruptions;
            if !steady {
                call.interrupted(Interruption::End);
            }
            Ok((1..=if steady { 2 } else { 1 }).map(link).collect::<Vec<_>>())
        });
        (kernel, asked)
    }

    #[test]
    fn an_interrupted_list_is_asked_for_again_so_often_and_no_more() {
        let get = || Route::GET_LINK.dump_with(&LinkGet::default());
        for (interruptions, attempts, times, interrupted) in [(0, 5, 1, false), (3, 5, 4, false), (9, 5, 5, true)] {
            let (kernel, asked) = unsteady(interruptions);
            let list = kernel.connect().unwrap().list(get(), attempts).unwrap();
            assert_eq!((asked.load(Ordering::Relaxed), list.interrupted), (times, interrupted));
            // What did arrive is there in any case.
            assert_eq!(list.entries.len(), if interrupted { 1 } else { 2 });
        }
    }

    #[test]
    fn a_list_that_never_comes_to_rest_is_told_and_what_came_of_it_too() {
        let (kernel, _) = unsteady(7);
        let (events, asks) = (kernel.connect().unwrap(), kernel.connect().unwrap());
        let mut links = description().start_on(events, asks).unwrap();
        assert!(matches!(links.next(), Some(Ok(Change::New(link))) if link.header.index == 1));
        assert!(matches!(links.next(), Some(Err(Error::Interrupted))));
        assert!(matches!(links.next(), Some(Ok(Change::New(link))) if link.header.index == 2));
        assert!(matches!(links.next(), Some(Ok(Change::Synced))));
    }

    #[test]
    fn what_comes_before_the_list_is_over_is_told_after_it() {
        let kernel = Kernel::new();
        kernel.on_dump(Route::GET_LINK, |_, call| {
            // Newer than the list, and still in the queue when that has been read.
            call.notify(Route::LINKS, Route::LINK_CHANGED, &Link { mtu: Some(9000), ..link(1) });
            call.notify(Route::LINKS, Route::LINK_GONE, &link(2));
            Ok(vec![link(1), link(2)])
        });
        let (events, asks) = (kernel.connect().unwrap(), kernel.connect().unwrap());
        let mut links = description().start_on(events, asks).unwrap();
        assert_eq!(synced(&mut links).len(), 2);
        assert!(matches!(links.next(), Some(Ok(Change::Changed { now, .. })) if now.mtu == Some(9000)));
        assert!(matches!(links.next(), Some(Ok(Change::Gone(link))) if link.header.index == 2));
    }
}
