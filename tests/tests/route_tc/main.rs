//! Traffic control of the running kernel: everything that can be set is set, read back, compared with what was set and
//! with what `tc` says of it, encoded again, and removed.

mod actions;
mod classes;
mod effects;
mod ematches;
mod filters;
mod flower;
mod netem;
mod objects;
mod programs;
mod qdiscs;
mod queues;
mod shapers;

use std::fs;

use netlink_core::{
    Connection, NlFamily, NlMessage,
    protocol::Route as RouteProtocol,
    schema::{self, Node},
};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route, link,
    tc::{
        Handle, TcGet,
        qdisc::{self, Qdisc, QdiscOptions},
    },
};
use serde_json::Value;

type Conn = Connection<RouteProtocol>;

/// The handle of queueing disciplines that these tests make.
const ONE: Handle = Handle::new(1, 0);

/// A value that only kernels from this version on know.
fn since<T>(major: u32, minor: u32, value: T) -> Option<T> {
    require::is_linux(major, minor).then_some(value)
}

/// In a network namespace with a link `t0` of 4 queues, up, whose other end is `t1`.
fn with_link(test: impl FnOnce(&mut Conn, i32) + Send + 'static) {
    if require::tool("tc").is_none() || require::tool("ip").is_none() {
        return;
    }
    netns::run(move || {
        // IPv6 would send packets by itself.
        let _ = fs::write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        let queues = "numtxqueues 4 numrxqueues 4";
        let pair = format!("link add t0 {queues} type veth peer name t1 {queues}");
        netns::ip(&[&pair, "link set t1 up", "link set t0 up"]);
        let mut route = Route::connect().unwrap();
        let index = route.ask(link::get("t0")).unwrap().header.index;
        test(&mut route, index);
    });
}

/// What `tc` says, as JSON.
fn tc(arguments: &[&str]) -> Value {
    let text = netns::output("tc", &[&["-j", "-d", "-s"], arguments].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The queueing disciplines of a link.
fn qdiscs(route: &mut Conn, index: i32) -> Vec<Qdisc<'static>> {
    let list = route.dump(qdisc::list()).unwrap();
    let list = list.map(|qdisc| qdisc.unwrap_or_else(|error| panic!("{error}")));
    list.filter(|qdisc| qdisc.header.ifindex == index).collect()
}

/// The queueing discipline that a test made.
#[track_caller]
fn root(route: &mut Conn, index: i32) -> Qdisc<'static> {
    qdiscs(route, index).into_iter().find(|qdisc| qdisc.header.handle == ONE).expect("a qdisc `1:`")
}

/// What `tc` says of it.
#[track_caller]
fn root_shown() -> Value {
    let said = tc(&["qdisc", "show", "dev", "t0"]);
    said.as_array().unwrap().iter().find(|qdisc| qdisc["handle"] == "1:").expect("`tc` shows it").clone()
}

/// Whether `tc` says this.
#[track_caller]
fn assert_says(arguments: &[&str], text: &str) {
    let said = netns::output("tc", arguments);
    assert!(said.contains(text), "{text} in {said}");
}

/// Makes a queueing discipline, and looks at it from all sides. `unsaid` are paths of what the kernel does not tell, or
/// tells otherwise; `shown` is all that `tc` says of the options: JSON, or the
/// start of its text for kinds that it has no (valid) JSON for.
fn qdisc(kind: &'static str, options: QdiscOptions<'static>, unsaid: &'static [&'static str], shown: Value) {
    if require::qdisc(kind).is_none() {
        return;
    }
    with_link(move |route, index| {
        let change = qdisc::add(index, ONE, options);
        let set = change.body.clone();
        route.tell(change).unwrap_or_else(|error| panic!("{error}"));
        let got = root(route, index);
        assert_eq!(got.kind.as_ref().unwrap().to_string(), kind);
        assert_eq!((got.header.parent, got.header.ifindex), (Handle::ROOT, index));
        assert_told(&set, &got, unsaid);

        if let Some(text) = shown.as_str() {
            assert_says(&["-d", "qdisc", "show", "dev", "t0"], &format!("qdisc {kind} 1: root {text}"));
        } else {
            assert_shown(&got, &shown);
        }
        reencode::assert(route, Route::GET_QDISC.with(&TcGet::default()), &[]);
        route.tell(qdisc::delete(index, Handle::ROOT)).unwrap();
        assert!(qdiscs(route, index).iter().all(|qdisc| qdisc.header.handle != ONE));
    });
}

