//! Batches: exactly one outcome for each request.

use netlink_core::{
    Connection, Errno, Error, NlFamily, Request,
    connection::batch::{Fate, Report},
    operation::{RawOperation, Undeclared},
    protocol::Route as RouteProtocol,
    socket::SocketOption,
};
use netlink_tests::{netns, require};
use protocols::route::{
    Route,
    link::{self, Link, LinkHeader, LinkInfo},
};

type Raw = Request<Undeclared<RouteProtocol>, RawOperation, &'static [u8]>;

const COUNTS: [u32; 8] = [0, 1, 2, 63, 64, 65, 1000, 5000];

/// `RTM_NEWADDR` of 127.x.x.x/32 on the loopback device.
fn new_address(number: u32) -> Raw {
    let address = (0x7f01_0000 + number).to_be_bytes();
    let header = [2, 32, 0, 0, 1, 0, 0, 0];
    Request::raw(RouteProtocol, 20).create().exclusive().add_bytes(&header).add_attr(2, &address).add_attr(1, &address)
}

fn addresses(route: &mut Connection<RouteProtocol>) -> usize {
    route.dump(Request::raw(RouteProtocol, 22).add_bytes(&[0; 8])).unwrap().map(Result::unwrap).count()
}

/// Counts the outcomes of all requests, one by one: done, failed, unknown, not sent.
fn fates(report: &Report) -> [usize; 4] {
    let mut counts = [0; 4];
    for index in 0..report.added() {
        counts[match report.fate(index).unwrap() {
            Fate::Done => 0,
            Fate::Failed(_) => 1,
            Fate::Unknown(_) => 2,
            Fate::NotSent => 3,
            other => panic!("{other:?}"),
        }] += 1;
    }
    assert!(report.fate(report.added()).is_none());
    counts
}

#[test]
fn all_succeed_and_all_fail_whatever_their_number() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let mut base = 0;
        for each in [false, true] {
            for count in COUNTS.into_iter().filter(|count| *count <= require::count(5000, 1000)) {
                for errno in [None, Some(Errno::EXIST)] {
                    let before = addresses(&mut route);
                    let batch = route.batch();
                    let mut batch = if each { batch.acknowledge_each() } else { batch };
                    for number in 0..count {
                        assert_eq!(batch.add(new_address(base + number)).unwrap(), number as usize);
                    }
                    let report = batch.finish();
                    let count = count as usize;
                    assert_eq!((report.added(), report.sent()), (count, count));
                    let (done, failed) = if errno.is_some() { (0, count) } else { (count, 0) };
                    assert_eq!(fates(&report), [done, failed, 0, 0], "{count}, each: {each}");
                    assert_eq!((report.done(), report.failures().len()), (done, failed));
                    for (index, failure) in report.failures().iter().enumerate() {
                        assert_eq!((failure.index, failure.error.errno()), (Some(index), errno));
                    }
                    assert_eq!(addresses(&mut route), before + done);
                }
                base += count;
            }
        }
        assert_eq!(route.counters().overruns, 0);
        assert_eq!(route.counters().late, 0);
    });
}

#[test]
fn trap_19_with_the_smallest_queue_no_answer_is_lost() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        for round in 0..2 {
            route.socket().set_receive_buffer(0).unwrap();
            let mut batch = route.batch();
            for number in 0..400 {
                batch.add(new_address(number)).unwrap();
            }
            let report = batch.finish();
            assert_eq!(fates(&report), if round == 0 { [400, 0, 0, 0] } else { [0, 400, 0, 0] });
            assert_eq!(route.counters().overruns, 0);
        }
    });
}

#[test]
fn trap_19_a_member_of_the_group_gets_its_outcomes_or_is_told_that_they_are_unknown() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.join_number(5).unwrap(); // RTNLGRP_IPV4_IFADDR
        for (round, buffer) in [(0, 100_000), (1, 0)] {
            route.socket().set_receive_buffer(buffer).unwrap();
            let before = addresses(&mut route);
            let mut batch = route.batch();
            for number in 0..400 {
                batch.add(new_address(1000 * round + number)).unwrap();
            }
            let report = batch.finish();
            let [done, failed, unknown, not_sent] = fates(&report);
            assert_eq!((done + unknown, failed, not_sent), (400, 0, 0));
            if buffer != 0 {
                assert_eq!(unknown, 0);
            }
            // Lost or not, the kernel carried them out.
            assert_eq!(addresses(&mut route), before + 400);
        }
    });
}

