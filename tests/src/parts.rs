//! The bytes of a message, taken apart where the declaration says that something begins: no value is looked at but
//! those that select what others are.

use netlink_core::{
    schema::{Attr, ByteOrder, Direction, Int, Kind, Selector, Set, Struct},
    wire::{Attrs, Key, NESTED, TYPE_MASK},
};

/// Bytes, and how they are put together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parts {
    /// What has no parts, or is not declared.
    Bytes(Vec<u8>),
    /// What is in front of attributes; they themselves; what is behind them and is none. Those of a set are in order of
    /// their numbers, with those of one number as they came; those of a list as they came.
    Attrs(Vec<u8>, Vec<(u16, Parts)>, Vec<u8>),
    /// One after the other.
    Row(Vec<Parts>),
}

/// A set, for what is selected within: its header, its attributes, and the set around it.
#[derive(Clone, Copy)]
struct Level<'a> {
    set: &'static Set,
    header: &'a [u8],
    attrs: &'a [u8],
    outer: Option<&'a Level<'a>>,
}

impl Parts {
    /// The parts of the body of a message.
    pub(super) fn of(layout: Kind, body: &[u8]) -> Self {
        Self::value(&layout, None, body, None)
    }

    fn value(kind: &Kind, key: Option<Key<'_>>, bytes: &[u8], outer: Option<&Level<'_>>) -> Self {
        match kind {
            Kind::Nest(set) => Self::set(set(), bytes, outer),
            Kind::Union(union) => {
                let selects = |key| move |own: &fn() -> Option<Key<'static>>| own() == Some(key);
                let mut variants = union().variants.iter();
                match key.and_then(|key| variants.find(|variant| variant.keys.iter().any(selects(key)))) {
                    Some(variant) => Self::value(&variant.kind, None, bytes, outer),
                    None => Self::Bytes(bytes.to_owned()),
                }
            }
            Kind::Multi(kind) | Kind::Marked(kind) => Self::value(kind, key, bytes, outer),
            Kind::Indexed(element) | Kind::Numbered(element) => {
                let (attrs, rest) = split(bytes, |_, payload| Some(Self::value(element, None, payload, outer)));
                Self::Attrs(Vec::new(), attrs, rest)
            }
            Kind::Stream(set) => {
                let (attrs, rest) = split(bytes, |id, payload| {
                    Some(match find(set(), id) {
                        Some(attr) => Self::value(&attr.kind, None, payload, outer),
                        None => Self::Bytes(payload.to_owned()),
                    })
                });
                Self::Attrs(Vec::new(), attrs, rest)
            }
            Kind::Records(set) => Self::records(set(), bytes, outer),
            // The members of structs stand where they stand, but behind the last there may be attributes.
            Kind::Struct(structure) => match structure().members.last() {
                Some(tail) if tail.size.is_none() && tail.offset <= bytes.len() => {
                    let (front, rest) = bytes.split_at(tail.offset);
                    let key = tail.select.and_then(|by| member(structure(), bytes, by));
                    Self::Row(vec![Self::Bytes(front.to_owned()), Self::value(&tail.kind, key, rest, outer)])
                }
                _ => Self::Bytes(bytes.to_owned()),
            },
            _ => Self::Bytes(bytes.to_owned()),
        }
    }

    fn set(set: &'static Set, bytes: &[u8], outer: Option<&Level<'_>>) -> Self {
        let size = set.header.map_or(0, |header| header.size.next_multiple_of(4)).min(bytes.len());
        let (header, attrs) = bytes.split_at(size);
        let level = Level { set, header, attrs, outer };
        let (mut attrs, rest) = split(attrs, |id, payload| match find(set, id) {
            Some(attr) => Some(Self::value(&attr.kind, level.key(attr), payload, Some(&level))),
            // An attribute that only fills up is the one thing that may be left out.
            None if set.pad == Some(id) && payload.is_empty() => None,
            None => Some(Self::Bytes(payload.to_owned())),
        });
        attrs.sort_by_key(|(kind, _)| *kind);
        Self::Attrs(header.to_owned(), attrs, rest)
    }

