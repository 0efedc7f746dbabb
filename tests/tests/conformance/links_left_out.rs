//! What the headers of links have and no declaration.

use netlink_core::{NlEnum, NlFamily, NlStruct};
use netlink_tests::{
    conformance::HeaderCheck,
    headers::{self, assert_constants},
};
use protocols::route::{
    Route,
    link::{Icmp6Counter, Ipv4Conf, Ipv6Conf, Ipv6Counter, TunnelDf, VfSetting},
};

/// In which headers the names with which prefixes must be declared.
const PREFIXES: &[(&str, &[&str])] = &[
    ("linux/amt.h", &["IFLA_", "AMT_"]),
    ("linux/batman_adv.h", &["IFLA_"]),
    ("linux/can/netlink.h", &["IFLA_", "CAN_", "struct "]),
    ("linux/can/vxcan.h", &["VXCAN_"]),
    ("linux/cfm_bridge.h", &["BR_CFM_"]),
    ("linux/if.h", &["IFF_", "IF_OPER_", "IF_LINK_MODE_"]),
    ("linux/if_bonding.h", &["BOND_MODE_", "BOND_XMIT_", "BOND_STATE_", "BOND_LINK_", "AD_"]),
    ("linux/if_bridge.h", &["IFLA_", "BR_BOOLOPT_", "BRIDGE_", "MDB_RTR_", "struct "]),
    (
        "linux/if_link.h",
        &[
            "IFLA_", "BRIDGE_", "GENEVE_", "GTP_", "HSR_", "IN6_", "IPOIB_", "IPVLAN_", "MACSEC_", "MACVLAN_",
            "NETKIT_", "PORT_", "RMNET_", "VXLAN_", "XDP_", "struct ",
        ],
    ),
    ("linux/if_tunnel.h", &["IFLA_", "GRE_", "TUNNEL_ENCAP_"]),
    ("linux/if_vlan.h", &["VLAN_FLAG_"]),
    ("linux/ip.h", &["IPV4_DEVCONF_"]),
    ("linux/ipv6.h", &["DEVCONF_"]),
    ("linux/mrp_bridge.h", &["BR_MRP_"]),
    ("linux/rtnetlink.h", &["RTEXT_", "struct ifinfomsg"]),
    ("linux/snmp.h", &["IPSTATS_MIB_", "ICMP6_MIB_"]),
    ("linux/veth.h", &["VETH_"]),
    ("linux/wwan.h", &["IFLA_"]),
];

