//! Nodes as text, for people.

use std::{fmt, time::Duration};

use super::{Node, NodeEntry};

/// How many maps and lists are shown inside each other: more than a walk makes, and as many as JSON's readers take. What
/// is even deeper was built by hand, and would overflow the stack.
pub(super) const MAX_SHOWN: usize = 128;

/// One attribute or member a line, what is inside indented.
///
/// ```
/// use netlink_core::schema::Node;
///
/// let limits = Node::map([("low", Node::Int(-3)), ("high", Node::Int(9))]);
/// let node = Node::map([("name", Node::Text("cpu".to_owned())), ("limits", limits)]);
/// assert_eq!(node.to_string(), "name: \"cpu\"\nlimits:\n  low: -3\n  high: 9\n");
/// ```
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map(entries) => lines(entries, Margin::default(), 0, f),
            node => writeln!(f, "{}", OneLine(node)),
        }
    }
}

/// A node as text, with a note at one of its lines.
pub(crate) struct Marked<'n> {
    pub(crate) node: &'n Node,
    /// The way to what is marked: names with dots between them, `[0]` for an element.
    pub(crate) path: &'n str,
    pub(crate) note: &'n str,
    /// How far to indent.
    pub(crate) indent: usize,
}

impl fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = Some(Mark { path: self.path, note: self.note });
        lines(self.node.entries(), Margin { indent: self.indent, mark }, 0, f)
    }
}

/// What is marked below a line: the rest of the way to it.
#[derive(Clone, Copy)]
struct Mark<'m> {
    path: &'m str,
    note: &'m str,
}

/// What surrounds a line.
#[derive(Clone, Copy, Default)]
struct Margin<'m> {
    indent: usize,
    mark: Option<Mark<'m>>,
}

impl<'m> Margin<'m> {
    /// That of the lines below the one with this name.
    fn below(self, name: &str) -> Self {
        let rest = |path: &'m str| path.strip_prefix(name)?.strip_prefix('.');
        let mark = self.mark.and_then(|Mark { path, note }| Some(Mark { path: rest(path)?, note }));
        Self { indent: self.indent + 2, mark }
    }

    /// What is noted at the line with this name, which has lines below it or not.
    fn note(self, name: &str, has_lines: bool) -> Option<String> {
        let mark = self.mark?;
        let rest = mark.path.strip_prefix(name)?;
        let here = rest.is_empty() || !has_lines && rest.starts_with(['.', '[']);
        here.then(|| format!("  <-- {}", mark.note))
    }
}

/// A name that need not be one of ours: what terminals would act on is not printed as it is.
fn name(entry: &NodeEntry) -> impl fmt::Display + '_ {
    entry.name.escape_debug()
}

fn lines(entries: &[NodeEntry], margin: Margin<'_>, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for entry in entries {
        let name = name(entry);
        match &entry.node {
            Node::List(list) if list.iter().any(has_parts) => {
                for (index, node) in list.iter().enumerate() {
                    line(&format!("{name}[{index}]"), node, margin, depth + 1, f)?;
                }
            }
            Node::Numbered(list) if !list.is_empty() => {
                for (number, node) in list {
                    line(&format!("{name}[{number}]"), node, margin, depth + 1, f)?;
                }
            }
            node => line(&name.to_string(), node, margin, depth, f)?,
        }
    }
    Ok(())
}

fn has_parts(node: &Node) -> bool {
    matches!(node, Node::Map(_) | Node::List(_) | Node::Numbered(_) | Node::Damaged { .. })
}

fn line(name: &str, node: &Node, margin: Margin<'_>, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{:indent$}{name}", "", indent = margin.indent)?;
    let below = match node {
        Node::Map(entries) if !entries.is_empty() && depth < MAX_SHOWN => entries.as_slice(),
        _ => &[],
    };
    let note = margin.note(name, !below.is_empty()).unwrap_or_default();
    match node {
        Node::Present => writeln!(f, "{note}"),
        _ if !below.is_empty() => {
            writeln!(f, ":{note}")?;
            lines(below, margin.below(name), depth + 1, f)
        }
        node => writeln!(f, ": {}{note}", Part(node, depth)),
    }
}

