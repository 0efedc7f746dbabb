//! Actions: each kind, as filters can share it.

use std::time::Duration;

use netlink_core::wire::{Bitfield32, MacAddr, Text};
use netlink_tests::{netns, reencode, require};
use protocols::route::{
    Route,
    tc::{
        RateSpec, Ticks,
        action::{
            self, Action, ActionFlags, ActionOptions, Actions, Bpf, ConnMark, ConnMarkParms, Csum, CsumFlags,
            CsumParms, Ct, CtFlags, CtInfo, Gact, GactProb, GactRandom, Gate, GateEntries, GateEntry, General,
            GeneveOpt, Ife, IfeFlags, IfeMeta, IfeMeta32, IfeParms, Mirred, MirredAction, MirredParms, Mpls,
            MplsAction, MplsParms, Nat, NatFlags, NatParms, Pedit, PeditCommand, PeditHeader, PeditKey, PeditKeyEx,
            PeditKeysEx, PeditParms, Police, PoliceParms, Sample, Simple, SkbEdit, SkbEditFlags, SkbMod, SkbModFlags,
            SkbModParms, SockFilter, TunnelKey, TunnelKeyAction, TunnelKeyParms, TunnelOpts, Verdict, Vlan, VlanAction,
            VlanParms,
        },
    },
};
use serde_json::{Value, json};

use crate::{Conn, assert_told_within, since, tc, with_link};

/// What every action has, with the index of these tests.
fn general(action: Verdict) -> General {
    General { index: 42, action, ..General::default() }
}

fn list(route: &mut Conn, kind: &'static str) -> Vec<Action<'static>> {
    let messages: Vec<Actions<'_>> = route.dump(action::list(kind)).unwrap().map(|actions| actions.unwrap()).collect();
    messages.into_iter().flat_map(|actions| actions.tab).map(|(_, action)| action).collect()
}

/// Makes an action, and looks at it from all sides; removes it. `shown` is what `tc` says, but for counters; where `tc`
/// has no valid JSON for it, some of its text.
fn action(kind: &'static str, options: ActionOptions<'static>, unsaid: &'static [&'static str], shown: Value) {
    if require::action(kind).is_none() {
        return;
    }
    with_link(move |route, _| {
        let mut set = Action::new(options);
        set.cookie = Some([1, 2, 3, 4][..].into());
        let no_percpu = ActionFlags::NO_PERCPU_STATS;
        set.flags = since(5, 5, Bitfield32 { value: no_percpu, selector: no_percpu });
        route.tell(action::add(set.clone())).unwrap_or_else(|error| panic!("{error}"));
        assert!(route.tell(action::add(set.clone())).is_err(), "there is one");
        let got = list(route, kind);
        assert_eq!(got.len(), 1, "{got:?}");
        let got = &got[0];
        assert_eq!(got.kind.as_ref().unwrap().to_string(), kind);
        let set = Actions { tab: vec![(1, set)], ..Actions::default() };
        let told = Actions { tab: vec![(1, got.clone())], ..Actions::default() };
        assert_told_within("tab", &set, &told, unsaid);
        assert!(got.stats.as_ref().is_some_and(|stats| stats.basic.is_some() && stats.queue.is_some()));

        if let Some(text) = shown.as_str() {
            let said = netns::output("tc", &["-d", "actions", "list", "action", kind]);
            assert!(said.contains(text), "{said}");
        } else {
            let said = tc(&["actions", "list", "action", kind]);
            let said = said.as_array().unwrap().iter().find_map(|part| part.get("actions")).expect("actions");
            let said = said.as_array().unwrap().iter().find(|action| !action.is_null()).unwrap();
            for (key, value) in shown.as_object().unwrap() {
                assert_eq!(&said[key], value, "{key} of {said}");
            }
            // Counters, and what is of every action.
            let known = [
                "kind",
                "order",
                "index",
                "ref",
                "bind",
                "installed",
                "last_used",
                "stats",
                "cookie",
                "no_percpu",
                "not_in_hw",
                "used_hw_stats",
            ];
            let more = said.as_object().unwrap().keys();
            let more: Vec<_> = more.filter(|key| !known.contains(&key.as_str()) && shown.get(key).is_none()).collect();
            assert!(more.is_empty(), "{more:?} of {said}");
        }
        reencode::assert(route, Route::GET_ACTION.with(&action::list(kind).body), &[]);

        let asked = route.ask(action::get(kind, 42)).unwrap();
        assert!(asked.tab[0].1.options.is_some());
        route.tell(action::delete(kind, 42)).unwrap();
        assert!(list(route, kind).is_empty());
    });
}

