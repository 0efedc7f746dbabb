//! From bytes to names and values.

mod found;

use found::{Found, is_flat, unknown};

use super::{
    Kind, Member, Node, NodeEntry, Origin, Root, Set, Struct,
    level::{self, Level, MAX_DEPTH, Span},
    scalar,
    tree::EXCESS,
};
use crate::wire::{DecodeError, DecodeErrorKind, Key, Step, TYPE_MASK, align4};

/// Reads the body of a message from the kernel: what follows the message header, and for generic families the second
/// header.
///
/// # Errors
///
/// The first damage, with the path to the field and the offset in `bytes`; [`Walk`] can go on after damage.
pub fn walk(root: impl Into<Root>, bytes: &[u8]) -> Result<Node, DecodeError> {
    Walk::new().walk(root, bytes)
}

/// Reads messages, with options.
///
/// ```
/// use netlink_core::{NlMessage, schema::{Node, Walk}};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     id: Option<u32>,
///     #[nl_attr(2)]
///     level: Option<u8>,
/// }
///
/// // Two bytes where four belong, an attribute that is fine, and one that nobody declared.
/// let bytes = [6, 0, 1, 0, 9, 9, 0, 0, 5, 0, 2, 0, 7, 0, 0, 0, 5, 0, 99, 0, 1, 0, 0, 0];
/// let node = Walk::new().lenient().walk(Sensor::SCHEMA, &bytes)?;
/// assert_eq!(node.get("level"), Some(&Node::Int(7)));
/// assert_eq!(node.damage()[0].to_string(), "2 bytes where 4 are expected (at byte 4)");
/// assert_eq!(node.get("UnknownAttr(99)"), Some(&Node::Bytes(vec![1])));
/// # Ok::<(), netlink_core::wire::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Walk {
    lenient: bool,
    sent: bool,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Around<'s, 'b> {
    level: Option<&'s Level<'s, 'b>>,
    depth: u8,
    /// How many structs are around: through a union, one can have itself inside.
    structs: u8,
}

