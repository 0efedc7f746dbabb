//! `tunnel_key`.

use netlink_tests::require;
use protocols::route::tc::action::{
    ActionOptions, ErspanOpt, GeneveOpt, TunnelKey, TunnelKeyAction, TunnelKeyParms, TunnelOpts, Verdict, VxlanOpt,
};
use serde_json::json;

use crate::actions::{action, general};

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

fn tunnel_with(enc_opts: TunnelOpts<'static>) -> ActionOptions<'static> {
    let parms = TunnelKeyParms { general: general(Verdict::Pipe), t_action: TunnelKeyAction::Set };
    ActionOptions::TunnelKey(TunnelKey {
        parms: Some(parms),
        enc_ipv4_src: Some([10, 0, 0, 1].into()),
        enc_ipv4_dst: Some([10, 0, 0, 2].into()),
        enc_key_id: Some(7),
        enc_opts: Some(enc_opts),
        ..TunnelKey::default()
    })
}

#[test]
fn tunnel_key_for_vxlan() {
    let vxlan = Some(VxlanOpt { gbp: Some(0x2345), ..VxlanOpt::default() });
    action("tunnel_key", tunnel_with(TunnelOpts { vxlan, ..TunnelOpts::default() }), &[], json!("vxlan_opts 9029"));
}

#[test]
fn tunnel_key_for_erspan() {
    let one = ErspanOpt { ver: Some(1), index: Some(0x1_2345), ..ErspanOpt::default() };
    let two = ErspanOpt { ver: Some(2), dir: Some(1), hwid: Some(63), ..ErspanOpt::default() };
    for (erspan, shown) in [(one, "erspan_opts 1:74565:0:0"), (two, "erspan_opts 2:0:1:63")] {
        let options = tunnel_with(TunnelOpts { erspan: Some(erspan), ..TunnelOpts::default() });
        action("tunnel_key", options, &[], json!(shown));
    }
}

#[test]
fn tunnel_key_that_forgets() {
    let parms = TunnelKeyParms { general: general(Verdict::Pipe), t_action: TunnelKeyAction::Release };
    let tunnel = TunnelKey { parms: Some(parms), ..TunnelKey::default() };
    let shown = json!({"control_action": {"type": "pipe"}, "mode": "unset"});
    action("tunnel_key", ActionOptions::TunnelKey(tunnel), &[], shown);
}