fn mac(last: u8) -> Option<MacAddr> {
    Some(MacAddr([2, 0, 0, 0, 0, last]))
}

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
    let unsaid = &["rate", "tbf.rate.cell_log", "tbf.rate.cell_align"];
    // Not every `tc` has JSON for it.
    let shown = json!("police 0x2a rate 1Mbit burst 10000b mtu 1500b action drop/pipe overhead 4b linklayer ethernet");
    action("police", ActionOptions::Police(police), unsaid, shown);
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

fn key(off: u32) -> PeditKey {
    PeditKey { mask: 0xffff_ff00_u32.to_be(), val: 0x7_u32.to_be(), off, ..PeditKey::default() }
}

#[test]
fn pedit() {
    let parms = PeditParms { general: general(Verdict::Pipe), nkeys: 2, flags: 0, keys: vec![key(8), key(12)] };
    let pedit = Pedit { parms: Some(parms), ..Pedit::default() };
    let shown = json!("key #0  at 8: val 00000007 mask ffffff00\n\t key #1  at 12: val 00000007 mask ffffff00");
    action("pedit", ActionOptions::Pedit(pedit), &[], shown);
}

#[test]
fn pedit_in_headers() {
    let parms = PeditParms { general: general(Verdict::Pipe), nkeys: 2, flags: 0, keys: vec![key(8), key(0)] };
    let header = |htype, cmd| PeditKeyEx { htype: Some(htype), cmd: Some(cmd), ..PeditKeyEx::default() };
    let key_ex = vec![header(PeditHeader::Ip4, PeditCommand::Add), header(PeditHeader::Tcp, PeditCommand::Set)];
    let keys_ex = Some(PeditKeysEx { key_ex, ..PeditKeysEx::default() });
    let pedit = Pedit { parms_ex: Some(parms), keys_ex, ..Pedit::default() };
    let shown = json!("key #0  at ipv4+8: add 00000007 mask ffffff00\n\t key #1  at tcp+0: val 00000007 mask ffffff00");
    action("pedit", ActionOptions::Pedit(pedit), &[], shown);
}

#[test]
fn vlan() {
    let parms = VlanParms { general: general(Verdict::Pipe), v_action: VlanAction::Push };
    let vlan = Vlan {
        parms: Some(parms),
        push_vlan_id: Some(123),
        push_vlan_protocol: Some(0x88a8),
        push_vlan_priority: Some(5),
        ..Vlan::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "vlan_action": "push", "id": 123, "protocol": "802.1ad", "priority": 5,
    });
    action("vlan", ActionOptions::Vlan(vlan), &[], shown);
}

#[test]
fn vlan_with_a_new_ethernet_header() {
    if require::linux(5, 11).is_none() {
        return;
    }
    let parms = VlanParms { general: general(Verdict::Pipe), v_action: VlanAction::PushEth };
    let vlan = Vlan { parms: Some(parms), push_eth_dst: mac(1), push_eth_src: mac(2), ..Vlan::default() };
    let shown = json!({
        "control_action": {"type": "pipe"}, "vlan_action": "push_eth", "dst_mac": "02:00:00:00:00:01",
        "src_mac": "02:00:00:00:00:02",
    });
    action("vlan", ActionOptions::Vlan(vlan), &[], shown);
}

#[test]
fn mpls() {
    let parms = MplsParms { general: general(Verdict::Pipe), m_action: MplsAction::Push };
    let mpls = Mpls {
        parms: Some(parms),
        proto: Some(0x8847),
        label: Some(0x12345),
        tc: Some(5),
        ttl: Some(77),
        bos: Some(1),
        ..Mpls::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "mpls_action": "push", "protocol": "mpls_uc", "label": 0x12345, "tc": 5,
        "bos": 1, "ttl": 77,
    });
    action("mpls", ActionOptions::Mpls(mpls), &[], shown);
}

#[test]
fn nat() {
    let parms = NatParms {
        general: general(Verdict::Pipe),
        old_addr: [10, 1, 0, 0].into(),
        new_addr: [10, 2, 0, 0].into(),
        mask: [255, 255, 255, 255].into(),
        flags: NatFlags::EGRESS,
    };
    let nat = Nat { parms: Some(parms), ..Nat::default() };
    let shown = json!({
        "control_action": {"type": "pipe"}, "type": "nat", "direction": "egress", "old_addr": "10.1.0.0/32",
        "new_addr": "10.2.0.0",
    });
    action("nat", ActionOptions::Nat(nat), &[], shown);
}

