//! What the kernel does not tell, and what can be seen of it: packets that wait, are dropped, or count more.

use std::{net::UdpSocket, thread, time::Duration};

use netlink_tests::{netns, require};
use protocols::route::tc::{
    Estimator, Handle, LinkLayer, SizeSpec, SizeTable,
    qdisc::{self, Fifo, Plug, PlugAction, QdiscOptions},
};

use crate::{Conn, ONE, assert_says, root, with_link};

/// Sends three packets of 142 bytes each: 14 of Ethernet, 20 of IPv4, 8 of UDP, 100 of data.
fn send_three() {
    netns::output("ip", &["addr", "replace", "10.9.0.1/24", "dev", "t0"]);
    netns::output("ip", &["neigh", "replace", "10.9.0.2", "lladdr", "02:00:00:00:00:02", "dev", "t0"]);
    let socket = UdpSocket::bind("10.9.0.1:0").unwrap();
    for _ in 0..3 {
        assert_eq!(socket.send_to(&[7; 100], "10.9.0.2:9").unwrap(), 100);
    }
}

/// The packets that wait, and how many were dropped.
fn waiting(route: &mut Conn, index: i32) -> (u32, u32) {
    let queue = root(route, index).stats2.unwrap().queue.unwrap();
    (queue.qlen, queue.drops)
}

/// Waits until so many wait and were dropped: what a plug lets go, the kernel sends a little later.
#[track_caller]
fn wait_until(route: &mut Conn, index: i32, expected: (u32, u32)) {
    netns::wait_for(|| waiting(route, index) == expected);
}

#[test]
fn a_plug_holds_packets_back() {
    if require::qdisc("plug").is_none() {
        return;
    }
    with_link(|route, index| {
        let plug = |action, limit| QdiscOptions::Plug(Plug { action, limit });
        route.tell(qdisc::add(index, ONE, plug(PlugAction::Limit, 100_000))).unwrap();
        send_three();
        assert_eq!(waiting(route, index), (3, 0), "there is a plug from the start");
        route.tell(qdisc::change(index, ONE, plug(PlugAction::Buffer, 0))).unwrap();
        send_three();
        assert_eq!(waiting(route, index), (6, 0));
        route.tell(qdisc::change(index, ONE, plug(PlugAction::ReleaseOne, 0))).unwrap();
        wait_until(route, index, (3, 0));
        // What came behind the second plug waits, however long.
        thread::sleep(Duration::from_millis(50));
        assert_eq!(waiting(route, index), (3, 0));
        route.tell(qdisc::change(index, ONE, plug(PlugAction::Limit, 500))).unwrap();
        send_three();
        assert_eq!(waiting(route, index), (3, 3), "no more fit");
        route.tell(qdisc::change(index, ONE, plug(PlugAction::ReleaseIndefinite, 0))).unwrap();
        wait_until(route, index, (0, 3));
        send_three();
        wait_until(route, index, (0, 3));
    });
}

#[test]
fn packets_count_as_a_size_table_says() {
    with_link(|route, index| {
        let base = SizeSpec {
            cell_log: 4,
            size_log: 1,
            cell_align: -1,
            overhead: 3,
            linklayer: LinkLayer::Atm,
            mpu: 64,
            mtu: 2047,
            tsize: 128,
        };
        // 142 bytes and 3 more, less 1, in steps of 16: the tenth entry, doubled.
        let data = (0..128).map(|cell| 1000 + cell).collect();
        let mut add = qdisc::add(index, ONE, QdiscOptions::Pfifo(Fifo { limit: 7 }));
        add.body.stab = Some(SizeTable { base: Some(base), data, ..SizeTable::default() });
        route.tell(add).unwrap();
        send_three();
        let got = root(route, index);
        assert_eq!(got.stab.unwrap().base, Some(base));
        let basic = got.stats2.unwrap().basic.unwrap();
        assert_eq!((basic.packets, basic.bytes), (3, 3 * 2 * 1009));
        let show = ["-d", "-s", "qdisc", "show", "dev", "t0"];
        assert_says(&show, "linklayer atm overhead 3 mpu 64 mtu 2047 tsize 128");
        assert_says(&show, "Sent 6054 bytes 3 pkt");
    });
}

#[test]
fn an_estimator_tells_the_rate() {
    with_link(|route, index| {
        let mut add = qdisc::add(index, ONE, QdiscOptions::Pfifo(Fifo { limit: 7 }));
        route.tell(add.clone()).unwrap();
        assert!(root(route, index).stats2.unwrap().rate_est.is_none());
        route.tell(qdisc::delete(index, Handle::ROOT)).unwrap();
        // A sample every quarter of a second, of which the past has a half.
        add.body.rate = Some(Estimator { interval: -2, ewma_log: 1 });
        route.tell(add).unwrap();
        // For some seconds: the machine may be slow.
        let seen = (0..40).any(|_| {
            send_three();
            thread::sleep(Duration::from_millis(100));
            let stats = root(route, index).stats2.unwrap();
            stats.rate_est.expect("there is an estimator").pps > 0
        });
        assert!(seen, "no rate");
    });
}
