//! Queueing disciplines that drop, mark or cause trouble: RED and its relatives, `netem`, CAKE.

use std::{borrow::Cow, time::Duration};

use netlink_core::wire::Bitfield32;
use netlink_tests::require;
use protocols::route::tc::{
    Ticks,
    qdisc::{
        Cake, CakeAckFilter, CakeAtm, CakeDiffserv, CakeFlowMode, Choke, Gred, GredSetup, Netem, NetemCorrelation,
        NetemCorrupt, NetemGeModel, NetemGiModel, NetemLoss, NetemParms, NetemRate, NetemReorder, NetemSlot,
        QdiscOptions, Red, RedFlags, RedParms, Sfb, SfbParms,
    },
};
use serde_json::{Value, json};

use crate::{qdisc, since};

/// How `tc` fills it, roughly: exponents that grow.
fn stab() -> Option<Cow<'static, [u8]>> {
    Some((0..=255_u8).map(|n| n / 16).collect::<Vec<u8>>().into())
}

fn red_parms(flags: RedFlags) -> Option<RedParms> {
    let (limit, qth_min, qth_max) = (400_000, 30_000, 90_000);
    Some(RedParms { limit, qth_min, qth_max, wlog: 9, plog: 20, scell_log: 13, flags })
}

fn red_shown(nodrop: bool) -> Value {
    json!({
        "limit": 400_000, "min": 30_000, "max": 90_000, "ecn": true, "harddrop": true, "adaptive": false,
        "nodrop": nodrop, "ewma": 9, "probability": 0.02, "Scell_log": 13,
    })
}

#[test]
fn red() {
    let parms = red_parms(RedFlags::ECN | RedFlags::HARDDROP);
    let red = Red { parms, stab: stab(), max_p: Some(u32::MAX / 50), ..Red::default() };
    qdisc("red", QdiscOptions::Red(red), &["stab"], red_shown(false));
}

#[test]
fn red_with_newer_flags() {
    if require::linux(5, 7).is_none() {
        return;
    }
    let flags = RedFlags::ECN | RedFlags::HARDDROP | RedFlags::NODROP;
    let red = Red {
        parms: red_parms(RedFlags::empty()),
        stab: stab(),
        max_p: Some(u32::MAX / 50),
        flags: Some(Bitfield32 { value: flags, selector: flags }),
        ..Red::default()
    };
    // The older place of flags has them, too; and all are meant.
    let unsaid = &["stab", "flags.selector", "parms.flags"];
    qdisc("red", QdiscOptions::Red(red), unsaid, red_shown(true));
}

#[test]
fn choke() {
    let (limit, qth_min, qth_max) = (1000, 83, 250);
    let parms = RedParms { limit, qth_min, qth_max, wlog: 9, plog: 20, scell_log: 13, flags: RedFlags::ECN };
    let choke = Choke { parms: Some(parms), stab: stab(), max_p: Some(u32::MAX / 50), ..Choke::default() };
    let shown = json!({
        "limit": 1000, "min": 83, "max": 250, "ecn": true, "harddrop": false, "adaptive": false, "nodrop": false,
        "ewma": 9, "probability": 0.02, "Scell_log": 13,
    });
    qdisc("choke", QdiscOptions::Choke(choke), &["stab"], shown);
}

#[test]
fn gred() {
    let dps = GredSetup { dps: 4, def_dp: 1, grio: 1, flags: RedFlags::ECN };
    let gred = Gred { dps: Some(dps), limit: Some(100_000), ..Gred::default() };
    let shown = json!({
        "dp_cnt": 4, "dp_default": 1, "grio": true, "limit": 100_000, "ecn": true, "harddrop": false,
        "adaptive": false, "nodrop": false, "vqs": [],
    });
    qdisc("gred", QdiscOptions::Gred(gred), &[], shown);
}

#[test]
fn sfb() {
    let parms = SfbParms {
        rehash_interval: Duration::from_millis(500_000),
        warmup_time: Duration::from_millis(50_000),
        max: 25,
        bin_size: 20,
        increment: 33,
        decrement: 3,
        limit: 500,
        penalty_rate: 11,
        penalty_burst: 21,
    };
    let shown = json!({
        "rehash": 500_000_000, "db": 50_000_000, "limit": 500, "max": 25, "target": 20, "increment": 0.000503548,
        "decrement": 0.0000457771,
        "penalty_rate": 11, "penalty_burst": 21,
    });
    qdisc("sfb", QdiscOptions::Sfb(Sfb { parms: Some(parms), ..Sfb::default() }), &[], shown);
}

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

fn cake() -> Cake<'static> {
    Cake {
        base_rate64: Some(12_500_000),
        diffserv_mode: Some(CakeDiffserv::Diffserv4),
        atm: Some(CakeAtm::Ptm),
        flow_mode: Some(CakeFlowMode::DualSrc),
        overhead: Some(-4),
        rtt: Some(Duration::from_millis(50)),
        memory: Some(4_000_000),
        nat: Some(0),
        wash: Some(1),
        mpu: Some(64),
        ingress: Some(1),
        ack_filter: Some(CakeAckFilter::Aggressive),
        split_gso: Some(1),
        fwmark: Some(0xf0),
        ..Cake::default()
    }
}

#[test]
fn cake_alone() {
    let shown = json!({
        "bandwidth": 12_500_000, "diffserv": "diffserv4", "flowmode": "dual-srchost", "nat": false, "wash": true,
        "ingress": true, "ack-filter": "aggressive", "split_gso": true, "rtt": 50_000, "raw": false, "atm": "ptm",
        "overhead": -4, "mpu": 64, "memlimit": 4_000_000, "fwmark": "0xf0",
    });
    qdisc("cake", QdiscOptions::Cake(cake()), &["target"], shown);
}

#[test]
fn cake_on_several_queues() {
    // `tc` of today knows nothing of it.
    qdisc("cake_mq", QdiscOptions::CakeMq(cake()), &["target"], json!("[Unknown qdisc"));
}
