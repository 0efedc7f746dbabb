//! Refusals in several lines.

use std::fmt::{self, Write as _};

use crate::{
    schema::{Marked, Node, Place, Walk},
    wire::MessageHeader,
};

use super::{Refused, refused::Asked};

/// A refusal in several lines, made by [`Refused::report`]: what the kernel said, and the request field by field.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r>(pub(super) &'r Refused);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(refused) = self;
        writeln!(f, "{refused}")?;
        let Some(Asked { operation, body, header }) = refused.asked() else {
            return writeln!(f, "request, {} bytes", refused.request().len());
        };
        writeln!(f, "request {operation}, {} bytes:", refused.request().len())?;
        let bytes = refused.request().get(MessageHeader::SIZE + header..).unwrap_or_default();
        // A lenient walk gives no errors.
        let node = Walk::new().lenient().sent().walk(body, bytes).unwrap_or(Node::Absent);
        let (path, note) = mark(refused);
        write!(f, "{}", Marked { node: &node, path: &path, note: &note, indent: 2 })
    }
}

/// Where the mark belongs, without the name of the message's type, and what it says.
fn mark(refused: &Refused) -> (String, String) {
    let inside = |place: &Place| place.path().split_once('.').map(|(_, path)| path.to_owned());
    if let Some(path) = refused.field().and_then(inside) {
        let mut note = String::from("refused");
        if let Some(policy) = refused.accepts() {
            // Writing to a string does not fail.
            let _ = write!(note, "; the kernel accepts {policy}");
        }
        return (path, note);
    }
    match refused.missing_field().and_then(inside) {
        Some(path) => match path.rsplit_once('.') {
            Some((nest, name)) => (nest.to_owned(), format!("`{name}` is missing in here")),
            None => (String::new(), String::new()),
        },
        None => (String::new(), String::new()),
    }
}
