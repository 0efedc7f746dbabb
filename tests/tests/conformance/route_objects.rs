//! Addresses, routes, neighbours, rules and what belongs to them, against the specifications and the headers.

use netlink_core::{
    NlEnum, NlFamily, NlMessage, NlStruct,
    schema::{Family, Operation},
};
use netlink_tests::{
    conformance::{Comparison, HeaderCheck, Spec},
    headers::{self, assert_constants},
};
use protocols::route::{
    Route,
    ip::AddressFamily,
    link, neighbour, netconf,
    nexthop::NextHopOpFlags,
    notify, nsid,
    routes::{Seg6Flavor, Table},
    stats,
};

fn assert_complete(name: &str) {
    let Some(spec) = Spec::find(name) else { return };
    let mut comparison = Comparison::new(&spec);
    // Gateways of CAN are routes with a header and attributes of their own, of which no specification has anything.
    comparison.part_of(&part_where(|operation| !operation.name.contains("can_job")));
    if name == "rt-rule" {
        // Nothing of the specification uses it.
        comparison.structure(nsid::GenericHeader::SCHEMA, "rtgenmsg");
    }
    comparison.report().assert_complete();
}

#[test]
fn addresses_are_as_specified() {
    assert_complete("rt-addr");
}

#[test]
fn routes_are_as_specified() {
    assert_complete("rt-route");
}

#[test]
fn neighbours_are_as_specified() {
    assert_complete("rt-neigh");
}

#[test]
fn rules_are_as_specified() {
    assert_complete("rt-rule");
}

/// What these declarations are made after.
const HEADERS: [&str; 25] = [
    "linux/can.h",
    "linux/can/gw.h",
    "linux/dcbnl.h",
    "linux/fib_rules.h",
    "linux/icmpv6.h",
    "linux/if_addr.h",
    "linux/if_addrlabel.h",
    "linux/if_bonding.h",
    "linux/if_bridge.h",
    "linux/if_link.h",
    "linux/ila.h",
    "linux/in.h",
    "linux/ioam6.h",
    "linux/ioam6_iptunnel.h",
    "linux/lwtunnel.h",
    "linux/mpls.h",
    "linux/mpls_iptunnel.h",
    "linux/mroute.h",
    "linux/neighbour.h",
    "linux/net_namespace.h",
    "linux/netconf.h",
    "linux/nexthop.h",
    "linux/rpl.h",
    "linux/rtnetlink.h",
    "linux/seg6_local.h",
];

/// `RTM_*` of these declarations: neither links (16 to 19, 108 to 110) nor traffic control (36 to 51, 100 to 102).
fn is_ours(operation: &&Operation) -> bool {
    let number = operation.request_id.max(operation.reply_id);
    !matches!(number, 16..=19 | 36..=51 | 100..=102 | 108..=110)
}

fn part_where(wanted: fn(&&Operation) -> bool) -> Family {
    let operations: Vec<Operation> = Route::SCHEMA.operations.iter().filter(wanted).copied().collect();
    Family { operations: operations.leak(), ..*Route::SCHEMA }
}

