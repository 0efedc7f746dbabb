//! Attribute sets: header, declared attributes, others.

use super::{
    Around, Attr, BuildError, BuildErrorKind, Direction, Kind, MAX_DEPTH, Member, NESTED, Node, NodeEntry, Origin,
    Selector, Set, Step, Struct, TYPE_MASK, UNKNOWN, Union, Variant, fail, level, limits::limits, means, names, once,
    pad, raw_attribute, scalar, structure::members, value, variant, wrong,
};

/// A set that is being written, and the sets around it.
pub(super) struct Frame<'f> {
    pub(super) set: &'static Set,
    header: &'f [u8],
    entries: &'f [NodeEntry],
    outer: Option<&'f Frame<'f>>,
}

impl Frame<'_> {
    /// The variant that the selector of an attribute says.
    fn variant(&self, attr: &Attr) -> Option<&'static Variant> {
        let Kind::Union(union) = attr.kind else { return None };
        match *attr.select? {
            Selector::Header(member) => level::variant(union(), level::header_key(self.set, self.header, member)),
            Selector::Attr(id) => self.selected(union(), id),
            Selector::Outer { set, id } => {
                let mut outer = self.outer;
                while let Some(frame) = outer {
                    if frame.set.name == set {
                        return frame.selected(union(), id);
                    }
                    outer = frame.outer;
                }
                None
            }
        }
    }

    fn selected(&self, union: &Union, id: u16) -> Option<&'static Variant> {
        let attr = self.set.attrs.iter().find(|attr| attr.id == id)?;
        let entry = self.entries.iter().find(|entry| means(entry, attr))?;
        let mut bytes = Vec::new();
        scalar::write(&attr.kind, &entry.node, &mut bytes).ok()?;
        level::variant(union, scalar::key(&attr.kind, &bytes))
    }
}

pub(super) fn set(set: &'static Set, node: &Node, around: Around<'_>, out: &mut Vec<u8>) -> Result<(), BuildError> {
    let depth = around.deeper()?.depth;
    let entries = match node {
        Node::Map(entries) => entries.as_slice(),
        Node::Present => &[],
        node => return Err(wrong("an object", node)),
    };
    let start = out.len();
    header(set, entries, around, out)?;
    let header = out[start..].to_vec();
    pad(start, out);
    let frame = Frame { set, header: &header, entries, outer: around.frame };
    let around = Around { frame: Some(&frame), depth, structs: around.structs };
    for attr in set.attrs.iter().filter(|attr| attr.direction != Direction::Receive) {
        let given = once(entries, |entry| means(entry, attr))?;
        let is_empty = |entry: &NodeEntry| {
            entry.node == Node::Absent || matches!(scalar::is_off(&attr.kind, &entry.node), Ok(true))
        };
        match given {
            given if attr.required && given.is_none_or(is_empty) => Err(fail(BuildErrorKind::Missing)),
            Some(entry) => self::attr(attr, entry, &frame, around, out),
            None => Ok(()),
        }
        .map_err(|error| error.within(Step::Field(attr.name)))?;
    }
    entries.iter().filter(|entry| !is_declared(set, entry)).try_for_each(|entry| undeclared(set, entry, depth, out))
}

/// The fixed header: an object of its own, or members among the attributes.
fn header(set: &Set, entries: &[NodeEntry], around: Around<'_>, out: &mut Vec<u8>) -> Result<(), BuildError> {
    let Some(header) = set.header else { return Ok(()) };
    let is_header = |entry: &NodeEntry| match entry.origin {
        Origin::Header { .. } => true,
        Origin::Given => names::same(&entry.name, header.field) && matches!(entry.node, Node::Map(_) | Node::Bytes(_)),
        _ => false,
    };
    let flat = |structure| -> Vec<&NodeEntry> {
        let own = entries.iter().filter(|entry| entry.origin == Origin::Given && !is_header(entry));
        let own = own.filter(|entry| !set.attrs.iter().any(|attr| means(entry, attr)));
        own.filter(|entry| member(structure, &entry.name).is_some()).collect()
    };
    let built = match (once(entries, is_header)?, header.kind) {
        (Some(entry), Kind::Struct(structure)) => match flat(structure()).first() {
            Some(again) => Err(fail(BuildErrorKind::Twice { name: again.name.to_string() })),
            None => value(&header.kind, &entry.node, around, out),
        },
        (Some(entry), kind) => value(&kind, &entry.node, around, out),
        (None, Kind::Struct(structure)) => members(structure(), &flat(structure()), around, out),
        (None, _) => {
            out.resize(out.len() + header.size, 0);
            Ok(())
        }
    };
    built.map_err(|error| error.within(Step::Field(header.field)))
}

pub(super) fn member(structure: &Struct, name: &str) -> Option<&'static Member> {
    structure.members.iter().find(|member| names::means(name, member.name, member.kernel))
}

