//! Queueing disciplines that drop, mark or cause trouble: RED and its relatives, CAKE.

use std::{borrow::Cow, time::Duration};

use netlink_core::wire::Bitfield32;
use netlink_tests::{reencode, require};
use protocols::route::{
    Route,
    tc::qdisc::{
        Cake, CakeAckFilter, CakeAtm, CakeDiffserv, CakeFlowMode, Choke, Gred, GredParms, GredQueue, GredQueues,
        GredSetup, QdiscOptions, Red, RedFlags, RedParms, Sfb, SfbParms,
    },
};
use serde_json::{Value, json};

use crate::{ONE, qdisc, root, root_shown, with_link};

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

/// What RED drops or marks can be looked at by the filters of a block.
#[test]
fn red_with_blocks() {
    if require::linux(5, 9).is_none() {
        return;
    }
    let parms = red_parms(RedFlags::ECN);
    let red = Red {
        parms,
        stab: stab(),
        max_p: Some(u32::MAX / 50),
        early_drop_block: Some(10),
        mark_block: Some(11),
        ..Red::default()
    };
    let mut shown = red_shown(false);
    shown["harddrop"] = false.into();
    shown["qevents"] = json!([{"kind": "early_drop", "block": 10}, {"kind": "mark", "block": 11}]);
    qdisc("red", QdiscOptions::Red(red), &["stab"], shown);
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
fn gred_with_a_virtual_queue() {
    let dps = GredSetup { dps: 3, def_dp: 1, grio: 1, flags: RedFlags::empty() };
    let setup = Gred { dps: Some(dps), limit: Some(200_000), ..Gred::default() };
    let queue = GredParms {
        limit: 60_000,
        qth_min: 15_000,
        qth_max: 45_000,
        dp: 1,
        wlog: 9,
        plog: 12,
        scell_log: 13,
        prio: 4,
        ..GredParms::default()
    };
    let flags = Some(RedFlags::ECN | RedFlags::HARDDROP);
    let entry = vec![GredQueue { dp: Some(1), flags, ..GredQueue::default() }];
    let change = Gred {
        parms: vec![queue],
        stab: stab(),
        max_p: vec![u32::MAX / 50],
        vq_list: Some(GredQueues { entry, ..GredQueues::default() }),
        ..Gred::default()
    };
    if require::qdisc("gred").is_none() {
        return;
    }
    with_link(move |route, index| {
        route.tell(qdisc::add(index, ONE, QdiscOptions::Gred(setup))).unwrap();
        route.tell(qdisc::change(index, ONE, QdiscOptions::Gred(change))).unwrap();
        let got = root(route, index);
        let Some(QdiscOptions::Gred(told)) = &got.options else { panic!("{got:?}") };
        assert_eq!((told.parms.len(), told.max_p.len(), told.limit), (16, 16, Some(200_000)));
        assert_eq!(told.parms[1], GredParms { backlog: 0, ..queue });
        assert_eq!(told.max_p[1], u32::MAX / 50);
        let entries = &told.vq_list.as_ref().expect("virtual queues").entry;
        assert_eq!(entries.len(), 1, "{entries:?}");
        assert_eq!((entries[0].dp, entries[0].flags), (Some(1), flags));
        let said = root_shown();
        let shown = json!({
            "vq": 1, "prio": 4, "limit": 60_000, "min": 15_000, "max": 45_000, "ewma": 9, "probability": 0.02,
            "Scell_log": 13, "ecn": true, "harddrop": true, "adaptive": false, "nodrop": false, "qave": 0, "backlog": 0,
            "bytes": 0, "packets": 0, "forced_drop": 0, "forced_mark": 0, "prob_drop": 0, "prob_mark": 0, "pdrop": 0,
            "other": 0,
        });
        assert_eq!(said["options"]["vqs"], json!([shown]));
        reencode::assert(route, Route::GET_QDISC.with(&qdisc::list().body), &[]);
    });
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
    qdisc("cake", QdiscOptions::Cake(cake()), &[], shown);
}

#[test]
fn cake_that_finds_out_the_rate() {
    let options = Cake {
        target: Some(Duration::from_millis(9)),
        autorate: Some(1),
        raw: Some(0),
        nat: None,
        overhead: None,
        atm: Some(CakeAtm::None),
        mpu: None,
        flow_mode: Some(CakeFlowMode::Triple),
        diffserv_mode: Some(CakeDiffserv::Precedence),
        ack_filter: Some(CakeAckFilter::Filter),
        ..cake()
    };
    let shown = json!({
        "bandwidth": 12_500_000, "autorate": "autorate-ingress", "diffserv": "precedence", "flowmode": "triple-isolate",
        "nat": false, "wash": true, "ingress": true, "ack-filter": "enabled", "split_gso": true, "rtt": 50_000,
        "raw": true, "overhead": 0, "memlimit": 4_000_000, "fwmark": "0xf0",
    });
    qdisc("cake", QdiscOptions::Cake(options), &[], shown);
}

#[test]
fn cake_on_several_queues() {
    // `tc` of today knows nothing of it.
    qdisc("cake_mq", QdiscOptions::CakeMq(cake()), &[], json!("[Unknown qdisc"));
}
