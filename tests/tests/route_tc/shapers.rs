//! Queueing disciplines that shape: by token, by credit, by time.

use std::time::Duration;

use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    tc::{
        LinkLayer, RateSpec, Ticks,
        qdisc::{
            Cbs, CbsParms, Etf, EtfFlags, EtfParms, Ets, EtsPrioMap, EtsQuanta, FramePreemption, Hfsc, Htb, HtbGlobal,
            Mqprio, MqprioMap, QdiscOptions, Taprio, TaprioCommand, TaprioEntries, TaprioEntry, TaprioFlags,
            TaprioTcEntry, Tbf, TbfParms,
        },
    },
};
use serde_json::json;

use crate::{ONE, assert_says, qdisc, refused, root, with_link};

#[test]
fn tbf() {
    let rate = RateSpec { overhead: 4, mpu: 64, ..RateSpec::new(125_000) };
    let peakrate = RateSpec::new(250_000);
    let (buffer, mtu) = (Ticks::to_send(10_000, 125_000), Ticks::to_send(1600, 250_000));
    let parms = TbfParms { rate, peakrate, limit: 20_000, buffer, mtu };
    // In place of `buffer` and `mtu`.
    let tbf = Tbf { parms: Some(parms), burst: Some(10_000), pburst: Some(1600), ..Tbf::default() };
    let unsaid = &[
        "parms.rate.cell_log",
        "parms.rate.cell_align",
        "parms.rate.mpu",
        "parms.peakrate.cell_log",
        "parms.peakrate.cell_align",
        "burst",
        // Calculated from the numbers of bytes.
        "parms.buffer",
        "parms.mtu",
        "pburst",
    ];
    // `tc` gives several numbers the same name; the latency is what `limit` means at the rate.
    let shown = json!({
        "rate": 125_000, "burst": "10004b/1", "mtu": "1600b/1", "lat": 79_968, "overhead": 4, "mpu": 0,
        "linklayer": "ethernet",
    });
    qdisc("tbf", QdiscOptions::Tbf(tbf), unsaid, shown);
}

#[test]
fn tbf_faster_than_32_bits_can_say() {
    let full = RateSpec::new(u32::MAX);
    let parms = TbfParms { rate: full, peakrate: full, limit: 20_000, ..TbfParms::default() };
    let tbf = Tbf {
        parms: Some(parms),
        rate64: Some(5_000_000_000),
        prate64: Some(6_000_000_000),
        burst: Some(10_000),
        pburst: Some(1600),
        ..Tbf::default()
    };
    let unsaid = &[
        "parms.rate.cell_log",
        "parms.rate.cell_align",
        "parms.peakrate.cell_log",
        "parms.peakrate.cell_align",
        "burst",
        "parms.buffer",
        "parms.mtu",
        "pburst",
    ];
    qdisc("tbf", QdiscOptions::Tbf(tbf), unsaid, json!("refcnt 5 rate 40Gbit burst"));
}

/// What programs sent before there was [`RateSpec::linklayer`]: the kernel looks at the tables, and tells what they are
/// for.
#[test]
fn tbf_with_tables_of_an_old_program() {
    let rate = RateSpec { linklayer: LinkLayer::Unaware, ..RateSpec::new(125_000) };
    let peakrate = RateSpec { linklayer: LinkLayer::Unaware, ..RateSpec::new(250_000) };
    let parms = TbfParms { rate, peakrate, limit: 20_000, ..TbfParms::default() };
    // In cells, packets of nearly the same size take the same time.
    let in_cells = vec![7; 256];
    for (rtab, ptab, layers, word) in [
        (in_cells.clone(), peakrate.table(), [LinkLayer::Atm, LinkLayer::Ethernet], "atm"),
        (rate.table(), in_cells, [LinkLayer::Ethernet, LinkLayer::Atm], "ethernet"),
    ] {
        let tbf = Tbf { parms: Some(parms), rtab, ptab, burst: Some(10_000), pburst: Some(1600), ..Tbf::default() };
        with_link(move |route, index| {
            route.tell(qdisc::add(index, ONE, QdiscOptions::Tbf(tbf))).unwrap();
            let got = root(route, index);
            let Some(QdiscOptions::Tbf(Tbf { parms: Some(told), .. })) = got.options else { panic!("{got:?}") };
            assert_eq!([told.rate.linklayer, told.peakrate.linklayer], layers);
            assert_says(&["-d", "qdisc", "show", "dev", "t0"], &format!("linklayer {word}"));
        });
    }
}

#[test]
fn htb() {
    let init = HtbGlobal { rate2quantum: 20, ..HtbGlobal::with_default_class(0x30) };
    let htb = Htb { init: Some(init), direct_qlen: Some(55), ..Htb::default() };
    let shown = json!({
        "r2q": 20, "default": "0x30", "direct_packets_stat": 0, "ver": "3.17", "direct_qlen": 55,
    });
    qdisc("htb", QdiscOptions::Htb(htb), &["init.version"], shown);
}

