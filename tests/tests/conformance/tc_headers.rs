//! What the headers of traffic control have and no declaration.

use netlink_core::{NlEnum, NlFamily, NlMessage, NlUnion, wire::Key};
use netlink_tests::{
    conformance::HeaderCheck,
    headers::{self, assert_constants},
};
use protocols::route::{
    Route,
    tc::{
        Handle, TcHeader,
        action::{self, Verdict},
        chain, class,
        filter::{self, EmatchData, EmatchMetaId, FlowKeys},
        qdisc,
    },
};

/// In which headers the names with which prefixes must be declared.
const PREFIXES: &[(&str, &[&str])] = &[
    ("linux/gen_stats.h", &["TCA_", "struct "]),
    ("linux/pkt_cls.h", &["TC", "FLOW_", "struct "]),
    ("linux/pkt_sched.h", &["TC", "CAKE_", "NETEM_", "SFB_", "struct "]),
    ("linux/tc_act/tc_bpf.h", &["TC", "struct "]),
    ("linux/tc_act/tc_connmark.h", &["TC", "struct "]),
    ("linux/tc_act/tc_csum.h", &["TC", "struct "]),
    ("linux/tc_act/tc_ct.h", &["TC", "struct "]),
    ("linux/tc_act/tc_ctinfo.h", &["TC", "struct "]),
    ("linux/tc_act/tc_defact.h", &["TC", "struct "]),
    ("linux/tc_act/tc_gact.h", &["TC", "PGACT_", "struct "]),
    ("linux/tc_act/tc_gate.h", &["TC", "struct "]),
    ("linux/tc_act/tc_ife.h", &["TC", "IFE_", "struct "]),
    ("linux/tc_act/tc_mirred.h", &["TC", "struct "]),
    ("linux/tc_act/tc_mpls.h", &["TC", "struct "]),
    ("linux/tc_act/tc_nat.h", &["TC", "struct "]),
    ("linux/tc_act/tc_pedit.h", &["TC", "struct "]),
    ("linux/tc_act/tc_sample.h", &["TC", "struct "]),
    ("linux/tc_act/tc_skbedit.h", &["TC", "SKBEDIT_", "struct "]),
    ("linux/tc_act/tc_skbmod.h", &["TC", "SKBMOD_", "struct "]),
    ("linux/tc_act/tc_tunnel_key.h", &["TC", "struct "]),
    ("linux/tc_act/tc_vlan.h", &["TC", "struct "]),
    ("linux/tc_ematch/tc_em_cmp.h", &["TC", "struct "]),
    ("linux/tc_ematch/tc_em_ipt.h", &["TC", "struct "]),
    ("linux/tc_ematch/tc_em_meta.h", &["TC", "struct "]),
    ("linux/tc_ematch/tc_em_nbyte.h", &["TC", "struct "]),
    ("linux/tc_ematch/tc_em_text.h", &["TC", "struct "]),
    ("linux/rtnetlink.h", &["TCA_", "TCM_"]),
];

