//! Queueing disciplines that shape: by token, by credit, by time.

use std::time::Duration;

use protocols::route::tc::{
    RateSpec, Ticks,
    qdisc::{
        Cbs, CbsParms, Etf, EtfFlags, EtfParms, Ets, EtsPrioMap, EtsQuanta, Hfsc, Htb, HtbGlobal, Mqprio, MqprioMap,
        QdiscOptions, Taprio, TaprioEntries, TaprioEntry, TaprioFlags, TaprioTcEntry, Tbf, TbfParms,
    },
};
use serde_json::json;

use crate::{qdisc, since};

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
fn htb() {
    let init = HtbGlobal { rate2quantum: 20, ..HtbGlobal::with_default_class(0x30) };
    let htb = Htb { init: Some(init), direct_qlen: Some(55), ..Htb::default() };
    let shown = json!({
        "r2q": 20, "default": "0x30", "direct_packets_stat": 0, "ver": "3.17", "direct_qlen": 55,
    });
    qdisc("htb", QdiscOptions::Htb(htb), &["init.version"], shown);
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

#[test]
fn taprio() {
    let entry = |gate_mask, micros| TaprioEntry {
        gate_mask: Some(gate_mask),
        interval: Some(Duration::from_micros(micros)),
        ..TaprioEntry::default()
    };
    let entries = TaprioEntries { entry: vec![entry(1, 300), entry(2, 700)], ..TaprioEntries::default() };
    let sdu = |index, max_sdu| TaprioTcEntry { index: Some(index), max_sdu: Some(max_sdu), ..TaprioTcEntry::default() };
    let taprio = Taprio {
        priomap: Some(map()),
        sched_entry_list: Some(entries),
        sched_base_time: Some(1_000_000),
        sched_cycle_time: Some(1_000_000),
        sched_cycle_time_extension: Some(100_000),
        // A clock of its own is for devices that do the work.
        sched_clockid: Some(11),
        flags: Some(TaprioFlags::TXTIME_ASSIST),
        txtime_delay: Some(Duration::from_micros(200)),
        tc_entry: if since(6, 1, ()).is_some() { vec![sdu(1, 1000)] } else { Vec::new() },
        ..Taprio::default()
    };
    let shown = json!({
        "tc": 2, "map": [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "queues": [{"offset": 0, "count": 1}, {"offset": 1, "count": 3}], "clockid": "TAI", "flags": "0x1",
        "txtime_delay": 200_000, "base_time": 1_000_000, "cycle_time": 1_000_000, "cycle_time_extension": 100_000,
        "schedule": [
            {"index": 0, "cmd": "S", "gatemask": "0x1", "interval": 300_000},
            {"index": 1, "cmd": "S", "gatemask": "0x2", "interval": 700_000},
        ],
    });
    qdisc("taprio", QdiscOptions::Taprio(Box::new(taprio)), &["tc_entry"], shown);
}