impl Around<'_, '_> {
    fn deeper(self, span: Span<'_>) -> Result<Self, DecodeError> {
        if self.depth >= MAX_DEPTH {
            return Err(span.error(DecodeErrorKind::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn in_struct(self, span: Span<'_>) -> Result<Self, DecodeError> {
        if self.structs >= MAX_DEPTH {
            return Err(span.error(DecodeErrorKind::TooDeep));
        }
        Ok(Self { structs: self.structs + 1, ..self })
    }
}

/// Whether bytes, given as they are for a struct that stands so deep, are one.
pub(super) fn check_struct(
    structure: &'static Struct,
    bytes: &[u8],
    depth: u8,
    structs: u8,
) -> Result<(), DecodeError> {
    let around = Around { level: None, depth, structs };
    Walk::new().sent().structure(structure, Span::new(bytes), around).map(|_| ())
}

impl Walk {
    /// Messages from the kernel, the first damage being an error.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on after damage, which is kept as [`Node::Damaged`].
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Reads messages to the kernel, in which some attributes are something else.
    pub fn sent(mut self) -> Self {
        self.sent = true;
        self
    }

    /// Reads the body of a message.
    ///
    /// # Errors
    ///
    /// As for [`walk`](walk()). A lenient walk gives no errors.
    pub fn walk(&self, root: impl Into<Root>, bytes: &[u8]) -> Result<Node, DecodeError> {
        let root = root.into();
        let (span, around) = (Span::new(bytes), Around { level: None, depth: 0, structs: 0 });
        let node = match root {
            Root::Set(set) => self.set(set, span, around),
            Root::Struct(structure) => self.structure(structure, span, around),
            Root::Other(kind) => self.value(&kind, None, span, around),
        };
        self.caught(span, node.map_err(|error| if root.name().is_empty() { error } else { error.in_type(root.name()) }))
    }

    /// Keeps damage, in a lenient walk.
    fn caught(&self, span: Span<'_>, node: Result<Node, DecodeError>) -> Result<Node, DecodeError> {
        match node {
            Err(error) if self.lenient => Ok(Node::Damaged { bytes: span.bytes.to_owned(), error }),
            node => node,
        }
    }

    fn part(
        &self,
        step: Step,
        span: Span<'_>,
        read: impl FnOnce() -> Result<Node, DecodeError>,
    ) -> Result<Node, DecodeError> {
        self.caught(span, read()).map_err(|error| error.within(step))
    }

    fn value<'b>(
        &self,
        kind: &Kind,
        key: Option<Key<'_>>,
        span: Span<'b>,
        around: Around<'_, 'b>,
    ) -> Result<Node, DecodeError> {
        if let Some(node) = scalar::read(kind, span)? {
            return Ok(node);
        }
        match kind {
            Kind::Nest(set) => self.set(set(), span, around),
            Kind::Struct(structure) => self.structure(structure(), span, around),
            Kind::Union(union) => match level::variant(union(), key) {
                Some(variant) => self.value(&variant.kind, None, span, around),
                None => Ok(Node::Bytes(span.bytes.to_owned())),
            },
            Kind::Multi(kind) => self.value(kind, key, span, around),
            Kind::Array(element, count) => self.array(element, Some(*count), span, around),
            Kind::Packed(element) => self.array(element, None, span, around),
            Kind::Bitfield32(kind) => {
                let half = level::size(kind).unwrap_or(4);
                if span.bytes.len() != 2 * half {
                    return Err(span.error(DecodeErrorKind::Length { expected: 2 * half, found: span.bytes.len() }));
                }
                let read = |name, span| Ok(NodeEntry::new(name, Origin::Member, self.value(kind, None, span, around)?));
                Ok(Node::Map(vec![read("value", span.first(half))?, read("selector", span.from(half))?]))
            }
            Kind::Indexed(element) => {
                let mut list = Vec::new();
                self.elements(span, around, |_, span, around| {
                    list.push(self.caught(span, self.value(element, None, span, around))?);
                    Ok(())
                })?;
                Ok(Node::List(list))
            }
            Kind::Numbered(element) => {
                let mut list = Vec::new();
                self.elements(span, around, |kind, span, around| {
                    let node = self.caught(span, self.value(element, None, span, around))?;
                    list.push((kind & TYPE_MASK, node));
                    Ok(())
                })?;
                Ok(Node::Numbered(list))
            }
            Kind::Records(set) => self.records(set(), span, around),
            Kind::Stream(set) => self.stream(set(), span, around),
            _ => Ok(Node::Bytes(span.bytes.to_owned())),
        }
    }

    /// Calls a function with each attribute of a list.
    fn elements<'s, 'b>(
        &self,
        span: Span<'b>,
        around: Around<'s, 'b>,
        mut take: impl FnMut(u16, Span<'b>, Around<'s, 'b>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let around = around.deeper(span)?;
        for (index, attr) in span.attrs().enumerate() {
            let (attr, span) = attr?;
            take(attr.kind, span, around).map_err(|error| error.within(Step::Index(index)))?;
        }
        Ok(())
    }

    /// Elements of a fixed size. Bytes are not shown one by one, unless they are numbers in a list.
    fn array<'b>(
        &self,
        element: &Kind,
        count: Option<usize>,
        span: Span<'b>,
        around: Around<'_, 'b>,
    ) -> Result<Node, DecodeError> {
        let size = match (element, level::size(element)) {
            (Kind::Int(int), Some(1)) if count.is_some() && !int.signed => None,
            (_, size) => size.filter(|size| *size > 0),
        };
        let found = span.bytes.len();
        if let (Some(count), Some(size)) = (count, level::size(element)) {
            if size.checked_mul(count) != Some(found) {
                let expected = size.saturating_mul(count);
                return Err(span.error(DecodeErrorKind::Length { expected, found }));
            }
        }
        let Some(size) = size else { return Ok(Node::Bytes(span.bytes.to_owned())) };
        if found % size != 0 {
            return Err(span.error(DecodeErrorKind::Uneven { element: size, found }));
        }
        let elements = (0..found / size).map(|index| {
            let span = span.from(index * size).first(size);
            self.part(Step::Index(index), span, || self.value(element, None, span, around))
        });
        elements.collect::<Result<_, _>>().map(Node::List)
    }

    fn records<'b>(&self, set: &'static Set, span: Span<'b>, around: Around<'_, 'b>) -> Result<Node, DecodeError> {
        let (mut list, mut rest) = (Vec::new(), span);
        while !rest.bytes.is_empty() {
            let step = Step::Index(list.len());
            let record = record(set, rest).map_err(|error| error.within(step));
            let record = match record {
                Err(error) if self.lenient => {
                    list.push(Node::Damaged { bytes: rest.bytes.to_owned(), error });
                    break;
                }
                record => record?,
            };
            list.push(self.part(step, record, || self.set(set, record, around))?);
            rest = rest.from(align4(record.bytes.len()));
        }
        Ok(Node::List(list))
    }

    fn stream<'b>(&self, set: &'static Set, span: Span<'b>, around: Around<'_, 'b>) -> Result<Node, DecodeError> {
        let mut list = Vec::new();
        self.elements(span, around, |kind, span, around| {
            let entry = match level::attr(set, kind & TYPE_MASK, self.sent) {
                Some((_, attr)) => {
                    let node = self.caught(span, self.value(&attr.kind, None, span, around))?;
                    NodeEntry::new(attr.name, Origin::Attr { kind }, node)
                }
                None => NodeEntry::unknown(kind, Node::Bytes(span.bytes.to_owned())),
            };
            list.push(Node::Map(vec![entry]));
            Ok(())
        })?;
        Ok(Node::List(list))
    }

    fn set<'b>(&self, set: &'static Set, span: Span<'b>, around: Around<'_, 'b>) -> Result<Node, DecodeError> {
        let depth = around.deeper(span)?.depth;
        let level = Level::new(set, span, around.level);
        let around = Around { level: Some(&level), depth, structs: around.structs };
        let mut found = Found { entries: Vec::new(), places: vec![None; set.attrs.len()] };
        if let Some(header) = set.header {
            let node = self.part(Step::Field(header.field), level.header, || {
                level.header.needs(header.size)?;
                self.value(&header.kind, None, level.header, around)
            })?;
            let origin = Origin::Header { flat: is_flat(set, &header.kind) };
            found.entries.push(NodeEntry::new(header.field, origin, node));
        }
        // A payload with a selector is read at the end, since the selector may come after it; of several, the last.
        let mut deferred: Vec<Option<(u16, Span<'b>)>> = vec![None; set.attrs.len()];
        for attr in level.attrs.attrs() {
            let (raw, payload) = match attr {
                Err(error) if self.lenient => {
                    let bytes = span.from(error.offset().saturating_sub(span.at)).bytes.to_owned();
                    found.entries.push(NodeEntry::new(EXCESS, Origin::Excess, Node::Damaged { bytes, error }));
                    break;
                }
                attr => attr?,
            };
            match level::attr(set, raw.id(), self.sent) {
                Some((index, attr)) if attr.select.is_some() => {
                    found.add(index, attr, raw.kind, Node::Absent);
                    deferred[index] = Some((raw.kind, payload));
                }
                Some((index, attr)) => {
                    let step = Step::Field(attr.name);
                    let node = self.part(step, payload, || self.value(&attr.kind, None, payload, around))?;
                    found.add(index, attr, raw.kind, node);
                }
                None if set.pad == Some(raw.id()) => {}
                None => found.entries.push(NodeEntry::unknown(raw.kind, unknown(raw.kind, payload, depth))),
            }
        }
        for (index, attr) in set.attrs.iter().enumerate() {
            let step = Step::Field(attr.name);
            if let Some((kind, payload)) = deferred[index] {
                let key = level.key(attr);
                let node = self.part(step, payload, || self.value(&attr.kind, key, payload, around))?;
                found.add(index, attr, kind, node);
            }
            // What is only sent is not missed in what is received.
            let expected = attr.required && level::attr(set, attr.id, self.sent).is_some_and(|(own, _)| own == index);
            if expected && found.places[index].is_none() {
                let end = span.from(usize::MAX);
                let missing = || Err(end.error(DecodeErrorKind::Missing));
                found.add(index, attr, attr.id, self.part(step, end, missing)?);
            }
        }
        Ok(Node::Map(found.entries))
    }

    fn structure<'b>(
        &self,
        structure: &'static Struct,
        span: Span<'b>,
        around: Around<'_, 'b>,
    ) -> Result<Node, DecodeError> {
        let around = around.in_struct(span)?;
        let always = structure.members.iter().rev().find(|member| member.size.is_some() && !member.optional);
        let ends_there = structure.members.last().is_some_and(|last| last.size.is_some() && !last.optional);
        span.needs(match always {
            Some(_) if ends_there => structure.size,
            Some(member) => member.offset + member.size.unwrap_or_default(),
            None => 0,
        })?;
        let mut entries = Vec::new();
        for member in structure.members {
            let rest = span.from(member.offset);
            if member.optional && rest.bytes.is_empty() {
                continue;
            }
            let node = self.part(Step::Field(member.name), rest, || {
                let part = member_span(structure, member, span)?;
                let key = member.select.and_then(|by| {
                    let by = structure.members.iter().find(|member| member.name == by)?;
                    scalar::key(&by.kind, member_span(structure, by, span).ok()?.bytes)
                });
                self.value(&member.kind, key, part, around)
            })?;
            entries.push(NodeEntry::new(member.name, Origin::Member, node));
        }
        // A newer kernel's struct is longer; one with a tail has no end of its own.
        let excess = span.from(structure.size);
        if structure.members.iter().all(|member| member.size.is_some()) && !excess.bytes.is_empty() {
            entries.push(NodeEntry::new(EXCESS, Origin::Excess, Node::Bytes(excess.bytes.to_owned())));
        }
        Ok(Node::Map(entries))
    }
}

/// The bytes of a member.
pub(super) fn member_span<'b>(
    structure: &'static Struct,
    member: &Member,
    span: Span<'b>,
) -> Result<Span<'b>, DecodeError> {
    let rest = span.from(member.offset);
    let told = || level::length_member(structure, member.name).and_then(|len| level::told_length(len, span.bytes));
    match member.size.or_else(told) {
        Some(size) => rest.needs(size).map(|()| rest.first(size)),
        None => Ok(rest),
    }
}

/// The first of the records.
pub(super) fn record<'b>(set: &Set, rest: Span<'b>) -> Result<Span<'b>, DecodeError> {
    let size = set.header.map_or(0, |header| header.size);
    rest.needs(size)?;
    let len = set.header.and_then(|header| match header.kind {
        Kind::Struct(structure) => level::told_length(level::length_member(structure(), "self")?, rest.bytes),
        _ => None,
    });
    let left = rest.bytes.len();
    let claimed = len.unwrap_or(left);
    if claimed < size.max(1) || claimed > left {
        return Err(rest.error(DecodeErrorKind::AttributeLength { claimed, left }));
    }
    Ok(rest.first(claimed))
}
