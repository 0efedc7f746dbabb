//! What walking, building and finding have in common: spans of bytes, sets inside of sets, selectors.

use std::cell::RefCell;

use super::{Attr, Direction, Kind, LengthUnit, Member, Selector, Set, Struct, Union, Variant, scalar};
use crate::wire::{Attr as RawAttr, Attrs, DecodeError, DecodeErrorKind, Key, NESTED, NET_BYTEORDER, align4};

/// How deep nests may go; as in the decoder of derived types.
pub(super) const MAX_DEPTH: u8 = 20;

/// What a message body consists of: a set, a struct, or anything else with a description.
///
/// ```
/// use netlink_core::{NlMessage, generic::Family, schema::{Kind, Root}};
///
/// assert_eq!(Root::from(Family::SCHEMA).name(), "Family");
/// assert!(Root::from(Kind::Empty).is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Root {
    /// Attributes, perhaps with a header in front.
    Set(&'static Set),
    /// A C struct.
    Struct(&'static Struct),
    /// Something else.
    Other(Kind),
}

impl Root {
    /// The name of the type; empty if it has none.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Set(set) => set.name,
            Self::Struct(structure) => structure.name,
            Self::Other(_) => "",
        }
    }

    /// Whether there is nothing to be said about the body.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Other(Kind::Empty))
    }
}

impl From<&'static Set> for Root {
    fn from(set: &'static Set) -> Self {
        Self::Set(set)
    }
}

impl From<&'static Struct> for Root {
    fn from(structure: &'static Struct) -> Self {
        Self::Struct(structure)
    }
}

impl From<Kind> for Root {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Nest(set) => Self::Set(set()),
            Kind::Struct(structure) => Self::Struct(structure()),
            kind => Self::Other(kind),
        }
    }
}

/// Bytes, and where they stand in the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Span<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// From here to the end.
    pub(super) fn from(self, start: usize) -> Self {
        let start = start.min(self.bytes.len());
        Self { bytes: &self.bytes[start..], at: self.at + start }
    }

    /// At most so many bytes.
    pub(super) fn first(self, len: usize) -> Self {
        Self { bytes: &self.bytes[..len.min(self.bytes.len())], at: self.at }
    }

    pub(super) fn contains(self, offset: usize) -> bool {
        offset >= self.at && offset - self.at < self.bytes.len()
    }

    pub(super) fn error(self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.at)
    }

    /// At least so many bytes.
    pub(super) fn needs(self, needed: usize) -> Result<(), DecodeError> {
        let found = self.bytes.len();
        if found < needed { Err(self.error(DecodeErrorKind::Truncated { needed, found })) } else { Ok(()) }
    }

    /// The attributes; an error ends them.
    pub(super) fn attrs(self) -> impl Iterator<Item = Result<(RawAttr<'b>, Self), DecodeError>> {
        let mut attrs = Attrs::new(self.bytes);
        let mut start = 0;
        std::iter::from_fn(move || match attrs.step()? {
            Ok(attr) => {
                let span = Span { bytes: attr.payload, at: self.at + start + 4 };
                start += align4(4 + attr.payload.len());
                Some(Ok((attr, span)))
            }
            Err((kind, at)) => Some(Err(DecodeError::new(kind, self.at + at))),
        })
    }
}

/// A set that is being read, and the sets around it.
#[derive(Debug)]
pub(super) struct Level<'s, 'b> {
    pub(super) set: &'static Set,
    pub(super) header: Span<'b>,
    pub(super) attrs: Span<'b>,
    pub(super) outer: Option<&'s Level<'s, 'b>>,
    /// Selectors that were looked for, so that each is looked for once.
    keys: RefCell<Vec<(u16, Option<Key<'b>>)>>,
}

impl<'s, 'b> Level<'s, 'b> {
    /// A set in these bytes, which may be too short for its header.
    pub(super) fn new(set: &'static Set, bytes: Span<'b>, outer: Option<&'s Level<'s, 'b>>) -> Self {
        let size = set.header.map_or(0, |header| header.size);
        let (header, attrs) = (bytes.first(size), bytes.from(align4(size)));
        Self { set, header, attrs, outer, keys: RefCell::default() }
    }

    /// What selects the payload of an attribute.
    pub(super) fn key(&self, attr: &Attr) -> Option<Key<'b>> {
        match *attr.select? {
            Selector::Attr(id) => self.key_of(id),
            Selector::Header(member) => header_key(self.set, self.header.bytes, member),
            Selector::Outer { set, id } => {
                let mut outer = self.outer;
                while let Some(level) = outer {
                    if level.set.name == set {
                        return level.key_of(id);
                    }
                    outer = level.outer;
                }
                None
            }
        }
    }

