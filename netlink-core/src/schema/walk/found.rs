//! What a set turned out to have.

use super::super::{
    Attr, Kind, Node, NodeEntry, Origin, Set,
    level::{MAX_DEPTH, Span},
    names,
};
use crate::wire::NESTED;

/// The entries of a set while they are read.
pub(super) struct Found {
    pub(super) entries: Vec<NodeEntry>,
    /// Where the entry of each declared attribute is.
    pub(super) places: Vec<Option<usize>>,
}

impl Found {
    pub(super) fn add(&mut self, index: usize, attr: &'static Attr, kind: u16, node: Node) {
        match self.places[index].and_then(|place| self.entries.get_mut(place)) {
            Some(entry) => {
                entry.origin = Origin::Attr { kind };
                add(attr, &mut entry.node, node);
            }
            None => {
                self.places[index] = Some(self.entries.len());
                let node = if matches!(attr.kind, Kind::Multi(_)) { Node::List(vec![node]) } else { node };
                self.entries.push(NodeEntry::new(attr.name, Origin::Attr { kind }, node));
            }
        }
    }
}

/// What an attribute that comes again does: it adds (`multi`, `merge`), or replaces.
fn add(attr: &Attr, old: &mut Node, new: Node) {
    match (&attr.kind, old, new) {
        (Kind::Multi(_), Node::List(list), new) => list.push(new),
        (Kind::Nest(set), Node::Map(entries), Node::Map(more)) if attr.merge => merge(set(), entries, more),
        (Kind::Numbered(Kind::Nest(set)), Node::Numbered(list), Node::Numbered(more)) if attr.merge => {
            for (number, node) in more {
                match (list.iter_mut().find(|(own, _)| *own == number), node) {
                    (Some((_, Node::Map(entries))), Node::Map(more)) => merge(set(), entries, more),
                    (Some((_, old)), node) => *old = node,
                    (None, node) => list.push((number, node)),
                }
            }
        }
        (_, old, new) => *old = new,
    }
}

fn merge(set: &'static Set, entries: &mut Vec<NodeEntry>, more: Vec<NodeEntry>) {
    for new in more {
        if matches!(new.origin, Origin::Unknown { .. }) {
            entries.push(new);
            continue;
        }
        let old = entries.iter_mut().find(|old| old.name == new.name);
        let attr = set.attrs.iter().find(|attr| new.is(attr));
        match (old, attr, new.node) {
            (Some(old), Some(attr), Node::List(list)) if matches!(attr.kind, Kind::Multi(_)) => {
                list.into_iter().for_each(|node| add(attr, &mut old.node, node));
            }
            (Some(old), Some(attr), node) => add(attr, &mut old.node, node),
            (Some(old), None, node) => old.node = node,
            (None, _, node) => entries.push(NodeEntry { node, ..new }),
        }
    }
}

/// Whether the members of the header can be told from the attributes by their names.
pub(super) fn is_flat(set: &Set, header: &Kind) -> bool {
    let Kind::Struct(structure) = header else { return false };
    let taken = |name| set.attrs.iter().any(|attr| names::same(attr.name, name));
    !structure().members.iter().any(|member| taken(member.name))
}

/// An attribute that is not declared: attributes if it says so and they are written as usual, and bytes otherwise.
pub(super) fn unknown(kind: u16, span: Span<'_>, depth: u8) -> Node {
    let nest = || {
        let (mut entries, mut end) = (Vec::new(), 0);
        for attr in span.attrs() {
            let (attr, inner) = attr.ok()?;
            let stop = inner.at - span.at + inner.bytes.len();
            end = stop.next_multiple_of(4);
            // Padding that is not zero would be lost.
            span.bytes.get(stop..end)?.iter().all(|byte| *byte == 0).then_some(())?;
            entries.push(NodeEntry::unknown(attr.kind, unknown(attr.kind, inner, depth + 1)));
        }
        (end == span.bytes.len()).then_some(Node::Map(entries))
    };
    let nested = if kind & NESTED != 0 && depth < MAX_DEPTH { nest() } else { None };
    nested.unwrap_or_else(|| Node::Bytes(span.bytes.to_owned()))
}
