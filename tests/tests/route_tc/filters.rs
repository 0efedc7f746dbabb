//! Filters other than `flower`.

mod selector;

use std::borrow::Cow;

use netlink_core::IntoOwned;
use netlink_tests::{reencode, require};
use protocols::route::{
    Route,
    tc::{
        Handle,
        action::{Action, SockFilter, Verdict},
        filter::{
            self, Basic, Bpf, BpfFlags, Cgroup, ClsFlags, EmatchData, EmatchTree, Filter, FilterOptions, Flow,
            FlowKeys, FlowMode, Fw, MatchAll, Route4,
        },
        qdisc::{self, Prio, QdiscOptions},
    },
    verb::Change,
};
use serde_json::{Value, json};

use crate::{Conn, ONE, assert_says, assert_told, tc, with_link};

/// `ETH_P_IP`.
pub(super) const IP: u16 = 0x0800;

pub(super) fn list(route: &mut Conn, index: i32, parent: Handle) -> Vec<Filter<'static>> {
    let list = route.dump(filter::list(index, parent)).unwrap();
    list.map(|filter| filter.unwrap_or_else(|error| panic!("{error}")).into_owned()).collect()
}

fn find(route: &mut Conn, index: i32, parent: Handle, handle: u32) -> Filter<'static> {
    let list = list(route, index, parent);
    let found = list.iter().find(|filter| filter.header.handle.0 == handle);
    found.unwrap_or_else(|| panic!("{list:?}")).clone()
}

/// Makes a filter with an action at a queueing discipline, and looks at it from all sides; removes it. `unsaid` are paths
/// of what the kernel does not tell, or tells otherwise; `shown` is what `tc` says of the options, but for actions: JSON,
/// or some of its text where `tc` has no valid JSON.
pub(super) fn filter(
    kind: &'static str,
    handle: u32,
    protocol: u16,
    options: FilterOptions<'static>,
    unsaid: &'static [&'static str],
    shown: Value,
) {
    if require::classifier(kind).is_none() || require::qdisc("prio").is_none() || require::action("gact").is_none() {
        return;
    }
    with_link(move |route, index| {
        let (bands, priomap) = (3, [1; 16]);
        route.tell(qdisc::add(index, ONE, QdiscOptions::Prio(Prio { bands, priomap }))).unwrap();
        let tells_noise = tells_noise(&options);
        let change = filter::add(index, ONE, 9, protocol, options).handle(handle);
        let set = change.body.clone();
        route.tell(change).unwrap_or_else(|error| panic!("{error}"));
        let got = find(route, index, ONE, handle);
        assert_eq!(got.kind.as_ref().unwrap().to_string(), kind);
        assert_eq!((got.header.priority(), got.header.protocol(), got.header.parent), (9, protocol, ONE));
        assert_told(&set, &got, unsaid);

        if let Some(text) = shown.as_str() {
            assert_says(&["-d", "filter", "show", "dev", "t0", "parent", "1:"], text);
        } else {
            let said = tc(&["filter", "show", "dev", "t0", "parent", "1:"]);
            let mut said =
                said.as_array().unwrap().iter().filter_map(|filter| filter.get("options")).next_back().unwrap().clone();
            let said = said.as_object_mut().unwrap();
            said.remove("actions");
            assert_eq!(&Value::Object(said.clone()), &shown);
        }
        if !tells_noise {
            reencode::assert(route, Route::GET_FILTER.with(&filter::list(index, ONE).body), &[]);
        }

        // A `cgroup` has the priority for itself, and no handle to be found by.
        if kind == "cgroup" {
            route.tell(filter::delete(index, ONE, 9, protocol)).unwrap();
        } else {
            let asked = route.ask(filter::get(index, ONE, 9, protocol, kind, handle)).unwrap();
            assert_eq!(asked.header.handle.0, handle);
            route.tell(filter::delete(index, ONE, 9, protocol).handle(handle).kind(kind)).unwrap();
        }
        assert!(list(route, index, ONE).iter().all(|filter| filter.header.handle.0 != handle));
    });
}

