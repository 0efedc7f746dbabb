//! What `flower` matches in tunnels.

use netlink_tests::require;
use protocols::route::tc::filter::{
    EncOptErspan, EncOptGeneve, EncOptGtp, EncOptPfcp, EncOptVxlan, EncOpts, Flower, FlowerFlags,
};
use serde_json::json;

use crate::{
    filters::IP,
    flower::{flower, flower_but, keys},
};

/// The outer header of a tunnel.
fn tunnel(port: u16, opts: EncOpts<'static>, mask: EncOpts<'static>) -> Flower<'static> {
    Flower {
        key_eth_type: Some(IP),
        key_enc_key_id: Some(0x1_2345),
        key_enc_ipv4_src: Some([10, 1, 0, 0].into()),
        key_enc_ipv4_src_mask: Some([255, 255, 0, 0].into()),
        key_enc_ipv4_dst: Some([10, 2, 0, 1].into()),
        key_enc_ipv4_dst_mask: Some([255, 255, 255, 255].into()),
        key_enc_udp_src_port: Some(1000),
        key_enc_udp_src_port_mask: Some(0xffff),
        key_enc_udp_dst_port: Some(port),
        key_enc_udp_dst_port_mask: Some(0xffff),
        key_enc_ip_tos: Some(0x10),
        key_enc_ip_tos_mask: Some(0xff),
        key_enc_ip_ttl: Some(64),
        key_enc_ip_ttl_mask: Some(0xff),
        key_enc_opts: Some(opts),
        key_enc_opts_mask: Some(mask),
        ..Flower::default()
    }
}

#[test]
fn a_tunnel_over_ipv6() {
    let options = Flower {
        key_eth_type: Some(IP),
        key_enc_key_id: Some(7),
        key_enc_ipv6_src: Some("fd00:1::".parse().unwrap()),
        key_enc_ipv6_src_mask: Some("ffff:ffff::".parse().unwrap()),
        key_enc_ipv6_dst: Some("fd00::2".parse().unwrap()),
        key_enc_ipv6_dst_mask: Some("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff".parse().unwrap()),
        ..Flower::default()
    };
    let shown = json!({"eth_type": "ipv4", "enc_src_ip": "fd00:1::/32", "enc_dst_ip": "fd00::2", "enc_key_id": 7});
    flower(IP, options, keys(&shown));
}

#[test]
fn a_geneve_tunnel() {
    let two = |[a, b]: [Vec<EncOptGeneve<'static>>; 2]| EncOpts { geneve: vec![a, b], ..EncOpts::default() };
    let option = |class, ty, data: &'static [u8]| EncOptGeneve::option(class, ty, data);
    let opts = two([option(0x0102, 0x80, &[1, 2, 3, 4]), option(0x0102, 0x81, &[5, 6, 7, 8])]);
    let mask = two([option(0xffff, 0xff, &[0xff; 4]), option(0xffff, 0xff, &[0xff; 4])]);
    let shown = json!("geneve_opts 0102:80:01020304/ffff:ff:ffffffff,0102:81:05060708/ffff:ff:ffffffff");
    flower_but(IP, tunnel(6081, opts, mask), &["flags", "key_enc_opts.geneve", "key_enc_opts_mask.geneve"], shown);
}

#[test]
fn a_vxlan_tunnel() {
    let gbp =
        |gbp| EncOpts { vxlan: Some(EncOptVxlan { gbp: Some(gbp), ..EncOptVxlan::default() }), ..EncOpts::default() };
    flower(IP, tunnel(4789, gbp(7), gbp(0xff)), json!("vxlan_opts 7/255"));
}

#[test]
fn an_erspan_tunnel() {
    let index = |ver, index| EncOpts {
        erspan: Some(EncOptErspan { ver: Some(ver), index: Some(index), ..EncOptErspan::default() }),
        ..EncOpts::default()
    };
    // Of the mask the version is not held to a range by the kernel, but it is told as it was given.
    flower(IP, tunnel(0, index(1, 7), index(1, 0xffff)), json!("erspan_opts 1:7"));
}

#[test]
fn an_erspan_tunnel_of_version_2() {
    let hardware = |ver, dir, hwid| EncOpts {
        erspan: Some(EncOptErspan { ver: Some(ver), dir: Some(dir), hwid: Some(hwid), ..EncOptErspan::default() }),
        ..EncOpts::default()
    };
    flower(IP, tunnel(0, hardware(2, 1, 17), hardware(2, 1, 63)), json!("erspan_opts 2:0:1:17"));
}

#[test]
fn a_pfcp_tunnel() {
    if require::linux(6, 10).is_none() {
        return;
    }
    let pfcp = |ty, seid| EncOpts {
        pfcp: Some(EncOptPfcp { ty: Some(ty), seid: Some(seid), ..EncOptPfcp::default() }),
        ..EncOpts::default()
    };
    // `tc` of today knows nothing of it.
    flower(IP, tunnel(8805, pfcp(1, 0x1234_5678_9abc), pfcp(0xff, u64::MAX)), json!("enc_dst_port 8805"));
}

#[test]
fn a_gtp_tunnel() {
    if require::linux(5, 18).is_none() {
        return;
    }
    let gtp = |pdu_type, qfi| EncOpts {
        gtp: Some(EncOptGtp { pdu_type: Some(pdu_type), qfi: Some(qfi), ..EncOptGtp::default() }),
        ..EncOpts::default()
    };
    let mut tunnel = tunnel(2152, gtp(1, 9), gtp(0xff, 0xff));
    tunnel.key_enc_key_id = Some(7);
    flower(IP, tunnel, json!("gtp_opts 01:09/ff:ff"));
}

#[test]
fn flags_of_tunnels() {
    if require::linux(6, 12).is_none() {
        return;
    }
    let flags = FlowerFlags::TUNNEL_CSUM | FlowerFlags::TUNNEL_DONT_FRAGMENT;
    let flags = Some(flags | FlowerFlags::TUNNEL_OAM | FlowerFlags::TUNNEL_CRIT_OPT);
    let options = Flower {
        key_eth_type: Some(IP),
        key_enc_key_id: Some(7),
        key_enc_flags: flags,
        key_enc_flags_mask: flags,
        ..Flower::default()
    };
    flower(IP, options, json!("enc_key_id 7"));
}
