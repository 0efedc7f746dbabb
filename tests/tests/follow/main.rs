//! Subscriptions that heal themselves, against the running kernel.

mod simulated;
mod tables;

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
    Route,
    link::{self, Link, LinkGet, LinkHeader, LinkInfo},
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

/// How many links there are: where tunnels are loaded, each namespace has some from the start.
fn count(route: &mut Connection<RouteProtocol>) -> usize {
    route.list(Route::GET_LINK.dump_with(&LinkGet::default()), 5).unwrap().entries.len()
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
        assert_eq!(first.len(), count(&mut route), "{first:?}");
        assert!(matches!(&first[0], Change::New(lo) if name(lo) == "lo"), "{first:?}");

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
        assert_eq!(synced(&mut links).len(), count(&mut route));
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
            assert_eq!(first.len(), count(&mut route), "{first:?}");

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
