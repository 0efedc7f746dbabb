//! Nodes as JSON, spelled as `ynl --output-json` does.

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::{self, Write},
};

use super::{
    Node, NodeEntry, Origin, names,
    print::{MAX_SHOWN, hex, is_hidden},
};

/// What stands under one name.
pub(super) enum Item<'n> {
    One(&'n Node),
    /// Undeclared attributes of the same number.
    Many(Vec<&'n Node>),
}

/// The entries under their names in JSON: with dashes, and the fixed header's among the attributes where that is clear.
pub(super) fn members(entries: &[NodeEntry]) -> Vec<(Cow<'_, str>, Item<'_>)> {
    collect(entries, true)
}

/// A header has no header of its own.
fn collect(entries: &[NodeEntry], flatten: bool) -> Vec<(Cow<'_, str>, Item<'_>)> {
    let mut members: Vec<(Cow<'_, str>, Item<'_>)> = Vec::with_capacity(entries.len());
    let mut unknown: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        match (&entry.node, entry.origin) {
            (Node::Absent, _) => {}
            // It is missing, and nothing stands for it.
            (Node::Damaged { bytes, .. }, Origin::Attr { .. }) if bytes.is_empty() => {}
            (Node::Map(header), Origin::Header { flat: true }) if flatten => members.extend(collect(header, false)),
            (node, Origin::Unknown { .. }) => match unknown.get(&*entry.name).and_then(|at| members.get_mut(*at)) {
                Some((_, Item::Many(list))) => list.push(node),
                Some((_, item)) => {
                    if let Item::One(first) = *item {
                        *item = Item::Many(vec![first, node]);
                    }
                }
                None => {
                    unknown.insert(&entry.name, members.len());
                    members.push((Cow::Borrowed(&*entry.name), Item::One(node)));
                }
            },
            (node, _) => members.push((names::dashed(&entry.name), Item::One(node))),
        }
    }
    members
}

/// Whether the numbers of a list can be the names of an object: each stands once.
pub(super) fn are_names(list: &[(u16, Node)]) -> bool {
    list.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

/// Bytes as a string of hexadecimal digits.
pub(super) struct Hex<'n>(pub(super) &'n [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(self.0, f)
    }
}

impl Node {
    /// The node as JSON, as users of the kernel's `ynl --output-json` know it: names with dashes, no absent attributes,
    /// flags as `true`, numbers with names by their names, bits as a list of names, bytes as hexadecimal digits,
    /// addresses as text, nests as objects, what repeats as lists. Text that is not UTF-8 is `{"hex": "..."}`.
    ///
    /// Characters that a terminal would act on are escaped, so that the text of others can be shown there. A node that
    /// was built by hand with more than 128 levels, which no walk makes, has `null` in place of what is deeper.
    ///
    /// ```
    /// use netlink_core::schema::Node;
    ///
    /// let node = Node::map([("hw_id", Node::Bytes(vec![0xca, 0xfe])), ("muted", Node::Present)]);
    /// assert_eq!(node.to_json(), r#"{"hw-id":"cafe","muted":true}"#);
    /// ```
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = write(self, 0, &mut out);
        out
    }
}

fn write(node: &Node, depth: usize, out: &mut String) -> fmt::Result {
    let depth = depth + 1;
    match node {
        Node::Map(_) | Node::List(_) | Node::Numbered(_) if depth > MAX_SHOWN => out.write_str("null"),
        Node::Absent => out.write_str("null"),
        Node::Present => out.write_str("true"),
        Node::Int(number) | Node::Enum { number, name: None } => write!(out, "{number}"),
        Node::Enum { name: Some(name), .. } => string(&names::kebab(name), out),
        Node::Duration { units, .. } => write!(out, "{units}"),
        Node::Flags { names, rest, .. } => {
            out.push('[');
            for (index, name) in names.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                string(&names::kebab(name), out)?;
            }
            match (rest, names.is_empty()) {
                (0, _) => {}
                (rest, true) => write!(out, "{rest}")?,
                (rest, false) => write!(out, ",{rest}")?,
            }
            out.write_char(']')
        }
        Node::Text(text) => string(text, out),
        Node::RawText(bytes) => write!(out, "{{\"hex\":\"{}\"}}", Hex(bytes)),
        Node::Bytes(bytes) | Node::Damaged { bytes, .. } => write!(out, "\"{}\"", Hex(bytes)),
        Node::Ip(ip) => write!(out, "\"{ip}\""),
        Node::Mac(mac) => write!(out, "\"{mac}\""),
        Node::LinkAddr(addr) => write!(out, "\"{addr}\""),
        Node::Uuid(uuid) => write!(out, "\"{uuid}\""),
        Node::Map(entries) => {
            let each = members(entries);
            let part = |(name, item): &(Cow<'_, str>, Item<'_>), out: &mut String| {
                string(name, out)?;
                out.push(':');
                match item {
                    Item::One(node) => write(node, depth, out),
                    Item::Many(list) => parts(['[', ']'], list, |node, out| write(node, depth, out), out),
                }
            };
            parts(['{', '}'], &each, part, out)
        }
        Node::List(list) => parts(['[', ']'], list, |node, out| write(node, depth, out), out),
        Node::Numbered(list) if are_names(list) => {
            let part = |(number, node): &(u16, Node), out: &mut String| {
                write!(out, "\"{number}\":")?;
                write(node, depth, out)
            };
            parts(['{', '}'], list, part, out)
        }
        Node::Numbered(list) => {
            let part = |(number, node): &(u16, Node), out: &mut String| {
                write!(out, "[{number},")?;
                write(node, depth, out)?;
                out.write_char(']')
            };
            parts(['[', ']'], list, part, out)
        }
    }
}

fn parts<T>(
    [open, close]: [char; 2],
    parts: &[T],
    part: impl Fn(&T, &mut String) -> fmt::Result,
    out: &mut String,
) -> fmt::Result {
    out.push(open);
    for (index, each) in parts.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        part(each, out)?;
    }
    out.write_char(close)
}

fn string(text: &str, out: &mut String) -> fmt::Result {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // What terminals act on too, which JSON would allow.
            c if is_hidden(c) => {
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
            }
            c => out.push(c),
        }
    }
    out.write_char('"')
}
