//! `netem`.

use std::time::Duration;

use netlink_tests::require;
use protocols::route::tc::{
    Ticks,
    qdisc::{
        Netem, NetemCorrelation, NetemCorrupt, NetemGeModel, NetemGiModel, NetemLoss, NetemParms, NetemRate,
        NetemReorder, NetemSlot, QdiscOptions,
    },
};
use serde_json::{Value, json};

use crate::{ONE, qdisc, since, with_link};

/// One in so many.
fn one_in(n: u32) -> u32 {
    u32::MAX / n
}

fn netem() -> Netem<'static> {
    let qopt = NetemParms {
        latency: Ticks::from(Duration::from_millis(100)),
        limit: 500,
        loss: one_in(4),
        gap: 5,
        duplicate: one_in(2),
        jitter: Ticks::from(Duration::from_millis(10)),
    };
    Netem {
        qopt,
        corr: Some(NetemCorrelation { delay_corr: one_in(4), loss_corr: one_in(2), dup_corr: one_in(8) }),
        reorder: Some(NetemReorder { probability: one_in(4), correlation: one_in(2) }),
        corrupt: Some(NetemCorrupt { probability: one_in(8), correlation: one_in(2) }),
        rate: Some(NetemRate { rate: 125_000, packet_overhead: -4, cell_size: 48, cell_overhead: 5 }),
        ecn: Some(1),
        latency64: Some(100_000_000),
        jitter64: Some(10_000_000),
        slot: Some(NetemSlot {
            min_delay: 800_000,
            max_delay: 1_000_000,
            max_packets: 40,
            max_bytes: 60_000,
            ..NetemSlot::default()
        }),
        prng_seed: since(6, 6, 0x1234_5678_9abc_def0),
        ..Netem::default()
    }
}

#[test]
fn netem_with_random_loss() {
    let shown = json!({
        "limit": 500, "delay": {"delay": 0.1, "jitter": 0.01, "correlation": 0.25},
        "loss-random": {"loss": 0.25, "correlation": 0.5}, "duplicate": {"duplicate": 0.5, "correlation": 0.125},
        "reorder": {"reorder": 0.25, "correlation": 0.5}, "corrupt": {"corrupt": 0.125, "correlation": 0.5},
        "rate": {"rate": 125_000, "packetoverhead": -4, "cellsize": 48, "celloverhead": 5}, "ecn": true, "gap": 5,
        "slot": {"min-delay": 0.0008, "max-delay": 0.001, "packets": 40, "bytes": 60_000},
    });
    qdisc("netem", QdiscOptions::Netem(Box::new(netem())), &[], shown);
}

#[test]
fn netem_faster_than_32_bits_can_say() {
    let rate = NetemRate { rate: u32::MAX, ..NetemRate::default() };
    let qopt = NetemParms { limit: 500, ..NetemParms::default() };
    let netem = Netem { qopt, rate: Some(rate), rate64: Some(5_000_000_000), ..Netem::default() };
    let shown = json!({
        "limit": 500, "rate": {"rate": 5_000_000_000_u64, "packetoverhead": 0, "cellsize": 0, "celloverhead": 0},
        "ecn": false, "gap": 0,
    });
    qdisc("netem", QdiscOptions::Netem(Box::new(netem)), &[], shown);
}

fn netem_in_slots(entries: usize) -> QdiscOptions<'static> {
    let slot = NetemSlot {
        dist_delay: 800_000,
        dist_jitter: 100_000,
        max_packets: 40,
        max_bytes: 60_000,
        ..NetemSlot::default()
    };
    let qopt = NetemParms { limit: 500, ..NetemParms::default() };
    let table = vec![1; entries];
    QdiscOptions::Netem(Box::new(Netem { qopt, slot: Some(slot), slot_dist: table, ..Netem::default() }))
}

#[test]
fn netem_with_slots_by_distribution() {
    let shown = json!({
        "limit": 500, "ecn": false, "gap": 0,
        "slot": {"distribution": 0.0008, "jitter": 0.0001, "packets": 40, "bytes": 60_000},
    });
    qdisc("netem", netem_in_slots(16_384), &["slot_dist"], shown);
}

/// The tables are not told, but looked at: they can be too long.
#[test]
fn netem_with_tables_that_are_too_long() {
    if require::qdisc("netem").is_none() {
        return;
    }
    with_link(|route, index| {
        assert!(route.tell(qdisc::add(index, ONE, netem_in_slots(16_385))).is_err());
        let delay = |entries| {
            let qopt = NetemParms { limit: 500, ..NetemParms::default() };
            QdiscOptions::Netem(Box::new(Netem { qopt, delay_dist: vec![1; entries], ..Netem::default() }))
        };
        assert!(route.tell(qdisc::add(index, ONE, delay(16_385))).is_err());
        route.tell(qdisc::add(index, ONE, delay(16_384))).unwrap();
    });
}

fn netem_loss(loss: NetemLoss<'static>, key: &str, shown: Value) {
    let qopt = NetemParms { limit: 500, ..NetemParms::default() };
    let netem = Netem { qopt, loss: Some(loss), delay_dist: vec![0, 1, -1, 7], ..Netem::default() };
    let mut options = json!({"limit": 500, "ecn": false, "gap": 0});
    options[key] = shown;
    qdisc("netem", QdiscOptions::Netem(Box::new(netem)), &["delay_dist"], options);
}

#[test]
fn netem_with_loss_in_four_states() {
    let gi = NetemGiModel { p13: one_in(8), p31: one_in(2), p32: one_in(4), p14: one_in(4), p23: one_in(2) };
    let shown = json!({"p13": 0.125, "p31": 0.5, "p32": 0.25, "p23": 0.5, "p14": 0.25});
    netem_loss(NetemLoss { gi: Some(gi), ..NetemLoss::default() }, "loss-state", shown);
}

#[test]
fn netem_with_loss_in_two_states() {
    let ge = NetemGeModel { p: one_in(8), r: one_in(2), h: one_in(4), k1: one_in(4) };
    let shown = json!({"p": 0.125, "r": 0.5, "1-h": 0.75, "1-k": 0.25});
    netem_loss(NetemLoss { ge: Some(ge), ..NetemLoss::default() }, "loss-gemodel", shown);
}
