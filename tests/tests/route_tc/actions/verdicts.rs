//! Actions that decide, count or tell: `gact`, `mirred`, `simple`, `sample`, `gate`, `bpf`.

use std::time::Duration;

use netlink_core::wire::Text;
use netlink_tests::require;
use protocols::route::tc::action::{
    ActionOptions, Bpf, Gact, GactProb, GactRandom, Gate, GateEntries, GateEntry, Mirred, MirredAction, MirredParms,
    Sample, Simple, SockFilter, Verdict,
};
use serde_json::json;

use crate::actions::{action, general};

#[test]
fn gact() {
    let prob = GactProb { ptype: GactRandom::Determ, pval: 10, paction: Verdict::Shot };
    let gact = Gact { parms: Some(general(Verdict::Pipe)), prob: Some(prob), ..Gact::default() };
    let shown = json!({
        "control_action": {"type": "pipe"},
        "prob": {"random_type": "determ", "control_action": {"type": "drop"}, "val": 10},
    });
    action("gact", ActionOptions::Gact(gact), &[], shown);
}

#[test]
fn mirred() {
    let parms = MirredParms { general: general(Verdict::Stolen), eaction: MirredAction::EgressRedir, ifindex: 1 };
    let mirred = Mirred { parms: Some(parms), ..Mirred::default() };
    let shown = json!({
        "control_action": {"type": "stolen"}, "mirred_action": "redirect", "direction": "egress", "to_dev": "lo",
    });
    action("mirred", ActionOptions::Mirred(mirred), &[], shown);
}

#[test]
fn simple() {
    let simple = Simple { parms: Some(general(Verdict::Pipe)), data: Some(Text::from("hello")), ..Simple::default() };
    action("simple", ActionOptions::Simple(simple), &[], json!("Simple <hello>"));
}

#[test]
fn sample() {
    let sample = Sample {
        parms: Some(general(Verdict::Pipe)),
        rate: Some(10),
        trunc_size: Some(100),
        psample_group: Some(7),
        ..Sample::default()
    };
    let shown = json!({"control_action": {"type": "pipe"}, "rate": 10, "group": 7, "trunc_size": 100});
    action("sample", ActionOptions::Sample(sample), &[], shown);
}

#[test]
fn gate() {
    let entry = |gate, millis| GateEntry {
        gate,
        interval: Some(Duration::from_millis(millis)),
        ipv: Some(-1),
        max_octets: Some(if gate { 8000 } else { -1 }),
        ..GateEntry::default()
    };
    let gate = Gate {
        parms: Some(general(Verdict::Pipe)),
        priority: Some(3),
        entry_list: Some(GateEntries {
            one_entry: vec![entry(true, 200), entry(false, 100)],
            ..GateEntries::default()
        }),
        base_time: Some(1_000_000),
        cycle_time: Some(300_000_000),
        cycle_time_ext: Some(1_000_000),
        clockid: Some(11),
        flags: Some(1),
        ..Gate::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "priority": 3, "clockid": "TAI", "base_time": 1_000_000,
        "cycle_time": 300_000_000, "cycle_time_ext": 1_000_000, "flags": "0x1",
        "schedule": [
            {"number": 0, "gate_state": "open", "interval": 200_000_000, "ipv": -1, "max_octets": 8000},
            {"number": 1, "gate_state": "close", "interval": 100_000_000, "ipv": -1, "max_octets": -1},
        ],
    });
    action("gate", ActionOptions::Gate(gate), &[], shown);
}

#[test]
fn bpf() {
    // Of classic BPF: return all of the packet; only if it is one of IPv4.
    let op = |code, jt, jf, k| SockFilter { code, jt, jf, k };
    let ops = vec![op(0x28, 0, 0, 12), op(0x15, 1, 2, 0x800), op(6, 0, 0, 0), op(6, 0, 0, u32::MAX), op(6, 0, 0, 0)];
    let bpf = Bpf { parms: Some(general(Verdict::Pipe)), ops_len: Some(5), ops, ..Bpf::default() };
    let code = "5,40 0 0 12,21 1 2 2048,6 0 0 0,6 0 0 4294967295,6 0 0 0";
    let shown = json!(format!("bpf bytecode '{code}' default-action pipe"));
    action("bpf", ActionOptions::Bpf(bpf), &[], shown);
}

#[test]
fn a_verdict_by_chance() {
    let prob = GactProb { ptype: GactRandom::Netrand, pval: 3, paction: Verdict::Ok };
    let gact = Gact { parms: Some(general(Verdict::Shot)), prob: Some(prob), ..Gact::default() };
    let shown = json!({
        "control_action": {"type": "drop"},
        "prob": {"random_type": "netrand", "control_action": {"type": "pass"}, "val": 3},
    });
    action("gact", ActionOptions::Gact(gact), &[], shown);
}

#[test]
fn every_verdict() {
    for (verdict, shown) in [
        (Verdict::Unspec, json!({"type": "continue"})),
        (Verdict::Ok, json!({"type": "pass"})),
        (Verdict::Reclassify, json!({"type": "reclassify"})),
        (Verdict::Shot, json!({"type": "drop"})),
        (Verdict::Pipe, json!({"type": "pipe"})),
        (Verdict::Stolen, json!({"type": "stolen"})),
        (Verdict::Queued, json!({"type": "5"})),
        (Verdict::Repeat, json!({"type": "6"})),
        (Verdict::Redirect, json!({"type": "7"})),
        (Verdict::Trap, json!({"type": "trap"})),
        (Verdict::jump(2), json!({"type": "jump", "jump": 2})),
    ] {
        let gact = Gact { parms: Some(general(verdict)), ..Gact::default() };
        action(
            "gact",
            ActionOptions::Gact(gact),
            &[],
            json!({"control_action": shown, "prob": {"random_type": "none", "control_action": {"type": "pass"}, "val": 0}}),
        );
    }
}

#[test]
fn mirred_in_every_direction() {
    for (eaction, what, direction) in [
        (MirredAction::EgressMirror, "mirror", "egress"),
        (MirredAction::IngressRedir, "redirect", "ingress"),
        (MirredAction::IngressMirror, "mirror", "ingress"),
    ] {
        let parms = MirredParms { general: general(Verdict::Stolen), eaction, ifindex: 1 };
        let mirred = Mirred { parms: Some(parms), ..Mirred::default() };
        let shown = json!({
            "control_action": {"type": "stolen"}, "mirred_action": what, "direction": direction, "to_dev": "lo",
        });
        action("mirred", ActionOptions::Mirred(mirred), &[], shown);
    }
}

#[test]
fn mirred_to_a_block() {
    if require::linux(6, 8).is_none() {
        return;
    }
    let parms = MirredParms { general: general(Verdict::Pipe), eaction: MirredAction::EgressMirror, ifindex: 0 };
    let mirred = Mirred { parms: Some(parms), blockid: Some(77), ..Mirred::default() };
    action("mirred", ActionOptions::Mirred(mirred), &[], json!("mirred (Egress Mirror"));
}
