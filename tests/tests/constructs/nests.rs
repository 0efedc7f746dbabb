//! Sets within sets, and the numbers of their attributes.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlMessage, NlStruct,
    wire::{Text, UnknownAttrs},
};

use crate::{again, both, refused, unsendable, wire};

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Inner {
    #[nl_attr(1)]
    value: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Outer {
    #[nl_attr(1)]
    nest: Option<Inner>,
    #[nl_attr(2, plain)]
    plain: Option<Inner>,
    #[nl_attr(3, multi, plain)]
    plains: Vec<Inner>,
    #[nl_attr(4, plain)]
    boxed: Option<Box<Inner>>,
}

#[test]
fn c08_a_nest_says_that_it_is_one_unless_it_is_plain_and_is_read_either_way() {
    // After `nla_nest_start` and `nla_nest_start_noflag` (include/net/netlink.h).
    let bytes = wire(
        "0c 00 01 80 08 00 01 00 07 00 00 00  0c 00 02 00 08 00 01 00 08 00 00 00
         04 00 03 00  0c 00 03 00 08 00 01 00 09 00 00 00  0c 00 04 00 08 00 01 00 0a 00 00 00",
    );
    let inner = |value| Inner { value: Some(value) };
    let outer = Outer {
        nest: Some(inner(7)),
        plain: Some(inner(8)),
        plains: vec![Inner::default(), inner(9)],
        boxed: Some(Box::new(inner(10))),
    };
    both(&bytes, &outer);

    let mut otherwise = bytes.clone();
    for kind in [3, 15, 27, 31, 43] {
        otherwise[kind] ^= 0x80;
    }
    assert_eq!(Outer::decode(&otherwise).unwrap(), outer);
    let cut = wire("0a 00 02 00 08 00 01 00 08 00 00 00");
    let error = "`Outer.plain`: an attribute claims 8 bytes where 6 are left (at byte 4)";
    assert_eq!(refused::<Outer>(&cut), error);
}

#[test]
fn a_damaged_nest_does_not_take_away_what_was_read_before_it() {
    // A nest is decoded in its field, one in a box beside it.
    let whole = wire("0c 00 01 80 08 00 01 00 07 00 00 00  0c 00 04 00 08 00 01 00 09 00 00 00");
    for damaged in ["0a 00 01 80 06 00 01 00 08 00 00 00", "0a 00 04 00 06 00 01 00 08 00 00 00"] {
        let damaged = wire(damaged);
        let mut outer = Outer::decode(&whole).unwrap();
        let before = outer.clone();
        assert!(outer.merge(&damaged).unwrap_err().to_string().contains(".value`"), "{damaged:?}");
        assert_eq!(outer, before);
    }
}

/// `struct bridge_vlan_info` (linux/if_bridge.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct VlanInfo {
    flags: u16,
    vid: u16,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Repeated<'a> {
    #[nl_attr(0x35, multi)]
    alt_names: Vec<Text<'a>>,
    #[nl_attr(3, multi)]
    min_rates: Vec<u64>,
    #[nl_attr(2, multi)]
    vlans: Vec<VlanInfo>,
    #[nl_attr(4, multi, be, range = 1..)]
    ports: Vec<u16>,
    #[nl_attr(5, multi)]
    nests: Vec<Inner>,
    #[nl_attr(6, multi, len = ..=3)]
    blobs: Vec<Cow<'a, [u8]>>,
}