/// Whether an entry was written as an attribute or as the header.
fn is_declared(set: &Set, entry: &NodeEntry) -> bool {
    let in_header = || match set.header {
        Some(header) if names::same(&entry.name, header.field) => true,
        Some(header) => match header.kind {
            Kind::Struct(structure) => member(structure(), &entry.name).is_some(),
            _ => false,
        },
        None => false,
    };
    match entry.origin {
        Origin::Header { .. } => true,
        Origin::Given => set.attrs.iter().any(|attr| means(entry, attr)) || in_header(),
        _ => set.attrs.iter().any(|attr| means(entry, attr)),
    }
}

/// What is not declared: `UnknownAttr(99)`, and mistakes.
pub(super) fn undeclared(set: &Set, entry: &NodeEntry, depth: u8, out: &mut Vec<u8>) -> Result<(), BuildError> {
    let step = || match unknown_kind(entry) {
        Some(kind) => Step::Attribute(kind & TYPE_MASK),
        None => Step::Field("an attribute"),
    };
    match (unknown_kind(entry), &entry.node) {
        (_, Node::Absent) => Ok(()),
        (None, Node::Damaged { .. }) if entry.origin == Origin::Excess => Ok(()),
        (None, _) => {
            let members = set.header.and_then(|header| match header.kind {
                Kind::Struct(structure) => Some(structure().members),
                _ => None,
            });
            let members = members.unwrap_or_default().iter().map(|member| member.name);
            let declared = set.attrs.iter().map(|attr| attr.name).chain(members);
            let meant = names::suggest(&entry.name, declared);
            Err(fail(BuildErrorKind::UnknownName { name: entry.name.to_string(), meant }))
        }
        (Some(kind), Node::List(list)) => {
            list.iter().try_for_each(|node| unknown(kind, node, depth, out)).map_err(|error| error.within(step()))
        }
        (Some(kind), node) => unknown(kind, node, depth, out).map_err(|error| error.within(step())),
    }
}

fn unknown_kind(entry: &NodeEntry) -> Option<u16> {
    match entry.origin {
        Origin::Unknown { kind } => Some(kind),
        Origin::Given => entry.name.strip_prefix(UNKNOWN)?.strip_prefix('(')?.strip_suffix(')')?.parse().ok(),
        _ => None,
    }
}

fn unknown(kind: u16, node: &Node, depth: u8, out: &mut Vec<u8>) -> Result<(), BuildError> {
    if depth >= MAX_DEPTH {
        return Err(fail(BuildErrorKind::TooDeep));
    }
    let Node::Map(entries) = node else {
        let payload = scalar::bytes(node)?;
        return raw_attribute(kind, out, |out| {
            out.extend(payload);
            Ok(())
        });
    };
    const NOTHING: Set = Set { name: "", doc: "", header: None, attrs: &[], pad: None, keeps_unknown: true };
    raw_attribute(kind | NESTED, out, |out| {
        entries.iter().try_for_each(|entry| undeclared(&NOTHING, entry, depth + 1, out))
    })
}

/// A declared attribute, or several.
fn attr(
    attr: &'static Attr,
    entry: &NodeEntry,
    frame: &Frame<'_>,
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let flags = |kind: &Kind| if attr.plain { level::flags(kind) & !NESTED } else { level::flags(kind) };
    match (&attr.kind, &entry.node) {
        (_, Node::Absent) => Ok(()),
        // Only said to be missing.
        (_, Node::Damaged { bytes, error }) if bytes.is_empty() && is_missing(error) => Ok(()),
        (kind, node) if matches!(scalar::is_off(kind, node), Ok(true)) => Ok(()),
        (Kind::Multi(kind), Node::List(list)) => list.iter().enumerate().try_for_each(|(index, node)| {
            let built = limits(attr, kind, node)
                .and_then(|()| raw_attribute(attr.id | flags(kind), out, |out| value(kind, node, around, out)));
            built.map_err(|error| error.within(Step::Index(index)))
        }),
        (Kind::Union(_), node) => {
            let chosen = frame.variant(attr);
            let flags = match (chosen, entry.origin) {
                (Some(variant), _) => flags(&variant.kind),
                // What is not declared is as it was.
                (None, Origin::Attr { kind }) => kind & !TYPE_MASK,
                (None, _) => 0,
            };
            raw_attribute(attr.id | flags, out, |out| variant(chosen, node, around, out))
        }
        (kind, node) => {
            limits(attr, kind, node)?;
            raw_attribute(attr.id | flags(kind), out, |out| value(kind, node, around, out))
        }
    }
}

fn is_missing(error: &crate::wire::DecodeError) -> bool {
    *error.kind() == crate::wire::DecodeErrorKind::Missing
}