/// What a header has and no declaration, on purpose, and why.
const LEFT_OUT: &[(&[&str], &str)] = &[
    (
        &[
            "BRIDGE_QUERIER_PAD",
            "BRIDGE_VLANDB_GOPTS_PAD",
            "BRIDGE_VLANDB_STATS_PAD",
            "BRIDGE_XSTATS_PAD",
            "IFLA_BRPORT_PAD",
            "IFLA_BR_PAD",
            "IFLA_MACSEC_PAD",
            "IFLA_PAD",
            "IFLA_VF_STATS_PAD",
        ],
        "padding, declared as such",
    ),
    (&["IFLA_COST", "IFLA_PRIORITY", "BRIDGE_MODE_HAIRPIN"], "the kernel neither sends nor reads it"),
    (&["IFLA_DSA_MASTER", "IFLA_IF_NETNSID"], "another name of one that is declared"),
    (
        &["GENEVE_DF_INHERIT", "GENEVE_DF_SET", "GENEVE_DF_UNSET"],
        "the same numbers as VXLAN_DF_*, compared by name below",
    ),
    (
        &["struct ifla_vf_rss_query_en", "struct ifla_vf_trust"],
        "the same members as `struct ifla_vf_spoofchk`, compared below",
    ),
    (
        &[
            "BR_BOOLOPT_FDB_LOCAL_VLAN_0",
            "BR_BOOLOPT_MCAST_VLAN_SNOOPING",
            "BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION",
            "BR_BOOLOPT_MST_ENABLE",
            "BR_BOOLOPT_NO_LL_LEARN",
            "CAN_CTRLMODE_3_SAMPLES",
            "CAN_CTRLMODE_BERR_REPORTING",
            "CAN_CTRLMODE_CC_LEN8_DLC",
            "CAN_CTRLMODE_FD",
            "CAN_CTRLMODE_FD_NON_ISO",
            "CAN_CTRLMODE_LISTENONLY",
            "CAN_CTRLMODE_LOOPBACK",
            "CAN_CTRLMODE_ONE_SHOT",
            "CAN_CTRLMODE_PRESUME_ACK",
            "CAN_CTRLMODE_RESTRICTED",
            "CAN_CTRLMODE_TDC_AUTO",
            "CAN_CTRLMODE_TDC_MANUAL",
            "CAN_CTRLMODE_XL",
            "CAN_CTRLMODE_XL_TDC_AUTO",
            "CAN_CTRLMODE_XL_TDC_MANUAL",
            "CAN_CTRLMODE_XL_TMS",
            "GRE_CSUM",
            "GRE_KEY",
            "GRE_ROUTING",
            "GRE_SEQ",
            "GRE_STRICT",
        ],
        "bits, compared by name where links are compared with the headers",
    ),
    (
        &[
            "GRE_ACK",
            "GRE_FLAGS",
            "GRE_PPTP_KEY_MASK",
            "GRE_PROTO_PPP",
            "GRE_REC",
            "GRE_VERSION",
            "GRE_VERSION_0",
            "GRE_VERSION_1",
        ],
        "of the header of packets; no link is told of it",
    ),
    (
        &[
            "BR_CFM_OPCODE_CCM",
            "BR_MRP_SUB_TLV_HEADER_TEST_AUTO_MGR",
            "BR_MRP_SUB_TLV_HEADER_TEST_MGR_NACK",
            "BR_MRP_SUB_TLV_HEADER_TEST_PROPAGATE",
            "BR_MRP_TLV_HEADER_COMMON",
            "BR_MRP_TLV_HEADER_END",
            "BR_MRP_TLV_HEADER_IN_LINK_DOWN",
            "BR_MRP_TLV_HEADER_IN_LINK_STATUS",
            "BR_MRP_TLV_HEADER_IN_LINK_UP",
            "BR_MRP_TLV_HEADER_IN_TEST",
            "BR_MRP_TLV_HEADER_IN_TOPO",
            "BR_MRP_TLV_HEADER_OPTION",
            "BR_MRP_TLV_HEADER_RING_LINK_DOWN",
            "BR_MRP_TLV_HEADER_RING_LINK_UP",
            "BR_MRP_TLV_HEADER_RING_TEST",
            "BR_MRP_TLV_HEADER_RING_TOPO",
        ],
        "of packets between bridges",
    ),
    (&["NETKIT_NEXT", "NETKIT_REDIRECT"], "what programs of netkit return; a policy is neither"),
    (&["struct __bridge_info", "struct __fdb_entry", "struct __port_info"], "of ioctl"),
    (
        &[
            "struct br_mrp_in_role",
            "struct br_mrp_in_state",
            "struct br_mrp_instance",
            "struct br_mrp_ring_role",
            "struct br_mrp_ring_state",
            "struct br_mrp_start_in_test",
            "struct br_mrp_start_test",
        ],
        "no message has it: attributes say the same",
    ),
    (
        &["CAN_TERMINATION_DISABLED", "IFF_VOLATILE", "PORT_SELF_VF", "XDP_FLAGS_MASK", "XDP_FLAGS_MODES"],
        "special values, and sums of others",
    ),
];

#[test]
fn nothing_of_the_headers_of_links_is_left_out_by_accident() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(Route::SCHEMA)
        .enumeration(Ipv4Conf::SCHEMA)
        .enumeration(Ipv6Conf::SCHEMA)
        .enumeration(Ipv6Counter::SCHEMA)
        .enumeration(Icmp6Counter::SCHEMA)
        .assert_nothing_left_out(&headers, PREFIXES, LEFT_OUT);
}

#[test]
fn what_is_declared_under_another_name_is_the_same() {
    let Some(headers) = headers::find() else { return };
    let mut declared = vec![
        ("GENEVE_DF_UNSET", i128::from(u8::from(TunnelDf::Unset))),
        ("GENEVE_DF_SET", i128::from(u8::from(TunnelDf::Set))),
        ("GENEVE_DF_INHERIT", i128::from(u8::from(TunnelDf::Inherit))),
    ];
    for expression in [
        "sizeof(struct ifla_vf_trust)",
        "sizeof(struct ifla_vf_rss_query_en)",
        "2 * __builtin_offsetof(struct ifla_vf_trust, setting)",
        "2 * __builtin_offsetof(struct ifla_vf_rss_query_en, setting)",
    ] {
        declared.push((expression, VfSetting::SCHEMA.size as i128));
    }
    assert_constants(&headers, &["linux/if_link.h"], &declared);
}
