//! The rarer words of the language, and values for them.

use std::{borrow::Cow, time::Duration};

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    wire::{Bitfield32, Hex, RawValue, Text, UnknownAttr, Uuid},
};
use proptest::{
    array::uniform,
    collection::vec,
    option::of,
    prelude::{Just, Strategy, any, prop_oneof},
    strategy::BoxedStrategy,
};

use super::{
    Tree,
    any::{Fill, bytes_text, cow_bytes, raw, tree, with},
};

/// Numbers and times that are not on the wire what they are in Rust, text of other shapes, limits.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Rare<'a> {
    #[nl_attr(1, net)]
    pub net: Option<u32>,
    #[nl_attr(2, uint)]
    pub uint: Option<u64>,
    #[nl_attr(3, sint)]
    pub sint: Option<i64>,
    #[nl_attr(4, as = u8)]
    pub narrow: Option<u32>,
    #[nl_attr(5, no_nul)]
    pub no_nul: Option<Text<'a>>,
    #[nl_attr(6, strings)]
    pub strings: Option<Vec<Text<'a>>>,
    #[nl_attr(7, millis = u64)]
    pub millis: Option<Duration>,
    #[nl_attr(8, secs = u32, be)]
    pub secs: Option<Duration>,
    #[nl_attr(9)]
    pub bits: Option<Bitfield32<u32>>,
    #[nl_attr(10)]
    pub uuid: Option<Uuid>,
    #[nl_attr(11)]
    pub hex: Option<Hex<'a>>,
    #[nl_attr(12, range = -3..=9)]
    pub range: Option<i16>,
    #[nl_attr(13, len = 1..=4)]
    pub len: Option<Cow<'a, [u8]>>,
    #[nl_attr(14, plain)]
    pub plain: Option<Tree<'a>>,
    #[nl_attr(15, multi, plain)]
    pub plains: Vec<Tree<'a>>,
}

