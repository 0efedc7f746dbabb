//! Traffic control beside its specification and its headers.

use netlink_core::{NlEnum, NlFamily, NlMessage, NlStruct};
use netlink_tests::{
    conformance::{Comparison, HeaderCheck, Spec},
    headers,
};
use protocols::route::{
    Route,
    tc::{RateSpec, action, chain::Chain, class::Class, filter, qdisc},
};

#[test]
fn traffic_control_is_as_specified() {
    let Some(spec) = Spec::find("tc") else { return };
    let mut comparison = Comparison::new(&spec);
    comparison.part_of(Route::SCHEMA);
    // What the specification has elsewhere than the kernel.
    comparison
        .set(filter::MplsLse::SCHEMA, "flower-key-mpls-opt-attrs")
        .set(qdisc::HfscClass::SCHEMA, "hfsc-attrs")
        .set(qdisc::DrrClass::SCHEMA, "drr-attrs")
        .set(qdisc::QfqClass::SCHEMA, "qfq-attrs")
        .set(action::PeditKeysEx::SCHEMA, "act-pedit-attrs")
        .structure(qdisc::SfbParms::SCHEMA, "tc-sfb-qopt")
        .structure(qdisc::GredParms::SCHEMA, "tc-gred-qopt")
        .structure(RateSpec::SCHEMA, "tc-ratespec");
    comparison.report().assert_complete();
}

#[test]
fn traffic_control_is_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .numbers(Route::SCHEMA)
        .set(qdisc::Qdisc::SCHEMA)
        .set(Class::SCHEMA)
        .set(filter::Filter::SCHEMA)
        .set(Chain::SCHEMA)
        .set(action::Actions::SCHEMA)
        .enumeration(filter::EmatchMetaId::SCHEMA)
        .inline("tc_gen")
        // Bits, and what follows the struct.
        .member("tcf_em_cmp", "align_flags", "")
        .member("tcf_em_cmp", "layer_opnd", "")
        .member("tcf_em_nbyte", "len_layer", "")
        .member("tcf_em_nbyte", "needle", "")
        .member("tcf_em_text", "layers", "")
        .member("tcf_em_text", "pattern", "")
        .member("tcf_ematch_hdr", "data", "")
        .member("tc_fq_codel_xstats", "stats", "qdisc_stats")
        .assert(
            &headers,
            &[
                "linux/can.h",
                "linux/filter.h",
                "linux/gen_stats.h",
                "linux/ife.h",
                "linux/pkt_cls.h",
                "linux/pkt_sched.h",
                "linux/rtnetlink.h",
                "linux/tc_act/tc_bpf.h",
                "linux/tc_act/tc_connmark.h",
                "linux/tc_act/tc_csum.h",
                "linux/tc_act/tc_ct.h",
                "linux/tc_act/tc_ctinfo.h",
                "linux/tc_act/tc_defact.h",
                "linux/tc_act/tc_gact.h",
                "linux/tc_act/tc_gate.h",
                "linux/tc_act/tc_ife.h",
                "linux/tc_act/tc_mirred.h",
                "linux/tc_act/tc_mpls.h",
                "linux/tc_act/tc_nat.h",
                "linux/tc_act/tc_pedit.h",
                "linux/tc_act/tc_sample.h",
                "linux/tc_act/tc_skbedit.h",
                "linux/tc_act/tc_skbmod.h",
                "linux/tc_act/tc_tunnel_key.h",
                "linux/tc_act/tc_vlan.h",
                "linux/tc_ematch/tc_em_cmp.h",
                "linux/tc_ematch/tc_em_ipt.h",
                "linux/tc_ematch/tc_em_meta.h",
                "linux/tc_ematch/tc_em_nbyte.h",
                "linux/tc_ematch/tc_em_text.h",
            ],
        );
}