#[test]
fn they_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(&part_where(is_ours))
        .set(notify::NdUserOptionAttrs::SCHEMA)
        .member("nduseroptmsg", "rest", "")
        .member("ioam6_trace_hdr", "nodelen", "")
        .member("ioam6_trace_hdr", "remlen", "")
        .member("ipv6_rpl_sr_hdr", "compression", "")
        .assert(&headers, &[&HEADERS[..], &["linux/rpl_iptunnel.h", "linux/seg6_iptunnel.h"]].concat());
    let number = |family: AddressFamily| i128::from(u8::from(family));
    assert_constants(
        &headers,
        &HEADERS,
        &[
            ("RTNL_FAMILY_IPMR", number(AddressFamily::Ipmr)),
            ("RTNL_FAMILY_IP6MR", number(AddressFamily::Ip6mr)),
            ("RT_TABLE_UNSPEC", Table::UNSPEC.into()),
            ("RT_TABLE_COMPAT", Table::COMPAT.into()),
            ("RT_TABLE_DEFAULT", Table::DEFAULT.into()),
            ("RT_TABLE_MAIN", Table::MAIN.into()),
            ("RT_TABLE_LOCAL", Table::LOCAL.into()),
            ("NETCONFA_IFINDEX_ALL", netconf::Netconf::ALL.into()),
            ("NETCONFA_IFINDEX_DEFAULT", netconf::Netconf::DEFAULT.into()),
            ("NETNSA_NSID_NOT_ASSIGNED", nsid::NsId::NOT_ASSIGNED.into()),
            ("1 << (IFLA_STATS_LINK_64 - 1)", stats::StatsMask::LINK_64.bits().into()),
            ("1 << (IFLA_STATS_LINK_XSTATS - 1)", stats::StatsMask::LINK_XSTATS.bits().into()),
            ("1 << (IFLA_STATS_LINK_XSTATS_SLAVE - 1)", stats::StatsMask::LINK_XSTATS_SLAVE.bits().into()),
            ("1 << (IFLA_STATS_LINK_OFFLOAD_XSTATS - 1)", stats::StatsMask::LINK_OFFLOAD_XSTATS.bits().into()),
            ("1 << (IFLA_STATS_AF_SPEC - 1)", stats::StatsMask::AF_SPEC.bits().into()),
            ("1 << SEG6_LOCAL_FLV_OP_PSP", Seg6Flavor::PSP.bits().into()),
            ("1 << SEG6_LOCAL_FLV_OP_USP", Seg6Flavor::USP.bits().into()),
            ("1 << SEG6_LOCAL_FLV_OP_USD", Seg6Flavor::USD.bits().into()),
            ("1 << SEG6_LOCAL_FLV_OP_NEXT_CSID", Seg6Flavor::NEXT_CSID.bits().into()),
            ("FDB_NOTIFY_BIT", neighbour::FdbNotify::ACTIVITY.bits().into()),
            ("FDB_NOTIFY_INACTIVE_BIT", neighbour::FdbNotify::INACTIVE.bits().into()),
        ],
    );
}