#[test]
fn c09_an_attribute_repeats() {
    // IFLA_PROP_LIST of the kernel, about a link with the alternative names `uplink` and `wan`.
    let bytes = wire("0b 00 35 00 'uplink' 00 00  08 00 35 00 'wan' 00");
    both(&bytes, &Repeated { alt_names: vec!["uplink".into(), "wan".into()], ..Repeated::default() });
    // TCA_MQPRIO_MIN_RATE64, as `tc qdisc add ... mqprio ... min_rate 1kbit 2kbit` sends it, without the zeros.
    let bytes = wire("0c 00 03 00 7d 00 00 00 00 00 00 00  0c 00 03 00 fa 00 00 00 00 00 00 00");
    both(&bytes, &Repeated { min_rates: vec![125, 250], ..Repeated::default() });
    // IFLA_BRIDGE_VLAN_INFO of a range, after `br_fill_ifvlaninfo_range` (net/bridge/br_netlink.c).
    let bytes = wire("08 00 02 00 08 00 0a 00  08 00 02 00 10 00 14 00");
    let vlans = vec![VlanInfo { flags: 8, vid: 10 }, VlanInfo { flags: 16, vid: 20 }];
    both(&bytes, &Repeated { vlans, ..Repeated::default() });
    let bytes = wire(
        "06 00 04 00 00 50 00 00  06 00 04 00 01 bb 00 00  04 00 05 80  0c 00 05 80 08 00 01 00 07 00 00 00
         04 00 06 00  05 00 06 00 ff 00 00 00",
    );
    let repeated = Repeated {
        ports: vec![80, 443],
        nests: vec![Inner::default(), Inner { value: Some(7) }],
        blobs: vec![Cow::default(), [0xff][..].into()],
        ..Repeated::default()
    };
    both(&bytes, &repeated);

    // What repeats may have others in between; a field of its own keeps the last, as the kernel does.
    let mixed = wire("06 00 04 00 00 50 00 00  04 00 05 80  06 00 04 00 01 bb 00 00");
    assert_eq!(Repeated::decode(&mixed).unwrap().ports, [80, 443]);
    let twice = wire("08 00 01 00 01 00 00 00  08 00 01 00 02 00 00 00");
    assert_eq!(Inner::decode(&twice).unwrap().value, Some(2));
    let broken = wire("06 00 04 00 00 50 00 00  05 00 04 00 01 00 00 00");
    assert_eq!(refused::<Repeated<'_>>(&broken), "`Repeated.ports[1]`: 1 bytes where 2 are expected (at byte 12)");
    let nul = Repeated { alt_names: vec!["a".into(), "b\0".into()], ..Repeated::default() };
    assert_eq!(unsendable(&nul), "`Repeated.alt_names[1]`: text with a NUL byte inside would end there");
    let zero = Repeated { ports: vec![80, 0], ..Repeated::default() };
    assert_eq!(unsendable(&zero), "`Repeated.ports`: 0 is out of range (1..)");
    let long = Repeated { blobs: vec![vec![0; 4].into()], ..Repeated::default() };
    assert_eq!(unsendable(&long), "`Repeated.blobs`: 4 where at most 3 fit");
}

const TCA_STATS_PAD: u16 = 6;

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(pad = TCA_STATS_PAD)]
struct Stats<'a> {
    #[nl_attr(8)]
    packets: Option<u64>,
    #[nl_attr(9)]
    drops: Option<u64>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn c13_an_attribute_that_only_fills_up_is_skipped() {
    // After `nla_put_u64_64bit` (lib/nlattr.c), on machines that want 64-bit numbers at multiples of 8 bytes.
    let padded =
        wire("04 00 06 00  0c 00 08 00 2a 00 00 00 00 00 00 00  04 00 06 00  0c 00 09 00 01 00 00 00 00 00 00 00");
    let stats = Stats { packets: Some(42), drops: Some(1), ..Stats::default() };
    assert_eq!(Stats::decode(&padded).unwrap(), stats);
    // The kernel ignores it where it reads, so it is not sent.
    let bytes = wire("0c 00 08 00 2a 00 00 00 00 00 00 00  0c 00 09 00 01 00 00 00 00 00 00 00");
    both(&bytes, &stats);
}