#[test]
fn what_only_devices_can_do_is_refused() {
    if require::is_linux(5, 14) {
        let htb = Htb { init: Some(HtbGlobal::with_default_class(1)), offload: true, ..Htb::default() };
        refused("htb", QdiscOptions::Htb(htb), "hw-tc-offload ethtool feature flag must be on");
    }
    let etf = EtfParms { delta: 300_000, clockid: 11, flags: EtfFlags::OFFLOAD_ON };
    let etf = QdiscOptions::Etf(Etf { parms: Some(etf), ..Etf::default() });
    refused("etf", etf, "device does not support ETF offload");
    let cbs = CbsParms { offload: 1, hicredit: 30, locredit: -1000, idleslope: 20_000, sendslope: -980_000 };
    let cbs = QdiscOptions::Cbs(Cbs { parms: Some(cbs), ..Cbs::default() });
    refused("cbs", cbs, "device does not support cbs offload");
    let full = Taprio {
        flags: Some(TaprioFlags::FULL_OFFLOAD),
        sched_clockid: None,
        txtime_delay: None,
        ..taprio_of(TaprioCommand::SetGates)
    };
    refused("taprio", QdiscOptions::Taprio(Box::new(full)), "Device does not");
    if require::is_linux(6, 4) {
        let fp = Some(FramePreemption::Preemptible);
        let tc_entry = vec![TaprioTcEntry { index: Some(1), fp, ..TaprioTcEntry::default() }];
        let taprio = Taprio { tc_entry, ..taprio_of(TaprioCommand::SetGates) };
        refused("taprio", QdiscOptions::Taprio(Box::new(taprio)), "Preemption only supported with full offload");
    }
}

#[test]
fn taprio_has_no_single_entries() {
    let single = TaprioEntry { gate_mask: Some(1), ..TaprioEntry::default() };
    let taprio =
        Taprio { sched_single_entry: Some(single), sched_entry_list: None, ..taprio_of(TaprioCommand::SetGates) };
    refused("taprio", QdiscOptions::Taprio(Box::new(taprio)), "Adding a single entry is not supported");
}

#[test]
fn taprio_that_changes() {
    if require::qdisc("taprio").is_none() {
        return;
    }
    with_link(|route, index| {
        let first = taprio_of(TaprioCommand::SetAndHold);
        route.tell(qdisc::add(index, ONE, QdiscOptions::Taprio(Box::new(first.clone())))).unwrap();
        // In the year 2100: until then, the first schedule is at work.
        let next = Taprio {
            priomap: None,
            sched_base_time: Some(4_102_444_800_000_000_000),
            sched_cycle_time: Some(2_000_000),
            sched_cycle_time_extension: Some(200_000),
            flags: Some(TaprioFlags::TXTIME_ASSIST),
            ..taprio_of(TaprioCommand::SetAndRelease)
        };
        let change = qdisc::change(index, ONE, QdiscOptions::Taprio(Box::new(next.clone())));
        route.tell(change).unwrap();
        let got = root(route, index);
        let Some(QdiscOptions::Taprio(told)) = &got.options else { panic!("{got:?}") };
        let admin = told.admin_sched.as_deref().expect("the next schedule");
        let entries = |taprio: &Taprio<'_>| {
            let list = taprio.sched_entry_list.as_ref().unwrap();
            list.entry.iter().map(|entry| (entry.cmd, entry.gate_mask, entry.interval)).collect::<Vec<_>>()
        };
        assert_eq!((entries(told.as_ref()), entries(admin)), (entries(&first), entries(&next)));
        assert_eq!(
            (admin.sched_base_time, admin.sched_cycle_time, admin.sched_cycle_time_extension),
            (next.sched_base_time, next.sched_cycle_time, next.sched_cycle_time_extension),
        );
        // The JSON of `tc` is none.
        let said = netns::output("tc", &["qdisc", "show", "dev", "t0"]);
        let next = "base-time 4102444800000000000 cycle-time 2000000 cycle-time-extension 200000";
        assert!(said.contains(next), "{said}");
        reencode::assert(route, Route::GET_QDISC.with(&qdisc::list().body), &[]);
    });
}

#[test]
fn hfsc() {
    qdisc("hfsc", QdiscOptions::Hfsc(Hfsc { defcls: 0x30 }), &[], json!("refcnt 5 default 30"));
}

#[test]
fn drr() {
    qdisc("drr", QdiscOptions::Drr, &[""], json!({}));
}

#[test]
fn qfq() {
    qdisc("qfq", QdiscOptions::Qfq, &[""], json!({}));
}

