//! Actions about connections.

use netlink_tests::require;
use protocols::route::tc::action::{Action, ActionOptions, ConnMark, ConnMarkParms, Ct, CtFlags, CtInfo, Verdict};
use serde_json::json;

use crate::{
    actions::{action, general},
    with_link,
};

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
fn ct_over_ipv6() {
    let ct = Ct {
        parms: Some(general(Verdict::Pipe)),
        action: Some(CtFlags::COMMIT | CtFlags::NAT | CtFlags::NAT_DST),
        nat_ipv6_min: Some("fd00::1".parse().unwrap()),
        nat_ipv6_max: Some("fd00::9".parse().unwrap()),
        ..Ct::default()
    };
    action("ct", ActionOptions::Ct(Box::new(ct)), &[], json!("nat dst addr fd00::1-fd00::9"));
}

#[test]
fn ct_that_forgets() {
    let ct = Ct { parms: Some(general(Verdict::Pipe)), action: Some(CtFlags::CLEAR), ..Ct::default() };
    action("ct", ActionOptions::Ct(Box::new(ct)), &[], json!("ct clear"));
}

#[test]
fn ct_with_a_helper() {
    if require::linux(6, 2).is_none() || require::module("nf_conntrack_ftp").is_none() {
        return;
    }
    let ct = Ct {
        parms: Some(general(Verdict::Pipe)),
        action: Some(CtFlags::COMMIT),
        zone: Some(7),
        helper_name: Some("ftp".into()),
        helper_family: Some(10),
        helper_proto: Some(6),
        ..Ct::default()
    };
    // In newer kernels a helper is for all families, and the kernel says so.
    let unsaid: &[_] = if require::is_linux(7, 0) { &["helper_family"] } else { &[] };
    // Older ones of `tc` do not show the helper.
    action("ct", ActionOptions::Ct(Box::new(ct.clone())), unsaid, json!("ct commit zone 7"));
    with_link(move |route, _| {
        let udp = Ct { helper_proto: Some(17), ..ct };
        let refused = route.tell(action::add(Action::new(ActionOptions::Ct(Box::new(udp)))));
        assert!(refused.is_err(), "there is no such helper");
    });
}
