//! Next-hop objects.

use netlink_core::{IntoRequest, errno::Errno, wire::Decode};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    ip::Addr,
    nexthop::{self, GroupEntry, GroupType, NextHop, ResilientGroup},
    routes::{self, HopFlags, RouteProtocol},
};

use crate::{Conn, addr, connected, entry, index, json, net};

fn get(route: &mut Conn, id: u32) -> NextHop<'static> {
    netlink_core::IntoOwned::into_owned(route.ask(nexthop::get(id)).unwrap())
}

#[test]
fn next_hops_and_groups_are_what_was_set_and_what_ip_says() {
    netns::run(|| {
        let Some(()) = require::linux(5, 3) else { return };
        let mut route = connected();
        let v0 = index("v0");
        let mut one = nexthop::add(1).via(addr("192.0.2.2")).dev(v0);
        one.body.header.protocol = RouteProtocol::Bgp;
        one.body.header.flags = HopFlags::ONLINK;
        route.tell(one.clone()).unwrap();
        assert_eq!(route.tell(one.clone()).unwrap_err().errno(), Some(Errno::EXIST));
        route.tell(one.replace()).unwrap();
        route.tell(nexthop::add(2).via(addr("192.0.2.3")).dev(v0)).unwrap();
        route.tell(nexthop::add(3).via(addr("2001:db8::3")).dev(v0)).unwrap();
        route.tell(nexthop::add(4).blackhole()).unwrap();
        route.tell(nexthop::group(10, &[GroupEntry::new(1, 5), GroupEntry::new(2, 254)])).unwrap();
        route.tell(routes::add(net("203.0.113.0/24")).next_hop(10)).unwrap();

        let got = get(&mut route, 1);
        assert_eq!(got.gateway.as_ref().and_then(Addr::ip), Some(addr("192.0.2.2")));
        assert_eq!((got.oif, got.header.protocol, got.header.flags), (Some(v0), RouteProtocol::Bgp, HopFlags::ONLINK));
        assert!(get(&mut route, 4).blackhole);
        let group = get(&mut route, 10);
        let shares: Vec<_> = group.group.iter().map(|member| (member.id, member.share())).collect();
        assert_eq!((shares, group.group_type), (vec![(1, 5), (2, 254)], Some(GroupType::Mpath)));

        let shown = json("ip", "-N nexthop show");
        let by_id = |id: u32| shown.iter().find(|hop| hop["id"] == id).unwrap();
        assert_eq!((&by_id(1)["gateway"], &by_id(1)["dev"]), (&"192.0.2.2".into(), &"v0".into()));
        assert_eq!((&by_id(1)["protocol"], &by_id(1)["flags"][0]), (&"186".into(), &"onlink".into()));
        assert_eq!(by_id(3)["gateway"], "2001:db8::3");
        assert!(by_id(4).get("blackhole").is_some());
        assert_eq!((&by_id(10)["group"][0]["id"], &by_id(10)["group"][1]["weight"]), (&1.into(), &254.into()));

        let routes = json("ip", "route show");
        assert_eq!(entry(&routes, "dst", "203.0.113.0/24")["nhid"], 10);
        let nh_ids = route.dump(routes::list().v4()).unwrap().filter_map(|entry| entry.unwrap().nh_id);
        assert_eq!(nh_ids.collect::<Vec<_>>(), [10]);

        let groups = route.dump(nexthop::list().groups()).unwrap().count();
        let of_link = route.dump(nexthop::list().of_link(v0)).unwrap().count();
        assert_eq!((groups, of_link), (1, 3));
        assert_eq!(reencode::assert(&mut route, nexthop::list().into_request(), &[]), 5);
        reencode::assert(&mut route, routes::list().into_request(), &[]);
        route.tell(nexthop::del(10)).unwrap();
        assert_eq!(route.ask(nexthop::get(10)).unwrap_err().errno(), Some(Errno::NOENT));
    });
}

#[test]
fn a_resilient_group_has_buckets() {
    netns::run(|| {
        let Some(()) = require::linux(5, 13) else { return };
        let mut route = connected();
        let v0 = index("v0");
        route.tell(nexthop::add(1).via(addr("192.0.2.2")).dev(v0)).unwrap();
        route.tell(nexthop::add(2).via(addr("192.0.2.3")).dev(v0)).unwrap();
        let settings = ResilientGroup {
            buckets: Some(8),
            idle_timer: Some(12_000),
            unbalanced_timer: Some(30_000),
            unbalanced_time: None,
        };
        let members = [GroupEntry::new(1, 1), GroupEntry::new(2, 3)];
        route.tell(nexthop::group(20, &members).resilient(settings.clone())).unwrap();
        let got = get(&mut route, 20);
        let group = got.res_group.unwrap();
        assert_eq!((group.buckets, group.idle_timer, group.unbalanced_timer), (Some(8), Some(12_000), Some(30_000)));
        assert_eq!(got.group_type, Some(GroupType::Res));
        let buckets: Vec<_> = route.dump(nexthop::buckets(20)).unwrap().collect::<Result<_, _>>().unwrap();
        let hops: Vec<_> = buckets.iter().map(|bucket| bucket.res_bucket.as_ref().unwrap()).collect();
        assert_eq!(hops.iter().map(|hop| hop.index.unwrap()).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
        assert_eq!(hops.iter().filter(|hop| hop.nh_id == Some(2)).count(), 6);

        let shown = json("ip", "nexthop show id 20");
        let shown = &shown[0]["resilient_args"];
        assert_eq!((&shown["buckets"], &shown["idle_timer"]), (&8.into(), &120.into()));
        let shown = json("ip", "nexthop bucket show id 20");
        for (bucket, shown) in hops.iter().zip(&shown) {
            assert_eq!(shown["bucket"]["index"], bucket.index.unwrap());
            assert_eq!(shown["bucket"]["nhid"], bucket.nh_id.unwrap());
        }
        reencode::assert(&mut route, nexthop::list().into_request(), &[]);
        reencode::assert(&mut route, nexthop::buckets(20).into_request(), &[]);
    });
}

#[test]
fn what_went_through_the_members_of_a_group_and_large_shares() {
    netns::run(|| {
        let Some(()) = require::linux(6, 12) else { return };
        let mut route = connected();
        let v0 = index("v0");
        route.tell(nexthop::add(1).via(addr("192.0.2.2")).dev(v0)).unwrap();
        route.tell(nexthop::group(10, &[GroupEntry::new(1, 1000)])).unwrap();
        assert_eq!(get(&mut route, 10).group[0].share(), 1000);
        let stats: Vec<_> =
            route.dump(nexthop::list().groups().with_stats()).unwrap().collect::<Result<_, _>>().unwrap();
        let stats = stats[0].group_stats.as_ref().unwrap();
        assert_eq!((stats.entry[0].id, stats.entry[0].packets), (Some(1), Some(0)));
        reencode::assert(&mut route, nexthop::list().with_stats().into_request(), &[]);
    });
}

#[test]
fn a_share_is_one_more_than_on_the_wire() {
    for share in [1, 2, 255, 256, 257, 65_535] {
        assert_eq!(GroupEntry::new(7, share).share(), u32::from(share));
    }
    let largest = GroupEntry { id: 7, weight: 255, weight_high: 255 };
    assert_eq!(largest.share(), 65_536);
    assert!(NextHop::decode_at(&[0; 8], 16).is_ok());
}
