//! Made-up declarations with every kind of field that the language has, for tests of the codec; [`any`] makes values of
//! them, [`damage`] breaks their bytes.

#![expect(missing_docs, reason = "the names say all there is to say")]

pub mod any;
pub mod damage;
pub mod more;

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlEnum, NlFlags, NlMessage, NlStruct, NlUnion,
    wire::{FixedStr, IfName, MacAddr, RawValue, Text, UnknownAttrs},
};

#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq)]
#[repr(u8)]
pub enum State {
    #[default]
    Unknown,
    Down = 2,
    Up = 6,
    #[nl(other)]
    Other(u8),
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(i32)]
pub enum Verdict {
    Drop = -1,
    Accept = 0x0102,
    #[nl(other)]
    Other(i32),
}

netlink_core::bitflags! {
    #[derive(NlFlags, Clone, Copy, Default, PartialEq)]
    pub struct Alarms: u16 {
        const HOT = 1;
        const COLD = 0x200;
    }
}

/// Every width, sign and order of numbers, and what is made of them.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Numbers<'a> {
    #[nl_attr(1)]
    pub u8: Option<u8>,
    #[nl_attr(2)]
    pub i8: Option<i8>,
    #[nl_attr(3)]
    pub u16: Option<u16>,
    #[nl_attr(4)]
    pub i16: Option<i16>,
    #[nl_attr(5)]
    pub u32: Option<u32>,
    #[nl_attr(6)]
    pub i32: Option<i32>,
    #[nl_attr(7)]
    pub u64: Option<u64>,
    #[nl_attr(8)]
    pub i64: Option<i64>,
    #[nl_attr(9, be)]
    pub u16_be: Option<u16>,
    #[nl_attr(10, be)]
    pub i32_be: Option<i32>,
    #[nl_attr(11, be)]
    pub u64_be: Option<u64>,
    #[nl_attr(12, le)]
    pub i16_le: Option<i16>,
    #[nl_attr(13, le)]
    pub u32_le: Option<u32>,
    #[nl_attr(14, le)]
    pub i64_le: Option<i64>,
    #[nl_attr(15)]
    pub state: Option<State>,
    #[nl_attr(16, be)]
    pub verdict: Option<Verdict>,
    #[nl_attr(17)]
    pub alarms: Option<Alarms>,
    #[nl_attr(18, be)]
    pub alarms_be: Option<Alarms>,
    #[nl_attr(0x3fff)]
    pub flag: bool,
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Text, byte strings and addresses.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Strings<'a> {
    #[nl_attr(1)]
    pub cow: Option<Cow<'a, str>>,
    #[nl_attr(2)]
    pub string: Option<String>,
    #[nl_attr(3)]
    pub text: Option<Text<'a>>,
    #[nl_attr(4)]
    pub if_name: Option<IfName>,
    #[nl_attr(5)]
    pub short: Option<FixedStr<4>>,
    #[nl_attr(6)]
    pub bytes: Option<Cow<'a, [u8]>>,
    #[nl_attr(7)]
    pub vec: Option<Vec<u8>>,
    #[nl_attr(8)]
    pub array: Option<[u8; 5]>,
    #[nl_attr(9)]
    pub v4: Option<Ipv4Addr>,
    #[nl_attr(10)]
    pub v6: Option<Ipv6Addr>,
    #[nl_attr(11)]
    pub ip: Option<IpAddr>,
    #[nl_attr(12)]
    pub mac: Option<MacAddr>,
    #[nl_attr(13, required)]
    pub required: Option<Cow<'a, str>>,
}

/// Plain references.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(borrowed)]
pub struct References<'a> {
    #[nl_attr(1)]
    pub text: Option<&'a str>,
    #[nl_attr(2)]
    pub bytes: Option<&'a [u8]>,
    #[nl_attr(3, multi)]
    pub texts: Vec<&'a str>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Lists<'a> {
    #[nl_attr(1, multi)]
    pub numbers: Vec<u32>,
    #[nl_attr(2, multi, be)]
    pub ports: Vec<u16>,
    #[nl_attr(3, multi)]
    pub names: Vec<Cow<'a, str>>,
    #[nl_attr(4, multi)]
    pub nests: Vec<Tree<'a>>,
    #[nl_attr(5, indexed)]
    pub indexed: Option<Vec<u8>>,
    #[nl_attr(6, indexed, be)]
    pub indexed_be: Option<Vec<u32>>,
    #[nl_attr(7, indexed)]
    pub indexed_nests: Option<Vec<Tree<'a>>>,
    #[nl_attr(8, packed)]
    pub packed: Option<Vec<u64>>,
    #[nl_attr(9, packed, le)]
    pub packed_le: Option<Vec<u16>>,
    #[nl_attr(10, packed)]
    pub packed_structs: Option<Vec<Fixed>>,
    #[nl_attr(11, packed)]
    pub packed_states: Option<Vec<State>>,
}