#[test]
fn csum() {
    let update_flags = CsumFlags::IPV4HDR | CsumFlags::TCP | CsumFlags::UDP;
    let parms = CsumParms { general: general(Verdict::Pipe), update_flags };
    let csum = Csum { parms: Some(parms), ..Csum::default() };
    let shown = json!({"control_action": {"type": "pipe"}, "csum": "iph, tcp, udp"});
    action("csum", ActionOptions::Csum(csum), &[], shown);
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
fn skbedit() {
    let skbedit = SkbEdit {
        parms: Some(general(Verdict::Pipe)),
        priority: Some("1:2".parse().unwrap()),
        mark: Some(0x10),
        mask: Some(0xff),
        ptype: Some(0),
        flags: Some(SkbEditFlags::INHERITDSFIELD),
        ..SkbEdit::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "priority": "1:2", "mark": 16, "mask": "ff", "ptype": "host",
        "inheritdsfield": null,
    });
    action("skbedit", ActionOptions::SkbEdit(skbedit), &[], shown);
}

#[test]
fn skbedit_of_queues() {
    if require::linux(6, 1).is_none() {
        return;
    }
    let skbedit = SkbEdit {
        parms: Some(general(Verdict::Pipe)),
        queue_mapping: Some(1),
        queue_mapping_max: Some(3),
        flags: Some(SkbEditFlags::TXQ_SKBHASH),
        ..SkbEdit::default()
    };
    // `tc` shows one of the two.
    action("skbedit", ActionOptions::SkbEdit(skbedit), &[], json!("queue_mapping 1"));
}

#[test]
fn skbmod() {
    let flags = SkbModFlags::DMAC | SkbModFlags::SMAC | SkbModFlags::ETYPE;
    let parms = SkbModParms { general: general(Verdict::Pipe), flags };
    let skbmod = SkbMod { parms: Some(parms), dmac: mac(1), smac: mac(2), etype: Some(0x0800), ..SkbMod::default() };
    let shown = json!("skbmod pipe set etype 0x800 \n\t set dmac 02:00:00:00:00:01 set smac 02:00:00:00:00:02 ");
    action("skbmod", ActionOptions::SkbMod(skbmod), &[], shown);
}

#[test]
fn tunnel_key() {
    let parms = TunnelKeyParms { general: general(Verdict::Pipe), t_action: TunnelKeyAction::Set };
    let geneve = vec![GeneveOpt::option(0x0102, 0x80, &[1, 2, 3, 4]), GeneveOpt::option(0x0102, 0x81, &[5, 6, 7, 8])];
    let tunnel = TunnelKey {
        parms: Some(parms),
        enc_ipv4_src: Some([10, 0, 0, 1].into()),
        enc_ipv4_dst: Some([10, 0, 0, 2].into()),
        enc_key_id: Some(0x1_2345),
        enc_dst_port: Some(6081),
        no_csum: Some(1),
        enc_opts: Some(TunnelOpts { geneve, ..TunnelOpts::default() }),
        enc_tos: Some(0x10),
        enc_ttl: Some(64),
        ..TunnelKey::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "mode": "set", "src_ip": "10.0.0.1", "dst_ip": "10.0.0.2",
        "key_id": 0x1_2345, "dst_port": 6081, "flag": "nocsum", "tos": 16, "ttl": 64,
        "geneve_opts": [{"class": 258, "type": 128, "data": [1, 2, 3, 4]}, {"class": 258, "type": 129, "data": [5, 6, 7, 8]}],
    });
    // Two options come back as one sequence.
    let unsaid = &["enc_opts.geneve"];
    action("tunnel_key", ActionOptions::TunnelKey(tunnel), unsaid, shown);
}

#[test]
fn tunnel_key_over_ipv6() {
    let parms = TunnelKeyParms { general: general(Verdict::Pipe), t_action: TunnelKeyAction::Set };
    let tunnel = TunnelKey {
        parms: Some(parms),
        enc_ipv6_src: Some("fd00::1".parse().unwrap()),
        enc_ipv6_dst: Some("fd00::2".parse().unwrap()),
        enc_key_id: Some(7),
        no_csum: Some(0),
        no_frag: require::is_linux(6, 2),
        ..TunnelKey::default()
    };
    action("tunnel_key", ActionOptions::TunnelKey(tunnel), &[], json!("src_ip fd00::1\n\tdst_ip fd00::2\n\tkey_id 7"));
}

