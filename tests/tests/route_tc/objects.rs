//! What is not of one kind: handles, blocks, chains, lists by link, notifications.

use std::time::Duration;

use netlink_core::{Errno, Error, NlFamily, connection::Incoming};
use netlink_tests::{reencode, require};
use protocols::route::{
    Route,
    tc::{
        Handle, RateSpec, TcHeader,
        action::{Action, Verdict},
        chain::{self, Chain},
        class::{self, ClassOptions},
        filter::{self, Filter, FilterOptions, Flower, MatchAll},
        qdisc::{self, Fifo, Htb, HtbClass, HtbGlobal, HtbParms, Qdisc, QdiscOptions},
    },
};
use serde_json::json;

use crate::{Conn, ONE, assert_told, qdiscs, tc, with_link};

fn fifo() -> QdiscOptions<'static> {
    QdiscOptions::Pfifo(Fifo { limit: 7 })
}

#[test]
fn handles_are_written_as_tc_writes_them() {
    for (handle, text) in [
        (Handle::new(1, 0), "1:"),
        (Handle::new(0xabcd, 0x10), "abcd:10"),
        (Handle::new(0, 0xf), ":f"),
        (Handle::INGRESS, "ffff:fff1"),
        (Handle::ROOT, "root"),
        (Handle::UNSPEC, "none"),
    ] {
        assert_eq!(handle.to_string(), text);
        assert_eq!(text.parse(), Ok(handle));
    }
    assert_eq!("clsact".parse(), Ok(Handle::INGRESS));
    for wrong in ["", ":", "1", "1:2:3", "10000:", "1:+2", "x:"] {
        assert!(wrong.parse::<Handle>().is_err(), "{wrong}");
    }
}

#[test]
fn a_kind_that_the_kernel_does_not_know_is_named() {
    with_link(|route, index| {
        let header = TcHeader { ifindex: index, parent: Handle::ROOT, ..TcHeader::default() };
        let qdisc = Qdisc { header, kind: Some("nonesuch".into()), ..Qdisc::default() };
        let error = route.tell(Route::NEW_QDISC.with(&qdisc).create()).unwrap_err();
        assert!(error.to_string().ends_with("qdisc kind is unknown (`Qdisc.kind` is \"nonesuch\")"), "{error}");
    });
}

#[test]
fn a_qdisc_is_changed_replaced_asked_for_and_removed() {
    with_link(|route, index| {
        route.tell(qdisc::add(index, ONE, fifo())).unwrap();
        let error = route.tell(qdisc::add(index, ONE, fifo())).unwrap_err();
        assert!(matches!(&error, Error::Refused(refused) if refused.errno() == Errno::EXIST), "{error}");
        route.tell(qdisc::change(index, ONE, QdiscOptions::Pfifo(Fifo { limit: 8 }))).unwrap();
        let got = route.ask(qdisc::get(index, Handle::ROOT)).unwrap();
        assert_eq!((got.header.handle, got.options), (ONE, Some(QdiscOptions::Pfifo(Fifo { limit: 8 }))));
        let two = Handle::new(2, 0);
        route.tell(qdisc::replace(index, two, QdiscOptions::Bfifo(Fifo { limit: 9000 }))).unwrap();
        let got = qdiscs(route, index);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].options, Some(QdiscOptions::Bfifo(Fifo { limit: 9000 })));
        route.tell(qdisc::delete(index, Handle::ROOT)).unwrap();
        assert!(route.tell(qdisc::delete(index, Handle::ROOT)).is_err());
    });
}

#[test]
fn all_links_are_listed_and_those_that_are_not_shown_otherwise() {
    with_link(|route, index| {
        route.tell(qdisc::add(index, ONE, fifo())).unwrap();
        let count = |route: &mut Conn, list: qdisc::QdiscQuery<'static>| route.dump(list).unwrap().count();
        assert_eq!(count(route, qdisc::list()), tc(&["qdisc", "show"]).as_array().unwrap().len());
        let with_invisible = count(route, qdisc::list().with_invisible());
        assert_eq!(with_invisible, tc(&["qdisc", "show", "invisible"]).as_array().unwrap().len());
    });
}

#[test]
fn ingress_and_clsact_have_blocks() {
    with_link(|route, index| {
        let mut add = qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact);
        (add.body.ingress_block, add.body.egress_block) = (Some(7), Some(8));
        let set = add.body.clone();
        route.tell(add).unwrap();
        let find =
            |route: &mut Conn| qdiscs(route, index).into_iter().find(|qdisc| qdisc.header.parent == Handle::INGRESS);
        let got = find(route).expect("clsact");
        assert_eq!((got.ingress_block, got.egress_block), (Some(7), Some(8)));
        assert_eq!(got.header.handle, Handle::new(0xffff, 0));
        assert_told(&set, &got, &[]);
        let said = tc(&["qdisc", "show", "dev", "t0"]);
        let said = said.as_array().unwrap().iter().find(|qdisc| qdisc["kind"] == "clsact").unwrap();
        assert_eq!((&said["ingress_block"], &said["egress_block"]), (&json!(7), &json!(8)));
        reencode::assert(route, Route::GET_QDISC.with(&qdisc::list().body), &[]);
        route.tell(qdisc::delete(index, Handle::INGRESS)).unwrap();
        assert!(find(route).is_none());
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Ingress)).unwrap();
        assert_eq!(find(route).unwrap().kind.unwrap().to_string(), "ingress");
    });
}

