//! What reading a route costs.

use std::{env, net::IpAddr};

use netlink_core::{NlMessage, wire::Decode};
use netlink_tests::{netns, unsupported};
use protocols::route::{
    address,
    ip::IpNet,
    routes::{self, RouteEntry},
};

use crate::{furnished, index};

/// Of a table of IPv4, each route with destination, gateway, link, metric and table.
#[test]
fn a_route_of_ipv4_is_read_without_an_allocation() {
    if env::var_os("NETLINK_RECORD").is_some() {
        unsupported!("what is received is written down, for which there are allocations");
    }
    netns::run(|| {
        let mut route = furnished();
        route.tell(address::add(index("v0"), "192.0.2.1/24".parse::<IpNet>().unwrap())).unwrap();
        let gateway: IpAddr = "192.0.2.2".parse().unwrap();
        for number in 0..200_u8 {
            let dst = IpNet::new([10, 0, number, 0], 24).unwrap();
            route.tell(routes::add(dst).via(gateway).dev(index("v0")).metric(7)).unwrap();
        }
        // The first list may make buffers.
        assert!(route.dump(routes::list().v4()).unwrap().count() > 200);
        let mut replies = route.dump(routes::list().v4()).unwrap();
        let mut count = 0;
        let info = allocation_counter::measure(|| {
            while let Some(entry) = replies.next_borrowed() {
                let entry = entry.unwrap();
                count += usize::from(entry.gateway.is_some());
            }
        });
        assert_eq!(count, 200);
        assert_eq!(info.count_total, 0, "{info:?}");
    });
}

#[test]
fn decoding_allocates_nothing_and_a_list_of_ways_does() {
    let mut entry = RouteEntry { dst: Some(IpAddr::from([10, 0, 0, 0]).into()), ..RouteEntry::default() };
    (entry.oif, entry.table, entry.priority) = (Some(3), Some(254), Some(9));
    let measured = |entry: &RouteEntry<'_>| {
        let bytes = entry.to_bytes().unwrap();
        allocation_counter::measure(|| assert!(RouteEntry::decode_at(&bytes, 16).is_ok())).count_total
    };
    assert_eq!(measured(&entry), 0);
    entry.multipath = vec![routes::Hop::default()];
    assert!(measured(&entry) > 0, "the measurement sees what is allocated");
}