/// A set within itself.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Tree<'a> {
    #[nl_attr(1)]
    pub value: Option<u16>,
    #[nl_attr(2)]
    pub child: Option<Box<Tree<'a>>>,
    #[nl_attr(3, multi)]
    pub children: Vec<Tree<'a>>,
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A C struct with padding, arrays, structs inside, and numbers of either order.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub struct Fixed {
    pub state: State,
    #[nl(pad = 2)]
    pub level: i8,
    #[nl(be)]
    pub address: u32,
    pub name: FixedStr<6>,
    pub alarms: Alarms,
    pub inner: Inner,
    #[nl(le)]
    pub array: [u16; 3],
    #[nl(pad = 4)]
    pub mac: MacAddr,
    pub wide: i64,
}

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
#[nl(packed)]
pub struct Inner {
    pub kind: u8,
    pub value: u32,
    #[nl(be)]
    pub port: u16,
    pub end: u8,
}

/// A C struct to which kernels added members.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub struct Growing {
    pub first: u32,
    #[nl(optional, pad = 2)]
    pub second: Option<u16>,
    #[nl(optional, be)]
    pub third: Option<u64>,
}

/// As [`Growing`], with what even newer kernels send.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct Kept<'a> {
    pub first: u32,
    #[nl(optional, pad = 2)]
    pub second: Option<u16>,
    #[nl(rest)]
    pub rest: Cow<'a, [u8]>,
}

/// As [`Growing`], with an end that cannot be empty.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub struct Ended {
    pub first: u32,
    #[nl(optional, pad = 2)]
    pub second: Option<u16>,
    #[nl(rest)]
    pub end: MacAddr,
}

/// A struct with the length of its tail.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct Tailed<'a> {
    #[nl(pad = 2)]
    pub id: u16,
    #[nl(len_of = data, be)]
    pub len: u32,
    #[nl(rest)]
    pub data: Cow<'a, [u8]>,
}

/// A struct that starts 2 bytes after a multiple of 4 with a tail of attributes.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct Crooked<'a> {
    pub id: u16,
    #[nl(rest)]
    pub tree: Tree<'a>,
}

/// A struct with a union selected by a member.
#[derive(NlStruct, Clone, Debug, PartialEq)]
pub struct Tagged<'a> {
    #[nl(pad = 2)]
    pub what: u16,
    pub id: u32,
    #[nl(select = what)]
    pub event: Event<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Event<'a> {
    #[nl(0)]
    Nothing,
    #[nl(1, 0x8000)]
    Fixed(Box<Fixed>),
    #[nl(2)]
    Tree(Tree<'a>),
    #[nl(3)]
    Text(Text<'a>),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// Unions with selectors before and after them, by name, number and header.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Chosen<'a> {
    #[nl_attr(1)]
    pub kind: Option<Cow<'a, str>>,
    #[nl_attr(2, select = kind)]
    pub early: Option<Data<'a>>,
    #[nl_attr(3, select = what)]
    pub late: Option<Event<'a>>,
    #[nl_attr(4, be)]
    pub what: Option<u32>,
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Data<'a> {
    #[nl("tree")]
    Tree(Tree<'a>),
    #[nl("growing", "grown")]
    Growing(Growing),
    #[nl("number")]
    Number(u32),
    #[nl("none")]
    Nothing,
    #[nl(other)]
    Other(RawValue<'a>),
}

/// Nine bytes: what follows it starts 3 bytes later.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
#[nl(packed)]
pub struct Header {
    pub family: u8,
    pub index: i32,
    #[nl(be)]
    pub flags: u32,
}

/// Little more than a header of odd length.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Odd {
    #[nl_attr(header)]
    pub header: Header,
    #[nl_attr(1, required)]
    pub value: Option<u16>,
}

/// All of it.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Zoo<'a> {
    #[nl_attr(header)]
    pub header: Header,
    #[nl_attr(1)]
    pub numbers: Option<Numbers<'a>>,
    #[nl_attr(2)]
    pub strings: Option<Strings<'a>>,
    #[nl_attr(3)]
    pub lists: Option<Lists<'a>>,
    #[nl_attr(4)]
    pub tree: Option<Tree<'a>>,
    #[nl_attr(5)]
    pub fixed: Option<Fixed>,
    #[nl_attr(6)]
    pub growing: Option<Growing>,
    #[nl_attr(7)]
    pub kept: Option<Kept<'a>>,
    #[nl_attr(8)]
    pub tailed: Option<Tailed<'a>>,
    #[nl_attr(9)]
    pub crooked: Option<Crooked<'a>>,
    #[nl_attr(10)]
    pub tagged: Option<Tagged<'a>>,
    #[nl_attr(11)]
    pub chosen: Option<Chosen<'a>>,
    #[nl_attr(12, select = header.family)]
    pub by_family: Option<ByFamily<'a>>,
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ByFamily<'a> {
    #[nl(2)]
    V4(Ipv4Addr),
    #[nl(10)]
    V6(Ipv6Addr),
    #[nl(other)]
    Other(RawValue<'a>),
}
