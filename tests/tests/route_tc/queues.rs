//! Queueing disciplines that queue: fifo, bands, flows.

use std::time::Duration;

use netlink_tests::require;
use protocols::route::tc::qdisc::{
    Codel, Fifo, Fq, FqCodel, FqPie, Hhf, Multiq, Pie, Plug, Prio, QdiscOptions, RedFlags, Sfq, SfqBase, SkbPrio,
};
use serde_json::json;

use crate::{ONE, qdisc, root, since, with_link};

fn micros(micros: u64) -> Option<Duration> {
    Some(Duration::from_micros(micros))
}

#[test]
fn pfifo() {
    qdisc("pfifo", QdiscOptions::Pfifo(Fifo { limit: 77 }), &[], json!({"limit": 77}));
}

#[test]
fn bfifo() {
    qdisc("bfifo", QdiscOptions::Bfifo(Fifo { limit: 7777 }), &[], json!({"limit": 7777}));
}

#[test]
fn pfifo_head_drop() {
    let options = QdiscOptions::PfifoHeadDrop(Fifo { limit: 7 });
    qdisc("pfifo_head_drop", options, &[], json!({"limit": 7}));
}

const PRIOMAP: [u8; 16] = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

#[test]
fn pfifo_fast() {
    // Nothing can be set.
    let options = QdiscOptions::PfifoFast(Prio { bands: 3, priomap: PRIOMAP });
    qdisc("pfifo_fast", options, &[], json!({"bands": 3, "priomap": PRIOMAP, "multiqueue": false}));
}

#[test]
fn prio() {
    let mut priomap = [0; 16];
    (priomap[1], priomap[15]) = (4, 3);
    let options = QdiscOptions::Prio(Prio { bands: 5, priomap });
    qdisc("prio", options, &[], json!({"bands": 5, "priomap": priomap, "multiqueue": false}));
}

#[test]
fn multiq() {
    // The kernel decides.
    let options = QdiscOptions::Multiq(Multiq::default());
    qdisc("multiq", options, &["bands", "max_bands"], json!("refcnt 5 bands 4/4"));
}

#[test]
fn skbprio() {
    qdisc("skbprio", QdiscOptions::SkbPrio(SkbPrio { limit: 99 }), &[], json!({"limit": 99}));
}

#[test]
fn plug() {
    let unsaid = &["action", "limit"];
    qdisc("plug", QdiscOptions::Plug(Plug { limit: 12_345, ..Plug::default() }), unsaid, json!({}));
}

#[test]
fn sfq() {
    let v0 = SfqBase { quantum: 3000, perturb_period: 10, limit: 100, divisor: 512, flows: 64 };
    let options = QdiscOptions::Sfq(Sfq { v0, depth: 50, headdrop: 1, ..Sfq::default() });
    let shown = json!({
        "limit": 100, "quantum": 3000, "depth": 50, "headdrop": true, "flows": 64, "divisor": 512, "perturb": 10,
    });
    qdisc("sfq", options, &[], shown);
}

#[test]
fn sfq_with_red() {
    let v0 = SfqBase { quantum: 3000, perturb_period: 0, limit: 100, divisor: 512, flows: 64 };
    let options = Sfq {
        v0,
        depth: 50,
        // The kernel does not look at it.
        limit: 60_000,
        qth_min: 8_000,
        qth_max: 24_000,
        wlog: 9,
        plog: 12,
        scell_log: 13,
        flags: RedFlags::ECN | RedFlags::HARDDROP,
        max_p: u32::MAX / 50,
        ..Sfq::default()
    };
    let shown = json!({
        "limit": 100, "quantum": 3000, "depth": 50, "flows": 64, "divisor": 512, "min": 8000, "max": 24_000, "ewma": 9,
        "probability": 0.02, "ecn": true, "harddrop": true, "adaptive": false, "nodrop": false, "prob_drop": 0,
        "forced_drop": 0, "prob_mark": 0, "forced_mark": 0, "prob_mark_head": 0, "forced_mark_head": 0,
    });
    qdisc("sfq", QdiscOptions::Sfq(options), &["limit"], shown);
}

#[test]
fn codel() {
    let codel = Codel {
        target: micros(7168),
        limit: Some(500),
        interval: micros(122_880),
        ecn: Some(1),
        ce_threshold: micros(3072),
        ..Codel::default()
    };
    let shown = json!({"limit": 500, "target": 7168, "interval": 122_880, "ce_threshold": 3072, "ecn": true});
    qdisc("codel", QdiscOptions::Codel(codel), &[], shown);
}

