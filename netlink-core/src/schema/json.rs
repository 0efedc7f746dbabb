//! With feature `serde`: nodes and derived types in any format that serde knows.
//!
//! [`Node`] is serialized as [`Node::to_json`] shows, and what is deserialized is ready for
//! [`build`](super::build()). Derived types go by way of their description: [`Json`] wraps one, and this module can be
//! named in `#[serde(with = "netlink_core::schema::json")]` on fields of types that hold one.
//!
//! Derived types do not implement serde's traits themselves: who wants another shape can derive them.
//!
//! ```
//! use netlink_core::{NlMessage, schema::json::Json};
//! use std::borrow::Cow;
//!
//! #[derive(NlMessage, Debug, Default, PartialEq)]
//! struct Sensor<'a> {
//!     #[nl_attr(1)]
//!     id: Option<u32>,
//!     #[nl_attr(2)]
//!     long_name: Option<Cow<'a, str>>,
//! }
//!
//! let sensor = Sensor { id: Some(7), long_name: Some("cpu".into()) };
//! let text = serde_json::to_string(&Json(&sensor))?;
//! assert_eq!(text, r#"{"id":7,"long-name":"cpu"}"#);
//! let Json(back) = serde_json::from_str::<Json<Sensor>>(&text)?;
//! assert_eq!(back, sensor);
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed},
    ser::{self, SerializeMap, SerializeSeq},
};

use super::{
    Node, from_node,
    json_text::{Hex, Item, are_names, members},
    names,
    print::MAX_SHOWN,
    to_node,
};
use crate::wire::{Body, Encode, IntoOwned};

const TOO_DEEP: &str = "nested too deeply";

/// A message as JSON: `Json(&message)` is serialized, `Json<Message>` deserialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: Body + Encode> Serialize for Json<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

impl<'de, T: Body> Deserialize<'de> for Json<T>
where
    for<'a> T::Of<'a>: IntoOwned<Owned = T>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Json)
    }
}

/// Serializes a message; for `#[serde(with = "...")]`.
///
/// # Errors
///
/// A value of the message does not fit its place, and those of the serializer.
pub fn serialize<T: Body + Encode, S: Serializer>(message: &T, serializer: S) -> Result<S::Ok, S::Error> {
    to_node(message).map_err(ser::Error::custom)?.serialize(serializer)
}

/// Deserializes a message; for `#[serde(with = "...")]`.
///
/// # Errors
///
/// A name is not declared, a value does not fit its place, and those of the deserializer.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Body,
    for<'a> T::Of<'a>: IntoOwned<Owned = T>,
{
    from_node(&Node::deserialize(deserializer)?).map_err(de::Error::custom)
}

/// Characters that a terminal would act on are left to the serializer, which may not escape them: [`Node::to_json`] does.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Part(self, 0).serialize(serializer)
    }
}

/// A node, and how many are around it.
struct Part<'n>(&'n Node, usize);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let depth = self.1 + 1;
        match self.0 {
            Node::Map(_) | Node::List(_) | Node::Numbered(_) if depth > MAX_SHOWN => Err(ser::Error::custom(TOO_DEEP)),
            Node::Absent => serializer.serialize_unit(),
            Node::Present => serializer.serialize_bool(true),
            Node::Int(number) | Node::Enum { number, name: None } => integer(*number, serializer),
            Node::Enum { name: Some(name), .. } => serializer.serialize_str(&names::kebab(name)),
            Node::Duration { units, .. } => serializer.serialize_u64(*units),
            Node::Flags { names, rest, .. } => {
                let mut list = serializer.serialize_seq(Some(names.len() + usize::from(*rest != 0)))?;
                names.iter().try_for_each(|name| list.serialize_element(&names::kebab(name)))?;
                if *rest != 0 {
                    list.serialize_element(&Node::Int(*rest))?;
                }
                list.end()
            }
            Node::Text(text) => serializer.serialize_str(text),
            Node::RawText(bytes) => serializer.collect_map([("hex", Hex(bytes).to_string())]),
            Node::Bytes(bytes) | Node::Damaged { bytes, .. } => serializer.collect_str(&Hex(bytes)),
            Node::Ip(ip) => serializer.collect_str(ip),
            Node::Mac(mac) => serializer.collect_str(mac),
            Node::LinkAddr(addr) => serializer.collect_str(addr),
            Node::Uuid(uuid) => serializer.collect_str(uuid),
            Node::Map(entries) => {
                let members = members(entries);
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, item) in &members {
                    match item {
                        Item::One(node) => map.serialize_entry(name, &Part(node, depth))?,
                        Item::Many(list) => {
                            let list: Vec<_> = list.iter().map(|node| Part(node, depth)).collect();
                            map.serialize_entry(name, &list)?;
                        }
                    }
                }
                map.end()
            }
            Node::List(list) => serializer.collect_seq(list.iter().map(|node| Part(node, depth))),
            Node::Numbered(list) if are_names(list) => {
                serializer.collect_map(list.iter().map(|(number, node)| (number.to_string(), Part(node, depth))))
            }
            Node::Numbered(list) => {
                serializer.collect_seq(list.iter().map(|(number, node)| (*number, Part(node, depth))))
            }
        }
    }
}

/// As the smallest integer that every format has.
fn integer<S: Serializer>(number: i128, serializer: S) -> Result<S::Ok, S::Error> {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => serializer.serialize_i64(number),
        (_, Ok(number)) => serializer.serialize_u64(number),
        _ => serializer.serialize_i128(number),
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Visitor(0).deserialize(deserializer)
    }
}

/// Reads a node that stands inside of so many others: not every format limits that.
#[derive(Clone, Copy)]
struct Visitor(usize);

impl Visitor {
    fn inside<E: de::Error>(self) -> Result<Self, E> {
        if self.0 < MAX_SHOWN { Ok(Self(self.0 + 1)) } else { Err(E::custom(TOO_DEEP)) }
    }
}

impl<'de> DeserializeSeed<'de> for Visitor {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a netlink message")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(if value { Node::Present } else { Node::Absent })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Int(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Node, E> {
        Ok(Node::Bytes(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Absent)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self.inside()?)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let inside = self.inside()?;
        // Not as many as a length says: as many as there are.
        let mut list = Vec::new();
        while let Some(node) = access.next_element_seed(inside)? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let inside = self.inside()?;
        let mut entries: Vec<(Cow<'static, str>, Node)> = Vec::new();
        while let Some(name) = access.next_key::<String>()? {
            entries.push((Cow::Owned(name), access.next_value_seed(inside)?));
        }
        Ok(Node::map(entries))
    }
}
