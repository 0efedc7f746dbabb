//! A message as names and values, without its Rust type.

use std::{borrow::Cow, net::IpAddr};

use crate::wire::{DecodeError, LinkAddr, MacAddr, NET_BYTEORDER, TYPE_MASK, Uuid};

/// A message, or a part of one: what [`walk`](super::walk()) makes of bytes, and [`build`](super::build()) turns into
/// bytes.
///
/// What `walk` makes is as the description says. What `build` takes may be looser: a number instead of a name, a name
/// instead of a number, text instead of an address, hexadecimal digits instead of bytes; as they come from JSON.
///
/// ```
/// use netlink_core::{NlMessage, schema::{self, Node}};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     address: Option<std::net::Ipv4Addr>,
/// }
///
/// let node = Node::map([("address", Node::Text("127.0.0.1".to_owned()))]);
/// assert_eq!(schema::build(Sensor::SCHEMA, &node)?, [8, 0, 1, 0, 127, 0, 0, 1]);
/// # Ok::<(), netlink_core::schema::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Nothing: what is not sent.
    Absent,
    /// Something that has no content, such as a flag: that it is there says all.
    Present,
    /// A number.
    Int(i128),
    /// A number with a name, if it has one.
    Enum {
        /// The number.
        number: i128,
        /// The name in the declaration.
        name: Option<&'static str>,
    },
    /// Bits with names.
    Flags {
        /// All bits.
        bits: i128,
        /// The names in the declaration.
        names: Vec<&'static str>,
        /// The bits without a name.
        rest: i128,
    },
    /// Text.
    Text(String),
    /// Text that is not UTF-8.
    RawText(Vec<u8>),
    /// Bytes: byte strings, and what is not known to be anything else.
    Bytes(Vec<u8>),
    /// An IP address.
    Ip(IpAddr),
    /// An Ethernet address.
    Mac(MacAddr),
    /// The address of a link, of any length.
    LinkAddr(LinkAddr<'static>),
    /// A universally unique identifier.
    Uuid(Uuid),
    /// A duration.
    Duration {
        /// How many units, as on the wire.
        units: u64,
        /// The unit, in nanoseconds.
        nanos: u64,
    },
    /// Attributes, or members of a struct.
    Map(Vec<Entry>),
    /// Elements.
    List(Vec<Node>),
    /// Elements whose numbers mean something.
    Numbered(Vec<(u16, Node)>),
    /// What could not be understood, in a lenient walk.
    Damaged {
        /// The bytes; none if something is missing.
        bytes: Vec<u8>,
        /// What is wrong with them.
        error: DecodeError,
    },
}

/// A name and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name in the declaration; `UnknownAttr(99)` for what is not declared.
    pub name: Cow<'static, str>,
    /// Where it was found.
    pub origin: Origin,
    /// The value.
    pub node: Node,
}

/// Where an entry was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Nowhere yet: somebody wrote it down.
    Given,
    /// The fixed header in front of the attributes.
    Header {
        /// Whether JSON shows its members as if they were attributes: none has the name of one.
        flat: bool,
    },
    /// A member of a struct.
    Member,
    /// A declared attribute.
    Attr {
        /// Its type field, flag bits included; of one that comes again, the last's.
        kind: u16,
    },
    /// An attribute that is not declared.
    Unknown {
        /// Its type field, flag bits included.
        kind: u16,
    },
    /// Bytes behind everything that is declared.
    Excess,
}

impl Entry {
    /// Whether it was found as this attribute.
    pub(super) fn is(&self, attr: &super::Attr) -> bool {
        matches!(self.origin, Origin::Attr { kind } if kind & TYPE_MASK == attr.id) && self.name == attr.name
    }

    pub(super) fn new(name: &'static str, origin: Origin, node: Node) -> Self {
        Self { name: Cow::Borrowed(name), origin, node }
    }

    pub(super) fn unknown(kind: u16, node: Node) -> Self {
        // That it is a nest need not be said where it is shown as one.
        let shown = if matches!(node, Node::Map(_)) && kind & NET_BYTEORDER == 0 { kind & TYPE_MASK } else { kind };
        let origin = Origin::Unknown { kind };
        Self { name: Cow::Owned(format!("{UNKNOWN}({shown})")), origin, node }
    }
}

/// What the names of undeclared attributes start with: the same as with the kernel's own tool, `ynl`.
pub(super) const UNKNOWN: &str = "UnknownAttr";

/// The name of bytes behind a struct that is longer than declared.
pub(super) const EXCESS: &str = "UnknownBytes";

impl Node {
    /// Attributes or members to be sent.
    pub fn map<N: Into<Cow<'static, str>>>(entries: impl IntoIterator<Item = (N, Node)>) -> Self {
        let entries = entries.into_iter();
        Self::Map(entries.map(|(name, node)| Entry { name: name.into(), origin: Origin::Given, node }).collect())
    }

    /// A part, by its path: names with dots between them, `[0]` for an element of a list.
    ///
    /// ```
    /// use netlink_core::schema::Node;
    ///
    /// let node = Node::map([("sizes", Node::List(vec![Node::Int(3), Node::Int(7)]))]);
    /// assert_eq!(node.get("sizes[1]").and_then(Node::as_int), Some(7));
    /// assert_eq!(node.get("sizes[2]"), None);
    /// ```
    pub fn get(&self, path: &str) -> Option<&Self> {
        let mut node = self;
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let index = step.strip_suffix(']');
            node = match (node, index) {
                (Self::Map(entries), None) => &entries.iter().find(|entry| super::names::same(&entry.name, step))?.node,
                (Self::List(list), Some(index)) => list.get(index.parse::<usize>().ok()?)?,
                (Self::Numbered(list), Some(number)) => {
                    let number = number.parse::<u16>().ok()?;
                    &list.iter().find(|(own, _)| *own == number)?.1
                }
                _ => return None,
            };
        }
        Some(node)
    }

    /// The number, if it is one: with or without a name, of bits or of units of a duration.
    pub fn as_int(&self) -> Option<i128> {
        match self {
            Self::Int(number) | Self::Enum { number, .. } | Self::Flags { bits: number, .. } => Some(*number),
            Self::Duration { units, .. } => Some(i128::from(*units)),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of attributes or a struct; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// What could not be understood in it, outermost first.
    pub fn damage(&self) -> Vec<&DecodeError> {
        let mut found = Vec::new();
        let mut rest = vec![self];
        while let Some(node) = rest.pop() {
            match node {
                Self::Damaged { error, .. } => found.push(error),
                Self::Map(entries) => rest.extend(entries.iter().rev().map(|entry| &entry.node)),
                Self::List(list) => rest.extend(list.iter().rev()),
                Self::Numbered(list) => rest.extend(list.iter().rev().map(|(_, node)| node)),
                _ => {}
            }
        }
        found
    }

    /// What it is, for errors.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Absent => "nothing",
            Self::Present => "true",
            Self::Int(_) | Self::Enum { .. } | Self::Duration { .. } => "a number",
            Self::Flags { .. } => "flags",
            Self::Text(_) | Self::RawText(_) => "text",
            Self::Bytes(_) | Self::Damaged { .. } => "bytes",
            Self::Ip(_) => "an IP address",
            Self::Mac(_) => "a MAC address",
            Self::LinkAddr(_) => "a link address",
            Self::Uuid(_) => "a UUID",
            Self::Map(_) => "an object",
            Self::List(_) | Self::Numbered(_) => "a list",
        }
    }
}
