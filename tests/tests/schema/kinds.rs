//! Every kind of payload occurs in these tests.

use std::{borrow::Cow, collections::BTreeSet};

use netlink_core::{
    IntoOwned, NlMessage,
    schema::{Attr, Kind, Set, Struct, Union, json::Json},
    wire::{Context, DecodeError, Value, Writer},
};
use netlink_tests::zoo::{Zoo, more};

use super::given::Port;

/// A value type that only its own code understands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Celsius(i32);

impl IntoOwned for Celsius {
    type Owned = Self;

    fn into_owned(self) -> Self {
        self
    }
}

impl<'a> Value<'a> for Celsius {
    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        <i32 as Value>::from_payload(payload, cx).map(Self)
    }

    fn to_payload(&self, out: &mut Writer) {
        <i32 as Value>::to_payload(&self.0, out);
    }
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(super) struct Oven<'a> {
    #[nl_attr(1)]
    pub(super) heat: Option<Celsius>,
    #[nl_attr(2)]
    pub(super) name: Option<Cow<'a, str>>,
    #[nl_attr(3, required)]
    pub(super) id: Option<u32>,
    #[nl_attr(4)]
    pub(super) inner: Option<Box<Oven<'a>>>,
}

/// The names of the kinds that a description has, through everything that it refers to.
#[derive(Default)]
struct Kinds {
    found: BTreeSet<String>,
    seen: BTreeSet<&'static str>,
}

impl Kinds {
    fn kind(&mut self, kind: &Kind) {
        let name = format!("{kind:?}");
        self.found.insert(name.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned());
        match kind {
            Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Array(kind, _) | Kind::Bitfield32(kind) => {
                self.kind(kind);
            }
            Kind::Duration(kind, _) | Kind::Multi(kind) | Kind::Indexed(kind) | Kind::Numbered(kind) => self.kind(kind),
            Kind::Packed(kind) | Kind::Marked(kind) => self.kind(kind),
            Kind::Nest(set) | Kind::Records(set) | Kind::Stream(set) => self.set(set()),
            Kind::Struct(structure) => self.structure(structure()),
            Kind::Union(union) => self.union(union()),
            _ => {}
        }
    }

    fn set(&mut self, set: &Set) {
        if self.seen.insert(set.name) {
            set.header.iter().for_each(|header| self.kind(&header.kind));
            set.attrs.iter().for_each(|Attr { kind, .. }| self.kind(kind));
        }
    }

    fn structure(&mut self, structure: &Struct) {
        structure.members.iter().for_each(|member| self.kind(&member.kind));
    }

    fn union(&mut self, union: &Union) {
        union.variants.iter().for_each(|variant| self.kind(&variant.kind));
    }
}

#[test]
fn the_types_of_these_tests_have_every_kind() {
    let mut kinds = Kinds::default();
    for set in [Zoo::SCHEMA, more::Rare::SCHEMA, more::RareLists::SCHEMA, Oven::SCHEMA, Port::SCHEMA] {
        kinds.set(set);
    }
    let all = "Array Bitfield32 Bytes Duration Empty Enum FixedText Flag Flags Hex Indexed Int Ip Ipv4 Ipv6 LinkAddr Mac \
        Marked Multi Nest Numbered Opaque Packed Records ShortText Stream Strings Struct Text Union Uuid Variable";
    assert_eq!(kinds.found.iter().map(String::as_str).collect::<Vec<_>>().join(" "), all);
}

#[test]
fn values_that_nobody_else_understands_are_bytes() {
    let oven = Oven { heat: Some(Celsius(0x0102)), id: Some(1), ..Oven::default() };
    let json = serde_json::to_string(&Json(&oven)).unwrap();
    let bytes: String = 0x0102_i32.to_ne_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(json, format!(r#"{{"heat":"{bytes}","id":1}}"#));
    let Json(back) = serde_json::from_str::<Json<Oven<'static>>>(&json).unwrap();
    assert_eq!(back, oven);
}