/// What only a device could do that no test has: the kernel knows what is meant, and says why it refuses.
fn refused(kind: &'static str, options: QdiscOptions<'static>, why: &'static str) {
    if require::qdisc(kind).is_none() {
        return;
    }
    with_link(move |route, index| {
        let error = route.tell(qdisc::add(index, ONE, options)).expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
    });
}

fn assert_shown(got: &Qdisc<'_>, shown: &Value) {
    let said = root_shown();
    assert_eq!(said["kind"], got.kind.as_ref().unwrap().to_string());
    // Without a device that uses them, not every kernel tells these two of mqprio.
    let mut shown = shown.clone();
    for key in ["mode", "shaper"].into_iter().filter(|key| said["options"].get(key).is_none()) {
        shown.as_object_mut().expect("an object").remove(key);
    }
    assert_eq!(said["options"], shown, "`tc` says of {:?}", got.options);
    assert_counters(got, &said);
}

fn assert_counters(got: &Qdisc<'_>, said: &Value) {
    let stats = got.stats2.as_ref().expect("statistics");
    let (basic, queue) = (stats.basic.unwrap(), stats.queue.unwrap());
    let counters = [
        ("bytes", basic.bytes),
        ("packets", stats.pkt64.unwrap_or(basic.packets.into())),
        ("drops", queue.drops.into()),
        ("overlimits", queue.overlimits.into()),
        ("requeues", queue.requeues.into()),
        ("backlog", queue.backlog.into()),
        ("qlen", queue.qlen.into()),
    ];
    for (key, value) in counters {
        assert_eq!(said[key], Value::from(value), "{key}");
    }
}

/// Whether all that was set is there, path by path, but for `unsaid`.
#[track_caller]
fn assert_told<'a, M: NlMessage<'a>>(set: &M, got: &M, unsaid: &[&str]) {
    assert_told_within("options", set, got, unsaid);
}

/// As [`assert_told`], about another field than the options; of a list, the paths are those within its elements' options.
#[track_caller]
fn assert_told_within<'a, M: NlMessage<'a>>(root: &str, set: &M, got: &M, unsaid: &[&str]) {
    let (set, got) = (set.to_bytes().unwrap(), got.to_bytes().unwrap());
    let set = schema::walk(M::SCHEMA, &set).unwrap();
    let got = schema::walk(M::SCHEMA, &got).unwrap();
    let mut missing = Vec::new();
    compare(root, field(&set, root), field(&got, root), unsaid, &mut missing);
    assert!(missing.is_empty(), "{}\nset: {set}\ngot: {got}", missing.join("\n"));
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Node::Map(entries) = node else { return None };
    entries.iter().find(|entry| entry.name == name).map(|entry| &entry.node)
}

fn compare(path: &str, set: Option<&Node>, got: Option<&Node>, unsaid: &[&str], missing: &mut Vec<String>) {
    let within = path.trim_start_matches("tab.").trim_start_matches("options").trim_start_matches('.');
    // References are counted, whatever a request says.
    if unsaid.contains(&within) || path.ends_with(".refcnt") || path.ends_with(".bindcnt") {
        return;
    }
    match (set, got) {
        (Some(Node::Map(entries)), got) => {
            for entry in entries {
                let got = got.and_then(|got| field(got, &entry.name));
                compare(&format!("{path}.{}", entry.name), Some(&entry.node), got, unsaid, missing);
            }
        }
        (Some(Node::List(set)), Some(Node::List(got))) if set.len() == got.len() => {
            for (set, got) in set.iter().zip(got) {
                compare(path, Some(set), Some(got), unsaid, missing);
            }
        }
        (Some(Node::Numbered(set)), Some(Node::Numbered(got))) if set.len() == got.len() => {
            for ((_, set), (_, got)) in set.iter().zip(got) {
                compare(path, Some(set), Some(got), unsaid, missing);
            }
        }
        // The kernel chooses an index.
        (Some(Node::Int(0)), Some(_)) if path.ends_with("parms.index") => {}
        (set, got) if set == got => {}
        (set, got) => missing.push(format!("{path}: set {set:?}, got {got:?}")),
    }
}
