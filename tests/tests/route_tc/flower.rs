//! `flower`, with every key that does not need another one that is set here.

mod tunnels;

use netlink_core::wire::MacAddr;
use netlink_tests::require;
use protocols::route::tc::filter::{Cfm, ClsFlags, CtState, FilterOptions, Flower, FlowerFlags, MplsLse, MplsOpts};
use serde_json::{Value, json};

use crate::{
    filters::{CLASS, IP, act, filter},
    since,
};

/// Makes the filter with `tc`'s view of its keys.
fn flower(protocol: u16, flower: Flower<'static>, shown: Value) {
    flower_but(protocol, flower, &["flags"], shown);
}

fn flower_but(protocol: u16, flower: Flower<'static>, unsaid: &'static [&'static str], shown: Value) {
    let flower = Flower { classid: CLASS, act: act(), flags: Some(ClsFlags::SKIP_HW), ..flower };
    let options = FilterOptions::Flower(Box::new(flower));
    filter("flower", 1, protocol, options, unsaid, shown);
}

fn keys(keys: &Value) -> Value {
    json!({"handle": 1, "classid": "1:2", "keys": keys, "skip_hw": true, "not_in_hw": true})
}

fn mac(last: u8) -> Option<MacAddr> {
    Some(MacAddr([2, 0, 0, 0, 0, last]))
}

const MAC_MASK: Option<MacAddr> = Some(MacAddr([255, 255, 255, 0, 0, 255]));

#[test]
fn ethernet_ipv4_tcp() {
    let options = Flower {
        indev: Some("lo".parse().unwrap()),
        key_eth_dst: mac(1),
        key_eth_dst_mask: MAC_MASK,
        key_eth_src: mac(2),
        key_eth_src_mask: MAC_MASK,
        key_eth_type: Some(IP),
        key_ip_proto: Some(6),
        key_ipv4_src: Some([10, 1, 0, 0].into()),
        key_ipv4_src_mask: Some([255, 255, 0, 0].into()),
        key_ipv4_dst: Some([10, 2, 3, 0].into()),
        key_ipv4_dst_mask: Some([255, 255, 255, 0].into()),
        key_tcp_src: Some(1000),
        key_tcp_src_mask: Some(0xfffe),
        key_tcp_dst: Some(80),
        key_tcp_dst_mask: Some(0xffff),
        key_tcp_flags: Some(0x12),
        key_tcp_flags_mask: Some(0x17),
        key_ip_tos: Some(0x10),
        key_ip_tos_mask: Some(0xfc),
        key_ip_ttl: Some(64),
        key_ip_ttl_mask: Some(0xff),
        key_flags: Some(FlowerFlags::IS_FRAGMENT),
        key_flags_mask: Some(FlowerFlags::IS_FRAGMENT | FlowerFlags::FRAG_IS_FIRST),
        ..Flower::default()
    };
    let shown = keys(&json!({
        "dst_mac": "02:00:00:00:00:01/ff:ff:ff:00:00:ff", "src_mac": "02:00:00:00:00:02/ff:ff:ff:00:00:ff",
        "eth_type": "ipv4", "ip_proto": "tcp", "src_ip": "10.1.0.0/16", "dst_ip": "10.2.3.0/24",
        "src_port": 1000, "src_port_mask": "fffe", "dst_port": 80, "tcp_flags": "0x12/17", "ip_tos": 16, "ip_tos_mask": "fc", "ip_ttl": 64,
        "ip_flags": {"frag": true, "firstfrag": false},
    }));
    let mut shown = shown;
    shown["indev"] = "lo".into();
    flower(IP, options, shown);
}

#[test]
fn ipv6_and_port_ranges() {
    let options = Flower {
        key_eth_type: Some(0x86dd),
        key_ip_proto: Some(17),
        key_ipv6_src: Some("fd00:1::".parse().unwrap()),
        key_ipv6_src_mask: Some("ffff:ffff::".parse().unwrap()),
        key_ipv6_dst: Some("fd00::2".parse().unwrap()),
        key_ipv6_dst_mask: Some("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff".parse().unwrap()),
        key_port_src_min: Some(1000),
        key_port_src_max: Some(2000),
        key_port_dst_min: Some(53),
        key_port_dst_max: Some(54),
        ..Flower::default()
    };
    let shown = keys(&json!({
        "eth_type": "ipv6", "ip_proto": "udp", "src_ip": "fd00:1::/32", "dst_ip": "fd00::2",
        "src_port": {"start": 1000, "end": 2000}, "dst_port": {"start": 53, "end": 54},
    }));
    flower(0x86dd, options, shown);
}

#[test]
fn udp_and_sctp() {
    let udp = Flower {
        key_eth_type: Some(IP),
        key_ip_proto: Some(17),
        key_udp_src: Some(1000),
        key_udp_src_mask: Some(0xfffe),
        key_udp_dst: Some(53),
        key_udp_dst_mask: Some(0xffff),
        ..Flower::default()
    };
    let shown =
        json!({"eth_type": "ipv4", "ip_proto": "udp", "src_port": 1000, "src_port_mask": "fffe", "dst_port": 53});
    flower(IP, udp, keys(&shown));
    let sctp = Flower {
        key_eth_type: Some(IP),
        key_ip_proto: Some(132),
        key_sctp_src: Some(1000),
        key_sctp_src_mask: Some(0xfffe),
        key_sctp_dst: Some(53),
        key_sctp_dst_mask: Some(0xffff),
        ..Flower::default()
    };
    let shown =
        json!({"eth_type": "ipv4", "ip_proto": "sctp", "src_port": 1000, "src_port_mask": "fffe", "dst_port": 53});
    flower(IP, sctp, keys(&shown));
}

#[test]
fn icmp() {
    let icmp = Flower {
        key_eth_type: Some(IP),
        key_ip_proto: Some(1),
        key_icmpv4_type: Some(8),
        key_icmpv4_type_mask: Some(0xff),
        key_icmpv4_code: Some(1),
        key_icmpv4_code_mask: Some(0x0f),
        ..Flower::default()
    };
    let shown = json!({"eth_type": "ipv4", "ip_proto": "icmp", "icmp_type": "8", "icmp_code": "1/15"});
    flower(IP, icmp, keys(&shown));
    let icmpv6 = Flower {
        key_eth_type: Some(0x86dd),
        key_ip_proto: Some(58),
        key_icmpv6_type: Some(128),
        key_icmpv6_type_mask: Some(0xff),
        key_icmpv6_code: Some(1),
        key_icmpv6_code_mask: Some(0xff),
        ..Flower::default()
    };
    let shown = json!({"eth_type": "ipv6", "ip_proto": "icmpv6", "icmp_type": "128", "icmp_code": "1"});
    flower(0x86dd, icmpv6, keys(&shown));
}

#[test]
fn arp() {
    let options = Flower {
        key_eth_type: Some(0x0806),
        key_arp_sip: Some([10, 0, 0, 1].into()),
        key_arp_sip_mask: Some([255, 255, 255, 0].into()),
        key_arp_tip: Some([10, 0, 0, 2].into()),
        key_arp_tip_mask: Some([255, 255, 255, 255].into()),
        key_arp_op: Some(1),
        key_arp_op_mask: Some(0xff),
        key_arp_sha: mac(1),
        key_arp_sha_mask: MAC_MASK,
        key_arp_tha: mac(2),
        key_arp_tha_mask: MAC_MASK,
        ..Flower::default()
    };
    let shown = json!({
        "eth_type": "arp", "arp_sip": "10.0.0.1/24", "arp_tip": "10.0.0.2", "arp_op": "request",
        "arp_sha": "02:00:00:00:00:01/ff:ff:ff:00:00:ff", "arp_tha": "02:00:00:00:00:02/ff:ff:ff:00:00:ff",
    });
    flower_but(0x0806, options, &["flags", "key_arp_sip"], keys(&shown));
}

#[test]
fn vlans() {
    let options = Flower {
        key_eth_type: Some(0x8100),
        key_vlan_id: Some(123),
        key_vlan_prio: Some(5),
        key_vlan_eth_type: Some(0x8100),
        key_cvlan_id: Some(45),
        key_cvlan_prio: Some(3),
        key_cvlan_eth_type: Some(IP),
        ..Flower::default()
    };
    // The protocol of the filter says that there is a tag, too.
    let shown = json!({
        "vlan_id": 123, "vlan_prio": 5, "vlan_ethtype": "802.1Q", "cvlan_id": 45, "cvlan_prio": 3, "cvlan_ethtype": "ip",
        "eth_type": "ipv4",
    });
    flower_but(0x8100, options, &["flags", "key_eth_type"], keys(&shown));
}

#[test]
fn mpls() {
    let options = Flower {
        key_eth_type: Some(0x8847),
        key_mpls_label: Some(0x12345),
        key_mpls_tc: Some(5),
        key_mpls_bos: Some(1),
        key_mpls_ttl: Some(64),
        ..Flower::default()
    };
    let shown = json!({"eth_type": "8847", "mpls_label": 0x12345, "mpls_tc": "5", "mpls_bos": "1", "mpls_ttl": "64"});
    flower(0x8847, options, keys(&shown));
}

#[test]
fn several_mpls_labels() {
    if require::linux(5, 8).is_none() {
        return;
    }
    let lse = |depth, label| MplsLse {
        lse_depth: Some(depth),
        lse_label: Some(label),
        lse_tc: Some(1),
        lse_bos: Some(u8::from(depth == 2)),
        lse_ttl: Some(64),
        ..MplsLse::default()
    };
    let opts = MplsOpts { lse: vec![lse(1, 100), lse(2, 200)], ..MplsOpts::default() };
    let options = Flower { key_eth_type: Some(0x8847), key_mpls_opts: Some(opts), ..Flower::default() };
    let shown = json!({
        "eth_type": "8847",
        "mpls": [
            {"depth": 1, "label": 100, "tc": 1, "bos": 0, "ttl": 64}, {"depth": 2, "label": 200, "tc": 1, "bos": 1, "ttl": 64},
        ],
    });
    flower(0x8847, options, keys(&shown));
}

#[test]
fn connections() {
    let new = if require::is_linux(5, 12) {
        CtState::TRACKED | CtState::ESTABLISHED | CtState::REPLY
    } else {
        CtState::TRACKED
    };
    let options = Flower {
        key_eth_type: Some(IP),
        key_ct_state: Some(new),
        key_ct_state_mask: Some(new),
        key_ct_zone: Some(7),
        key_ct_zone_mask: Some(0xffff),
        key_ct_mark: Some(0x10),
        key_ct_mark_mask: Some(0xff),
        key_ct_labels: Some([1; 16]),
        key_ct_labels_mask: Some([3; 16]),
        ..Flower::default()
    };
    flower(IP, options, json!("ct_zone 7"));
}

#[test]
fn other_states_of_connections() {
    let mut states = vec![CtState::TRACKED | CtState::NEW | CtState::RELATED];
    if require::is_linux(5, 12) {
        states.push(CtState::TRACKED | CtState::INVALID);
    }
    for state in states {
        let options = Flower {
            key_eth_type: Some(IP),
            key_ct_state: Some(state),
            key_ct_state_mask: Some(state),
            ..Flower::default()
        };
        flower(IP, options, json!("ct_state +trk"));
    }
}

#[test]
fn the_hash_of_the_packet() {
    if require::linux(5, 9).is_none() {
        return;
    }
    let options = Flower { key_hash: Some(0x10), key_hash_mask: Some(0xff), ..Flower::default() };
    flower(3, options, json!("handle 0x1 classid 1:2"));
}

#[test]
fn keys_of_newer_kernels() {
    if require::linux(6, 6).is_none() {
        return;
    }
    let pppoe =
        Flower { key_eth_type: Some(0x8864), key_pppoe_sid: Some(7), key_ppp_proto: Some(0x0021), ..Flower::default() };
    // The protocol inside is what counts.
    flower_but(0x8864, pppoe, &["flags", "key_eth_type"], json!("handle 0x1 classid 1:2"));
    let l2tp =
        Flower { key_eth_type: Some(IP), key_ip_proto: Some(115), key_l2tpv3_sid: Some(0x1_2345), ..Flower::default() };
    flower(IP, l2tp, json!("ip_proto 73"));
    let spi = Flower {
        key_eth_type: Some(IP),
        key_ip_proto: Some(50),
        key_spi: Some(0x1_2345),
        key_spi_mask: Some(0xffff_ffff),
        ..Flower::default()
    };
    flower(IP, spi, json!("ip_proto 32"));
    let cfm = Cfm { md_level: Some(5), opcode: Some(1), ..Cfm::default() };
    let cfm = Flower { key_eth_type: Some(0x8902), key_cfm: Some(cfm), ..Flower::default() };
    flower(0x8902, cfm, json!("flower chain 0 handle 0x1"));
    let others = Flower { l2_miss: since(6, 5, 1), key_num_of_vlans: Some(2), ..Flower::default() };
    flower(3, others, json!("handle 0x1 classid 1:2"));
}