/// Of the name of an algorithm the kernel leaves the last byte as it finds it, which decoding does not keep.
fn tells_noise(options: &FilterOptions<'_>) -> bool {
    let FilterOptions::Basic(Basic { ematches: Some(EmatchTree { tree_list: Some(list), .. }), .. }) = options else {
        return false;
    };
    list.iter().any(|ematch| matches!(ematch.data, EmatchData::Text(_)))
}

/// Makes the filter of a request for what goes out, and looks at what the kernel tells of it.
pub(super) fn add_at_egress(
    route: &mut Conn,
    index: i32,
    add: Change<'static, Filter<'static>>,
    unsaid: &[&str],
) -> Filter<'static> {
    let set = add.body.clone();
    route.tell(add).unwrap_or_else(|error| panic!("{error}"));
    let got = find(route, index, Handle::CLSACT_EGRESS, set.header.handle.0);
    assert_told(&set, &got, unsaid);
    reencode::assert(route, Route::GET_FILTER.with(&filter::list(index, Handle::CLSACT_EGRESS).body), &[]);
    got
}

/// A class to send packets to, and what is done with them.
pub(super) const CLASS: Option<Handle> = Some(Handle::new(1, 2));

pub(super) fn act() -> Vec<Action<'static>> {
    vec![Action::verdict(Verdict::Pipe), Action::verdict(Verdict::Ok)]
}

#[test]
fn matchall() {
    let options = MatchAll { classid: CLASS, act: act(), flags: Some(ClsFlags::SKIP_HW), ..MatchAll::default() };
    // The kernel adds where it is.
    filter("matchall", 5, 3, FilterOptions::MatchAll(options), &["flags"], json!("handle 0x5 flowid 1:2 \n  skip_hw"));
}

#[test]
fn fw() {
    let options =
        Fw { classid: CLASS, act: act(), mask: Some(0xff), indev: Some("lo".parse().unwrap()), ..Fw::default() };
    filter("fw", 0x11, IP, FilterOptions::Fw(options), &[], json!("handle 0x11/0xff classid 1:2 input dev lo"));
}

#[test]
fn route() {
    let options = Route4 { classid: CLASS, to: Some(10), from: Some(20), act: act(), ..Route4::default() };
    // Worked out of the realms: to, and from in the upper half.
    filter("route", 10 | 20 << 16, IP, FilterOptions::Route(options), &[], json!("flowid 1:2 to 10 from 20"));
}

#[test]
fn route_by_link() {
    let options = Route4 { classid: CLASS, to: Some(10), iif: Some(1), act: act(), ..Route4::default() };
    // In the upper half, the link.
    filter(
        "route",
        10 | (0x8000 | 1) << 16,
        IP,
        FilterOptions::Route(options),
        &[],
        json!("flowid 1:2 to 10 fromif lo"),
    );
}

#[test]
fn basic_without_matches() {
    let options = Basic { classid: CLASS, act: act(), ..Basic::default() };
    filter("basic", 3, IP, FilterOptions::Basic(options), &[], json!("handle 0x3 flowid 1:2"));
}

#[test]
fn cgroup() {
    let options = Cgroup { act: act(), ..Cgroup::default() };
    filter("cgroup", 1, IP, FilterOptions::Cgroup(options), &[], json!("cgroup chain 0 handle 0x1"));
}

#[test]
fn bpf() {
    let ops = vec![SockFilter { code: 6, jt: 0, jf: 0, k: u32::MAX }];
    let options = Bpf { classid: CLASS, act: act(), ops_len: Some(1), ops, ..Bpf::default() };
    filter(
        "bpf",
        2,
        IP,
        FilterOptions::Bpf(options),
        &[],
        json!("handle 0x2 flowid 1:2 not_in_hw bytecode '1,6 0 0 4294967295'"),
    );
}

