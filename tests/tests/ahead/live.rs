//! From the running kernel, in a network namespace with very many routes.

use std::{
    fs, mem,
    net::{IpAddr, Ipv4Addr},
    thread,
    time::Duration,
};

use netlink_core::{
    Connection, Error, NlFamily,
    connection::{Incoming, Replies},
    protocol::Route as RouteProtocol,
    socket::Namespace,
};
use netlink_tests::{netns, require};
use nix::sched::{CloneFlags, unshare};
use protocols::route::{
    Route,
    ip::IpNet,
    link,
    routes::{self, RouteEntry},
};

type Conn = Connection<RouteProtocol>;

/// The routes of a list that is longer than what is read ahead.
fn some() -> u32 {
    require::count(20_000, 14_000)
}

/// A connection in a namespace with so many routes, and with those that come by themselves.
fn with_routes(count: u32) -> Conn {
    let mut route = Route::connect().unwrap();
    route.tell(link::set(1).up()).unwrap();
    let mut batch = route.batch();
    for number in 0..count {
        let address = IpAddr::from(Ipv4Addr::from_bits(0x2000_0000 + 16 * number));
        batch.add(routes::add(IpNet::new(address, 28).unwrap()).dev(1)).unwrap();
    }
    assert_eq!(batch.finish().into_result().unwrap(), count as usize);
    route
}

/// The list, read ahead or not.
fn list(route: &mut Conn, ahead: bool) -> Replies<'_, RouteEntry<'_>> {
    let list = route.dump(routes::list().v4()).unwrap();
    if ahead { list.read_ahead() } else { list }
}

fn entries(route: &mut Conn, ahead: bool) -> Vec<RouteEntry<'static>> {
    list(route, ahead).map(Result::unwrap).collect()
}

fn set_mtu(route: &mut Conn, mtu: u32) {
    route.tell(link::set(1).mtu(mtu)).unwrap();
}

