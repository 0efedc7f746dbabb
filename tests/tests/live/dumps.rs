//! Lists and replies that are long, large, or change under the reader's eyes.

use netlink_core::{Errno, Error, NlFamily, Request, protocol::Route as RouteProtocol, socket::SocketOption};
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{self, Link, LinkGet, LinkHeader, PropList},
};

use super::{Conn, add_bridge, link_named, lo};

/// Gives the loopback device so many further names of the greatest length, and tells them.
fn name_often(route: &mut Conn, names: usize) -> Vec<String> {
    let names: Vec<String> = (0..names).map(|number| format!("{number:0>127}")).collect();
    // A nest has at most 64 KiB, and the kernel likes less.
    for some in names.chunks(20) {
        let list =
            PropList { alt_ifname: some.iter().map(|name| name.as_str().into()).collect(), ..PropList::default() };
        let link = Link { prop_list: Some(list), ..lo() };
        let request = Route::NEW_LINK_PROP.with(&link).create().exclusive().append();
        route.tell(request).unwrap();
    }
    names
}

fn alt_names(link: &Link<'_>) -> Vec<String> {
    link.prop_list.iter().flat_map(|list| &list.alt_ifname).map(ToString::to_string).collect()
}

#[test]
fn k1_a_link_of_12_kb_is_in_the_list() {
    if require::linux(5, 5).is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let names = name_often(&mut route, 90);
        add_bridge(&mut route, b"other");
        let links: Vec<_> =
            route.dump(Route::GET_LINK.dump_with(&LinkGet::default())).unwrap().map(Result::unwrap).collect();
        assert!(links.iter().any(|link| link.ifname.as_ref().is_some_and(|name| name.as_bytes() == b"other")));
        let mut found = alt_names(links.iter().find(|link| link.header.index == 1).unwrap());
        found.sort_unstable();
        assert_eq!(found, names);
    });
}

#[test]
fn k1_a_link_of_39_kb_is_had_whole_by_asking_for_it() {
    if require::linux(5, 5).is_none() {
        return;
    }
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let names = name_often(&mut route, 290);
        let reply = route.ask(link::get(1)).unwrap();
        let mut found = alt_names(&reply);
        found.sort_unstable();
        assert_eq!(found, names);
        assert_eq!(route.statistics().unwrap().socket.truncated, 0);
        // No kernel lists it, since it does not fit into a part; the list ends all the same.
        add_bridge(&mut route, b"other");
        let entries = route.dump(Route::GET_LINK.dump_with(&LinkGet::default())).unwrap();
        let listed = entries.take_while(|entry| !matches!(entry, Err(Error::Refused(_)))).count();
        assert!(listed <= 2);
        assert_eq!(link_named(&mut route, b"other").ifname.unwrap().as_bytes(), b"other");
    });
}

#[test]
fn two_thousand_addresses_come_in_few_datagrams() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mut batch = route.batch();
        for number in 0..2000_u32 {
            let address = (0x0a00_0000 + number).to_be_bytes();
            let request = Request::raw(RouteProtocol, 20).create().exclusive().add_bytes(&[2, 32, 0, 0, 1, 0, 0, 0]);
            batch.add(request.add_attr(2, &address).add_attr(1, &address)).unwrap();
        }
        assert_eq!(batch.finish().into_result().unwrap(), 2000);
        let before = route.statistics().unwrap().socket.received;
        // RTM_GETADDR, of all.
        let addresses = route.dump(Request::raw(RouteProtocol, 22).add_bytes(&[0; 8])).unwrap();
        assert_eq!(addresses.map(Result::unwrap).count(), 2000);
        let received = route.statistics().unwrap().socket.received - before;
        assert!(received <= 9, "{received} datagrams");
    });
}

#[test]
fn k3_a_refused_request_of_90_kb_is_answered_with_its_errno() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        // RTM_GETLINK of a link that is not there, with attributes that nobody looks at.
        let mut long =
            Request::raw(RouteProtocol, 18).add_bytes(&[0; 4]).add_bytes(&i32::MAX.to_ne_bytes()).add_bytes(&[0; 8]);
        long = long.add_attr(51, &vec![7_u8; 45_000]).add_attr(51, &vec![7_u8; 45_000]);
        let Err(Error::Refused(refused)) = route.ask(long) else { panic!() };
        assert!([Errno::NODEV, Errno::INVAL].contains(&refused.errno()), "{refused}");
        assert!(refused.request().len() > 90_000);
        // And without short acknowledgements, where the kernel repeats all of it.
        route.socket().set_option(SocketOption::CapAck, false).unwrap();
        let absent = Request::raw(RouteProtocol, 16).add_bytes(&[0; 4]).add_bytes(&i32::MAX.to_ne_bytes());
        let absent = absent.add_bytes(&[0; 8]).add_attr(20, &vec![7_u8; 60_000]).add_attr(20, &vec![7_u8; 30_000]);
        assert!(matches!(route.tell(absent), Err(Error::Refused(_))));
        assert_eq!(route.ask(link::get(1)).unwrap().header.index, 1);
        assert_eq!(route.counters().late, 0);
    });
}