fn matchall(verdict: Verdict) -> FilterOptions<'static> {
    FilterOptions::MatchAll(MatchAll { act: vec![Action::verdict(verdict)], ..MatchAll::default() })
}

#[test]
fn a_filter_in_a_shared_block() {
    if require::classifier("matchall").is_none() || require::action("gact").is_none() {
        return;
    }
    with_link(|route, index| {
        let mut add = qdisc::add(index, Handle::UNSPEC, QdiscOptions::Ingress);
        add.body.ingress_block = Some(7);
        route.tell(add).unwrap();
        route.tell(filter::add(0, Handle::UNSPEC, 5, 3, matchall(Verdict::Ok)).in_block(7)).unwrap();
        let list = filter::list(0, Handle::UNSPEC).in_block(7);
        let filters: Vec<Filter<'_>> = route.dump(list).unwrap().map(|filter| filter.unwrap()).collect();
        let found = filters.iter().find(|filter| filter.options.as_ref().is_some()).expect("the filter");
        assert_eq!((found.header.block(), found.header.priority(), found.header.protocol()), (Some(7), 5, 3));
        let said = tc(&["filter", "show", "block", "7"]);
        assert!(said.as_array().unwrap().iter().any(|filter| filter["pref"] == 5), "{said}");
    });
}

#[test]
fn chains_and_templates() {
    if require::classifier("flower").is_none() || require::action("gact").is_none() {
        return;
    }
    with_link(|route, index| {
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Ingress)).unwrap();
        let parent = Handle::new(0xffff, 0);
        let template = Flower {
            key_eth_type: Some(0x0800),
            key_ipv4_dst: Some([0, 0, 0, 0].into()),
            key_ipv4_dst_mask: Some([255, 255, 0, 0].into()),
            ..Flower::default()
        };
        let mut add = chain::add(index, parent, 7).template(FilterOptions::Flower(Box::new(template)));
        add.body.header.info = u32::from(0x0800_u16.to_be());
        let set = add.body.clone();
        route.tell(add).unwrap();
        route.tell(chain::add(index, parent, 8)).unwrap();
        assert!(route.tell(chain::add(index, parent, 8)).is_err());

        let chains: Vec<Chain<'_>> =
            route.dump(chain::list(index, parent)).unwrap().map(|chain| chain.unwrap()).collect();
        let numbers: Vec<_> = chains.iter().filter_map(|chain| chain.chain).filter(|chain| *chain != 0).collect();
        assert_eq!(numbers, [7, 8]);
        let seven = chains.iter().find(|chain| chain.chain == Some(7)).unwrap();
        assert_eq!(seven.kind.as_ref().unwrap().to_string(), "flower");
        assert_told(&set, seven, &[]);
        assert_eq!(route.ask(chain::get(index, parent, 7)).unwrap().chain, Some(7));
        reencode::assert(route, Route::LIST_CHAINS.with(&chain::list(index, parent).body), &[]);

        let said = tc(&["chain", "show", "dev", "t0", "ingress"]);
        let template = said.as_array().unwrap().iter().find(|chain| chain["chain"] == 7).unwrap();
        assert_eq!(template["options"]["keys"], json!({"eth_type": "ipv4", "dst_ip": "0.0.0.0/16"}));
        let mut said: Vec<_> = said.as_array().unwrap().iter().filter_map(|chain| chain["chain"].as_u64()).collect();
        said.retain(|chain| *chain != 0);
        assert_eq!(said, [7, 8]);

        // The template says what filters may match.
        let other = FilterOptions::Flower(Box::new(Flower {
            key_eth_type: Some(0x0800),
            key_ip_proto: Some(6),
            ..Flower::default()
        }));
        assert!(route.tell(filter::add(index, parent, 1, 0x0800, other).chain(7)).is_err());

        // A filter in a chain, reached by another one.
        let target = FilterOptions::Flower(Box::new(Flower {
            key_eth_type: Some(0x0800),
            key_ipv4_dst: Some([10, 1, 0, 0].into()),
            key_ipv4_dst_mask: Some([255, 255, 0, 0].into()),
            act: vec![Action::verdict(Verdict::Shot)],
            ..Flower::default()
        }));
        route.tell(filter::add(index, parent, 1, 0x0800, target).chain(7)).unwrap();
        let goto = FilterOptions::Flower(Box::new(Flower {
            act: vec![Action::verdict(Verdict::goto_chain(7))],
            ..Flower::default()
        }));
        route.tell(filter::add(index, parent, 1, 3, goto)).unwrap();
        let said = tc(&["filter", "show", "dev", "t0", "ingress", "chain", "7"]);
        assert!(
            said.as_array().unwrap().iter().any(|filter| filter["options"]["keys"]["dst_ip"] == "10.1.0.0/16"),
            "{said}"
        );
        let said = tc(&["filter", "show", "dev", "t0", "ingress", "chain", "0"]);
        assert!(said.to_string().contains(r#""control_action":{"chain":7,"type":"goto"}"#), "{said}");
        let list = filter::list(index, parent).chain(7);
        let inside: Vec<Filter<'_>> = route.dump(list).unwrap().map(|filter| filter.unwrap()).collect();
        assert!(!inside.is_empty() && inside.iter().all(|filter| filter.chain == Some(7)));

        route.tell(filter::delete(index, parent, 0, 0)).unwrap();
        route.tell(chain::delete(index, parent, 8)).unwrap();
        let left =
            route.dump(chain::list(index, parent)).unwrap().filter(|chain| chain.as_ref().unwrap().chain == Some(8));
        assert_eq!(left.count(), 0);
    });
}

