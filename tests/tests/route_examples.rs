//! The examples of routing netlink, beside what iproute2 says of the same namespace.

#![allow(dead_code, reason = "of examples, only what is behind the command line is called")]

use std::{
    net::Ipv4Addr,
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use netlink_core::NlFamily;
use netlink_tests::{netns, require};
use protocols::route::Route;
use serde_json::Value;

#[path = "../../protocols/examples/links.rs"]
mod links;
#[path = "../../protocols/examples/monitor.rs"]
mod monitor;
#[path = "../../protocols/examples/monitor_tokio.rs"]
mod monitor_tokio;
#[path = "../../protocols/examples/route_dump.rs"]
mod route_dump;
#[path = "../../protocols/examples/route_load.rs"]
mod route_load;

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn ip(arguments: &str) -> String {
    netns::output("ip", &arguments.split_whitespace().collect::<Vec<_>>())
}

fn json(arguments: &str) -> Vec<Value> {
    serde_json::from_str(&ip(arguments)).unwrap()
}

/// Runs a test in a namespace with a pair of links, one of which is in yet another namespace, addresses and routes.
fn furnished(test: fn()) {
    netns::run(move || {
        let Some(_) = require::tool("ip") else { return };
        netns::without_duplicate_detection();
        netns::ip(&[
            "link set lo up",
            "link add name v0 type veth peer name v1",
            "link add name down0 address 02:00:00:00:00:07 type veth peer name down1",
            "link set dev v0 up",
            "link set dev v1 up",
            "addr add 192.0.2.1/24 dev v0",
            "addr add 192.0.2.129 peer 198.51.100.2/31 dev v0 metric 5",
            "addr add 2001:db8::1/64 dev v1 nodad",
        ]);
        netns::settled(&["v0", "v1"]);
        // That `down0` has no carrier, the kernel finds out at its own time, too.
        netns::wait_for(|| !ip("-br link").contains("UNKNOWN 02:00:00:00:00:07"));
        test();
    });
}

fn shown(arguments: &str) -> String {
    let mut out = Vec::new();
    let options = links::Options::of(words(arguments)).unwrap();
    links::show(&mut Route::connect().unwrap(), &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether a test made the link. Where tunnels are loaded, each namespace has some from the start.
fn is_ours(name: &str) -> bool {
    ["lo", "v0", "v1", "down0", "down1"].contains(&name.split(['@', ' ']).next().unwrap())
}

/// Lines without spaces at their end, and the flags of links without an order.
fn normal(text: &str) -> Vec<Vec<String>> {
    let line = |line: &str| {
        let (before, flags) = line.split_once('<').unwrap_or((line, ""));
        let mut flags = words(&flags.replace([',', '>'], " "));
        flags.sort();
        [vec![before.trim_end().to_owned()], flags].concat()
    };
    text.lines().filter(|line| is_ours(line)).map(line).collect()
}

/// Compares the list of links. That the other end went up or down, the kernel finds out a little later, and so perhaps
/// between the two.
#[track_caller]
fn assert_same(options: &str) {
    let (ours, theirs) = (|| normal(&shown(options)), || normal(&ip(&format!("-br {options}"))));
    let start = Instant::now();
    while ours() != theirs() && start.elapsed() < LONG {}
    assert_eq!(ours(), theirs());
}

#[test]
fn links_are_shown_as_ip_does() {
    furnished(|| {
        assert_same("link");
        assert_same("addr");
        assert!(shown("addr").contains("192.0.2.129 peer 198.51.100.2/31 metric 5"), "{}", shown("addr"));
        // The other end is in another namespace, which a process holds.
        let mut holder = std::process::Command::new("unshare").args(["-n", "sleep", "60"]).spawn().unwrap();
        let start = Instant::now();
        while !ip("-br link").contains("v0@if") {
            // Before it is in its namespace, the link stays here.
            ip(&format!("link set dev v1 netns {}", holder.id()));
            assert!(start.elapsed() < LONG, "{}", ip("-br link"));
        }
        while !ip("-br link").contains("NO-CARRIER") {
            assert!(start.elapsed() < LONG * 2, "{}", ip("-br link"));
        }
        assert_same("link");
        assert!(shown("").contains("NO-CARRIER"), "{}", shown(""));
        holder.kill().unwrap();
        holder.wait().unwrap();
    });
}

#[test]
fn links_as_json_have_what_ip_has() {
    furnished(|| {
        let mut ours: Vec<Value> = serde_json::from_str(&shown("addr --json")).unwrap();
        let mut theirs = json("-j addr");
        for links in [&mut ours, &mut theirs] {
            links.retain(|link| is_ours(link["ifname"].as_str().unwrap()));
            assert_eq!(links.len(), 5);
        }
        for (our, their) in ours.iter().zip(&theirs) {
            assert_eq!(our["index"], their["ifindex"]);
            for field in ["ifname", "mtu", "address", "broadcast"] {
                assert_eq!(our[field], their[field], "{field} of {our}");
            }
            let (addresses, info) = (our["addresses"].as_array().unwrap(), their["addr_info"].as_array().unwrap());
            assert_eq!(addresses.len(), info.len());
            for (address, info) in addresses.iter().zip(info) {
                let local = if address["local"].is_null() { &address["address"] } else { &address["local"] };
                assert_eq!(local, &info["local"]);
                assert_eq!(address["header"]["family"], info["family"]);
                assert_eq!(address["header"]["prefixlen"], info["prefixlen"]);
                assert_eq!(address["rt-priority"], info["metric"]);
                assert_eq!(address["cacheinfo"]["valid"], info["valid_life_time"]);
            }
        }
        let ours: Vec<Value> = serde_json::from_str(&shown("--json")).unwrap();
        assert!(ours.iter().all(|link| link["addresses"].is_null()));
    });
}

#[test]
fn colours_are_around_the_text_that_is_there_without_them() {
    furnished(|| {
        let mut options = links::Options::of(words("addr")).unwrap();
        options.colours = true;
        let mut out = Vec::new();
        links::show(&mut Route::connect().unwrap(), &options, &mut out).unwrap();
        let coloured = String::from_utf8(out).unwrap();
        assert!(coloured.contains("\x1b[32mUP") && coloured.contains("\x1b[31mDOWN"), "{coloured}");
        let mut plain = String::new();
        for (index, part) in coloured.split("\x1b[").enumerate() {
            plain += if index == 0 { part } else { part.split_once('m').unwrap().1 };
        }
        assert_eq!(plain, shown("addr"));
    });
}

/// The same sum, of what `ip` says.
fn sum_of_ip() -> (u64, u64) {
    let links = json("-j link");
    let index = |name: &str| links.iter().find(|link| link["ifname"] == name).unwrap()["ifindex"].as_u64().unwrap();
    let number = |text: &str| u64::from(u32::from(text.parse::<Ipv4Addr>().unwrap()));
    let routes = json("-4 -j -d route show table all");
    let sum = routes.iter().map(|route| {
        let dst = route["dst"].as_str().unwrap();
        let (net, len) = match dst {
            "default" => ("0.0.0.0", "0"),
            dst => dst.split_once('/').unwrap_or((dst, "32")),
        };
        let table = match route["table"].as_str().unwrap_or("main") {
            "main" => 254,
            "local" => 255,
            number => number.parse().unwrap(),
        };
        number(net)
            + len.parse::<u64>().unwrap()
            + route["dev"].as_str().map_or(0, index)
            + route["gateway"].as_str().map_or(0, number)
            + route["metric"].as_u64().unwrap_or(0)
            + table
    });
    (routes.len() as u64, sum.sum())
}

fn load(arguments: &str) -> (String, bool) {
    let mut out = Vec::new();
    let options = route_load::Options::of(words(arguments)).unwrap();
    let result = route_load::load(&mut Route::connect().unwrap(), &options, &mut out);
    (String::from_utf8(out).unwrap(), result.is_ok())
}

#[test]
fn routes_are_made_and_counted() {
    furnished(|| {
        ip("route add default via 192.0.2.9 metric 77");
        ip("route add 203.0.113.0/24 via 192.0.2.2 table 1000");
        ip("route add blackhole 203.0.114.0/24 metric 3");
        ip("route add 203.0.115.0/24 nexthop via 192.0.2.2 weight 2 nexthop via 192.0.2.3");
        let mut route = Route::connect().unwrap();
        let before = route_dump::read(&mut route).unwrap();
        assert_eq!(before, sum_of_ip());

        let (text, well) = load("--dev v0 --via 192.0.2.2 300 16");
        assert!(well && text.ends_with(" s, 0 failures\n"), "{text}");
        let after = route_dump::read(&mut route).unwrap();
        assert_eq!((after.0, after), (before.0 + 300, sum_of_ip()));
        assert!(ip("route show 32.0.18.176/28").contains("via 192.0.2.2 dev v0"), "the last of 300");

        // Without a gateway, the one after the address of the link.
        let (text, well) = load("301");
        assert!(!well && text.ends_with(" s, 300 failures\n"), "{text}");
        assert!(ip("route show 32.0.18.192/28").contains("via 192.0.2.2 dev v0"));
    });
}

#[test]
fn command_lines_that_make_no_sense_are_refused() {
    for wrong in ["", "x", "1 0", "1 2 3", "-1", "201326593", "--via 1", "--via x 1", "--dev"] {
        assert!(route_load::Options::of(words(wrong)).is_err(), "{wrong}");
    }
    for wrong in ["x", "--jsn", "link x"] {
        assert!(links::Options::of(words(wrong)).is_err(), "{wrong}");
    }
}

/// Longer than it takes that anything is told.
const LONG: Duration = Duration::from_secs(30);

/// Whether a line that starts so comes before it is quiet for so long.
fn comes(lines: &Receiver<String>, start: &str, quiet: Duration) -> bool {
    std::iter::from_fn(|| lines.recv_timeout(quiet).ok()).any(|line| line.starts_with(start))
}

/// Does something until it is told with a line that starts so; in between it is undone.
fn told(lines: &Receiver<String>, start: &str, act: &str, undo: &str) {
    let end = Instant::now() + LONG;
    loop {
        ip(act);
        if comes(lines, start, Duration::from_millis(300)) {
            return;
        }
        // What is there while the tables are read for the first time is not told.
        assert!(Instant::now() < end, "`{act}` is not told");
        ip(undo);
    }
}

#[test]
fn what_changes_is_told() {
    furnished(|| {
        let lines = monitor::watch().unwrap();
        told(&lines, "~ link ", "link set dev down0 mtu 1400", "link set dev down0 mtu 1500");
        let addr = "addr add 192.0.2.77/32 dev v0";
        told(&lines, "+ address 192.0.2.77/32 on ", addr, "addr del 192.0.2.77/32 dev v0");
        let route = "route add 203.0.113.0/24 via 192.0.2.2";
        told(&lines, "+ route 203.0.113.0/24 via 192.0.2.2 on ", route, "route del 203.0.113.0/24");
        let neighbour = "neigh add 192.0.2.5 lladdr 02:00:00:00:00:05 dev v0";
        let line = "+ neighbour 192.0.2.5 at 02:00:00:00:00:05 on ";
        told(&lines, line, neighbour, "neigh del 192.0.2.5 dev v0");
        // By now, all tables were read.
        ip("link del down0");
        assert!(comes(&lines, "- link ", LONG), "`down0` is gone, which is not told");
    });
}

#[test]
fn what_there_is_and_what_changes_is_told_in_one_task() {
    furnished(|| {
        let counted = |what: &str| ip(what).lines().count();
        let expected = (counted("-o link"), counted("-o addr"), counted("-o route show table all"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let count = runtime.block_on(monitor_tokio::count()).unwrap();
        assert_eq!(count, format!("{} links, {} addresses, {} routes", expected.0, expected.1, expected.2));

        let mut lines = Vec::new();
        let watching = monitor_tokio::watch(|line| {
            // Each is an answer to what was told before.
            let act = match line.as_str() {
                "= address 127.0.0.1/8 on lo" => "addr add 192.0.2.77/32 dev v0",
                "+ address 192.0.2.77/32 on v0" => "link set dev down0 mtu 1400",
                "- address 192.0.2.77/32 on v0" => "link del down0",
                line if line.starts_with("~ link down0 mtu 1400") => "addr del 192.0.2.77/32 dev v0",
                line if line.starts_with("- link down0") => return Err(std::io::ErrorKind::BrokenPipe.into()),
                _ => "link show",
            };
            ip(act);
            lines.push(line);
            Ok(())
        });
        let end = runtime.block_on(async { tokio::time::timeout(LONG * 2, watching).await });
        assert!(end.expect("the end of `down0`").is_err());
        let links: Vec<_> = lines.iter().filter(|line| line.starts_with("= link ")).collect();
        assert_eq!(links.len(), expected.0, "{lines:?}");
        assert!(lines.contains(&"= address 192.0.2.1/24 on v0".to_owned()), "{lines:?}");
    });
}
