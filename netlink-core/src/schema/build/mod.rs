//! From names and values to bytes.

mod limits;
mod set;
mod structure;

use std::collections::HashSet;

use super::{
    Attr, Direction, Kind, LengthUnit, Member, Node, NodeEntry, Origin, Root, Selector, Set, Struct, Union, Variant,
    level::{self, MAX_DEPTH},
    mistake::{BuildError, BuildErrorKind},
    names, scalar,
    tree::{EXCESS, UNKNOWN},
};
use crate::wire::{ATTR_HEADER, MAX_PAYLOAD, NESTED, Step, TYPE_MASK};

/// Makes the body of a message: what follows the message header, and for generic families the second header.
///
/// Attributes are written in the order of the declaration, as derived types do; what is not declared comes last.
/// Members of a struct that are not given are zero, and the lengths that its members tell are filled in. Names may be
/// spelled with `-` or `_`, in any case, or be the kernel's. Each stands once: what repeats is a list. A flag is sent for
/// `true` and 1, and not for `false` and 0.
///
/// # Errors
///
/// The first name that is not declared, or value that does not fit its place.
pub fn build(root: impl Into<Root>, node: &Node) -> Result<Vec<u8>, BuildError> {
    let root = root.into();
    let mut out = Vec::new();
    let around = Around { frame: None, depth: 0, structs: 0 };
    let built = match root {
        Root::Set(set) => set::set(set, node, around, &mut out),
        Root::Struct(structure) => structure::structure(structure, node, around, &mut out),
        Root::Other(kind) => value(&kind, node, around, &mut out),
    };
    match built {
        Ok(()) => Ok(out),
        Err(error) if root.name().is_empty() => Err(error),
        Err(error) => Err(error.in_type(root.name())),
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Around<'f> {
    frame: Option<&'f set::Frame<'f>>,
    depth: u8,
    /// How many structs are around.
    structs: u8,
}

impl Around<'_> {
    fn deeper(self) -> Result<Self, BuildError> {
        if self.depth >= MAX_DEPTH {
            return Err(fail(BuildErrorKind::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn in_struct(self) -> Result<Self, BuildError> {
        if self.structs >= MAX_DEPTH {
            return Err(fail(BuildErrorKind::TooDeep));
        }
        Ok(Self { structs: self.structs + 1, ..self })
    }
}

fn fail(kind: BuildErrorKind) -> BuildError {
    BuildError::new(kind)
}

fn wrong(expected: &'static str, node: &Node) -> BuildError {
    fail(BuildErrorKind::Type { expected, found: node.what() })
}

/// Whether an entry is this attribute.
fn means(entry: &NodeEntry, attr: &Attr) -> bool {
    match entry.origin {
        Origin::Attr { .. } => entry.is(attr),
        Origin::Given => names::means(&entry.name, attr.name, attr.kernel),
        _ => false,
    }
}

/// The entry that a test tells. There is one at most: nobody could tell which of several is meant.
fn once<'e>(
    entries: impl IntoIterator<Item = &'e NodeEntry>,
    test: impl Fn(&NodeEntry) -> bool,
) -> Result<Option<&'e NodeEntry>, BuildError> {
    let mut found = entries.into_iter().filter(|entry| test(entry));
    match (found.next(), found.next()) {
        (_, Some(again)) => Err(fail(BuildErrorKind::Twice { name: again.name.to_string() })),
        (found, None) => Ok(found),
    }
}

fn value(kind: &Kind, node: &Node, around: Around<'_>, out: &mut Vec<u8>) -> Result<(), BuildError> {
    if let Node::Damaged { bytes, .. } = node {
        out.extend(bytes);
        return Ok(());
    }
    if scalar::write(kind, node, out)? {
        return Ok(());
    }
    match kind {
        Kind::Nest(set) => set::set(set(), node, around, out),
        Kind::Struct(structure) => structure::structure(structure(), node, around, out),
        Kind::Union(_) => variant(None, node, around, out),
        Kind::Multi(element) => value(element, node, around, out),
        Kind::Array(element, count) => array(element, Some(*count), node, around, out),
        Kind::Packed(element) => array(element, None, node, around, out),
        Kind::Bitfield32(element) => {
            const HALVES: [&str; 2] = ["value", "selector"];
            let Node::Map(entries) = node else { return Err(wrong("an object", node)) };
            if let Some(entry) = entries.iter().find(|entry| !HALVES.contains(&&*entry.name)) {
                let meant = names::suggest(&entry.name, HALVES.into_iter());
                return Err(fail(BuildErrorKind::UnknownName { name: entry.name.to_string(), meant }));
            }
            for name in HALVES {
                let half = once(entries, |entry| entry.name == name)?.map_or(&Node::Int(0), |entry| &entry.node);
                value(element, half, around, out).map_err(|error| error.within(Step::Field(name)))?;
            }
            Ok(())
        }
        Kind::Indexed(element) => {
            let (around, list) = (around.deeper()?, list(node)?);
            let limit = usize::from(TYPE_MASK);
            if list.len() > limit {
                return Err(fail(BuildErrorKind::TooLong { limit, found: list.len() }));
            }
            (1..).zip(list).try_for_each(|(index, node)| {
                let built = attribute(index, element, out, |out| value(element, node, around, out));
                built.map_err(|error| error.within(Step::Index(usize::from(index) - 1)))
            })
        }
        Kind::Numbered(element) => {
            let around = around.deeper()?;
            numbered(node, |number, node| {
                let built = match scalar::is_off(element, node) {
                    Ok(true) => Ok(()),
                    _ => attribute(number, element, out, |out| value(element, node, around, out)),
                };
                built.map_err(|error| error.within(Step::Index(usize::from(number))))
            })
        }
        Kind::Records(set) => list(node)?.iter().enumerate().try_for_each(|(index, node)| {
            record(set(), node, around, out).map_err(|error| error.within(Step::Index(index)))
        }),
        Kind::Stream(set) => stream(set(), list(node)?, around.deeper()?, out),
        _ => Err(wrong("something else", node)),
    }
}

fn list(node: &Node) -> Result<&[Node], BuildError> {
    match node {
        Node::List(list) => Ok(list),
        node => Err(wrong("a list", node)),
    }
}

/// Calls a function with each element of a numbered list: `{"7": ...}`, or `[[7, ...]]` where numbers repeat.
fn numbered(node: &Node, mut each: impl FnMut(u16, &Node) -> Result<(), BuildError>) -> Result<(), BuildError> {
    const EXPECTED: &str = "a list of elements with their numbers";
    let small = |number: i128| u16::try_from(number).ok().filter(|number| *number <= TYPE_MASK);
    match node {
        Node::Numbered(list) => list.iter().try_for_each(|(number, node)| match *number {
            number @ 0..=TYPE_MASK => each(number, node),
            number => {
                let max = TYPE_MASK.into();
                Err(fail(BuildErrorKind::OutOfRange { min: 0, max, found: number.into() }))
            }
        }),
        Node::Map(entries) => {
            let mut before = HashSet::new();
            entries.iter().try_for_each(|entry| {
                let number = entry.name.parse().ok().and_then(small).ok_or_else(|| wrong(EXPECTED, node))?;
                if !before.insert(number) {
                    return Err(fail(BuildErrorKind::Twice { name: entry.name.to_string() }));
                }
                each(number, &entry.node)
            })
        }
        Node::List(list) => list.iter().try_for_each(|pair| match pair {
            Node::List(pair) => match pair.as_slice() {
                [number, element] => {
                    each(number.as_int().and_then(small).ok_or_else(|| wrong(EXPECTED, number))?, element)
                }
                _ => Err(wrong(EXPECTED, node)),
            },
            node => Err(wrong(EXPECTED, node)),
        }),
        node => Err(wrong(EXPECTED, node)),
    }
}

/// Zeros up to a multiple of 4 bytes after `start`.
fn pad(start: usize, out: &mut Vec<u8>) {
    let len = out.len() - start;
    out.resize(start + len.next_multiple_of(4), 0);
}

/// Writes an attribute with the flag bits of its kind.
fn attribute(
    id: u16,
    kind: &Kind,
    out: &mut Vec<u8>,
    payload: impl FnOnce(&mut Vec<u8>) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    raw_attribute(id | level::flags(kind), out, payload)
}

fn raw_attribute(
    kind: u16,
    out: &mut Vec<u8>,
    payload: impl FnOnce(&mut Vec<u8>) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    let start = out.len();
    let [low, high] = kind.to_ne_bytes();
    out.extend([0, 0, low, high]);
    payload(out)?;
    let found = out.len() - start - ATTR_HEADER;
    let len =
        u16::try_from(found + ATTR_HEADER).map_err(|_| fail(BuildErrorKind::TooLong { limit: MAX_PAYLOAD, found }))?;
    out[start..start + 2].copy_from_slice(&len.to_ne_bytes());
    pad(start, out);
    Ok(())
}

fn array(
    element: &Kind,
    count: Option<usize>,
    node: &Node,
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let wanted = count.and_then(|count| level::size(element)?.checked_mul(count));
    let start = out.len();
    match node {
        Node::List(list) => list.iter().enumerate().try_for_each(|(index, node)| {
            value(element, node, around, out).map_err(|error| error.within(Step::Index(index)))
        })?,
        node => out.extend(scalar::bytes(node)?),
    }
    match (wanted, out.len() - start) {
        (Some(limit), found) if found > limit => Err(fail(BuildErrorKind::TooLong { limit, found })),
        (Some(limit), found) if found < limit => Err(fail(BuildErrorKind::TooShort { limit, found })),
        _ => Ok(()),
    }
}

/// The payload of a union; bytes are taken as they are where no variant is known.
fn variant(
    variant: Option<&'static Variant>,
    node: &Node,
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    match (variant, node) {
        (Some(variant), node) => value(&variant.kind, node, around, out),
        (None, Node::Bytes(bytes)) => {
            out.extend(bytes);
            Ok(())
        }
        (None, Node::Text(_)) => {
            out.extend(scalar::bytes(node)?);
            Ok(())
        }
        (None, _) => Err(fail(BuildErrorKind::Selector)),
    }
}

fn record(set: &'static Set, node: &Node, around: Around<'_>, out: &mut Vec<u8>) -> Result<(), BuildError> {
    let start = out.len();
    set::set(set, node, around, out)?;
    if let Some(Kind::Struct(structure)) = set.header.map(|header| header.kind) {
        if let Some(member) = level::length_member(structure(), "self") {
            structure::fill(member, start, out.len() - start, None, out)?;
        }
    }
    pad(start, out);
    Ok(())
}

fn stream(set: &'static Set, list: &[Node], around: Around<'_>, out: &mut Vec<u8>) -> Result<(), BuildError> {
    list.iter().enumerate().try_for_each(|(index, node)| {
        let Node::Map(entries) = node else { return Err(wrong("an object", node).within(Step::Index(index))) };
        for attr in set.attrs {
            once(entries, |entry| means(entry, attr)).map_err(|error| error.within(Step::Index(index)))?;
        }
        entries.iter().try_for_each(|entry| {
            let built = match set.attrs.iter().find(|attr| means(entry, attr)) {
                Some(attr) if matches!(scalar::is_off(&attr.kind, &entry.node), Ok(true)) => Ok(()),
                Some(attr) => attribute(attr.id, &attr.kind, out, |out| value(&attr.kind, &entry.node, around, out))
                    .map_err(|error| error.within(Step::Field(attr.name))),
                None => set::undeclared(set, entry, around.depth, out),
            };
            built.map_err(|error| error.within(Step::Index(index)))
        })
    })
}