#[test]
fn k6_a_name_that_is_no_utf8_is_a_name() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        add_bridge(&mut route, b"\xff\xfe");
        let asked = link_named(&mut route, b"\xff\xfe");
        assert_eq!(asked.ifname.as_ref().unwrap().as_bytes(), b"\xff\xfe");
        let links = route.dump(Route::GET_LINK.dump_with(&LinkGet::default())).unwrap();
        let names: Vec<Vec<u8>> = links.map(|link| link.unwrap().ifname.unwrap().as_bytes().to_vec()).collect();
        assert!(names.contains(&b"\xff\xfe".to_vec()), "{names:?}");
        let header = LinkHeader { index: asked.header.index, ..LinkHeader::default() };
        let by_index = LinkGet { header, ..LinkGet::default() };
        assert_eq!(route.ask(Route::GET_LINK.with(&by_index)).unwrap().ifname, asked.ifname);
    });
}

/// How many links there are: where tunnels are loaded, each namespace has some from the start.
fn links(route: &mut Conn) -> usize {
    route.list(Route::GET_LINK.dump_with(&LinkGet::default()), 3).unwrap().entries.len()
}

#[test]
fn trap_15_live_a_list_that_changes_meanwhile_says_so_and_keeps_what_came() {
    netns::run(|| {
        let (mut reader, mut writer) = (Route::connect().unwrap(), Route::connect().unwrap());
        let before = links(&mut reader);
        // More than one part of 32 KiB, and of the first ones that are smaller.
        for number in 0..100 {
            add_bridge(&mut writer, format!("br{number}").as_bytes());
        }
        let mut links = reader.dump(Route::GET_LINK.dump_with(&LinkGet::default())).unwrap();
        assert!(links.next_borrowed().unwrap().is_ok());
        add_bridge(&mut writer, b"meanwhile");
        let mut entries = 1;
        let end = loop {
            match links.next_borrowed() {
                Some(Ok(_)) => entries += 1,
                other => break other.map(Result::unwrap_err),
            }
        };
        assert!(matches!(end, Some(Error::Interrupted)), "{end:?}");
        assert!(links.next_borrowed().is_none());
        assert!(entries >= before + 100, "{entries}");
        drop(links);
        // Once nobody changes anything, it is whole.
        let whole = reader.list(Route::GET_LINK.dump_with(&LinkGet::default()), 3).unwrap();
        assert_eq!((whole.entries.len(), whole.interrupted), (before + 101, false));
    });
}

#[test]
fn trap_15_live_while_another_thread_changes_links_every_list_is_whole_or_says_that_it_is_not() {
    netns::run(|| {
        let (mut reader, mut writer) = (Route::connect().unwrap(), Route::connect().unwrap());
        let before = links(&mut reader);
        for number in 0..100 {
            add_bridge(&mut writer, format!("br{number}").as_bytes());
        }
        let changing = std::thread::spawn(move || {
            for _ in 0..30 {
                add_bridge(&mut writer, b"changing");
                let gone = Link { ifname: Some("changing".into()), ..Link::default() };
                writer.tell(Route::DEL_LINK.with(&gone)).unwrap();
            }
        });
        let mut whole = 0;
        while !changing.is_finished() {
            let listing = reader.list(Route::GET_LINK.dump_with(&LinkGet::default()), 1).unwrap();
            assert!(listing.problems.is_empty());
            if !listing.interrupted {
                assert!([100, 101].contains(&(listing.entries.len() - before)), "{}", listing.entries.len());
                whole += 1;
            }
        }
        changing.join().unwrap();
        let last = reader.list(Route::GET_LINK.dump_with(&LinkGet::default()), 3).unwrap();
        assert_eq!((last.entries.len(), last.interrupted), (before + 100, false), "{whole} were whole before");
    });
}