    fn records(set: &'static Set, bytes: &[u8], outer: Option<&Level<'_>>) -> Self {
        let (mut row, mut rest) = (Vec::new(), bytes);
        while !rest.is_empty() {
            let told = structure(set).and_then(|header| {
                let member = header.members.iter().find(|member| member.len_of == Some("self"))?;
                let Key::Int(len) = key(&member.kind, rest.get(member.offset..)?.get(..member.size?)?)? else {
                    return None;
                };
                usize::try_from(len).ok()
            });
            let Some(len) = told.filter(|len| (1..=rest.len()).contains(len)) else {
                row.push(Self::Bytes(rest.to_owned()));
                break;
            };
            row.push(Self::set(set, &rest[..len], outer));
            rest = &rest[len.next_multiple_of(4).min(rest.len())..];
        }
        Self::Row(row)
    }
}

/// Attributes with what becomes of each, and the bytes behind the last that is one. That something is a nest is not
/// always said.
fn split(bytes: &[u8], mut part: impl FnMut(u16, &[u8]) -> Option<Parts>) -> (Vec<(u16, Parts)>, Vec<u8>) {
    let (mut attrs, mut end) = (Vec::new(), 0);
    for attr in Attrs::new(bytes).map_while(Result::ok) {
        end = (end + 4 + attr.payload.len()).next_multiple_of(4);
        attrs.extend(part(attr.kind & TYPE_MASK, attr.payload).map(|part| (attr.kind & !NESTED, part)));
    }
    (attrs, bytes.get(end..).unwrap_or_default().to_owned())
}

/// The attribute that the kernel sends with this number.
fn find(set: &'static Set, id: u16) -> Option<&'static Attr> {
    set.attrs.iter().find(|attr| attr.id == id && attr.direction != Direction::Send)
}

fn structure(set: &'static Set) -> Option<&'static Struct> {
    match set.header?.kind {
        Kind::Struct(structure) => Some(structure()),
        _ => None,
    }
}

impl<'a> Level<'a> {
    /// What selects the payload of an attribute.
    fn key(&self, attr: &Attr) -> Option<Key<'a>> {
        match attr.select? {
            Selector::Attr(id) => self.key_of(id),
            Selector::Header(name) => member(structure(self.set)?, self.header, name),
            Selector::Outer { set, id } => {
                let mut levels = std::iter::successors(self.outer, |level| level.outer);
                levels.find(|level| level.set.name == set)?.key_of(id)
            }
            _ => None,
        }
    }

    /// The last one of this number selects.
    fn key_of(&self, id: u16) -> Option<Key<'a>> {
        let last = Attrs::new(self.attrs).map_while(Result::ok).filter(|attr| attr.id() == id).last();
        key(&find(self.set, id)?.kind, last?.payload)
    }
}

/// What a member selects, also one of a struct within.
fn member<'a>(structure: &Struct, bytes: &'a [u8], name: &str) -> Option<Key<'a>> {
    structure.members.iter().find_map(|own| {
        let bytes = bytes.get(own.offset..)?.get(..own.size?)?;
        match own.kind {
            kind if own.name == name => key(&kind, bytes),
            Kind::Struct(inner) => member(inner(), bytes, name),
            _ => None,
        }
    })
}

/// What a value selects.
fn key<'a>(kind: &Kind, bytes: &'a [u8]) -> Option<Key<'a>> {
    match kind {
        Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Marked(kind) => key(kind, bytes),
        Kind::Text { .. } | Kind::FixedText(_) | Kind::ShortText(_) => {
            Some(Key::Text(bytes.split(|byte| *byte == 0).next().unwrap_or_default()))
        }
        Kind::Int(Int { size, order, signed, .. }) if bytes.len() == usize::from(*size) => {
            let big = *order == ByteOrder::Big || *order == ByteOrder::Host && cfg!(target_endian = "big");
            let add = |number, byte: &u8| number << 8 | u64::from(*byte);
            let number = if big { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) };
            let unused = 64 - 8 * u32::from(*size);
            Some(Key::Int(if *signed { ((number << unused) as i64 >> unused) as u64 } else { number }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