#[test]
fn changes_are_told_to_members_of_the_group() {
    with_link(|route, index| {
        let mut watcher = Route::connect().unwrap();
        watcher.join(Route::TRAFFIC_CONTROL).unwrap();
        route.tell(qdisc::add(index, ONE, fifo())).unwrap();
        route.tell(qdisc::delete(index, Handle::ROOT)).unwrap();
        let mut events = watcher.events().timeout(Duration::from_secs(5));
        let mut gone = false;
        while !gone {
            let Some(Ok(Incoming::Notification(notification))) = events.next_event() else { panic!("no event") };
            assert_eq!(notification.group(), 4);
            if let Ok(qdisc) = notification.decode(Route::QDISC_GONE) {
                gone = qdisc.header.handle == ONE;
            } else {
                let qdisc = notification.decode(Route::QDISC_CHANGED).unwrap();
                assert_eq!(qdisc.header.ifindex, index);
            }
        }
    });
}

#[test]
fn a_link_may_be_given_by_its_name() {
    if require::qdisc("htb").is_none() {
        return;
    }
    with_link(|route, index| {
        let htb = Htb { init: Some(HtbGlobal::with_default_class(0x10)), ..Htb::default() };
        route.tell(qdisc::add("t0", ONE, QdiscOptions::Htb(htb))).unwrap();
        let told = route.ask(qdisc::get("t0", Handle::ROOT)).unwrap();
        assert_eq!((told.header.ifindex, told.header.handle), (index, ONE));
        let parms = HtbParms { rate: RateSpec::new(125_000), ceil: RateSpec::new(125_000), ..HtbParms::default() };
        let options = ClassOptions::Htb(HtbClass { parms: Some(parms), ..HtbClass::default() });
        let handle = Handle::new(1, 0x10);
        route.tell(class::add("t0", ONE, handle, options.clone())).unwrap();
        route.tell(class::change("t0", ONE, handle, options)).unwrap();
        assert_eq!(route.ask(class::get("t0", handle)).unwrap().header.ifindex, index);
        let classes = route.list(class::list("t0"), 3).unwrap().entries;
        assert!(classes.iter().all(|class| class.header.ifindex == index) && !classes.is_empty(), "{classes:?}");
        assert!(route.list(class::list("t1"), 3).unwrap().entries.is_empty());
        route.tell(class::delete("t0", handle)).unwrap();
        // A block has no link, whatever name was given.
        let of_block = route.list(filter::list("absent", ONE).in_block(77), 3);
        assert_ne!(of_block.err().and_then(|error| error.errno()), Some(Errno::NODEV));
        let error = route.list(filter::list("absent", ONE), 3).map(drop).unwrap_err();
        assert_eq!(error.errno(), Some(Errno::NODEV), "{error}");
        route.tell(qdisc::delete("t0", Handle::ROOT)).unwrap();
    });
}

#[test]
fn filters_are_of_a_link_that_has_a_name() {
    if require::classifier("matchall").is_none() || require::qdisc("htb").is_none() {
        return;
    }
    with_link(|route, index| {
        let htb = Htb { init: Some(HtbGlobal::with_default_class(0x10)), ..Htb::default() };
        route.tell(qdisc::add("t0", ONE, QdiscOptions::Htb(htb))).unwrap();
        let all = FilterOptions::MatchAll(MatchAll::default());
        route.tell(filter::add("t0", ONE, 1, 3, all)).unwrap();
        let filters = route.list(filter::list("t0", ONE), 3).unwrap().entries;
        assert!(filters.iter().all(|filter| filter.header.ifindex == index) && !filters.is_empty(), "{filters:?}");
        route.tell(chain::add("t0", ONE, 5)).unwrap();
        assert_eq!(route.ask(chain::get("t0", ONE, 5)).unwrap().header.ifindex, index);
        route.tell(chain::delete("t0", ONE, 5)).unwrap();
        route.tell(filter::delete("t0", ONE, 1, 3)).unwrap();
    });
}