/// The header has them as `BIT(n)`, which exported headers do not define.
#[test]
fn flags_of_next_hops_are_those_bits() {
    let Some(headers) = headers::find() else { return };
    let text = headers.text("linux/nexthop.h");
    let bit = |name: &str| {
        let line = text.lines().find(|line| line.split_whitespace().nth(1) == Some(name)).unwrap();
        line.split(['(', ')']).nth(1).unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(NextHopOpFlags::DUMP_STATS.bits(), 1 << bit("NHA_OP_FLAG_DUMP_STATS"));
    assert_eq!(NextHopOpFlags::DUMP_HW_STATS.bits(), 1 << bit("NHA_OP_FLAG_DUMP_HW_STATS"));
    assert_eq!(NextHopOpFlags::RESP_GRP_RESVD_0.bits(), 1 << bit("NHA_OP_FLAG_RESP_GRP_RESVD_0"));
}

/// What the C library and its kernel-side twin have, of which the exported headers have nothing.
#[test]
fn address_families_are_those_of_the_c_library() {
    use nix::libc;
    let families = [
        (AddressFamily::Unspec, libc::AF_UNSPEC),
        (AddressFamily::Inet, libc::AF_INET),
        (AddressFamily::Bridge, libc::AF_BRIDGE),
        (AddressFamily::Inet6, libc::AF_INET6),
        (AddressFamily::Packet, libc::AF_PACKET),
        (AddressFamily::Mpls, 28), // not in libc
        (AddressFamily::Can, libc::AF_CAN),
        (AddressFamily::Phonet, libc::AF_PHONET),
        (AddressFamily::Mctp, 45), // not in libc
    ];
    for (family, number) in families {
        assert_eq!(i32::from(u8::from(family)), number, "{family:?}");
    }
    let named = <AddressFamily as NlEnum>::SCHEMA.entries().count();
    assert_eq!(named, families.len() + 2, "RTNL_FAMILY_IPMR and RTNL_FAMILY_IP6MR are compared with the headers");
}

/// In which headers the names with which prefixes must be declared.
const PREFIXES: &[(&str, &[&str])] = &[
    ("linux/can/gw.h", &["CGW_"]),
    ("linux/dcbnl.h", &["DCB_", "IEEE_8021QAZ_APP_SEL_"]),
    ("linux/fib_rules.h", &["FRA_", "FR_ACT_", "FIB_RULE_"]),
    ("linux/icmpv6.h", &["ICMPV6_ROUTER_PREF_"]),
    ("linux/if_addr.h", &["IFA_", "IFAPROT_"]),
    ("linux/if_addrlabel.h", &["IFAL_"]),
    ("linux/if_bonding.h", &["BOND_XSTATS_", "BOND_3AD_STAT_"]),
    ("linux/if_bridge.h", &["BRIDGE_VLAN", "MDB", "BRIDGE_XSTATS_", "BRIDGE_QUERIER_", "BR_STATE_"]),
    ("linux/if_link.h", &["IFLA_STATS_", "LINK_XSTATS_", "IFLA_OFFLOAD_", "VNIFILTER_", "VXLAN_VNI", "TUNNEL_MSG_"]),
    ("linux/ila.h", &["ILA_ATTR_"]),
    ("linux/ioam6_iptunnel.h", &["IOAM6_"]),
    ("linux/lwtunnel.h", &["LWTUNNEL_", "LWT_"]),
    ("linux/mpls.h", &["MPLS_STATS_"]),
    ("linux/mpls_iptunnel.h", &["MPLS_IPTUNNEL_"]),
    ("linux/mroute.h", &["IPMRA_", "IGMPMSG_", "VIFF_"]),
    ("linux/neighbour.h", &["NDA_", "NTF_", "NUD_", "NDTPA_", "NDTA_", "NFEA_"]),
    ("linux/net_namespace.h", &["NETNSA_"]),
    ("linux/netconf.h", &["NETCONFA_"]),
    ("linux/nexthop.h", &["NHA_", "NEXTHOP_GRP_"]),
    ("linux/rpl_iptunnel.h", &["RPL_IPTUNNEL_"]),
    (
        "linux/rtnetlink.h",
        &[
            "RTM_",
            "RTN_",
            "RTPROT_",
            "RT_SCOPE_",
            "RT_TABLE_",
            "RTA_",
            "RTNH_",
            "RTAX_",
            "PREFIX_",
            "NDUSEROPT_",
            "RTNLGRP_",
        ],
    ),
    ("linux/seg6_iptunnel.h", &["SEG6_"]),
    ("linux/seg6_local.h", &["SEG6_"]),
];

/// What a header has and no declaration, on purpose, and why.
const LEFT_OUT: &[(&[&str], &str)] = &[
    (
        &[
            "BOND_3AD_STAT_PAD",
            "BRIDGE_QUERIER_PAD",
            "BRIDGE_VLANDB_GOPTS_PAD",
            "BRIDGE_VLANDB_STATS_PAD",
            "BRIDGE_XSTATS_PAD",
            "FRA_PAD",
            "ILA_ATTR_PAD",
            "IPMRA_VIFA_PAD",
            "LWTUNNEL_IP6_PAD",
            "LWTUNNEL_IP_PAD",
            "NDTA_PAD",
            "NDTPA_PAD",
            "NHA_RES_BUCKET_PAD",
            "NHA_RES_GROUP_PAD",
            "RTA_PAD",
            "SEG6_LOCAL_CNT_PAD",
            "VNIFILTER_ENTRY_STATS_PAD",
        ],
        "padding, declared as such",
    ),
    (
        &["FRA_UNUSED2", "FRA_UNUSED3", "FRA_UNUSED4", "FRA_UNUSED5", "RTA_MP_ALGO", "RTA_PROTOINFO", "RTA_SESSION"],
        "the kernel neither sends nor reads it",
    ),
    (
        &["CGW_MOD_DLC", "FIB_RULE_DEV_DETACHED", "FRA_IFNAME", "IFA_F_TEMPORARY"],
        "another name of one that is declared",
    ),
    (
        &["NETNSA_NSID_NOT_ASSIGNED", "NETCONFA_IFINDEX_ALL", "NETCONFA_IFINDEX_DEFAULT"],
        "constants, compared by name above",
    ),
    (&["RT_TABLE_COMPAT", "RT_TABLE_DEFAULT", "RT_TABLE_LOCAL", "RT_TABLE_MAIN"], "constants, compared by name above"),
    (
        &["NHA_OP_FLAG_DUMP_HW_STATS", "NHA_OP_FLAG_DUMP_STATS", "NHA_OP_FLAG_RESP_GRP_RESVD_0"],
        "flags without a prefix in common, compared by name above",
    ),
    (
        &["ILA_ATTR_DIR", "ILA_ATTR_IDENTIFIER", "ILA_ATTR_IFINDEX", "ILA_ATTR_LOCATOR_MATCH"],
        "of the generic family `ila`; routes do not have them",
    ),
    (
        &["SEG6_LOCAL_FLV_OP_NEXT_CSID", "SEG6_LOCAL_FLV_OP_PSP", "SEG6_LOCAL_FLV_OP_USD", "SEG6_LOCAL_FLV_OP_USP"],
        "numbers of bits in SEG6_LOCAL_FLV_OPERATION: Seg6Flavor, compared by name above",
    ),
    (
        &[
            "RTM_DELACTION",
            "RTM_DELCHAIN",
            "RTM_DELLINK",
            "RTM_DELLINKPROP",
            "RTM_DELQDISC",
            "RTM_DELTCLASS",
            "RTM_DELTFILTER",
            "RTM_GETACTION",
            "RTM_GETCHAIN",
            "RTM_GETLINK",
            "RTM_GETLINKPROP",
            "RTM_GETQDISC",
            "RTM_GETTCLASS",
            "RTM_GETTFILTER",
            "RTM_NEWACTION",
            "RTM_NEWCHAIN",
            "RTM_NEWLINK",
            "RTM_NEWLINKPROP",
            "RTM_NEWQDISC",
            "RTM_NEWTCLASS",
            "RTM_NEWTFILTER",
            "RTM_SETLINK",
        ],
        "of links and traffic control, which are compared elsewhere",
    ),
    (&["RTM_DELNEXTHOPBUCKET", "RTM_NEWNEIGHTBL"], "the kernel never takes it as a request; a reply where it sends it"),
    (
        &[
            "CGW_CS_CRC8_LEN",
            "CGW_CS_XOR_LEN",
            "CGW_FDMODATTR_LEN",
            "CGW_FRAME_MODS",
            "CGW_MODATTR_LEN",
            "CGW_MOD_FUNCS",
            "DCB_ATTR_VALUE_UNDEFINED",
            "IOAM6_IPTUNNEL_FREQ_MIN",
            "IOAM6_IPTUNNEL_MODE_MIN",
            "LWT_BPF_MAX_HEADROOM",
            "NETCONFA_ALL",
            "NETNSA_NONE",
            "NUD_NONE",
            "RTA_ALIGNTO",
            "RTM_BASE",
            "RTM_NR_FAMILIES",
            "RTM_NR_MSGTYPES",
            "RTNH_ALIGNTO",
            "RTNLGRP_NONE",
            "TUNNEL_MSG_VALID_USER_FLAGS",
        ],
        "limits, counts, nothing, and what only the kernel uses",
    ),
];

#[test]
fn nothing_of_the_headers_is_left_out_by_accident() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(&part_where(is_ours))
        .set(notify::NdUserOptionAttrs::SCHEMA)
        .set(link::Ipmr::SCHEMA)
        .assert_nothing_left_out(&headers, PREFIXES, LEFT_OUT);
}
