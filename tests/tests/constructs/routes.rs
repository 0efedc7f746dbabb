//! Routes and links: late selectors, records, and attributes that mean different things.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    IntoOwned, NlMessage, NlStruct, NlUnion,
    wire::{RawValue, UnknownAttrs},
};

use crate::{again, both, refused, unsendable, wire};

/// `struct rtmsg` (linux/rtnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct RouteHeader {
    family: u8,
    dst_len: u8,
    src_len: u8,
    tos: u8,
    table: u8,
    protocol: u8,
    scope: u8,
    kind: u8,
    flags: u32,
}

/// In the order in which `fib_dump_info` (net/ipv4/fib_semantics.c) writes.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Route<'a> {
    #[nl_attr(header)]
    header: RouteHeader,
    #[nl_attr(15)]
    table: Option<u32>,
    #[nl_attr(1)]
    dst: Option<Ipv4Addr>,
    #[nl_attr(9, records)]
    multipath: Vec<Hop<'a>>,
    #[nl_attr(5)]
    gateway: Option<Ipv4Addr>,
    #[nl_attr(4)]
    oif: Option<u32>,
    #[nl_attr(22, plain, select = encap_type)]
    encap: Option<Encap<'a>>,
    #[nl_attr(21)]
    encap_type: Option<u16>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Encap<'a> {
    #[nl(2)]
    Ip(IpEncap<'a>),
    #[nl(5)]
    Seg6(Seg6Encap),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct IpEncap<'a> {
    #[nl_attr(1, be)]
    id: Option<u64>,
    #[nl_attr(2)]
    dst: Option<Ipv4Addr>,
    #[nl_attr(3)]
    src: Option<Ipv4Addr>,
    #[nl_attr(5)]
    tos: Option<u8>,
    #[nl_attr(4)]
    ttl: Option<u8>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Seg6Encap {
    #[nl_attr(1)]
    srh: Option<SegmentRouting>,
}

/// `struct seg6_iptunnel_encap` and the `struct ipv6_sr_hdr` in it (linux/seg6_iptunnel.h, linux/seg6.h).
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct SegmentRouting {
    mode: i32,
    nexthdr: u8,
    hdrlen: u8,
    kind: u8,
    segments_left: u8,
    first_segment: u8,
    flags: u8,
    #[nl(be)]
    tag: u16,
    #[nl(rest, packed)]
    segments: Vec<Ipv6Addr>,
}

const UNICAST: RouteHeader =
    RouteHeader { family: 2, dst_len: 24, src_len: 0, tos: 0, table: 254, protocol: 3, scope: 0, kind: 1, flags: 0 };

#[test]
fn g01_the_selector_may_come_after_what_it_selects() {
    // The kernel about `ip route add 10.8.0.0/24 encap seg6 mode encap segs fc00::1 via 10.0.0.2 dev v0`.
    let bytes = wire(
        "02 18 00 00 fe 03 00 01 00 00 00 00  08 00 0f 00 fe 00 00 00  08 00 01 00 0a 08 00 00  08 00 05 00 0a 00 00 02
         08 00 04 00 03 00 00 00
         24 00 16 00 20 00 01 00 01 00 00 00 00 02 04 00 00 00 00 00 fc 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01
         06 00 15 00 05 00 00 00",
    );
    let segments = vec!["fc00::1".parse().unwrap()];
    let srh = SegmentRouting { mode: 1, hdrlen: 2, kind: 4, segments, ..SegmentRouting::default() };
    let route = Route {
        header: UNICAST,
        table: Some(254),
        dst: Some(Ipv4Addr::new(10, 8, 0, 0)),
        gateway: Some(Ipv4Addr::new(10, 0, 0, 2)),
        oif: Some(3),
        encap: Some(Encap::Seg6(Seg6Encap { srh: Some(srh) })),
        encap_type: Some(5),
        ..Route::default()
    };
    both(&bytes, &route);
    // The type is written from the payload.
    assert_eq!(Route { encap_type: None, ..route.clone() }.to_bytes().unwrap(), bytes);
    let other = Route { encap_type: Some(2), ..route };
    assert_eq!(unsendable(&other), "`Route.encap_type`: says something else than the payload that it selects");

    // The kernel about `ip route add 10.7.0.0/24 encap ip id 7 dst 10.0.0.9 ttl 64 via 10.0.0.2 dev v0`.
    let bytes = wire(
        "02 18 00 00 fe 03 00 01 00 00 00 00  08 00 0f 00 fe 00 00 00  08 00 01 00 0a 07 00 00  08 00 05 00 0a 00 00 02
         08 00 04 00 03 00 00 00
         38 00 16 00 0c 00 01 00 00 00 00 00 00 00 00 07 08 00 02 00 0a 00 00 09 08 00 03 00 00 00 00 00
                     05 00 05 00 00 00 00 00 05 00 04 00 40 00 00 00 06 00 06 00 00 00 00 00
         06 00 15 00 02 00 00 00",
    );
    again::<Route<'_>>(&bytes);
    let Some(Encap::Ip(encap)) = Route::decode(&bytes).unwrap().encap else { panic!("not a tunnel") };
    assert_eq!((encap.id, encap.dst, encap.ttl), (Some(7), Some(Ipv4Addr::new(10, 0, 0, 9)), Some(64)));
    // An encapsulation that nobody declared, and damage in one that somebody did.
    let mut mpls = bytes.clone();
    mpls[104] = 1;
    again::<Route<'_>>(&mpls);
    assert!(matches!(Route::decode(&mpls).unwrap().encap, Some(Encap::Other(_))));
    let mut broken = bytes;
    broken[48] = 11;
    let error = "`Route.encap.id`: 7 bytes where 8 are expected (at byte 52)";
    assert_eq!(refused::<Route<'_>>(&broken), error);
}

/// `struct rtnexthop` (linux/rtnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct HopHeader {
    #[nl(len_of = self)]
    len: u16,
    flags: u8,
    hops: u8,
    ifindex: i32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Hop<'a> {
    #[nl_attr(header)]
    header: HopHeader,
    #[nl_attr(5)]
    gateway: Option<Ipv4Addr>,
    #[nl_attr(100)]
    name: Option<Cow<'a, str>>,
}

#[test]
fn g02_structs_of_their_own_length_each_with_attributes_behind_it() {
    // The kernel about `ip route add 10.9.0.0/24 nexthop via 10.0.0.2 dev v0 nexthop via 10.0.0.3 dev v0 weight 3`.
    let bytes = wire(
        "02 18 00 00 fe 03 00 01 00 00 00 00  08 00 0f 00 fe 00 00 00  08 00 01 00 0a 09 00 00
         24 00 09 00 10 00 00 00 03 00 00 00 08 00 05 00 0a 00 00 02 10 00 00 02 03 00 00 00 08 00 05 00 0a 00 00 03",
    );
    let hop = |len, hops, last| Hop {
        header: HopHeader { len, flags: 0, hops, ifindex: 3 },
        gateway: Some(Ipv4Addr::new(10, 0, 0, last)),
        name: None,
    };
    let route = Route {
        header: UNICAST,
        table: Some(254),
        dst: Some(Ipv4Addr::new(10, 9, 0, 0)),
        multipath: vec![hop(16, 0, 2), hop(16, 2, 3)],
        ..Route::default()
    };
    both(&bytes, &route);
    assert_eq!(Route::decode(&bytes).unwrap().into_owned(), route);
    // The length is counted when it is sent, whatever the value says.
    let unknown = Route { multipath: vec![hop(0, 0, 2), hop(0, 2, 3)], ..route.clone() };
    assert_eq!(unknown.to_bytes().unwrap(), bytes);

    // A record that ends between two multiples of 4: the next one starts at the next multiple.
    let mut named = hop(0, 0, 2);
    (named.gateway, named.name) = (None, Some("ab".into()));
    let odd = Route { multipath: vec![named.clone(), hop(0, 0, 3)], ..Route::default() };
    let sent = odd.to_bytes().unwrap();
    assert_eq!(
        sent[12..],
        wire(
            "24 00 09 00 10 00 00 00 03 00 00 00 07 00 64 00 'ab' 00 00
        10 00 00 00 03 00 00 00 08 00 05 00 0a 00 00 03"
        )
    );
    assert_eq!(Route::decode(&sent).unwrap().multipath[1].gateway, Some(Ipv4Addr::new(10, 0, 0, 3)));

    let long = wire("00 00 00 00 00 00 00 00 00 00 00 00  0c 00 09 00 10 00 00 00 03 00 00 00");
    let error = "`Route.multipath[0]`: an attribute claims 16 bytes where 8 are left (at byte 16)";
    assert_eq!(refused::<Route<'_>>(&long), error);
    let short = wire("00 00 00 00 00 00 00 00 00 00 00 00  0c 00 09 00 07 00 00 00 03 00 00 00");
    let error = "`Route.multipath[0]`: an attribute claims 7 bytes where 8 are left (at byte 16)";
    assert_eq!(refused::<Route<'_>>(&short), error);
    let mut broken = bytes;
    broken[56] = 7;
    let error = "`Route.multipath[1].gateway`: 3 bytes where 4 are expected (at byte 60)";
    assert_eq!(refused::<Route<'_>>(&broken), error);
    named.name = Some("a\0b".into());
    let nul = Route { multipath: vec![hop(0, 0, 2), named], ..Route::default() };
    assert_eq!(unsendable(&nul), "`Route.multipath[1].name`: text with a NUL byte inside would end there");
}

/// IFLA_AF_SPEC of most links: keyed by address family.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Families<'a> {
    #[nl_attr(2, plain)]
    inet: Option<Inet>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

/// IFLA_INET_CONF is an array of numbers from the kernel, and attributes to the kernel.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Inet {
    #[nl_attr(1, packed, receive)]
    conf: Option<Vec<u32>>,
    #[nl_attr(1, numbered, send)]
    set_conf: Option<Vec<(u16, u32)>>,
}

#[test]
fn g05_one_number_means_one_thing_to_the_kernel_and_another_from_it() {
    // The kernel's answer (net/ipv4/devinet.c, `inet_fill_link_af`), cut to three of its numbers.
    let received = wire("14 00 02 00  10 00 01 00 01 00 00 00 00 00 00 00 10 27 00 00");
    let families = Families::decode(&received).unwrap();
    assert_eq!(families.inet, Some(Inet { conf: Some(vec![1, 0, 10_000]), set_conf: None }));
    // What was only received is not sent.
    assert_eq!(families.to_bytes().unwrap(), wire("04 00 02 00"));

    // The request that `inet_validate_link_af` reads: IPV4_DEVCONF_FORWARDING is 1.
    let inet = Inet { conf: None, set_conf: Some(vec![(1, 1), (3, 0)]) };
    let families = Families { inet: Some(inet), ..Families::default() };
    let sent = wire("18 00 02 00  14 00 01 80 08 00 01 00 01 00 00 00 08 00 03 00 00 00 00 00");
    assert_eq!(families.to_bytes().unwrap(), sent);

    let uneven = wire("0a 00 02 00 06 00 01 00 01 00 00 00");
    let error = "`Families.inet.conf`: 2 bytes are not a whole number of elements of 4 bytes (at byte 8)";
    assert_eq!(refused::<Families<'_>>(&uneven), error);
    let inet = Inet { conf: None, set_conf: Some(vec![(1, 1); 20_000]) };
    let families = Families { inet: Some(inet), ..Families::default() };
    assert_eq!(unsendable(&families), "`Families.inet.set_conf`: 160000 where at most 65531 fit");
}

/// `struct ifinfomsg` (linux/rtnetlink.h).
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct LinkHeader {
    #[nl(pad = 1)]
    family: u8,
    kind: u16,
    index: i32,
    flags: u32,
    change: u32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Link<'a> {
    #[nl_attr(header)]
    header: LinkHeader,
    #[nl_attr(26, plain, select = header.family)]
    af_spec: Option<AfSpec<'a>>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum AfSpec<'a> {
    #[nl(0)]
    Families(Families<'a>),
    #[nl(7)]
    Bridge(BridgeSpec),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct BridgeSpec {
    #[nl_attr(0)]
    flags: Option<u16>,
    #[nl_attr(2, multi)]
    vlans: Vec<[u8; 4]>,
}

#[test]
fn g06_the_family_in_the_header_decides() {
    // What `bridge vlan add dev v0 vid 10 pvid untagged` sends.
    let bytes = wire("07 00 00 00 03 00 00 00 00 00 00 00 00 00 00 00  0c 00 1a 00 08 00 02 00 06 00 0a 00");
    let header = LinkHeader { family: 7, index: 3, ..LinkHeader::default() };
    let bridge = BridgeSpec { flags: None, vlans: vec![[6, 0, 10, 0]] };
    both(&bytes, &Link { header, af_spec: Some(AfSpec::Bridge(bridge)) });
    // The kernel about a link that is no bridge, without most of it.
    let bytes =
        wire("00 00 01 00 03 00 00 00 00 00 00 00 00 00 00 00  10 00 1a 00 0c 00 02 00 08 00 03 00 07 00 00 00");
    let Some(AfSpec::Families(families)) = Link::decode(&bytes).unwrap().af_spec else { panic!("not by family") };
    assert_eq!(families.inet, Some(Inet::default()));
    // The header is not changed to suit the payload.
    let other = Link { header, af_spec: Some(AfSpec::Families(families)) };
    assert_eq!(unsendable(&other), "`Link.af_spec`: not the payload that its selector names");
    // Of a family that nobody declared: kept.
    let bytes = wire("0a 00 00 00 03 00 00 00 00 00 00 00 00 00 00 00  08 00 1a 00 01 02 03 04");
    again::<Link<'_>>(&bytes);
}
