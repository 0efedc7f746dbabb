//! `police`: as an action, and in filters of all kinds, as before there were actions.

use netlink_tests::require;
use protocols::route::tc::{
    Estimator, Handle, RateSpec, Ticks,
    action::{Action, ActionOptions, Police, PoliceParms, SockFilter, Verdict},
    filter::{
        self, Basic, Bpf, Cgroup, FilterOptions, Flow, FlowKeys, FlowMode, Fw, MatchAll, Route4, U32, U32Flags, U32Key,
        U32Selector,
    },
    qdisc::{self, QdiscOptions},
};
use serde_json::json;

use crate::{
    actions::action,
    assert_says,
    filters::{CLASS, IP, add_at_egress, filter, list},
    with_link,
};

/// The tables are not told, and what they are looked up by neither.
const UNSAID: &[&str] = &[
    "rate",
    "peakrate",
    "tbf.rate.cell_log",
    "tbf.rate.cell_align",
    "tbf.peakrate.cell_log",
    "tbf.peakrate.cell_align",
    "tbf.peakrate.mpu",
];

/// The same, of a `police` without an action around, and the index, which the kernel chooses.
const UNSAID_WITHIN: &[&str] =
    &["police.rate", "police.tbf.rate.cell_log", "police.tbf.rate.cell_align", "police.tbf.index"];

#[test]
fn police() {
    let rate = RateSpec { overhead: 4, ..RateSpec::new(125_000) };
    let parms = PoliceParms {
        index: 42,
        action: Verdict::Shot,
        burst: Ticks::to_send(10_000, 125_000),
        mtu: 1500,
        rate,
        ..PoliceParms::default()
    };
    let police = Police { tbf: Some(parms), rate: rate.table(), result: Some(Verdict::Pipe), ..Police::default() };
    // Not every `tc` has JSON for it.
    let shown = json!("police 0x2a rate 1Mbit burst 10000b mtu 1500b action drop/pipe overhead 4b linklayer ethernet");
    action("police", ActionOptions::Police(police), UNSAID, shown);
}

#[test]
fn police_by_packets() {
    if require::linux(5, 13).is_none() {
        return;
    }
    let parms = PoliceParms { index: 42, action: Verdict::Shot, ..PoliceParms::default() };
    // 100 packets.
    let burst = Ticks::to_send(100, 1000).0.into();
    let police = Police { tbf: Some(parms), pktrate64: Some(1000), pktburst64: Some(burst), ..Police::default() };
    let shown = json!("pkts_rate 1000 pkts_burst 100");
    action("police", ActionOptions::Police(police), &["tbf.mtu"], shown);
}

#[test]
fn police_with_a_peak_rate() {
    let (rate, peakrate) = (RateSpec::new(125_000), RateSpec { mpu: 64, ..RateSpec::new(250_000) });
    let parms = PoliceParms {
        index: 42,
        action: Verdict::Shot,
        burst: Ticks::to_send(10_000, 125_000),
        mtu: 1500,
        rate,
        peakrate,
        ..PoliceParms::default()
    };
    let police = Police { tbf: Some(parms), rate: rate.table(), peakrate: peakrate.table(), ..Police::default() };
    let shown = json!("rate 1Mbit burst 10000b mtu 1500b peakrate 2Mbit action drop overhead 0b");
    action("police", ActionOptions::Police(police.clone()), UNSAID, shown);
    if require::action("police").is_none() {
        return;
    }
    with_link(move |route, _| {
        // The kernel demands the table.
        let police = Police { peakrate: Vec::new(), ..police };
        assert!(route.tell(action::add(Action::new(ActionOptions::Police(police)))).is_err());
    });
}

#[test]
fn police_faster_than_32_bits_can_say() {
    let full = RateSpec::new(u32::MAX);
    let parms = PoliceParms {
        index: 42,
        action: Verdict::Shot,
        burst: Ticks::to_send(10_000_000, 5_000_000_000),
        mtu: 1500,
        rate: full,
        peakrate: full,
        ..PoliceParms::default()
    };
    let police = Police {
        tbf: Some(parms),
        rate: full.table(),
        peakrate: full.table(),
        rate64: Some(5_000_000_000),
        peakrate64: Some(6_000_000_000),
        ..Police::default()
    };
    action("police", ActionOptions::Police(police), UNSAID, json!("rate 40Gbit burst"));
}