#[test]
fn mq() {
    qdisc("mq", QdiscOptions::Mq, &[""], json!({}));
}

#[test]
fn noqueue() {
    qdisc("noqueue", QdiscOptions::Noqueue, &[""], json!({}));
}

#[test]
fn ets() {
    let quanta = EtsQuanta { quanta_band: vec![4000, 3000], ..EtsQuanta::default() };
    let priomap = EtsPrioMap { priomap_band: vec![3, 2, 1, 0], ..EtsPrioMap::default() };
    let ets = Ets { nbands: Some(4), nstrict: Some(2), quanta: Some(quanta), priomap: Some(priomap), ..Ets::default() };
    let shown = json!({
        "bands": 4, "strict": 2, "quanta": [4000, 3000], "priomap": [3, 2, 1, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3],
    });
    qdisc("ets", QdiscOptions::Ets(ets), &["priomap.priomap_band"], shown);
}

#[test]
fn cbs() {
    let parms = CbsParms { offload: 0, hicredit: 30, locredit: -1000, idleslope: 20_000, sendslope: -980_000 };
    let shown = json!({
        "hicredit": 30, "locredit": -1000, "sendslope": -980_000, "idleslope": 20_000, "offload": 0,
    });
    qdisc("cbs", QdiscOptions::Cbs(Cbs { parms: Some(parms), ..Cbs::default() }), &[], shown);
}

#[test]
fn etf() {
    let flags = EtfFlags::DEADLINE_MODE_ON | EtfFlags::SKIP_SOCK_CHECK;
    let parms = EtfParms { delta: 300_000, clockid: 11, flags };
    let shown = json!({
        "clockid": "TAI", "delta": 300_000, "offload": "off", "deadline_mode": "on", "skip_sock_check": "on",
    });
    qdisc("etf", QdiscOptions::Etf(Etf { parms: Some(parms), ..Etf::default() }), &[], shown);
}

fn map() -> MqprioMap {
    let mut map = MqprioMap { num_tc: 2, ..MqprioMap::default() };
    (map.prio_tc_map[1], map.prio_tc_map[2]) = (1, 1);
    (map.count[0], map.count[1], map.offset[1]) = (1, 3, 1);
    map
}

#[test]
fn mqprio() {
    // The attributes are for devices that know of traffic classes.
    let shown = json!({
        "tc": 2, "map": [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "queues": [[0, 0], [1, 3]], "mode": "dcb",
        "shaper": "dcb",
    });
    qdisc("mqprio", QdiscOptions::Mqprio(Mqprio { map: map(), ..Mqprio::default() }), &[], shown);
}

fn taprio_of(cmd: TaprioCommand) -> Taprio<'static> {
    let entry = |gate_mask, micros| TaprioEntry {
        cmd: Some(cmd),
        gate_mask: Some(gate_mask),
        interval: Some(Duration::from_micros(micros)),
        ..TaprioEntry::default()
    };
    Taprio {
        priomap: Some(map()),
        sched_entry_list: Some(TaprioEntries { entry: vec![entry(1, 300), entry(2, 700)], ..TaprioEntries::default() }),
        sched_base_time: Some(1_000_000),
        sched_cycle_time: Some(1_000_000),
        sched_cycle_time_extension: Some(100_000),
        // A clock of its own is for devices that do the work.
        sched_clockid: Some(11),
        flags: Some(TaprioFlags::TXTIME_ASSIST),
        txtime_delay: Some(Duration::from_micros(200)),
        ..Taprio::default()
    }
}

#[test]
fn taprio() {
    let sdu = |index| {
        let max_sdu = if index < 2 { 1000 + index } else { 0 };
        TaprioTcEntry { index: Some(index), max_sdu: Some(max_sdu), ..TaprioTcEntry::default() }
    };
    // The kernel tells of all classes that there could be.
    let tc_entry = if require::is_linux(6, 1) { (0..16).map(sdu).collect() } else { Vec::new() };
    let taprio = Taprio { tc_entry, ..taprio_of(TaprioCommand::SetGates) };
    let shown = json!({
        "tc": 2, "map": [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "queues": [{"offset": 0, "count": 1}, {"offset": 1, "count": 3}], "clockid": "TAI", "flags": "0x1",
        "txtime_delay": 200_000, "base_time": 1_000_000, "cycle_time": 1_000_000, "cycle_time_extension": 100_000,
        "schedule": [
            {"index": 0, "cmd": "S", "gatemask": "0x1", "interval": 300_000},
            {"index": 1, "cmd": "S", "gatemask": "0x2", "interval": 700_000},
        ],
    });
    qdisc("taprio", QdiscOptions::Taprio(Box::new(taprio)), &[], shown);
}