#[test]
fn fq_codel() {
    let options = FqCodel {
        target: micros(7168),
        limit: Some(5000),
        interval: micros(122_880),
        ecn: Some(0),
        flows: Some(512),
        quantum: Some(1400),
        ce_threshold: micros(3072),
        drop_batch_size: Some(32),
        memory_limit: Some(1 << 20),
        ce_threshold_selector: since(5, 15, 1),
        ce_threshold_mask: since(5, 15, 3),
        ..FqCodel::default()
    };
    let mut shown = json!({
        "limit": 5000, "flows": 512, "quantum": 1400, "target": 7168, "interval": 122_880, "ce_threshold": 3072,
        "memory_limit": 1 << 20, "drop_batch": 32,
    });
    if require::is_linux(5, 15) {
        (shown["ce_threshold_selector"], shown["ce_threshold_mask"]) = (1.into(), 3.into());
    }
    qdisc("fq_codel", QdiscOptions::FqCodel(options), &[], shown);
}

#[test]
fn fq() {
    let bands = Prio { bands: 3, priomap: [2, 1, 0, 0, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1] };
    let fq = Fq {
        plimit: Some(2000),
        flow_plimit: Some(50),
        quantum: Some(3000),
        initial_quantum: Some(6000),
        rate_enable: Some(1),
        flow_max_rate: Some(125_000),
        buckets_log: Some(8),
        flow_refill_delay: micros(40_000),
        orphan_mask: Some(511),
        low_rate_threshold: Some(60_000),
        ce_threshold: micros(3000),
        timer_slack: Some(Duration::from_nanos(20_000)),
        horizon: micros(5_000_000),
        horizon_drop: Some(1),
        priomap: since(6, 7, bands),
        weights: if require::is_linux(6, 7) { vec![500_000, 200_000, 70_000] } else { Vec::new() },
        ..Fq::default()
    };
    let shown = json!({
        "limit": 2000, "flow_limit": 50, "buckets": 256, "orphan_mask": 511, "quantum": 3000, "initial_quantum": 6000,
        "maxrate": 125_000, "low_rate_threshold": 60_000, "refill_delay": 40_000, "ce_threshold": 3000,
        "timer_slack": 20_000, "horizon": 5_000_000, "horizon_drop": null,
    });
    qdisc("fq", QdiscOptions::Fq(fq), &[], shown);
}

#[test]
fn fq_with_a_device_that_sends_by_time() {
    if require::linux(6, 13).is_none() || require::qdisc("fq").is_none() {
        return;
    }
    with_link(|route, index| {
        let fq = |horizon| QdiscOptions::Fq(Fq { offload_horizon: micros(horizon), ..Fq::default() });
        let error = route.tell(qdisc::add(index, ONE, fq(1))).expect_err("no device here does").to_string();
        assert!(error.contains("invalid offload_horizon"), "{error}");
        route.tell(qdisc::add(index, ONE, fq(0))).unwrap();
        let got = root(route, index);
        let Some(QdiscOptions::Fq(told)) = &got.options else { panic!("{got:?}") };
        assert_eq!(told.offload_horizon, micros(0));
    });
}

#[test]
fn pie() {
    let pie = Pie {
        target: micros(20_000),
        limit: Some(500),
        tupdate: micros(100_000),
        alpha: Some(3),
        beta: Some(21),
        ecn: Some(1),
        bytemode: Some(1),
        dq_rate_estimator: Some(1),
        ..Pie::default()
    };
    let shown = json!({
        "limit": 500, "target": 20_000, "tupdate": 100_000, "alpha": 3, "beta": 21, "ecn": true, "bytemode": true,
        "dq_rate_estimator": true,
    });
    qdisc("pie", QdiscOptions::Pie(pie), &[], shown);
}

#[test]
fn fq_pie() {
    let options = FqPie {
        limit: Some(5000),
        flows: Some(512),
        target: micros(20_000),
        tupdate: micros(100_000),
        alpha: Some(3),
        beta: Some(21),
        quantum: Some(1400),
        memory_limit: Some(1 << 20),
        ecn_prob: Some(20),
        ecn: Some(1),
        bytemode: Some(1),
        dq_rate_estimator: Some(1),
        ..FqPie::default()
    };
    let shown = json!({
        "limit": 5000, "flows": 512, "target": 20_000, "tupdate": 100_000, "alpha": 3, "beta": 21, "quantum": 1400,
        "memory_limit": 1 << 20, "ecn_prob": 20, "ecn": true, "bytemode": true, "dq_rate_estimator": true,
    });
    qdisc("fq_pie", QdiscOptions::FqPie(options), &[], shown);
}

#[test]
fn hhf() {
    let hhf = Hhf {
        backlog_limit: Some(500),
        quantum: Some(3000),
        hh_flows_limit: Some(1024),
        reset_timeout: micros(100_000),
        admit_bytes: Some(100_000),
        evict_timeout: micros(2_000_000),
        non_hh_weight: Some(3),
        ..Hhf::default()
    };
    let (unsaid, hh_limit): (&[_], _) = if require::is_linux(6, 1) { (&[], 1024) } else { (&["hh_flows_limit"], 2048) };
    let shown = json!({
        "limit": 500, "quantum": 3000, "hh_limit": hh_limit, "reset_timeout": 100_000, "admit_bytes": 100_000,
        "evict_timeout": 2_000_000, "non_hh_weight": 3,
    });
    qdisc("hhf", QdiscOptions::Hhf(hhf), unsaid, shown);
}