/// IFLA_AF_SPEC of bridges: the first number is 0, and the field of number 3 is not declared.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct BridgeSpec<'a> {
    #[nl_attr(0)]
    flags: Option<u16>,
    #[nl_attr(1)]
    mode: Option<u16>,
    #[nl_attr(2, multi)]
    vlans: Vec<VlanInfo>,
    #[nl_attr(0x3fff)]
    last: bool,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn c14_numbers_start_at_zero_and_leave_gaps() {
    // IFLA_BRIDGE_FLAGS and IFLA_BRIDGE_MODE after `ndo_dflt_bridge_getlink` (net/core/rtnetlink.c); 3 is a nest.
    let bytes =
        wire("06 00 00 00 02 00 00 00  06 00 01 00 01 00 00 00  08 00 02 00 06 00 0a 00  04 00 ff 3f  04 00 03 80");
    let mut unknown = UnknownAttrs::default();
    unknown.push(0x8003, &[][..]);
    let vlans = vec![VlanInfo { flags: 6, vid: 10 }];
    both(&bytes, &BridgeSpec { flags: Some(2), mode: Some(1), vlans, last: true, unknown });
}

/// IFLA_INFO_DATA of the links `ipip` and `sit` (linux/if_tunnel.h).
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Tunnel<'a> {
    #[nl_attr(9)]
    proto: Option<u8>,
    #[nl_attr(2)]
    local: Option<Ipv4Addr>,
    #[nl_attr(3)]
    remote: Option<Ipv4Addr>,
    #[nl_attr(10)]
    pmtudisc: Option<u8>,
    #[nl_attr(5)]
    tos: Option<u8>,
    #[nl_attr(4)]
    ttl: Option<u8>,
    #[nl_attr(6)]
    encap_limit: Option<u8>,
    #[nl_attr(7, be)]
    flow_info: Option<u32>,
    #[nl_attr(8, be)]
    flags: Option<u16>,
    #[nl_attr(1)]
    link: Option<u32>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

/// As [`Tunnel`], of `ip6tnl`: the same numbers, other types.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(subset_of = Tunnel<'static>)]
struct Tunnel6 {
    proto: Option<u8>,
    local: Option<Ipv6Addr>,
    remote: Option<Ipv6Addr>,
    ttl: Option<u8>,
    encap_limit: Option<u8>,
    #[nl_attr(be)]
    flow_info: Option<u32>,
    flags: Option<u32>,
    #[nl_attr(range = 1..)]
    link: Option<u32>,
}

#[test]
fn c16_a_subset_inherits_the_numbers_and_refines_the_types() {
    // `ip link add t4 type ipip remote 10.0.0.9 local 10.0.0.1 ttl 64` sends this, and more.
    let bytes = wire(
        "05 00 09 00 00 00 00 00  08 00 02 00 0a 00 00 01  08 00 03 00 0a 00 00 09  05 00 0a 00 01 00 00 00
         05 00 05 00 00 00 00 00  05 00 04 00 40 00 00 00  08 00 01 00 00 00 00 00
         08 00 14 00 00 00 00 00  06 00 0f 00 00 00 00 00",
    );
    again::<Tunnel<'_>>(&bytes);
    let tunnel = Tunnel::decode(&bytes).unwrap();
    assert_eq!((tunnel.remote, tunnel.ttl), (Some(Ipv4Addr::new(10, 0, 0, 9)), Some(64)));
    // `ip link add t6 type ip6tnl remote fd00::9 local fd00::1` sends this, and more.
    let bytes = wire(
        "05 00 09 00 00 00 00 00  14 00 02 00 fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01
         14 00 03 00 fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 09  05 00 04 00 40 00 00 00  05 00 06 00 04 00 00 00
         08 00 07 00 00 00 00 00  08 00 08 00 00 00 00 00  08 00 01 00 02 00 00 00",
    );
    let tunnel = Tunnel6 {
        proto: Some(0),
        local: Some("fd00::1".parse().unwrap()),
        remote: Some("fd00::9".parse().unwrap()),
        ttl: Some(64),
        encap_limit: Some(4),
        flow_info: Some(0),
        flags: Some(0),
        link: Some(2),
    };
    both(&bytes, &tunnel);

    let narrow = wire("06 00 08 00 00 00 00 00");
    assert_eq!(refused::<Tunnel6>(&narrow), "`Tunnel6.flags`: 2 bytes where 4 are expected (at byte 4)");
    let none = Tunnel6 { link: Some(0), ..Tunnel6::default() };
    assert_eq!(unsendable(&none), "`Tunnel6.link`: 0 is out of range (1..)");
}
