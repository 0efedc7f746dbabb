//! Addresses, routes, neighbours, rules and what belongs to them, on the running kernel: made with everything that can be
//! set, read back, compared with what was set and with what iproute2 says, encoded again, deleted.

mod addresses;
mod allocations;
mod bridges;
mod encaps;
mod forwarding;
mod multicast;
mod names;
mod neighbours;
mod nexthops;
mod others;
mod programs;
mod routes;
mod rules;
mod segments;
mod small;
mod ways;

use std::{fs, net::IpAddr};

use netlink_core::{Connection, Error, NlFamily, errno::Errno, protocol};
use netlink_tests::netns;
use protocols::route::{
    Route, address,
    ip::IpNet,
    routes::{RouteEntry, RouteList},
};
use serde_json::Value;

type Conn = Connection<protocol::Route>;

/// A connection in the namespace of the thread, which gets a pair of links, `v0` and `v1`, that are up and at rest.
fn furnished() -> Conn {
    netns::without_duplicate_detection();
    let pair = "link add v0 type veth peer name v1";
    netns::ip(&["link set lo up", pair, "link set v0 up", "link set v1 up"]);
    netns::settled(&["v0", "v1"]);
    Route::connect().unwrap()
}

/// As [`furnished`], with addresses, so that there are neighbours for routers.
fn connected() -> Conn {
    let mut route = furnished();
    route.tell(address::add(index("v0"), net("192.0.2.1/24"))).unwrap();
    route.tell(address::add(index("v0"), net("2001:db8::1/64")).with(address::AddressFlags::NODAD)).unwrap();
    route
}

fn net(text: &str) -> IpNet {
    text.parse().unwrap()
}

fn addr(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// The route to there.
fn found(route: &mut Conn, list: RouteList, dst: &str) -> RouteEntry<'static> {
    let entries: Vec<_> = route.dump(list).unwrap().collect::<Result<_, _>>().unwrap();
    let mut entries = entries.into_iter().filter(|entry| entry.destination() == Some(net(dst)));
    entries.next().unwrap_or_else(|| panic!("no route to {dst}"))
}

/// Runs `ip` with these words.
fn ip(words: &str) -> String {
    netns::output("ip", &words.split(' ').collect::<Vec<_>>())
}

/// What iproute2 says, as JSON.
fn json(program: &str, words: &str) -> Vec<Value> {
    let arguments = ["-j", "-d"].into_iter().chain(words.split(' '));
    let output = netns::output(program, &arguments.collect::<Vec<_>>());
    serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {output}"))
}

fn index(name: &str) -> u32 {
    let path = format!("/proc/thread-self/net/dev_snmp6/{name}");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let line = text.lines().find(|line| line.starts_with("ifIndex")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Whether the kernel does not know such a thing at all.
fn lacks(error: &Error) -> bool {
    matches!(error.errno(), Some(Errno::OPNOTSUPP | Errno::AFNOSUPPORT | Errno::PROTONOSUPPORT))
}

/// The one entry that iproute2 tells with this value.
fn entry<'v>(shown: &'v [Value], key: &str, value: &str) -> &'v Value {
    let mut found = shown.iter().filter(|entry| entry[key] == value);
    let entry = found.next().unwrap_or_else(|| panic!("no {key} {value} in {shown:#?}"));
    assert!(found.next().is_none(), "several {key} {value} in {shown:#?}");
    entry
}