/// What a header has and no declaration, on purpose, and why.
const LEFT_OUT: &[(&[&str], &str)] = &[
    (
        &[
            "TCA_ACT_BPF_PAD",
            "TCA_ACT_PAD",
            "TCA_BASIC_PAD",
            "TCA_CAKE_PAD",
            "TCA_CAKE_STATS_PAD",
            "TCA_CAKE_TIN_STATS_PAD",
            "TCA_CONNMARK_PAD",
            "TCA_CSUM_PAD",
            "TCA_CTINFO_PAD",
            "TCA_CT_PAD",
            "TCA_DEF_PAD",
            "TCA_DUALPI2_PAD",
            "TCA_GACT_PAD",
            "TCA_GATE_PAD",
            "TCA_GRED_VQ_PAD",
            "TCA_HTB_PAD",
            "TCA_IFE_PAD",
            "TCA_MATCHALL_PAD",
            "TCA_MIRRED_PAD",
            "TCA_MPLS_PAD",
            "TCA_NAT_PAD",
            "TCA_NETEM_PAD",
            "TCA_PAD",
            "TCA_PEDIT_PAD",
            "TCA_POLICE_PAD",
            "TCA_SAMPLE_PAD",
            "TCA_SKBEDIT_PAD",
            "TCA_SKBMOD_PAD",
            "TCA_STATS_PAD",
            "TCA_TAPRIO_ATTR_PAD",
            "TCA_TAPRIO_OFFLOAD_STATS_PAD",
            "TCA_TAPRIO_PAD",
            "TCA_TBF_PAD",
            "TCA_TUNNEL_KEY_PAD",
            "TCA_U32_PAD",
            "TCA_VLAN_PAD",
        ],
        "padding, declared as such",
    ),
    (
        &[
            "FLOW_KEY_DST",
            "FLOW_KEY_IIF",
            "FLOW_KEY_MARK",
            "FLOW_KEY_NFCT",
            "FLOW_KEY_NFCT_DST",
            "FLOW_KEY_NFCT_PROTO_DST",
            "FLOW_KEY_NFCT_PROTO_SRC",
            "FLOW_KEY_NFCT_SRC",
            "FLOW_KEY_PRIORITY",
            "FLOW_KEY_PROTO",
            "FLOW_KEY_PROTO_DST",
            "FLOW_KEY_PROTO_SRC",
            "FLOW_KEY_RTCLASSID",
            "FLOW_KEY_RXHASH",
            "FLOW_KEY_SKGID",
            "FLOW_KEY_SKUID",
            "FLOW_KEY_SRC",
            "FLOW_KEY_VLAN_TAG",
        ],
        "declared as bits, whose numbers these are: `FlowKeys`, compared by name below",
    ),
    (
        &[
            "TCM_IFINDEX_MAGIC_BLOCK",
            "TC_ACT_GOTO_CHAIN",
            "TC_ACT_JUMP",
            "TC_H_CLSACT",
            "TC_H_INGRESS",
            "TC_H_MIN_EGRESS",
            "TC_H_MIN_INGRESS",
            "TC_H_ROOT",
        ],
        "constants, compared by name below",
    ),
    (
        &[
            "TCF_EM_CANID",
            "TCF_EM_CMP",
            "TCF_EM_CONTAINER",
            "TCF_EM_IPSET",
            "TCF_EM_IPT",
            "TCF_EM_META",
            "TCF_EM_NBYTE",
            "TCF_EM_TEXT",
            "TCF_EM_U32",
        ],
        "kinds of matches: `EmatchData`, compared by name below",
    ),
    (
        &[
            "TCA_ACT_BPF",
            "TCA_ACT_CONNMARK",
            "TCA_ACT_CSUM",
            "TCA_ACT_GACT",
            "TCA_ACT_IFE",
            "TCA_ACT_IPT",
            "TCA_ACT_MIRRED",
            "TCA_ACT_NAT",
            "TCA_ACT_PEDIT",
            "TCA_ACT_SAMPLE",
            "TCA_ACT_SIMP",
            "TCA_ACT_SKBEDIT",
            "TCA_ACT_SKBMOD",
            "TCA_ACT_TUNNEL_KEY",
            "TCA_ACT_VLAN",
            "TCA_ACT_XT",
            "TCA_ID_BPF",
            "TCA_ID_CONNMARK",
            "TCA_ID_CSUM",
            "TCA_ID_CT",
            "TCA_ID_CTINFO",
            "TCA_ID_GACT",
            "TCA_ID_GATE",
            "TCA_ID_IFE",
            "TCA_ID_IPT",
            "TCA_ID_MIRRED",
            "TCA_ID_MPLS",
            "TCA_ID_NAT",
            "TCA_ID_PEDIT",
            "TCA_ID_POLICE",
            "TCA_ID_SAMPLE",
            "TCA_ID_SIMP",
            "TCA_ID_SKBEDIT",
            "TCA_ID_SKBMOD",
            "TCA_ID_TUNNEL_KEY",
            "TCA_ID_VLAN",
            "TCA_ID_XT",
        ],
        "numbers by which the kernel and devices know kinds of actions",
    ),
    (
        &[
            "TCA_ACT_TAB",
            "TCA_FLAG_LARGE_DUMP_ON",
            "TC_POLICE_OK",
            "TC_POLICE_PIPE",
            "TC_POLICE_RECLASSIFY",
            "TC_POLICE_SHOT",
        ],
        "another name of one that is declared",
    ),
    (
        &[
            "TCA_ACT_BIND",
            "TCA_ACT_NOBIND",
            "TCA_ACT_NOREPLACE",
            "TCA_ACT_NOUNBIND",
            "TCA_ACT_REPLACE",
            "TCA_ACT_UNBIND",
            "TCA_OLD_COMPAT",
            "TCF_EM_VLAN",
            "TC_MQPRIO_F_MAX_RATE",
            "TC_MQPRIO_F_MIN_RATE",
            "TC_MQPRIO_F_MODE",
            "TC_MQPRIO_F_SHAPER",
            "TC_U32_MAXDEPTH",
            "TC_U32_ROOT",
        ],
        "the kernel uses it within, or nobody does; no kernel has the match about VLANs",
    ),
    (
        &[
            "TCF_EM_ALIGN_U16",
            "TCF_EM_ALIGN_U32",
            "TCF_EM_ALIGN_U8",
            "TCF_EM_CMP_TRANS",
            "TCF_LAYER_LINK",
            "TCF_LAYER_NETWORK",
            "TCF_LAYER_TRANSPORT",
        ],
        "halves of a byte, declared as one number",
    ),
    (
        &["TCF_META_TYPE_INT", "TCF_META_TYPE_VAR"],
        "the types of `EmatchMetaValue::kind`, which `number` and `bytes` put there",
    ),
    (
        &[
            "TC_H_MIN_PRIORITY",
            "TC_MQPRIO_HW_OFFLOAD_NONE",
            "TC_MQPRIO_HW_OFFLOAD_TCS",
            "TC_PRIO_BESTEFFORT",
            "TC_PRIO_BULK",
            "TC_PRIO_CONTROL",
            "TC_PRIO_FILLER",
            "TC_PRIO_INTERACTIVE",
            "TC_PRIO_INTERACTIVE_BULK",
        ],
        "priorities of packets, bands and queues, which are numbers",
    ),
    (&["IFE_DECODE", "TCF_EM_PROG_TC", "TCF_EM_REL_END"], "0, which is no bit"),
    (
        &[
            "NETEM_DIST_SCALE",
            "SFB_MAX_PROB",
            "TCA_ACT_MAX_PRIO",
            "TCA_FLOWER_MASK_FLAGS_RANGE",
            "TCF_EM_REL_MASK",
            "TCF_META_ID_MASK",
            "TCF_META_TYPE_MASK",
            "TCQ_ETS_MAX_BANDS",
            "TCQ_MIN_PRIO_BANDS",
            "TCQ_PRIO_BANDS",
            "TC_ACT_EXT_VAL_MASK",
            "TC_CAKE_MAX_TINS",
            "TC_COOKIE_MAX_SIZE",
            "TC_EM_TEXT_ALGOSIZ",
            "TC_HTB_MAXDEPTH",
            "TC_HTB_NUMPRIO",
            "TC_HTB_PROTOVER",
            "TC_H_MAJ_MASK",
            "TC_H_MIN_MASK",
            "TC_LINKLAYER_MASK",
            "TC_QOPT_BITMASK",
            "TC_QOPT_MAX_QUEUE",
            "TC_RED_HISTORIC_FLAGS",
            "TC_RTAB_SIZE",
        ],
        "limits, sizes, masks and versions",
    ),
    (
        &[
            "struct tc_act_bpf",
            "struct tc_ct",
            "struct tc_ctinfo",
            "struct tc_defact",
            "struct tc_gact",
            "struct tc_gate",
            "struct tc_sample",
            "struct tc_skbedit",
        ],
        "nothing but `tc_gen`, declared as `General`",
    ),
    (
        &["struct tc_choke_qopt", "struct tc_estimator"],
        "laid out as one that is declared: `tc_red_qopt`, `gnet_estimator`",
    ),
    (&["struct tc_cnt"], "counts of references, which actions have in `tc_gen`; nobody uses it"),
    (&["struct tc_fq_codel_cl_stats"], "declared with the size of the union that it stands in"),
];

