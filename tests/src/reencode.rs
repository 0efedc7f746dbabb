//! Whether messages of the running kernel survive: each one of a list is decoded and encoded again, and nothing may be
//! lost, added or changed on the way.
//!
//! ```no_run
//! use netlink_core::{Error, NlFamily};
//! use netlink_tests::reencode;
//! use protocols::route::{Route, link::LinkGet};
//!
//! let mut route = Route::connect()?;
//! let count = reencode::assert(&mut route, Route::GET_LINK.with(&LinkGet::default()), &[]);
//! assert!(count > 0);
//! # Ok::<(), Error>(())
//! ```
//!
//! It is looked at twice: the bytes, taken apart where the declaration has attributes within attributes, in any order
//! where that means nothing; and what the declaration calls by name ([`walk`](schema::walk)).

use std::collections::BTreeSet;

use netlink_core::{
    Connection, Error, Request,
    operation::{Dumps, NlFamily},
    request::RawMessage,
    schema::{self, Node, NodeEntry, Origin},
    wire::{Body, Decode, Encode, MessageHeader, Writer},
};

use crate::parts::Parts;

/// Sends the request for a list, and looks at each message. `gaps` are the paths of attributes and of bytes that the
/// declaration is known not to know, as [`unknown`] has them. Gives the number of messages.
///
/// # Panics
///
/// If the kernel refuses the request, if a message does not survive, or has unknown parts that are not listed.
#[track_caller]
pub fn assert<F, K, B>(connection: &mut Connection<F::Protocol>, request: Request<F, K, B>, gaps: &[&str]) -> usize
where
    F: NlFamily,
    K: Dumps<Request = B>,
{
    let messages = messages(connection, request).unwrap_or_else(|error| panic!("{error}"));
    for message in &messages {
        survives::<K::Item>(&message.body, gaps).unwrap_or_else(|problem| panic!("{problem}"));
    }
    messages.len()
}

/// Sends the request for a list, and gives the messages as they come. What is interrupted by a change is asked for again.
///
/// # Errors
///
/// What the kernel says against it.
///
/// # Panics
///
/// If the request cannot be encoded.
pub fn messages<F, K, B>(
    connection: &mut Connection<F::Protocol>,
    request: Request<F, K, B>,
) -> Result<Vec<RawMessage<'static>>, Error>
where
    F: NlFamily,
{
    let bytes = request.to_bytes(1, 0).expect("a request that can be encoded");
    let message_type = u16::from_ne_bytes([bytes[4], bytes[5]]);
    let mut attempts = 5;
    loop {
        let raw = Request::raw(F::Protocol::default(), message_type).add_bytes(&bytes[MessageHeader::SIZE..]);
        match connection.dump(raw)?.collect() {
            Err(Error::Interrupted) if attempts > 0 => attempts -= 1,
            messages => return messages,
        }
    }
}

/// Looks at the body of one message, and gives it by names.
///
/// # Errors
///
/// What is wrong with it, to be shown.
pub fn survives<B: Body>(body: &[u8], gaps: &[&str]) -> Result<Node, String> {
    let tree = schema::walk(B::LAYOUT, body).map_err(|error| format!("{error} in {body:02x?}"))?;
    let unknown: Vec<String> = unknown(&tree).into_iter().filter(|path| !gaps.contains(&path.as_str())).collect();
    if !unknown.is_empty() {
        return Err(format!("not declared: {}, in {tree}", unknown.join(", ")));
    }
    let decoded = B::Of::decode_at(body, MessageHeader::SIZE).map_err(|error| format!("{error} in {tree}"))?;
    let mut out = Writer::new();
    decoded.encode_into(&mut out);
    let again = out.finish().map_err(|error| format!("{error} in {tree}"))?;

    let (before, after) = (Parts::of(B::LAYOUT, body), Parts::of(B::LAYOUT, &again));
    if before != after {
        return Err(format!("encoded again it is\n{after:?}\ninstead of\n{before:?}\nof {tree}"));
    }
    let tree_again = schema::walk(B::LAYOUT, &again).map_err(|error| error.to_string())?;
    match sorted(&tree) == sorted(&tree_again) {
        true => Ok(tree),
        false => Err(format!("encoded again it is\n{tree_again}\ninstead of\n{tree}")),
    }
}