#[test]
fn trap_21_where_losses_are_hidden_each_is_acknowledged() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        assert!(route.socket().set_option(SocketOption::NoEnobufs, true).unwrap());
        let mut batch = route.batch();
        for number in 0..500 {
            batch.add(new_address(number % 250)).unwrap();
        }
        assert_eq!(fates(&batch.finish()), [250, 250, 0, 0]);
    });
}

#[test]
fn it_stops_at_the_first_error_as_exactly_as_the_window_is_small() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(new_address(100)).unwrap();
        for (window, base) in [(1, 0), (10, 1000), (usize::MAX, 2000)] {
            let before = addresses(&mut route);
            let mut batch = route.batch().stop_at_error().window(window);
            for number in 0..1000 {
                batch.add(new_address(if number == 100 { 100 } else { base + number })).unwrap();
            }
            assert!(batch.is_stopped());
            let report = batch.finish();
            let [done, failed, unknown, not_sent] = fates(&report);
            assert_eq!((failed, unknown, report.failures()[0].index), (1, 0, Some(100)));
            assert_eq!(done + failed + not_sent, 1000);
            assert_eq!((report.not_sent(), not_sent > 0), (not_sent, true));
            match window {
                1 => assert_eq!(done, 100),
                10 => assert_eq!(done, 109),
                _ => assert!(done > 109),
            }
            assert_eq!(addresses(&mut route), before + done);
        }
    });
}

#[test]
fn requests_of_several_operations_go_together_and_failures_name_the_field() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let dummy = |name: &str| Link {
            ifname: Some(name.parse().unwrap()),
            link_info: Some(LinkInfo { kind: Some("nonesuch".into()), ..LinkInfo::default() }),
            ..Link::default()
        };
        let lo = Link { header: LinkHeader { index: 1, ..LinkHeader::default() }, ..Link::default() };
        let mut batch = route.batch();
        batch.add(new_address(1)).unwrap();
        batch.add(Route::NEW_LINK.with(&dummy("one")).create().exclusive()).unwrap();
        batch.add(link::get(1)).unwrap();
        batch.add(Route::SET_LINK.with(&Link { mtu: Some(10), ..lo.clone() })).unwrap();
        // What does not fit is told at once, is not counted, and does no harm.
        let too_long = batch.add(new_address(2).add_attr(999, &vec![0; 70_000]));
        assert!(matches!(too_long, Err(Error::Encode(_))));
        batch.add(Route::SET_LINK.with(&Link { mtu: Some(1000), ..lo.clone() })).unwrap();
        let report = batch.finish();
        assert_eq!((report.added(), report.done()), (5, 4), "{:?}", report.failures());
        let Error::Refused(refused) = &report.failures()[0].error else { panic!() };
        assert_eq!((report.failures()[0].index, refused.errno()), (Some(1), Errno::OPNOTSUPP));
        let link = route.ask(link::get(1)).unwrap();
        assert_eq!(link.mtu, Some(1000));
    });
}

#[test]
fn trap_22_a_request_longer_than_the_send_buffer_is_refused_before_it_is_sent() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let limit = route.socket().set_send_buffer(4096).unwrap() - 32;
        let long = |bytes: usize| Request::raw(RouteProtocol, 18).add_bytes(&vec![0; bytes - 16]);
        let mut batch = route.batch();
        let error = batch.add(long(limit + 1)).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::MSGSIZE));
        batch.add(new_address(1)).unwrap();
        batch.add(long(limit)).unwrap();
        batch.add(new_address(2)).unwrap();
        let report = batch.finish();
        assert_eq!(fates(&report), [2, 1, 0, 0]);
    });
}

#[test]
fn a_batch_needs_no_memory_for_each_request() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        route.tell(new_address(0)).unwrap();
        let mut run = |count: u32| {
            allocation_counter::measure(|| {
                let mut batch = route.batch();
                // RTM_GETLINK without a reply: it is the requests that are counted.
                let lo: Raw = Request::raw(RouteProtocol, 19);
                batch.add(lo.add_bytes(&[0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).unwrap();
                for _ in 1..count {
                    let lo: Raw = Request::raw(RouteProtocol, 19);
                    batch.add(lo.add_bytes(&[0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).unwrap();
                }
                assert!(batch.finish().is_success());
            })
            .count_total
        };
        run(1000);
        let (some, many) = (run(1000), run(10_000));
        assert!(many < some + 100, "{some} allocations for 1000 requests, {many} for 10 000");
    });
}