#[test]
fn police_by_an_average_rate() {
    if require::classifier("basic").is_none() || require::action("police").is_none() {
        return;
    }
    with_link(|route, index| {
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact)).unwrap();
        let parms = PoliceParms { action: Verdict::Shot, mtu: 2000, ..PoliceParms::default() };
        let police = Police { tbf: Some(parms), avrate: Some(50_000), ..Police::default() };
        let options = FilterOptions::Basic(Basic { police: Some(police), ..Basic::default() });
        let mut add = filter::add(index, Handle::CLSACT_EGRESS, 9, IP, options).handle(3);
        assert!(route.tell(add.clone()).is_err(), "there is no estimator");
        add.body.rate = Some(Estimator { interval: -2, ewma_log: 1 });
        add_at_egress(route, index, add, &["police.tbf.index"]);
        assert_says(&["-d", "filter", "show", "dev", "t0", "egress"], "avrate 400Kbit");
    });
}

/// With an estimator, an action of a filter tells how much it sees.
#[test]
fn an_estimator_for_an_action() {
    if require::classifier("matchall").is_none() || require::action("gact").is_none() {
        return;
    }
    with_link(|route, index| {
        route.tell(qdisc::add(index, Handle::UNSPEC, QdiscOptions::Clsact)).unwrap();
        let mut estimated = |priority, rate| {
            let options = MatchAll { act: vec![Action::verdict(Verdict::Pipe)], ..MatchAll::default() };
            let mut add = filter::add(index, Handle::CLSACT_EGRESS, priority, 3, FilterOptions::MatchAll(options));
            add.body.rate = rate;
            route.tell(add).unwrap();
            let filters = list(route, index, Handle::CLSACT_EGRESS);
            let act = filters.iter().filter(|filter| filter.header.priority() == priority).find_map(|filter| {
                match &filter.options {
                    Some(FilterOptions::MatchAll(matchall)) => matchall.act.first(),
                    _ => None,
                }
            });
            act.expect("an action").stats.as_ref().unwrap().rate_est.is_some()
        };
        assert!(!estimated(1, None));
        assert!(estimated(2, Some(Estimator { interval: -2, ewma_log: 1 })));
    });
}

/// As `tc filter ... police rate 1mbit burst 10k drop`, from before there were actions.
#[test]
fn a_police_without_an_action_around() {
    if require::action("police").is_none() {
        return;
    }
    let rate = RateSpec::new(125_000);
    let burst = Ticks::to_send(10_000, 125_000);
    let parms = PoliceParms { action: Verdict::Shot, burst, mtu: 2000, rate, ..PoliceParms::default() };
    let police = Police { tbf: Some(parms), rate: rate.table(), ..Police::default() };
    let options = Basic { classid: CLASS, police: Some(police), ..Basic::default() };
    filter("basic", 3, IP, FilterOptions::Basic(options), UNSAID_WITHIN, json!("rate 1Mbit burst 10000b"));
}

#[test]
fn a_police_in_filters_of_every_kind() {
    let rate = RateSpec::new(125_000);
    let burst = Ticks::to_send(10_000, 125_000);
    let parms = PoliceParms { action: Verdict::Shot, burst, mtu: 2000, rate, ..PoliceParms::default() };
    let police = || Some(Police { tbf: Some(parms), rate: rate.table(), ..Police::default() });
    let keys = Some(FlowKeys::SRC);
    let ops = vec![SockFilter { code: 6, jt: 0, jf: 0, k: u32::MAX }];
    let sel =
        U32Selector { flags: U32Flags::TERMINAL, nkeys: 1, keys: vec![U32Key::default()], ..U32Selector::default() };
    for (kind, handle, options) in [
        (
            "bpf",
            2,
            FilterOptions::Bpf(Bpf { classid: CLASS, ops_len: Some(1), ops, police: police(), ..Bpf::default() }),
        ),
        ("cgroup", 1, FilterOptions::Cgroup(Cgroup { police: police(), ..Cgroup::default() })),
        (
            "flow",
            7,
            FilterOptions::Flow(Flow { keys, mode: Some(FlowMode::Hash), police: police(), ..Flow::default() }),
        ),
        ("fw", 0x11, FilterOptions::Fw(Fw { classid: CLASS, police: police(), ..Fw::default() })),
        (
            "route",
            0x8000 | 3 << 16,
            FilterOptions::Route(Route4 { classid: CLASS, from: Some(3), police: police(), ..Route4::default() }),
        ),
        (
            "u32",
            0x8000_0805,
            FilterOptions::U32(U32 { classid: CLASS, sel: Some(sel), police: police(), ..U32::default() }),
        ),
    ] {
        filter(kind, handle, IP, options, UNSAID_WITHIN, json!("rate 1Mbit burst 10000b"));
    }
}
