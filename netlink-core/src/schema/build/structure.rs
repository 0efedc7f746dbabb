//! C structs, and the lengths that their members tell.

use super::{
    Around, BuildError, BuildErrorKind, EXCESS, Kind, LengthUnit, Member, Node, NodeEntry, Step, Struct, fail, level,
    names, once, scalar, set::member as declared, value, variant, wrong,
};
use crate::schema::walk::check_struct;

pub(super) fn structure(
    structure: &'static Struct,
    node: &Node,
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    if let Node::Map(entries) = node {
        return members(structure, &entries.iter().collect::<Vec<_>>(), around, out);
    }
    // Bytes are taken as they are, if a reader would understand them.
    let bytes = scalar::bytes(node).map_err(|_| wrong("an object", node))?;
    let optional = structure.members.iter().find(|member| member.optional);
    let least = optional.map_or(structure.size, |member| member.offset);
    if bytes.len() < least {
        return Err(fail(BuildErrorKind::TooShort { limit: least, found: bytes.len() }));
    }
    check_struct(structure, &bytes, around.depth, around.structs)
        .map_err(|error| fail(BuildErrorKind::Bytes(error)))?;
    out.extend(bytes);
    Ok(())
}

/// The members that are given, and zeros for the others.
pub(super) fn members(
    structure: &'static Struct,
    entries: &[&NodeEntry],
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let around = around.in_struct()?;
    let find =
        |member: &Member| once(entries.iter().copied(), |entry| names::means(&entry.name, member.name, member.kernel));
    let given = |member: &Member| -> Result<Option<&Node>, BuildError> {
        Ok(find(member)?.map(|entry| &entry.node).filter(|node| **node != Node::Absent))
    };
    let is_declared = |entry: &&&NodeEntry| declared(structure, &entry.name).is_some() || entry.name == EXCESS;
    if let Some(entry) = entries.iter().find(|entry| !is_declared(entry)) {
        let meant = names::suggest(&entry.name, structure.members.iter().map(|member| member.name));
        return Err(fail(BuildErrorKind::UnknownName { name: entry.name.to_string(), meant }));
    }
    let (start, mut ended) = (out.len(), false);
    for (index, member) in structure.members.iter().enumerate() {
        let next = structure.members.get(index + 1).map_or(structure.size, |next| next.offset);
        let at = Step::Field(member.name);
        match (member.size, given(member)?) {
            (Some(_), None) if member.optional => ended = true,
            (_, Some(_)) if ended && member.optional => return Err(fail(BuildErrorKind::Hole).within(at)),
            (Some(_), node) => {
                self::member(member, node, [start, next], around, out).map_err(|error| error.within(at))?;
            }
            (None, node) => {
                let tail = out.len();
                if let Some(node) = node {
                    self::tail(structure, member, node, start, around, out).map_err(|error| error.within(at))?;
                }
                if ended && out.len() > tail {
                    return Err(fail(BuildErrorKind::Hole).within(at));
                }
                if let Some(len) = level::length_member(structure, member.name) {
                    let own = given(len)?.and_then(Node::as_int).and_then(|own| usize::try_from(own).ok());
                    fill(len, start, out.len() - tail, own, out)?;
                }
            }
        }
    }
    if let Some(entry) = once(entries.iter().copied(), |entry| entry.name == EXCESS)? {
        out.extend(scalar::bytes(&entry.node)?);
    }
    Ok(())
}

/// A member of a fixed size, in a struct that starts at `start` and whose next member starts `next` bytes later.
fn member(
    member: &Member,
    node: Option<&Node>,
    [start, next]: [usize; 2],
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let size = member.size.unwrap_or_default();
    let (begin, end) = (start + member.offset, start + member.offset + size);
    match node {
        Some(node) => value(&member.kind, node, around, out)?,
        None => out.resize(end, 0),
    }
    if out.len() != end {
        return Err(wrong_size(size, out.len().saturating_sub(begin)));
    }
    out.resize((start + next).max(end), 0);
    Ok(())
}

fn wrong_size(limit: usize, found: usize) -> BuildError {
    fail(if found > limit {
        BuildErrorKind::TooLong { limit, found }
    } else {
        BuildErrorKind::TooShort { limit, found }
    })
}

/// The last member, whose length is not fixed.
fn tail(
    structure: &'static Struct,
    member: &Member,
    node: &Node,
    start: usize,
    around: Around<'_>,
    out: &mut Vec<u8>,
) -> Result<(), BuildError> {
    let (Kind::Union(union), Some(by)) = (member.kind, member.select) else {
        return value(&member.kind, node, around, out);
    };
    let by = structure.members.iter().find(|member| member.name == by);
    let chosen = by.and_then(|by| {
        let bytes = out.get(start + by.offset..start + by.offset + by.size?)?;
        level::variant(union(), scalar::key(&by.kind, bytes))
    });
    variant(chosen, node, around, out)
}

/// Overwrites a length member.
pub(super) fn fill(
    member: &Member,
    start: usize,
    len: usize,
    given: Option<usize>,
    out: &mut [u8],
) -> Result<(), BuildError> {
    let told = match member.unit {
        LengthUnit::Bytes => len,
        // The bits of the last byte are known to whoever gives them.
        LengthUnit::Bits => given.filter(|bits| bits.div_ceil(8) == len).unwrap_or(len.saturating_mul(8)),
        LengthUnit::Elements(size) => len / size.max(1),
    };
    let mut bytes = Vec::new();
    scalar::write(&member.kind, &Node::Int(told as i128), &mut bytes)
        .map_err(|error| error.within(Step::Field(member.name)))?;
    if let Some(place) = out.get_mut(start + member.offset..start + member.offset + bytes.len()) {
        place.copy_from_slice(&bytes);
    }
    Ok(())
}