/// Shows a node in one line.
///
/// ```
/// use netlink_core::schema::{Node, OneLine};
///
/// let node = Node::map([("id", Node::Int(7)), ("tags", Node::List(vec![Node::Text("a".to_owned())]))]);
/// assert_eq!(OneLine(&node).to_string(), r#"{id: 7, tags: ["a"]}"#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OneLine<'n>(pub &'n Node);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Part(self.0, 0).fmt(f)
    }
}

/// A node, and how many are around it.
struct Part<'n>(&'n Node, usize);

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let depth = self.1 + 1;
        match self.0 {
            Node::Map(_) | Node::List(_) | Node::Numbered(_) if depth > MAX_SHOWN => f.write_str("..."),
            Node::Absent => f.write_str("-"),
            Node::Present => f.write_str("yes"),
            Node::Int(number) | Node::Enum { number, name: None } => write!(f, "{number}"),
            Node::Enum { number, name: Some(name) } => write!(f, "{name} ({number})"),
            Node::Flags { names, rest, .. } => flags(names, *rest, f),
            Node::Text(text) => write!(f, "\"{}\"", text.escape_debug()),
            Node::RawText(bytes) => write!(f, "\"{}\"", bytes.escape_ascii()),
            Node::Bytes(bytes) if bytes.is_empty() => f.write_str("(empty)"),
            Node::Bytes(bytes) => hex(bytes, f),
            Node::Ip(ip) => write!(f, "{ip}"),
            Node::Mac(mac) => write!(f, "{mac}"),
            Node::LinkAddr(addr) if addr.0.is_empty() => f.write_str("(empty)"),
            Node::LinkAddr(addr) => write!(f, "{addr}"),
            Node::Uuid(uuid) => write!(f, "{uuid}"),
            Node::Duration { units, nanos } => {
                let nanos = u128::from(*units) * u128::from(*nanos);
                // Seconds of 64 bits fit; so do the nanoseconds below one.
                let duration = Duration::new((nanos / 1_000_000_000) as u64, (nanos % 1_000_000_000) as u32);
                write!(f, "{duration:?}")
            }
            Node::Map(entries) => {
                let part = |entry: &NodeEntry, f: &mut fmt::Formatter<'_>| match &entry.node {
                    Node::Present => write!(f, "{}", name(entry)),
                    node => write!(f, "{}: {}", name(entry), Part(node, depth)),
                };
                parts(["{", "}"], entries, part, f)
            }
            Node::List(list) => parts(["[", "]"], list, |node, f| Part(node, depth).fmt(f), f),
            Node::Numbered(list) => {
                parts(["[", "]"], list, |(number, node), f| write!(f, "{number}: {}", Part(node, depth)), f)
            }
            Node::Damaged { bytes, error } => {
                write!(f, "<{error}> ")?;
                hex(bytes, f)
            }
        }
    }
}

fn parts<T>(
    [open, close]: [&str; 2],
    parts: &[T],
    part: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str(open)?;
    for (index, each) in parts.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        part(each, f)?;
    }
    f.write_str(close)
}

fn flags(names: &[&str], rest: i128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { " | " })?;
        f.write_str(name)?;
    }
    match (rest, names.is_empty()) {
        (0, true) => f.write_str("0"),
        (0, false) => Ok(()),
        (rest, true) => write!(f, "{rest:#x}"),
        (rest, false) => write!(f, " | {rest:#x}"),
    }
}

/// Whether a terminal acts on a character instead of showing it: controls, and what turns the direction of writing or
/// cannot be seen (the categories Cc, Cf, Zl and Zp of Unicode).
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}' | '\u{180e}' | '\u{feff}'
            | '\u{600}'..='\u{605}' | '\u{890}'..='\u{891}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}')
}

pub(super) fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}
