//! Links against `rt-link.yaml`, and against the headers.

use netlink_core::{NlEnum, NlFamily, NlMessage};
use netlink_tests::{
    conformance::{Comparison, HeaderCheck, Spec},
    headers::{self, assert_constants},
};
use protocols::route::{
    Route,
    link::{
        AfSpecs, BridgeOption, BridgePort, CanMode, GreFlags, Icmp6Counter, Inet6, Ipv4Conf, Ipv6Conf, Ipv6Counter,
    },
};

#[test]
fn links_are_as_specified() {
    let Some(spec) = Spec::find("rt-link") else { return };
    let mut comparison = Comparison::new(&spec);
    comparison.part_of(Route::SCHEMA);
    // What the specification has as bytes, or does not tie to what uses it.
    comparison
        .set(AfSpecs::SCHEMA, "af-spec-attrs")
        .set(Inet6::SCHEMA, "ifla6-attrs")
        .set(BridgePort::SCHEMA, "linkinfo-brport-attrs")
        .enumeration(Ipv4Conf::SCHEMA, "ipv4-devconf")
        .enumeration(Ipv6Conf::SCHEMA, "ipv6-devconf")
        .enumeration(Ipv6Counter::SCHEMA, "ifla-inet6-stats")
        .enumeration(Icmp6Counter::SCHEMA, "ifla-icmp6-stats");
    comparison.report().assert_complete();
}

#[test]
fn links_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .set(protocols::route::link::Link::SCHEMA)
        .enumeration(Ipv4Conf::SCHEMA)
        .enumeration(Ipv6Conf::SCHEMA)
        .enumeration(Ipv6Counter::SCHEMA)
        .enumeration(Icmp6Counter::SCHEMA)
        .assert(&headers, HEADERS);
}

const HEADERS: &[&str] = &[
    "sys/socket.h",
    "linux/amt.h",
    "linux/batman_adv.h",
    "linux/can/netlink.h",
    "linux/can/vxcan.h",
    "linux/cfm_bridge.h",
    "linux/devlink.h",
    "linux/dpll.h",
    "linux/if.h",
    "linux/if_bonding.h",
    "linux/if_bridge.h",
    "linux/if_ether.h",
    "linux/if_link.h",
    "linux/if_macsec.h",
    "linux/if_tun.h",
    "linux/if_tunnel.h",
    "linux/if_vlan.h",
    "linux/ip.h",
    "linux/ipv6.h",
    "linux/mroute.h",
    "linux/mrp_bridge.h",
    "linux/rtnetlink.h",
    "linux/snmp.h",
    "linux/veth.h",
    "linux/wwan.h",
];

/// Bits that the headers have in another form: as numbers of bits, in network byte order, or with a name that Rust does
/// not take.
#[test]
fn bits_without_a_name_in_rust_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    let gre = |flags: GreFlags| i128::from(flags.bits().to_be());
    let option = |flags: BridgeOption| i128::from(flags.bits());
    let can = |flags: CanMode| i128::from(flags.bits());
    assert_constants(
        &headers,
        HEADERS,
        &[
            ("GRE_CSUM", gre(GreFlags::CSUM)),
            ("GRE_ROUTING", gre(GreFlags::ROUTING)),
            ("GRE_KEY", gre(GreFlags::KEY)),
            ("GRE_SEQ", gre(GreFlags::SEQ)),
            ("GRE_STRICT", gre(GreFlags::STRICT)),
            ("1 << BR_BOOLOPT_NO_LL_LEARN", option(BridgeOption::NO_LL_LEARN)),
            ("1 << BR_BOOLOPT_MCAST_VLAN_SNOOPING", option(BridgeOption::MCAST_VLAN_SNOOPING)),
            ("1 << BR_BOOLOPT_MST_ENABLE", option(BridgeOption::MST_ENABLE)),
            ("1 << BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION", option(BridgeOption::MDB_OFFLOAD_FAIL_NOTIFICATION)),
            ("1 << BR_BOOLOPT_FDB_LOCAL_VLAN_0", option(BridgeOption::FDB_LOCAL_VLAN_0)),
            ("CAN_CTRLMODE_LOOPBACK", can(CanMode::LOOPBACK)),
            ("CAN_CTRLMODE_LISTENONLY", can(CanMode::LISTENONLY)),
            ("CAN_CTRLMODE_3_SAMPLES", can(CanMode::TRIPLE_SAMPLING)),
            ("CAN_CTRLMODE_ONE_SHOT", can(CanMode::ONE_SHOT)),
            ("CAN_CTRLMODE_BERR_REPORTING", can(CanMode::BERR_REPORTING)),
            ("CAN_CTRLMODE_FD", can(CanMode::FD)),
            ("CAN_CTRLMODE_PRESUME_ACK", can(CanMode::PRESUME_ACK)),
            ("CAN_CTRLMODE_FD_NON_ISO", can(CanMode::FD_NON_ISO)),
            ("CAN_CTRLMODE_CC_LEN8_DLC", can(CanMode::CC_LEN8_DLC)),
            ("CAN_CTRLMODE_TDC_AUTO", can(CanMode::TDC_AUTO)),
            ("CAN_CTRLMODE_TDC_MANUAL", can(CanMode::TDC_MANUAL)),
            ("CAN_CTRLMODE_RESTRICTED", can(CanMode::RESTRICTED)),
            ("CAN_CTRLMODE_XL", can(CanMode::XL)),
            ("CAN_CTRLMODE_XL_TDC_AUTO", can(CanMode::XL_TDC_AUTO)),
            ("CAN_CTRLMODE_XL_TDC_MANUAL", can(CanMode::XL_TDC_MANUAL)),
            ("CAN_CTRLMODE_XL_TMS", can(CanMode::XL_TMS)),
        ],
    );
}
