//! Payloads of every kind, as specified, and wrong on purpose.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    schema::Set,
    wire::{Bitfield32, MacAddr, RawValue},
};
use netlink_tests::conformance::{Comparison, Spec};

const SPEC: &str = "
name: payloads
protocol: genetlink
definitions:
  - {name: pair, type: struct, members: [{name: first, type: u16}, {name: second, type: u16}]}
attribute-sets:
  - name: all
    name-prefix: a-
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: by-kind, selector: kind}
      - {name: pair, type: binary, struct: pair}
      - {name: list, type: indexed-array, sub-type: u32}
      - {name: table, type: nest-type-value, type-value: [row, column], nested-attributes: one}
      - {name: bits, type: bitfield32}
      - {name: size, type: uint}
      - {name: array, type: binary, sub-type: u64}
      - {name: mac, type: binary, display-hint: mac, checks: {exact-len: 6}}
      - {name: ip, type: binary, display-hint: ipv4-or-v6}
      - {name: limited, type: u8, checks: {min: 1, max: 9}}
      - {name: gone, type: unused}
      - {name: other-kind, type: string}
  - name: one
    name-prefix: o-
    attributes: [{name: flag, type: flag}]
sub-messages:
  - {name: by-kind, formats: [{value: nest, attribute-set: one}, {value: pair, fixed-header: pair}, {value: none}]}
operations: {list: []}
";

#[derive(NlStruct, Clone, Copy, Debug, Default)]
struct Pair {
    first: u16,
    second: u16,
}

#[derive(NlMessage, Debug, Default)]
struct One {
    #[doc(alias = "O_FLAG")]
    #[nl_attr(1)]
    flag: bool,
}

#[derive(NlUnion, Debug)]
enum ByKind<'a> {
    #[nl("nest")]
    Nest(One),
    #[nl("pair")]
    Pair(Pair),
    #[nl("none")]
    None,
    #[nl(other)]
    Other(RawValue<'a>),
}

/// A set with these fields, compared: what differs.
macro_rules! differences {
    ($($field:tt)*) => {{
        #[derive(NlMessage, Debug, Default)]
        struct All<'a> {
            $($field)*
            #[nl_attr(unknown)]
            unknown: netlink_core::wire::UnknownAttrs<'a>,
        }
        compare(All::SCHEMA)
    }};
}

fn compare(set: &'static Set) -> Vec<String> {
    let spec = Spec::parse(SPEC).unwrap();
    let mut comparison = Comparison::new(&spec);
    comparison.set(set, "all");
    comparison.report().differences.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_right_is_right() {
    let found = differences! {
        #[doc(alias = "A_KIND")] #[nl_attr(1)] kind: Option<Cow<'a, str>>,
        #[doc(alias = "A_DATA")] #[nl_attr(2, select = kind)] data: Option<ByKind<'a>>,
        #[doc(alias = "A_PAIR")] #[nl_attr(3)] pair: Option<Pair>,
        #[doc(alias = "A_LIST")] #[nl_attr(4, indexed)] list: Vec<u32>,
        #[doc(alias = "A_TABLE")] #[nl_attr(5, numbered, levels = 2)] table: Vec<(u16, Vec<(u16, One)>)>,
        #[doc(alias = "A_BITS")] #[nl_attr(6)] bits: Option<Bitfield32<u32>>,
        #[doc(alias = "A_SIZE")] #[nl_attr(7, uint)] size: Option<u64>,
        #[doc(alias = "A_ARRAY")] #[nl_attr(8, packed)] array: Vec<u64>,
        #[doc(alias = "A_MAC")] #[nl_attr(9)] mac: Option<MacAddr>,
        #[doc(alias = "A_IP")] #[nl_attr(10)] ip: Option<IpAddr>,
        #[doc(alias = "A_LIMITED")] #[nl_attr(11, range = 1..=9)] limited: Option<u8>,
    };
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_wrong_shape_is_found() {
    let found = differences! {
        #[doc(alias = "A_PAIR")] #[nl_attr(3)] pair: Option<u32>,
        #[doc(alias = "A_LIST")] #[nl_attr(4, indexed)] list: Vec<u16>,
        #[doc(alias = "A_TABLE")] #[nl_attr(5, numbered)] table: Vec<(u16, One)>,
        #[doc(alias = "A_BITS")] #[nl_attr(6)] bits: Option<u64>,
        #[doc(alias = "A_SIZE")] #[nl_attr(7)] size: Option<u64>,
        #[doc(alias = "A_ARRAY")] #[nl_attr(8, packed)] array: Vec<u32>,
        #[doc(alias = "A_MAC")] #[nl_attr(9)] mac: Option<Ipv4Addr>,
        #[doc(alias = "A_IP")] #[nl_attr(10)] ip: Option<Ipv6Addr>,
        #[doc(alias = "A_GONE")] #[nl_attr(12)] gone: Option<u32>,
    };
    let expected = [
        "attribute `array` (A_ARRAY): declared array of u32, specified bytes of u64",
        "attribute `bits` (A_BITS): declared u64, specified bitfield32",
        "attribute `gone` (A_GONE): declared u32, specified unused",
        "attribute `ip` (A_IP): declared IPv6 address, specified bytes shown as ipv4-or-v6",
        "attribute `list` (A_LIST): declared indexed array of u16, specified indexed array of u32",
        "attribute `mac` (A_MAC): declared IPv4 address, specified bytes shown as mac",
        "attribute `pair` (A_PAIR): declared u32, specified struct `pair`",
        "attribute `size` (A_SIZE): declared u64, specified uint",
        "attribute `table` (A_TABLE): declared numbered nest of `One`, specified 2 levels of numbers over a nest `one`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn wrong_limits_are_found() {
    let found = differences! {
        #[doc(alias = "A_MAC")] #[nl_attr(9)] mac: Option<[u8; 5]>,
        #[doc(alias = "A_LIMITED")] #[nl_attr(11, range = 0..=9)] limited: Option<u8>,
    };
    let expected = [
        "attribute `limited` (A_LIMITED): range declared 0..=9, specified 1..=9",
        "attribute `mac` (A_MAC): length declared 5, specified 6",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_wrong_selector_or_selection_is_found() {
    #[derive(NlUnion, Debug)]
    enum Wrong<'a> {
        #[nl("nest")]
        Nest(Pair),
        #[nl("pear")]
        Pear(Pair),
        #[nl(other)]
        Other(RawValue<'a>),
    }
    let found = differences! {
        #[doc(alias = "A_DATA")] #[nl_attr(2, select = other_kind)] data: Option<Wrong<'a>>,
        #[doc(alias = "A_OTHER_KIND")] #[nl_attr(13)] other_kind: Option<Cow<'a, str>>,
    };
    let expected = [
        "attribute `data` (A_DATA): selector declared `other_kind`, specified `kind`",
        "variant `Nest` of union `Wrong`: declared struct `Pair`, specified `one`",
        "variant `Pear` of union `Wrong`: declared for `pear`, specified nothing",
    ];
    assert_eq!(found, expected);
}