/// Lists with rules of their own.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct RareLists<'a> {
    #[nl_attr(1, numbered)]
    pub numbered: Option<Vec<(u16, u32)>>,
    #[nl_attr(2, numbered, merge)]
    pub merged_list: Vec<(u16, Tree<'a>)>,
    #[nl_attr(3, merge)]
    pub merged: Option<Tree<'a>>,
    #[nl_attr(4, records)]
    pub records: Option<Vec<Record<'a>>>,
    #[nl_attr(5, stream)]
    pub stream: Option<Vec<Token<'a>>>,
    #[nl_attr(6)]
    pub key: Option<Key<'a>>,
    #[nl_attr(7)]
    pub outer: Option<Outer<'a>>,
    #[nl_attr(8)]
    pub counted: Option<CountedList>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
pub struct RecordHeader {
    #[nl(len_of = self)]
    pub len: u16,
    pub flags: u8,
    pub hops: u8,
    pub index: i32,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Record<'a> {
    #[nl_attr(header)]
    pub header: RecordHeader,
    #[nl_attr(1)]
    pub gateway: Option<u32>,
    #[nl_attr(2)]
    pub name: Option<Text<'a>>,
}

#[derive(NlMessage, Clone, Debug, PartialEq)]
pub enum Token<'a> {
    #[nl_attr(1)]
    Start,
    #[nl_attr(2)]
    Name(Text<'a>),
    #[nl_attr(3, be)]
    Value(u32),
    #[nl_attr(unknown)]
    Other(UnknownAttr<'a>),
}

/// A key whose length is in bits.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct Key<'a> {
    #[nl(bits_of = key)]
    pub bits: u32,
    #[nl(rest)]
    pub key: Cow<'a, [u8]>,
}

/// A list whose elements are counted.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
pub struct CountedList {
    #[nl(count_of = list, pad = 3)]
    pub count: u8,
    #[nl(rest, packed)]
    pub list: Vec<u32>,
}

/// A selector for payloads further in.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Outer<'a> {
    #[nl_attr(1)]
    pub inner: Option<Inner<'a>>,
    #[nl_attr(2, selector)]
    pub kind: Option<Text<'a>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub struct Inner<'a> {
    #[nl_attr(1, select = outer(Outer<'a>))]
    pub data: Option<Chosen<'a>>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Chosen<'a> {
    #[nl("tree")]
    Tree(Tree<'a>),
    #[nl("key")]
    Key(Key<'a>),
    #[nl(other)]
    Other(RawValue<'a>),
}

pub fn rare() -> BoxedStrategy<Rare<'static>> {
    let bits = (any::<u32>(), any::<u32>()).prop_map(|(value, selector)| Bitfield32 { value, selector });
    // Text without a NUL at its end, and nothing in it, is no text in a list.
    with!(Rare::default(),
        net: any::<Option<u32>>(), uint: any::<Option<u64>>(), sint: any::<Option<i64>>(),
        narrow: of(any::<u8>().prop_map(u32::from)), no_nul: of(bytes_text()), strings: of(vec(bytes_text(), 0..4)),
        millis: of(any::<u32>().prop_map(|n| Duration::from_millis(n.into()))),
        secs: of(any::<u32>().prop_map(|n| Duration::from_secs(n.into()))),
        bits: of(bits), uuid: of(uniform(any::<u8>()).prop_map(Uuid)), hex: of(cow_bytes().prop_map(Hex)),
        range: of(-3_i16..=9), len: of(vec(any::<u8>(), 1..=4).prop_map(Cow::Owned)), plain: of(tree()),
        plains: vec(tree(), 0..3),
    )
}

pub fn rare_lists() -> BoxedStrategy<RareLists<'static>> {
    let record = with!(Record::default(), gateway: any::<Option<u32>>(), name: of(bytes_text()));
    let record = (record, any::<(u8, u8, i32)>()).prop_map(|(mut record, (flags, hops, index))| {
        record.header = RecordHeader { len: 0, flags, hops, index };
        record
    });
    let other = (100_u16..0x4000, 0_u16..4, cow_bytes())
        .prop_map(|(id, flags, payload)| UnknownAttr { kind: id | flags << 14, payload });
    let token = prop_oneof![
        3 => Just(Token::Start),
        3 => bytes_text().prop_map(Token::Name),
        3 => any::<u32>().prop_map(Token::Value),
        1 => other.prop_map(Token::Other),
    ];
    // A number that comes again is the same element.
    let merged_list = vec((0_u16..0x3fff, tree()), 0..3).prop_map(|mut list| {
        list.sort_by_key(|(number, _)| *number);
        list.dedup_by_key(|(number, _)| *number);
        list
    });
    let key = || {
        (cow_bytes(), 0_u32..8).prop_map(|(key, less)| Key { bits: (8 * key.len() as u32).saturating_sub(less), key })
    };
    let counted = vec(any::<u32>(), 0..5).prop_map(|list| CountedList { count: list.len() as u8, list });
    let outer = prop_oneof![
        tree().prop_map(|tree| ("tree", Chosen::Tree(tree))),
        key().prop_map(|key| ("key", Chosen::Key(key))),
        raw().prop_map(|raw| ("what", Chosen::Other(raw))),
    ];
    let outer =
        outer.prop_map(|(kind, data)| Outer { inner: Some(Inner { data: Some(data) }), kind: Some(kind.into()) });
    with!(RareLists::default(),
        numbered: of(vec((0_u16..0x4000, any::<u32>()), 0..3)), merged_list: merged_list, merged: of(tree()),
        records: of(vec(record, 0..3)), stream: of(vec(token, 0..6)), key: of(key()), outer: of(outer),
        counted: of(counted),
    )
}

impl Fill for Rare<'_> {}

impl Fill for RareLists<'_> {
    fn filled(mut self) -> Self {
        for record in self.records.iter_mut().flatten() {
            let gateway = record.gateway.map_or(0, |_| 8);
            let name = record.name.as_ref().map_or(0, |name| (4 + name.as_bytes().len() + 1).next_multiple_of(4));
            record.header.len = (8 + gateway + name) as u16;
        }
        self
    }
}