#[test]
fn ct() {
    let ct = Ct {
        parms: Some(general(Verdict::Pipe)),
        action: Some(CtFlags::COMMIT | CtFlags::FORCE | CtFlags::NAT | CtFlags::NAT_SRC),
        zone: Some(7),
        mark: Some(0x10),
        mark_mask: Some(0xff),
        labels: Some([1; 16]),
        labels_mask: Some([3; 16]),
        nat_ipv4_min: Some([10, 0, 0, 1].into()),
        nat_ipv4_max: Some([10, 0, 0, 9].into()),
        nat_port_min: Some(1000),
        nat_port_max: Some(2000),
        ..Ct::default()
    };
    action("ct", ActionOptions::Ct(Box::new(ct)), &[], json!("nat src addr 10.0.0.1-10.0.0.9 port 1000-2000"));
}

#[test]
fn ctinfo() {
    let ctinfo = CtInfo {
        act: Some(general(Verdict::Pipe)),
        zone: Some(7),
        parms_dscp_mask: Some(0xfc00_0000),
        parms_dscp_statemask: Some(0x0100_0000),
        parms_cpmark_mask: Some(0xff),
        ..CtInfo::default()
    };
    action("ctinfo", ActionOptions::CtInfo(ctinfo), &[], json!("ctinfo zone 7 pipe"));
}

#[test]
fn connmark() {
    let parms = ConnMarkParms { general: general(Verdict::Pipe), zone: 7 };
    let connmark = ConnMark { parms: Some(parms), ..ConnMark::default() };
    action("connmark", ActionOptions::ConnMark(connmark), &[], json!({"control_action": {"type": "pipe"}, "zone": 7}));
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
        ..Gate::default()
    };
    let shown = json!({
        "control_action": {"type": "pipe"}, "priority": 3, "clockid": "TAI", "base_time": 1_000_000,
        "cycle_time": 300_000_000, "cycle_time_ext": 1_000_000, "flags": "0",
        "schedule": [
            {"number": 0, "gate_state": "open", "interval": 200_000_000, "ipv": -1, "max_octets": 8000},
            {"number": 1, "gate_state": "close", "interval": 100_000_000, "ipv": -1, "max_octets": -1},
        ],
    });
    action("gate", ActionOptions::Gate(gate), &[], shown);
}

#[test]
fn ife() {
    let parms = IfeParms { general: general(Verdict::Pipe), flags: IfeFlags::ENCODE };
    let meta = IfeMeta {
        skbmark: Some(IfeMeta32 { value: Some(17) }),
        prio: Some(IfeMeta32::default()),
        ..IfeMeta::default()
    };
    let ife =
        Ife { parms: Some(parms), dmac: mac(1), smac: mac(2), ty: Some(0xed3e), metalst: Some(meta), ..Ife::default() };
    action("ife", ActionOptions::Ife(ife), &[], json!("ife encode"));
}

#[test]
fn bpf() {
    // Of classic BPF: return all of the packet.
    let ops = vec![SockFilter { code: 6, jt: 0, jf: 0, k: u32::MAX }];
    let bpf = Bpf { parms: Some(general(Verdict::Pipe)), ops_len: Some(1), ops, ..Bpf::default() };
    let shown = json!("bpf bytecode '1,6 0 0 4294967295' default-action pipe");
    action("bpf", ActionOptions::Bpf(bpf), &[], shown);
}

#[test]
fn many_at_once_and_all_of_a_kind_removed() {
    if require::action("gact").is_none() {
        return;
    }
    with_link(|route, _| {
        let mut add = action::add(Action::verdict(Verdict::Ok));
        for _ in 1..32 {
            add = add.and(Action::verdict(Verdict::Shot));
        }
        route.tell(add).unwrap();
        for _ in 0..2 {
            let mut more = action::add(Action::verdict(Verdict::Ok));
            for _ in 1..32 {
                more = more.and(Action::verdict(Verdict::Pipe));
            }
            route.tell(more).unwrap();
        }
        assert_eq!(list(route, "gact").len(), 96);
        // All of them in a message, or in few: its number is told.
        let messages: Vec<Actions<'_>> = route.dump(action::list("gact")).unwrap().map(|list| list.unwrap()).collect();
        let told: u32 = messages.iter().map(|message| message.count.unwrap()).sum();
        assert_eq!(told, 96);
        reencode::assert(route, Route::GET_ACTION.with(&action::list("gact").body), &[]);
        route.tell(action::flush("gact")).unwrap();
        assert!(list(route, "gact").is_empty());
    });
}