/// What a message has that its declaration does not know: paths, with dots between the names; elements of lists have no
/// numbers.
pub fn unknown(tree: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect_unknown(tree, "", &mut found);
    found
}

fn collect_unknown(node: &Node, path: &str, found: &mut BTreeSet<String>) {
    match node {
        Node::Map(entries) => {
            for NodeEntry { name, origin, node, .. } in entries {
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                match origin {
                    Origin::Unknown { .. } | Origin::Excess => drop(found.insert(path)),
                    _ => collect_unknown(node, &path, found),
                }
            }
        }
        Node::List(list) => list.iter().for_each(|node| collect_unknown(node, path, found)),
        Node::Numbered(list) => list.iter().for_each(|(_, node)| collect_unknown(node, path, found)),
        _ => {}
    }
}

/// A tree without regard to the order of attributes, nor to marks such as that of a nest, which the kernel often lacks.
fn sorted(tree: &Node) -> Node {
    match tree {
        Node::Map(entries) => {
            let mut entries: Vec<NodeEntry> = entries
                .iter()
                .map(|entry| NodeEntry { name: entry.name.clone(), origin: Origin::Given, node: sorted(&entry.node) })
                .collect();
            entries.sort_by(|a, b| a.name.cmp(&b.name));
            Node::Map(entries)
        }
        Node::List(list) => Node::List(list.iter().map(sorted).collect()),
        Node::Numbered(list) => Node::Numbered(list.iter().map(|(number, node)| (*number, sorted(node))).collect()),
        node => node.clone(),
    }
}

#[cfg(test)]
mod tests {
    use netlink_core::{NlMessage, wire::UnknownAttrs};

    use super::*;

    #[derive(NlMessage, Debug, Default)]
    #[nl(pad = 9)]
    struct Keeps<'a> {
        #[nl_attr(1)]
        id: Option<u16>,
        #[nl_attr(2)]
        inner: Option<Inner>,
        #[nl_attr(unknown)]
        unknown: UnknownAttrs<'a>,
    }

    #[derive(NlMessage, Debug, Default)]
    struct Inner {
        #[nl_attr(1)]
        flag: bool,
    }

    const GOOD: [u8; 20] = [4, 0, 9, 0, 8, 0, 2, 0, 4, 0, 1, 0, 6, 0, 1, 0, 7, 0, 0, 0];

    #[test]
    fn order_and_padding_do_not_matter() {
        survives::<Keeps<'static>>(&GOOD, &[]).unwrap();
    }

    #[test]
    fn what_is_lost_is_found() {
        // An unknown attribute, which is kept outside and dropped inside.
        let outside = [&GOOD[..], &[4, 0, 3, 0]].concat();
        let error = survives::<Keeps<'static>>(&outside, &[]).unwrap_err();
        assert!(error.starts_with("not declared: UnknownAttr(3), in"), "{error}");
        survives::<Keeps<'static>>(&outside, &["UnknownAttr(3)"]).unwrap();

        let inside = [12, 0, 2, 0, 4, 0, 1, 0, 4, 0, 3, 0];
        let error = survives::<Keeps<'static>>(&inside, &["inner.UnknownAttr(3)"]).unwrap_err();
        assert!(error.starts_with("encoded again it is\n"), "{error}");
        // One that comes twice, of which one is kept.
        let twice = [&GOOD[..], &[6, 0, 1, 0, 8, 0, 0, 0]].concat();
        assert!(survives::<Keeps<'static>>(&twice, &[]).is_err());
        // A flag is no padding, though it is as empty.
        let only_flag = [8, 0, 2, 0, 4, 0, 1, 0];
        survives::<Keeps<'static>>(&only_flag, &[]).unwrap();
    }
}
