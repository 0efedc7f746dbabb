//! The bytes of a message, taken apart where the declaration says that something begins: no value is looked at but
//! those that select what others are.

use netlink_core::{
    schema::{Attr, ByteOrder, Direction, Int, Kind, Member, Selector, Set, Struct, Union, Variant},
    wire::{Attrs, Key, NESTED, TYPE_MASK},
};

/// Bytes, and how they are put together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parts {
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

/// What the declaration calls a part.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// An attribute.
    Attr(&'static Set, &'static Attr),
    /// What a selector has selected.
    Variant(&'static Union, &'static Variant),
    /// A member of a struct.
    Member(&'static Struct, &'static Member),
}

impl Parts {
    /// The parts of the body of a message from the kernel.
    pub(crate) fn of(layout: Kind, body: &[u8]) -> Self {
        Split { sent: false, see: &mut |_, _| {} }.value(&layout, None, body, None)
    }
}

/// Calls a function with each part of the body of a message that is declared, and its bytes; also with parts of parts.
/// `sent` says whether it is for the kernel.
pub fn see(layout: Kind, body: &[u8], sent: bool, mut see: impl FnMut(Declared, &[u8])) {
    Split { sent, see: &mut see }.value(&layout, None, body, None);
}

/// Takes bytes apart.
struct Split<'s> {
    /// Whether they are for the kernel, in which some attributes are something else.
    sent: bool,
    see: &'s mut dyn FnMut(Declared, &[u8]),
}

impl Split<'_> {
    fn value(&mut self, kind: &Kind, key: Option<Key<'_>>, bytes: &[u8], outer: Option<&Level<'_>>) -> Parts {
        match kind {
            Kind::Nest(set) => self.set(set(), bytes, outer),
            Kind::Union(union) => {
                let union = union();
                let selects = |key| move |own: &fn() -> Option<Key<'static>>| own() == Some(key);
                let mut variants = union.variants.iter();
                match key.and_then(|key| variants.find(|variant| variant.keys.iter().any(selects(key)))) {
                    Some(variant) => {
                        (self.see)(Declared::Variant(union, variant), bytes);
                        self.value(&variant.kind, None, bytes, outer)
                    }
                    None => Parts::Bytes(bytes.to_owned()),
                }
            }
            Kind::Multi(kind) | Kind::Marked(kind) => self.value(kind, key, bytes, outer),
            Kind::Indexed(element) | Kind::Numbered(element) => {
                let (attrs, rest) = split(bytes, |_, payload| Some(self.value(element, None, payload, outer)));
                Parts::Attrs(Vec::new(), attrs, rest)
            }
            Kind::Stream(set) => {
                let set = set();
                let (attrs, rest) = split(bytes, |id, payload| Some(self.attr(set, id, payload, None, outer)));
                Parts::Attrs(Vec::new(), attrs, rest)
            }
            Kind::Records(set) => self.records(set(), bytes, outer),
            Kind::Struct(structure) => self.structure(structure(), bytes, outer),
            Kind::Packed(Kind::Struct(structure)) | Kind::Array(Kind::Struct(structure), _) => {
                for bytes in bytes.chunks(structure().size.max(1)) {
                    self.structure(structure(), bytes, outer);
                }
                Parts::Bytes(bytes.to_owned())
            }
            _ => Parts::Bytes(bytes.to_owned()),
        }
    }

    /// An attribute, perhaps of a set in which something selects.
    fn attr(
        &mut self,
        set: &'static Set,
        id: u16,
        payload: &[u8],
        level: Option<&Level<'_>>,
        outer: Option<&Level<'_>>,
    ) -> Parts {
        let Some(attr) = find(set, id, self.sent) else { return Parts::Bytes(payload.to_owned()) };
        (self.see)(Declared::Attr(set, attr), payload);
        self.value(&attr.kind, level.and_then(|level| level.key(attr)), payload, level.or(outer))
    }

    fn set(&mut self, set: &'static Set, bytes: &[u8], outer: Option<&Level<'_>>) -> Parts {
        let size = set.header.map_or(0, |header| header.size.next_multiple_of(4)).min(bytes.len());
        let (header, attrs) = bytes.split_at(size);
        if let Some(declared) = set.header {
            self.value(&declared.kind, None, &header[..declared.size.min(size)], None);
        }
        let level = Level { set, header, attrs, outer };
        let (mut attrs, rest) = split(attrs, |id, payload| {
            // An attribute that only fills up is the one thing that may be left out.
            let fills = set.pad == Some(id) && payload.is_empty() && find(set, id, self.sent).is_none();
            (!fills).then(|| self.attr(set, id, payload, Some(&level), None))
        });
        attrs.sort_by_key(|(kind, _)| *kind);
        Parts::Attrs(header.to_owned(), attrs, rest)
    }

    fn records(&mut self, set: &'static Set, bytes: &[u8], outer: Option<&Level<'_>>) -> Parts {
        let (mut row, mut rest) = (Vec::new(), bytes);
        while !rest.is_empty() {
            let told = structure(set).and_then(|header| {
                let member = header.members.iter().find(|member| member.len_of == Some("self"))?;
                match key(&member.kind, rest.get(member.offset..)?.get(..member.size?)?)? {
                    Key::Int(len) => usize::try_from(len).ok(),
                    Key::Text(_) => None,
                }
            });
            let Some(len) = told.filter(|len| (1..=rest.len()).contains(len)) else {
                row.push(Parts::Bytes(rest.to_owned()));
                break;
            };
            row.push(self.set(set, &rest[..len], outer));
            rest = &rest[len.next_multiple_of(4).min(rest.len())..];
        }
        Parts::Row(row)
    }

    /// Members stand where they stand, but behind the last there may be attributes.
    fn structure(&mut self, structure: &'static Struct, bytes: &[u8], outer: Option<&Level<'_>>) -> Parts {
        let mut parts = Parts::Bytes(bytes.to_owned());
        for own in structure.members {
            let Some(rest) = bytes.get(own.offset..) else { continue };
            let payload = own.size.map_or(rest, |size| &rest[..size.min(rest.len())]);
            (self.see)(Declared::Member(structure, own), payload);
            let key = own.select.and_then(|by| member(structure, bytes, by));
            let value = self.value(&own.kind, key, payload, outer);
            if own.size.is_none() {
                parts = Parts::Row(vec![Parts::Bytes(bytes[..own.offset].to_owned()), value]);
            }
        }
        parts
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

/// The attribute of this number. One that only goes this way is meant before one that goes both ways.
fn find(set: &'static Set, id: u16, sent: bool) -> Option<&'static Attr> {
    let (own, other) = match sent {
        true => (Direction::Send, Direction::Receive),
        false => (Direction::Receive, Direction::Send),
    };
    let mut attrs = set.attrs.iter().filter(|attr| attr.id == id && attr.direction != other);
    attrs.clone().find(|attr| attr.direction == own).or_else(|| attrs.next())
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
        match *attr.select? {
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
        key(&find(self.set, id, false)?.kind, last?.payload)
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
