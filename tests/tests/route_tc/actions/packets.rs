//! Actions that change packets, and what belongs to them.

use netlink_tests::require;
use protocols::route::tc::action::{
    ActionOptions, Csum, CsumFlags, CsumParms, Ife, IfeFlags, IfeMeta, IfeMeta16, IfeMeta32, IfeParms, Mpls,
    MplsAction, MplsParms, Nat, NatFlags, NatParms, Pedit, PeditCommand, PeditHeader, PeditKey, PeditKeyEx,
    PeditKeysEx, PeditParms, SkbEdit, SkbEditFlags, SkbMod, SkbModFlags, SkbModParms, Verdict, Vlan, VlanAction,
    VlanParms,
};
use serde_json::json;

use crate::actions::{action, general, mac};

fn key(off: u32) -> PeditKey {
    PeditKey { mask: 0xffff_ff00_u32.to_be(), val: 0x7_u32.to_be(), off, ..PeditKey::default() }
}

#[test]
fn pedit() {
    let parms = PeditParms { general: general(Verdict::Pipe), nkeys: 2, flags: 1, keys: vec![key(8), key(12)] };
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
fn pedit_at_an_offset_that_the_packet_tells() {
    let keys = vec![PeditKey { at: 9, offmask: 0xf0, shift: 2, ..key(8) }];
    let parms = PeditParms { general: general(Verdict::Pipe), nkeys: 1, flags: 0, keys };
    action("pedit", ActionOptions::Pedit(Pedit { parms: Some(parms), ..Pedit::default() }), &[], json!("key #0  at 8"));
}

#[test]
fn pedit_in_other_headers() {
    let headers = [PeditHeader::Network, PeditHeader::Eth, PeditHeader::Ip6, PeditHeader::Udp];
    let key_ex =
        headers.map(|htype| PeditKeyEx { htype: Some(htype), cmd: Some(PeditCommand::Set), ..PeditKeyEx::default() });
    let keys = vec![key(0), key(4), key(8), key(0)];
    let parms = PeditParms { general: general(Verdict::Pipe), nkeys: 4, flags: 0, keys };
    let keys_ex = Some(PeditKeysEx { key_ex: key_ex.into(), ..PeditKeysEx::default() });
    let pedit = Pedit { parms_ex: Some(parms), keys_ex, ..Pedit::default() };
    let shown = json!(
        "key #0  at 0: val 00000007 mask ffffff00\n\t key #1  at eth+4: val 00000007 mask ffffff00\n\t \
         key #2  at ipv6+8: val 00000007 mask ffffff00\n\t key #3  at udp+0: val 00000007 mask ffffff00"
    );
    action("pedit", ActionOptions::Pedit(pedit), &[], shown);
}

#[test]
fn other_ways_with_vlan_tags() {
    let vlan =
        |v_action| Vlan { parms: Some(VlanParms { general: general(Verdict::Pipe), v_action }), ..Vlan::default() };
    let shown = |word| json!({"control_action": {"type": "pipe"}, "vlan_action": word});
    action("vlan", ActionOptions::Vlan(vlan(VlanAction::Pop)), &[], shown("pop"));
    let modify = Vlan {
        push_vlan_id: Some(45),
        push_vlan_protocol: Some(0x8100),
        push_vlan_priority: Some(2),
        ..vlan(VlanAction::Modify)
    };
    let mut modified = shown("modify");
    (modified["id"], modified["protocol"], modified["priority"]) = (45.into(), "802.1Q".into(), 2.into());
    action("vlan", ActionOptions::Vlan(modify), &[], modified);
    if require::is_linux(5, 11) {
        action("vlan", ActionOptions::Vlan(vlan(VlanAction::PopEth)), &[], shown("pop_eth"));
    }
}

#[test]
fn other_ways_with_mpls_labels() {
    let mpls =
        |m_action| Mpls { parms: Some(MplsParms { general: general(Verdict::Pipe), m_action }), ..Mpls::default() };
    let shown = |word| json!({"control_action": {"type": "pipe"}, "mpls_action": word});
    let pop = Mpls { proto: Some(0x0800), ..mpls(MplsAction::Pop) };
    let mut popped = shown("pop");
    popped["protocol"] = "ip".into();
    action("mpls", ActionOptions::Mpls(pop), &[], popped);
    action("mpls", ActionOptions::Mpls(mpls(MplsAction::DecTtl)), &[], shown("dec_ttl"));
    let label = |m_action| Mpls { label: Some(17), tc: Some(1), ttl: Some(9), ..mpls(m_action) };
    let labelled = |word| {
        let mut shown = shown(word);
        (shown["label"], shown["tc"], shown["ttl"]) = (17.into(), 1.into(), 9.into());
        shown
    };
    action("mpls", ActionOptions::Mpls(label(MplsAction::Modify)), &[], labelled("modify"));
    let pushed = Mpls { proto: Some(0x8848), ..label(MplsAction::MacPush) };
    let mut shown = labelled("mac_push");
    shown["protocol"] = "mpls_mc".into();
    action("mpls", ActionOptions::Mpls(pushed), &[], shown);
}

#[test]
fn nat_of_what_comes_in() {
    let parms = NatParms {
        general: general(Verdict::Pipe),
        old_addr: [10, 1, 0, 0].into(),
        new_addr: [10, 2, 0, 0].into(),
        mask: [255, 255, 0, 0].into(),
        flags: NatFlags::empty(),
    };
    let nat = Nat { parms: Some(parms), ..Nat::default() };
    // `tc` counts the bits of the mask from the wrong end.
    let shown = json!({
        "control_action": {"type": "pipe"}, "type": "nat", "direction": "ingress", "old_addr": "10.1.0.0/32",
        "new_addr": "10.2.0.0",
    });
    action("nat", ActionOptions::Nat(nat), &[], shown);
}

#[test]
fn csum_of_all_kinds() {
    let update_flags = CsumFlags::IPV4HDR
        | CsumFlags::ICMP
        | CsumFlags::IGMP
        | CsumFlags::TCP
        | CsumFlags::UDP
        | CsumFlags::UDPLITE
        | CsumFlags::SCTP;
    let parms = CsumParms { general: general(Verdict::Pipe), update_flags };
    let csum = Csum { parms: Some(parms), ..Csum::default() };
    let shown = json!({"control_action": {"type": "pipe"}, "csum": "iph, icmp, igmp, tcp, udp, udplite, sctp"});
    action("csum", ActionOptions::Csum(csum), &[], shown);
}

#[test]
fn skbedit_of_one_queue() {
    let skbedit =
        SkbEdit { parms: Some(general(Verdict::Pipe)), queue_mapping: Some(3), ptype: Some(3), ..SkbEdit::default() };
    let shown = json!({"control_action": {"type": "pipe"}, "queue_mapping": 3, "ptype": "otherhost"});
    action("skbedit", ActionOptions::SkbEdit(skbedit), &[], shown);
}

#[test]
fn skbmod_that_swaps_and_marks() {
    let skbmod =
        |flags| SkbMod { parms: Some(SkbModParms { general: general(Verdict::Pipe), flags }), ..SkbMod::default() };
    action("skbmod", ActionOptions::SkbMod(skbmod(SkbModFlags::SWAPMAC)), &[], json!("skbmod pipe swap mac"));
    if require::is_linux(5, 15) {
        action("skbmod", ActionOptions::SkbMod(skbmod(SkbModFlags::ECN)), &[], json!("skbmod pipe ecn"));
    }
}

#[test]
fn ife_with_an_index() {
    if require::module("act_meta_skbtcindex").is_none() {
        return;
    }
    let parms = IfeParms { general: general(Verdict::Pipe), flags: IfeFlags::ENCODE };
    let tcindex = Some(IfeMeta16 { value: Some(0x1234) });
    let meta = IfeMeta { tcindex, prio: Some(IfeMeta32 { value: Some(5) }), ..IfeMeta::default() };
    let ife = Ife { parms: Some(parms), dmac: mac(1), metalst: Some(meta), ..Ife::default() };
    action("ife", ActionOptions::Ife(ife), &[], json!("ife encode"));
}

#[test]
fn ife_that_takes_out() {
    // All that the kernel can take out, which is in modules that only those who put it in have the kernel load.
    if !require::loads_module("act_meta_mark") {
        ife();
    }
    let parms = IfeParms { general: general(Verdict::Pipe), flags: IfeFlags::empty() };
    action("ife", ActionOptions::Ife(Ife { parms: Some(parms), ..Ife::default() }), &[], json!("ife decode"));
}