/// The sizes that notifications tell, up to the first that is not there in time; `None` for a loss.
fn told(route: &mut Conn) -> Vec<Option<u32>> {
    let mut events = route.events().timeout(Duration::from_millis(100));
    let mut told = Vec::new();
    loop {
        match events.next_event() {
            Some(Ok(Incoming::Notification(event))) => told.push(event.decode(Route::LINK_CHANGED).unwrap().mtu),
            Some(Ok(Incoming::Lost)) => told.push(None),
            Some(Err(Error::Timeout)) => return told,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_hundred_thousand_routes_are_the_same_in_the_same_order() {
    netns::run(|| {
        let many = require::count(100_000, 25_000);
        let mut route = with_routes(many);
        let without = entries(&mut route, false);
        assert!(without.len() > many as usize);
        let before = route.statistics().unwrap().socket.received;
        let with = entries(&mut route, true);
        assert!(with == without);
        assert!(route.statistics().unwrap().socket.received - before > u64::from(many / 1000));
        assert_eq!(route.counters().late, 0);
    });
}

#[test]
fn a_short_list_is_whole_too() {
    netns::run(|| {
        for table in [0, 1, 100, 600, 1000] {
            let mut route = with_routes(table);
            assert_eq!(entries(&mut route, true), entries(&mut route, false));
            // Takes all of them out again.
            route.tell(link::set(1).down()).unwrap();
        }
    });
}

#[test]
fn a_list_that_is_dropped_half_way_costs_the_next_request_nothing() {
    netns::run(|| {
        let mut route = with_routes(some());
        let whole = entries(&mut route, false);
        for read in [0, 1, 400, 2000, whole.len() / 2, whole.len() - 1000] {
            let mut list = list(&mut route, true);
            for entry in &whole[..read] {
                assert!(list.next_borrowed().unwrap().unwrap() == *entry);
            }
            drop(list);
            assert_eq!(route.ask(link::get(1)).unwrap().header.index, 1);
            assert!(entries(&mut route, read % 2 == 0) == whole);
        }
    });
}

#[test]
fn a_list_that_is_forgotten_half_way_costs_the_next_request_nothing() {
    netns::run(|| {
        let mut route = with_routes(some());
        let whole = entries(&mut route, false);
        let mut list = list(&mut route, true);
        assert!((&mut list).take(5000).all(|entry| entry.is_ok()));
        mem::forget(list);
        assert_eq!(route.ask(link::get(1)).unwrap().header.index, 1);
        assert!(entries(&mut route, true) == whole);
    });
}

#[test]
fn notifications_that_come_meanwhile_are_told_afterwards_in_their_order() {
    netns::run(|| {
        let (mut route, mut other) = (with_routes(some()), Route::connect().unwrap());
        let whole = entries(&mut route, false).len();
        route.join(Route::LINKS).unwrap();
        for stop in [usize::MAX, whole / 4 * 3, 3000] {
            let (mut read, mut sizes) = (0, Vec::new());
            let mut list = list(&mut route, true);
            while let Some(entry) = list.next_borrowed() {
                assert!(entry.is_ok(), "{entry:?}");
                if read % 1000 == 0 {
                    let mtu = 1500 + u32::try_from(read).unwrap();
                    set_mtu(&mut other, mtu);
                    sizes.push(Some(mtu));
                }
                read += 1;
                if read == stop {
                    break;
                }
            }
            assert_eq!(read, whole.min(stop));
            drop(list);
            assert_eq!(told(&mut route), sizes);
        }
    });
}

#[test]
fn a_loss_is_told_and_a_list_with_no_error_is_whole() {
    netns::run(|| {
        let (mut route, mut other) = (with_routes(some()), Route::connect().unwrap());
        let whole = entries(&mut route, false).len();
        route.socket().set_receive_buffer(50_000).unwrap();
        for ahead in [false, true] {
            route.join(Route::LINKS).unwrap();
            let (overruns, mut list) = (route.counters().overruns, list(&mut route, ahead));
            let (mut read, mut errors) = (0, Vec::new());
            while let Some(entry) = list.next_borrowed() {
                match entry {
                    Ok(_) => read += 1,
                    Err(error) => errors.push(error.to_string()),
                }
                if read == 5000 {
                    (0..1000).for_each(|mtu| set_mtu(&mut other, 1500 + mtu));
                }
            }
            drop(list);
            assert!(read == whole || !errors.is_empty(), "{read} of {whole}");
            assert!(route.counters().overruns > overruns);
            let told = told(&mut route);
            assert!(told.contains(&None) && told.len() < 1000, "{told:?}");
            route.leave(Route::LINKS).unwrap();
            assert_eq!(entries(&mut route, ahead).len(), whole);
        }
    });
}

#[test]
fn the_time_limit_is_one_for_the_kernel_and_not_for_the_reader() {
    netns::run(|| {
        let mut route = with_routes(some());
        let whole = entries(&mut route, false).len();
        route.set_timeout(Some(Duration::from_millis(200)));
        let slow = list(&mut route, true).enumerate().map(|(number, entry)| {
            if number % 4000 == 3999 {
                thread::sleep(Duration::from_millis(300));
            }
            entry.unwrap()
        });
        assert_eq!(slow.count(), whole);
    });
}

#[test]
fn the_namespace_is_that_of_the_socket() {
    netns::run(|| {
        let whole = entries(&mut with_routes(some()), false);
        let here = Namespace::current().unwrap();
        let elsewhere = thread::spawn(move || {
            unshare(CloneFlags::CLONE_NEWNET).unwrap();
            assert!(entries(&mut Route::connect().unwrap(), true).len() < 10);
            entries(&mut Conn::open_in(&here).unwrap(), true)
        });
        assert!(elsewhere.join().unwrap() == whole);
    });
}

#[test]
fn the_thread_gets_no_signals() {
    netns::run(|| {
        let mut route = with_routes(some());
        let mut list = list(&mut route, true);
        assert!((&mut list).take(2000).all(|entry| entry.is_ok()));
        // It waits until more is read. Those of other tests may end at any moment.
        let mut found = 0;
        for task in fs::read_dir("/proc/self/task").unwrap() {
            let Ok(status) = fs::read_to_string(task.unwrap().path().join("status")) else { continue };
            let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
            if value("Name:") == "netlink-ahead" {
                // SIGHUP to SIGSYS, but for SIGKILL (9) and SIGSTOP (19).
                let all = 0x7fff_ffff & !(1 << 8) & !(1 << 18);
                let blocked = u64::from_str_radix(&value("SigBlk:"), 16).unwrap();
                assert_eq!(blocked & all, all, "{blocked:x}");
                found += 1;
            }
        }
        assert!(found > 0);
        let own = fs::read_to_string("/proc/thread-self/status").unwrap();
        assert!(own.contains("SigBlk:\t0000000000000000"), "{own}");
    });
}
