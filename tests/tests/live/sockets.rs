//! Many sockets, large group numbers, filters.

use std::{
    net::{Ipv4Addr, UdpSocket},
    time::Duration,
};

use netlink_core::{
    Connection, Errno, Error, NlFamily, Protocol,
    connection::Incoming,
    protocol::Route as RouteProtocol,
    socket::{Filter, ReceiveBuffer, Socket},
};
use netlink_tests::{netns, skip, unsupported};
use protocols::route::{
    Route,
    link::{self, Link, LinkFlags, LinkHeader},
};

use super::{add_bridge, link_named, lo, set_mtu};

#[test]
fn trap_24_a_thousand_sockets_have_a_thousand_ports_and_each_its_own_answers() {
    netns::run(|| {
        // Each has buffers, of which the kernel may back more than was touched: small machines get fewer.
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap();
        let total = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap();
        let count = if total < 8_000_000 { 100 } else { 1000 };
        let mut open = Vec::new();
        for _ in 0..count {
            match Connection::<RouteProtocol>::open() {
                Ok(connection) => open.push(connection),
                Err(error) if error.errno() == Some(Errno::MFILE) => {
                    skip!("needs {count} open files, and only {} are allowed: raise `ulimit -n`", open.len());
                }
                Err(error) => panic!("{error}"),
            }
        }
        let mut ports: Vec<u32> = open.iter().map(|connection| connection.socket().port()).collect();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), count);
        for connection in &mut open {
            assert_eq!(connection.ask(link::get(1)).unwrap().header.index, 1);
        }
        assert!(open.iter().all(|connection| connection.statistics().unwrap().socket.received == 2));
    });
}

#[test]
fn k2_live_a_connection_knows_the_group_of_an_event_above_32() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        let header = LinkHeader { flags: LinkFlags::UP, change: LinkFlags::UP, ..lo().header };
        route.tell(Route::SET_LINK.with(&Link { header, ..Link::default() })).unwrap();
        // RTNLGRP_IPV4_MCADDR
        match route.join_number(37) {
            Err(error) if error.errno() == Some(Errno::INVAL) => unsupported!("the kernel has no group 37"),
            joined => joined.unwrap(),
        }
        let member = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        if let Err(error) = member.join_multicast_v4(&Ipv4Addr::new(239, 1, 2, 3), &Ipv4Addr::LOCALHOST) {
            panic!("{error}");
        }
        // RTM_NEWMULTICAST came with Linux 6.14.
        let mut events = route.events().timeout(Duration::from_millis(500));
        match events.next_event() {
            Some(Ok(Incoming::Notification(event))) => assert_eq!(event.group(), 37),
            Some(Err(Error::Timeout)) => unsupported!("this kernel tells nobody of multicast addresses"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn what_a_filter_does_not_let_pass_is_never_received() {
    netns::run(|| {
        let mut route = Route::connect().unwrap();
        add_bridge(&mut route, b"here");
        let index = link_named(&mut route, b"here").header.index;
        let mut listener = Route::connect().unwrap();
        // RTM_NEWLINK, with this `ifi_index`.
        let filter = Filter::new().types(&[16]).word(20, !0, index.cast_unsigned());
        listener.socket().attach_filter(&filter).unwrap();
        listener.join(Route::LINKS).unwrap();
        set_mtu(&mut route, 4000);
        let change = Link { header: LinkHeader { index, ..LinkHeader::default() }, mtu: Some(3000), ..Link::default() };
        route.tell(Route::SET_LINK.with(&change)).unwrap();
        let gone = Link { header: LinkHeader { index, ..LinkHeader::default() }, ..Link::default() };
        route.tell(Route::DEL_LINK.with(&gone)).unwrap();

        let mut events = listener.events().timeout(Duration::from_millis(100));
        let mut seen = 0;
        loop {
            match events.next_event() {
                Some(Ok(Incoming::Notification(event))) => {
                    assert_eq!(event.decode(Route::LINK_CHANGED).unwrap().header.index, index);
                    seen += 1;
                }
                Some(Err(Error::Timeout)) => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(seen > 0);
        // Acknowledgements pass, replies about other links do not.
        listener.tell(Route::SET_LINK.with(&Link { mtu: Some(4001), ..lo() })).unwrap();
        assert!(matches!(listener.ask(link::get(1)), Err(Error::NoReply)));
        listener.socket().detach_filter().unwrap();
        assert_eq!(listener.ask(link::get(1)).unwrap().mtu, Some(4001));
        assert_eq!(listener.statistics().unwrap().socket.drops, 0);
    });
}

#[test]
fn drops_and_queue_are_those_that_proc_tells() {
    netns::run(|| {
        let listener = Socket::open(Protocol::ROUTE).unwrap();
        listener.set_receive_buffer(0).unwrap();
        listener.join(1).unwrap();
        let mut route = Route::connect().unwrap();
        for mtu in 0..20 {
            set_mtu(&mut route, 2000 + mtu);
        }
        let statistics = listener.statistics().unwrap();
        let proc = std::fs::read_to_string("/proc/thread-self/net/netlink").unwrap();
        let lines: Vec<Vec<&str>> = proc.lines().map(|line| line.split_whitespace().collect()).collect();
        let column = |name: &str| lines[0].iter().position(|title| *title == name).unwrap();
        let ours = lines.iter().find(|line| line[1] == "0" && line[2] == listener.port().to_string()).unwrap();
        assert!(statistics.drops > 0);
        assert_eq!(ours[column("Drops")], statistics.drops.to_string());
        assert_eq!(ours[column("Rmem")], statistics.queued.to_string());
        let mut buffer = ReceiveBuffer::new();
        // The overrun first, then what had arrived.
        assert!(listener.try_receive(&mut buffer).is_err());
        assert!(listener.try_receive(&mut buffer).is_ok());
        assert_eq!(listener.statistics().unwrap().most_queued, statistics.queued);
    });
}