    fn key_of(&self, id: u16) -> Option<Key<'b>> {
        if let Some((_, key)) = self.keys.borrow().iter().find(|(known, _)| *known == id) {
            return *key;
        }
        let attr = self.set.attrs.iter().find(|attr| attr.id == id);
        let last = self.attrs.attrs().map_while(Result::ok).filter(|(raw, _)| raw.id() == id).last();
        let key = attr.zip(last).and_then(|(attr, (_, span))| scalar::key(&attr.kind, span.bytes));
        self.keys.borrow_mut().push((id, key));
        key
    }
}

/// What a member of the header selects.
pub(super) fn header_key<'b>(set: &Set, header: &'b [u8], member: &str) -> Option<Key<'b>> {
    let Kind::Struct(structure) = set.header?.kind else { return None };
    member_key(structure(), header, member)
}

fn member_key<'b>(structure: &Struct, bytes: &'b [u8], name: &str) -> Option<Key<'b>> {
    let bytes_of = |member: &Member| bytes.get(member.offset..member.offset.checked_add(member.size?)?);
    if let Some(member) = structure.members.iter().find(|member| member.name == name) {
        return scalar::key(&member.kind, bytes_of(member)?);
    }
    structure.members.iter().find_map(|member| match member.kind {
        Kind::Struct(inner) if member.size.is_some() => member_key(inner(), bytes_of(member)?, name),
        _ => None,
    })
}

/// The variant that is selected.
pub(super) fn variant(union: &Union, key: Option<Key<'_>>) -> Option<&'static Variant> {
    let key = key?;
    let selected = |variant: &&Variant| variant.keys.iter().any(|own| own() == Some(key));
    union.variants.iter().find(selected)
}

/// The attribute that a number stands for, in messages that go this way.
pub(super) fn attr(set: &Set, id: u16, sent: bool) -> Option<(usize, &'static Attr)> {
    let other = if sent { Direction::Receive } else { Direction::Send };
    set.attrs.iter().enumerate().find(|(_, attr)| attr.id == id && attr.direction != other)
}

/// The flag bits of an attribute that carries this.
pub(super) fn flags(kind: &Kind) -> u16 {
    match kind {
        // What has a struct in front is no nest to the kernel.
        Kind::Nest(set) if set().header.is_none() => NESTED,
        Kind::Indexed(_) | Kind::Numbered(_) | Kind::Stream(_) => NESTED,
        Kind::Int(int) if int.marked => NET_BYTEORDER,
        Kind::Marked(kind) => NET_BYTEORDER | flags(kind),
        Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Multi(kind) | Kind::Duration(kind, _) => flags(kind),
        _ => 0,
    }
}

/// How many bytes it always has, if that is known.
pub(super) fn size(kind: &Kind) -> Option<usize> {
    match kind {
        Kind::Int(int) => Some(usize::from(int.size)),
        Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Duration(kind, _) | Kind::Marked(kind) => size(kind),
        Kind::FixedText(size) => Some(*size),
        Kind::Array(kind, count) => size(kind)?.checked_mul(*count),
        Kind::Ipv4 => Some(4),
        Kind::Ipv6 | Kind::Uuid => Some(16),
        Kind::Mac => Some(6),
        Kind::Bitfield32(kind) => size(kind)?.checked_mul(2),
        Kind::Struct(structure) => {
            let structure = structure();
            let fixed = |member: &Member| member.size.is_some() && !member.optional;
            structure.members.iter().all(fixed).then_some(structure.size)
        }
        _ => None,
    }
}

/// The member with the length of another one, or of the record for `self`.
pub(super) fn length_member(structure: &Struct, of: &str) -> Option<&'static Member> {
    structure.members.iter().find(|member| member.len_of == Some(of))
}

/// How many bytes a length member says.
pub(super) fn told_length(member: &Member, structure: &[u8]) -> Option<usize> {
    let bytes = structure.get(member.offset..member.offset.checked_add(member.size?)?)?;
    let number = scalar::int(&member.kind, bytes)?;
    // Nonsense is longer than anything.
    let len = usize::try_from(number).unwrap_or(usize::MAX);
    Some(match member.unit {
        LengthUnit::Bytes => len,
        LengthUnit::Bits => len.div_ceil(8),
        LengthUnit::Elements(size) => len.saturating_mul(size),
    })
}
