//! The limits that a declaration sets.

use super::{Attr, BuildError, BuildErrorKind, Kind, Node, fail, scalar};

/// The limits that the declaration sets.
pub(super) fn limits(attr: &Attr, kind: &Kind, node: &Node) -> Result<(), BuildError> {
    if matches!(node, Node::Damaged { .. }) {
        return Ok(());
    }
    if let Some(&(min, max)) = attr.range {
        let elements = match (kind, node) {
            (Kind::Indexed(element) | Kind::Packed(element), Node::List(list)) => (*element, list.as_slice()),
            (kind, node) => (kind, std::slice::from_ref(node)),
        };
        for node in elements.1 {
            let found = scalar::number(elements.0, node)?;
            if found < min || found > max {
                return Err(fail(BuildErrorKind::OutOfRange { min, max, found }));
            }
        }
    }
    let Some(&(min, max)) = attr.len else { return Ok(()) };
    let check = |found| match found {
        Some(found) if found > max => Err(fail(BuildErrorKind::TooLong { limit: max, found })),
        Some(found) if found < min => Err(fail(BuildErrorKind::TooShort { limit: min, found })),
        _ => Ok(()),
    };
    match (kind, node) {
        (Kind::Indexed(Kind::Int(_)) | Kind::Packed(_), Node::List(list)) => check(Some(list.len())),
        (Kind::Indexed(element), Node::List(list)) => list.iter().try_for_each(|node| check(measured(element, node))),
        (Kind::Strings, Node::List(list)) => {
            list.iter().try_for_each(|node| check(measured(&Kind::Text { nul: false }, node)))
        }
        (kind, node) => check(measured(kind, node)),
    }
}

fn measured(kind: &Kind, node: &Node) -> Option<usize> {
    match (kind, node) {
        (Kind::Text { .. } | Kind::FixedText(_) | Kind::ShortText(_), Node::Text(text)) => Some(text.len()),
        (Kind::Text { .. } | Kind::FixedText(_) | Kind::ShortText(_), Node::RawText(bytes)) => Some(bytes.len()),
        (Kind::Bytes | Kind::Hex | Kind::Opaque, node) => scalar::bytes(node).ok().map(|bytes| bytes.len()),
        _ => None,
    }
}