#[test]
fn bpf_that_gives_the_verdict() {
    let ops = vec![SockFilter { code: 6, jt: 0, jf: 0, k: 0 }];
    let options = Bpf {
        ops_len: Some(1),
        ops,
        flags: Some(BpfFlags::ACT_DIRECT),
        flags_gen: Some(ClsFlags::SKIP_HW),
        ..Bpf::default()
    };
    // The kernel adds where it is.
    filter(
        "bpf",
        2,
        IP,
        FilterOptions::Bpf(options),
        &["flags_gen"],
        json!("handle 0x2 direct-action skip_hw not_in_hw bytecode '1,6 0 0 0'"),
    );
}

#[test]
fn flow_that_hashes_everything() {
    let keys = FlowKeys::from_bits_retain((1 << 18) - 1);
    let options = Flow { keys: Some(keys), mode: Some(FlowMode::Hash), act: act(), ..Flow::default() };
    filter(
        "flow",
        7,
        IP,
        FilterOptions::Flow(options),
        &[],
        json!(
            "hash keys src,dst,proto,proto-src,proto-dst,iif,priority,mark,nfct,nfct-src,nfct-dst,nfct-proto-src,\
             nfct-proto-dst,rt-classid,sk-uid,sk-gid,vlan-tag,rxhash"
        ),
    );
}

#[test]
fn flow_that_hashes() {
    let options = Flow {
        keys: Some(FlowKeys::SRC | FlowKeys::DST),
        mode: Some(FlowMode::Hash),
        baseclass: Some(Handle::new(1, 1)),
        divisor: Some(3),
        perturb: Some(10),
        act: act(),
        ..Flow::default()
    };
    filter(
        "flow",
        7,
        IP,
        FilterOptions::Flow(options),
        &[],
        json!("handle 0x7 hash keys src,dst divisor 3 baseclass 1:1 perturb 10sec"),
    );
}

#[test]
fn flow_that_maps() {
    let options = Flow {
        keys: Some(FlowKeys::PRIORITY),
        mode: Some(FlowMode::Map),
        baseclass: Some(Handle::new(1, 1)),
        mask: Some(0xff),
        xor: Some(0x1),
        rshift: Some(4),
        addend: Some(3),
        divisor: Some(256),
        act: act(),
        ..Flow::default()
    };
    filter(
        "flow",
        7,
        IP,
        FilterOptions::Flow(options),
        &[],
        json!(
            "handle 0x7 map keys priority and 0x000000ff xor 0x00000001 rshift 4 addend 0x3 divisor 256 baseclass 1:1"
        ),
    );
}

#[test]
fn filters_are_listed_without_matches() {
    if require::classifier("flower").is_none() || require::linux(5, 8).is_none() {
        return;
    }
    with_link(|route, index| {
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact)).unwrap();
        let flower = filter::Flower {
            key_eth_type: Some(IP),
            key_ip_proto: Some(6),
            act: vec![Action { cookie: Some(Cow::Borrowed(b"cookie")), ..Action::verdict(Verdict::Ok) }],
            ..filter::Flower::default()
        };
        let options = FilterOptions::Flower(Box::new(flower));
        route.tell(filter::add(index, Handle::CLSACT_EGRESS, 9, IP, options)).unwrap();
        let keys = |route: &mut Conn, terse: bool| {
            let mut list = filter::list(index, Handle::CLSACT_EGRESS);
            if terse {
                list = list.terse();
            }
            let filters: Vec<Filter<'_>> = route.dump(list).unwrap().map(|filter| filter.unwrap()).collect();
            filters.iter().any(|filter| match &filter.options {
                Some(FilterOptions::Flower(flower)) => flower.key_ip_proto.is_some(),
                _ => false,
            })
        };
        assert!(keys(route, false));
        assert!(!keys(route, true));
        route.tell(filter::delete(index, Handle::CLSACT_EGRESS, 9, IP)).unwrap();
        assert!(!keys(route, false));
    });
}