#[test]
fn nothing_of_the_headers_of_traffic_control_is_left_out_by_accident() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .numbers(Route::SCHEMA)
        .set(qdisc::Qdisc::SCHEMA)
        .set(class::Class::SCHEMA)
        .set(filter::Filter::SCHEMA)
        .set(chain::Chain::SCHEMA)
        .set(action::Actions::SCHEMA)
        .enumeration(EmatchMetaId::SCHEMA)
        .assert_nothing_left_out(&headers, PREFIXES, LEFT_OUT);
}

/// What the other comparisons do not reach: constants, bits that are declared by number, kinds of matches.
#[test]
fn constants_of_traffic_control_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    let handle = |handle: Handle| i128::from(handle.0);
    let verdict = |verdict: Verdict| i128::from(i32::from(verdict));
    let mut constants: Vec<(String, i128)> = [
        ("TC_H_UNSPEC", handle(Handle::UNSPEC)),
        ("TC_H_ROOT", handle(Handle::ROOT)),
        ("TC_H_INGRESS", handle(Handle::INGRESS)),
        ("TC_H_CLSACT", handle(Handle::INGRESS)),
        ("TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)", handle(Handle::CLSACT_INGRESS)),
        ("TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS)", handle(Handle::CLSACT_EGRESS)),
        ("(int)TCM_IFINDEX_MAGIC_BLOCK", TcHeader::BLOCK.into()),
        ("TC_ACT_JUMP | 7", verdict(Verdict::jump(7))),
        ("TC_ACT_GOTO_CHAIN | 7", verdict(Verdict::goto_chain(7))),
        ("TC_ACT_JUMP | TC_ACT_EXT_VAL_MASK", verdict(Verdict::jump(u32::MAX))),
        ("TCF_META_TYPE_INT << 12", filter::EmatchMetaValue::number(EmatchMetaId::Value).kind.into()),
        ("TCF_META_TYPE_VAR << 12", filter::EmatchMetaValue::bytes(EmatchMetaId::Value).kind.into()),
    ]
    .map(|(name, number)| (name.to_owned(), number))
    .into();
    for (name, key) in FlowKeys::all().iter_names() {
        constants.push((format!("1 << FLOW_KEY_{name}"), key.bits().into()));
    }
    for variant in EmatchData::SCHEMA.variants {
        if let Some(Some(Key::Int(number))) = variant.keys.first().map(|key| key()) {
            constants.push((format!("TCF_EM_{}", variant.name.to_uppercase()), number.into()));
        }
    }
    let constants: Vec<(&str, i128)> = constants.iter().map(|(name, number)| (&**name, *number)).collect();
    let keys = constants.iter().filter(|(name, _)| name.contains("FLOW_KEY_")).count();
    assert_eq!((keys, constants.len()), (18, 12 + 18 + 9));
    assert_constants(
        &headers,
        &["linux/pkt_cls.h", "linux/pkt_sched.h", "linux/rtnetlink.h", "linux/tc_ematch/tc_em_meta.h"],
        &constants,
    );
}
