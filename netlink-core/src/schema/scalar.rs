//! Values without parts: from bytes, and into bytes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{
    ByteOrder, Enum, Flags, Int, Kind, Node,
    level::Span,
    mistake::{BuildError, BuildErrorKind},
    names,
};
use crate::wire::{DecodeError, DecodeErrorKind, Key, LinkAddr, MacAddr, Uuid};

/// The number that the bytes are, if it is one.
pub(super) fn int(kind: &Kind, bytes: &[u8]) -> Option<i128> {
    match kind {
        Kind::Int(int) if usize::from(int.size) == bytes.len() => Some(read_int(*int, bytes)),
        Kind::Variable { signed } if matches!(bytes.len(), 4 | 8) => Some(read_int(host(bytes.len(), *signed), bytes)),
        Kind::Enum(_, kind) | Kind::Flags(_, kind) | Kind::Duration(kind, _) | Kind::Marked(kind) => int(kind, bytes),
        _ => None,
    }
}

fn host(size: usize, signed: bool) -> Int {
    Int { size: size as u8, signed, order: ByteOrder::Host, marked: false }
}

fn is_big(int: Int) -> bool {
    int.order == ByteOrder::Big || (int.order == ByteOrder::Host && cfg!(target_endian = "big"))
}

fn read_int(int: Int, bytes: &[u8]) -> i128 {
    let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    let number = if is_big(int) { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) };
    let unused = 64_u32.saturating_sub(8 * bytes.len() as u32);
    if int.signed { i128::from((number << unused) as i64 >> unused) } else { i128::from(number) }
}

fn write_int(int: Int, number: i128, out: &mut Vec<u8>) -> Result<(), BuildError> {
    let bits = 8 * u32::from(int.size.min(8));
    let (min, max) = match int.signed {
        true => (-(1_i128 << bits.saturating_sub(1)), (1_i128 << bits.saturating_sub(1)) - 1),
        false => (0, (1_i128 << bits) - 1),
    };
    if number < min || number > max {
        return Err(BuildError::new(BuildErrorKind::OutOfRange { min, max, found: number }));
    }
    let bytes = number.to_le_bytes();
    let bytes = &bytes[..usize::from(int.size.min(8))];
    if is_big(int) {
        out.extend(bytes.iter().rev());
    } else {
        out.extend(bytes);
    }
    Ok(())
}

/// What it selects.
pub(super) fn key<'b>(kind: &Kind, bytes: &'b [u8]) -> Option<Key<'b>> {
    match kind {
        Kind::Text { .. } | Kind::FixedText(_) | Kind::ShortText(_) => Some(Key::Text(until_nul(bytes))),
        // Negative numbers as two's complement.
        kind => int(kind, bytes).map(|number| Key::Int(number as u64)),
    }
}

pub(super) fn until_nul(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

fn text(bytes: &[u8]) -> Node {
    match std::str::from_utf8(bytes) {
        Ok(text) => Node::Text(text.to_owned()),
        Err(_) => Node::RawText(bytes.to_owned()),
    }
}

/// The value that the bytes are; `None` for what has parts.
pub(super) fn read(kind: &Kind, span: Span<'_>) -> Result<Option<Node>, DecodeError> {
    if let Kind::Marked(kind) = kind {
        return read(kind, span);
    }
    let bytes = span.bytes;
    let length = |expected| span.error(DecodeErrorKind::Length { expected, found: bytes.len() });
    let number = |kind: &Kind| int(kind, bytes).ok_or_else(|| length(super::level::size(kind).unwrap_or(8)));
    let octets = || Ok::<[u8; 16], _>(*bytes.first_chunk().filter(|_| bytes.len() == 16).ok_or_else(|| length(16))?);
    Ok(Some(match kind {
        Kind::Opaque | Kind::Bytes | Kind::Hex => Node::Bytes(bytes.to_owned()),
        Kind::Empty | Kind::Flag => Node::Present,
        Kind::Int(_) | Kind::Variable { .. } => Node::Int(number(kind)?),
        Kind::Enum(names, kind) => named(names, number(kind)?),
        Kind::Flags(names, kind) => flags(names, number(kind)?),
        Kind::Duration(kind, nanos) => {
            Node::Duration { units: u64::try_from(number(kind)?).unwrap_or_default(), nanos: *nanos }
        }
        // Without a NUL it is longer than what may be sent there as text.
        Kind::FixedText(_) if !bytes.contains(&0) => Node::RawText(bytes.to_owned()),
        Kind::ShortText(size) => match until_nul(bytes) {
            // As the type says.
            long if long.len() >= *size => {
                return Err(span.error(DecodeErrorKind::Invalid("text too long for its place and a NUL")));
            }
            short => text(short),
        },
        Kind::Text { .. } | Kind::FixedText(_) => text(until_nul(bytes)),
        Kind::Strings => {
            let mut parts: Vec<Node> = bytes.split(|byte| *byte == 0).map(text).collect();
            // After the last NUL there is nothing.
            if bytes.last().is_none_or(|last| *last == 0) {
                parts.pop();
            }
            Node::List(parts)
        }
        Kind::Ipv4 => Node::Ip(Ipv4Addr::from(*bytes.first_chunk::<4>().ok_or_else(|| length(4))?).into()),
        Kind::Ipv6 => Node::Ip(Ipv6Addr::from(octets()?).into()),
        Kind::Ip => Node::Ip(match (bytes.len(), bytes.first_chunk::<4>()) {
            (4, Some(octets)) => Ipv4Addr::from(*octets).into(),
            (16, _) => Ipv6Addr::from(octets()?).into(),
            _ => return Err(span.error(DecodeErrorKind::Invalid("an IP address has 4 or 16 bytes"))),
        }),
        Kind::Mac => Node::Mac(MacAddr(*bytes.first_chunk().filter(|_| bytes.len() == 6).ok_or_else(|| length(6))?)),
        Kind::LinkAddr => Node::LinkAddr(LinkAddr(bytes.to_owned().into())),
        Kind::Uuid => Node::Uuid(Uuid(octets()?)),
        _ => return Ok(None),
    }))
    .and_then(|node| match (kind, bytes.len()) {
        (Kind::Ipv4, found) if found != 4 => Err(length(4)),
        _ => Ok(node),
    })
}

fn named(names: &Enum, number: i128) -> Node {
    let entry = names.entries().find(|entry| entry.value == number);
    Node::Enum { number, name: entry.map(|entry| entry.name) }
}

fn flags(declared: &Flags, bits: i128) -> Node {
    let (mut names, mut rest) = (Vec::new(), bits);
    (declared.each)(&mut |name, own| {
        if own != 0 && bits & own == own && rest & own != 0 {
            names.push(name);
            rest &= !own;
        }
    });
    Node::Flags { bits, names, rest }
}

fn wrong(expected: &'static str, node: &Node) -> BuildError {
    BuildError::new(match node {
        Node::Text(text) => BuildErrorKind::Text { expected, found: text.chars().take(64).collect() },
        node => BuildErrorKind::Type { expected, found: node.what() },
    })
}

/// The number that a node means.
pub(super) fn number(kind: &Kind, node: &Node) -> Result<i128, BuildError> {
    if let Some(number) = node.as_int() {
        return Ok(number);
    }
    match (kind, node) {
        (Kind::Enum(names, _), Node::Text(text)) => {
            let entry = names.entries().find(|entry| names::means(text, entry.name, entry.kernel));
            entry.map(|entry| entry.value).or_else(|| parse(text)).ok_or_else(|| {
                let meant = names::suggest(text, names.entries().map(|entry| entry.name));
                BuildError::new(BuildErrorKind::UnknownName { name: text.clone(), meant })
            })
        }
        (Kind::Flags(names, _), Node::Text(text)) => flag(names, text),
        (Kind::Flags(..), Node::List(list)) => list.iter().try_fold(0, |bits, node| match node {
            Node::List(_) => Err(wrong("a flag", node)),
            node => Ok(bits | number(kind, node)?),
        }),
        (_, Node::Text(text)) => parse(text).ok_or_else(|| wrong("a number", node)),
        (_, node) => Err(wrong("a number", node)),
    }
}

fn parse(text: &str) -> Option<i128> {
    match text.strip_prefix("0x") {
        Some(digits) if !digits.starts_with(['+', '-']) => i128::from_str_radix(digits, 16).ok(),
        _ => text.parse().ok(),
    }
}

fn flag(names: &Flags, text: &str) -> Result<i128, BuildError> {
    let (mut found, mut all) = (None, Vec::new());
    (names.each)(&mut |name, bits| {
        all.push(name);
        // The kernel's name is the declared one with a prefix.
        let kernel = names.prefix.and_then(|prefix| text.strip_prefix(prefix));
        if names::same(text, name) || kernel == Some(name) {
            found = found.or(Some(bits));
        }
    });
    found.or_else(|| parse(text)).ok_or_else(|| {
        let meant = names::suggest(text, all.into_iter());
        BuildError::new(BuildErrorKind::UnknownName { name: text.to_owned(), meant })
    })
}

/// Bytes: as they are, or as hexadecimal digits with or without something between them.
pub(super) fn bytes(node: &Node) -> Result<Vec<u8>, BuildError> {
    const EXPECTED: &str = "a string of hexadecimal digits";
    match node {
        Node::Bytes(bytes) | Node::RawText(bytes) | Node::Damaged { bytes, .. } => Ok(bytes.clone()),
        Node::Text(text) => {
            let digits: Option<Vec<u8>> = text
                .chars()
                .filter(|c| !matches!(c, ':' | '-' | ' '))
                .map(|c| c.to_digit(16).map(|digit| digit as u8))
                .collect();
            let digits = digits.filter(|digits| digits.len() % 2 == 0).ok_or_else(|| wrong(EXPECTED, node))?;
            Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
        }
        Node::List(list) => {
            let byte = |node: &Node| node.as_int().and_then(|number| u8::try_from(number).ok());
            list.iter().map(|node| byte(node).ok_or_else(|| wrong("a byte", node))).collect()
        }
        Node::Mac(mac) => Ok(mac.0.to_vec()),
        Node::LinkAddr(addr) => Ok(addr.0.to_vec()),
        Node::Uuid(uuid) => Ok(uuid.0.to_vec()),
        node => Err(wrong(EXPECTED, node)),
    }
}

/// An address of any length: pairs of digits with colons between them, or without.
fn link_addr(node: &Node) -> Result<Vec<u8>, BuildError> {
    const EXPECTED: &str = "a link address";
    match node {
        Node::Text(text) if text.contains(':') && text.split(':').any(|part| part.len() != 2) => {
            Err(wrong(EXPECTED, node))
        }
        node => bytes(node).map_err(|_| wrong(EXPECTED, node)),
    }
}

fn short_text(limit: usize, node: &Node) -> Result<Vec<u8>, BuildError> {
    let text = text_bytes(node)?;
    let found = text.len();
    if found > limit { Err(BuildError::new(BuildErrorKind::TooLong { limit, found })) } else { Ok(text) }
}

fn text_bytes(node: &Node) -> Result<Vec<u8>, BuildError> {
    let text = match node {
        Node::Text(text) => text.as_bytes().to_vec(),
        Node::RawText(bytes) => bytes.clone(),
        Node::Int(number) => number.to_string().into_bytes(),
        // As JSON says what is not UTF-8.
        Node::Map(entries) if entries.len() == 1 && entries[0].name == "hex" => bytes(&entries[0].node)?,
        node => return Err(wrong("text", node)),
    };
    if text.contains(&0) { Err(BuildError::new(BuildErrorKind::InteriorNul)) } else { Ok(text) }
}

fn ip(node: &Node, expected: &'static str) -> Result<IpAddr, BuildError> {
    match node {
        Node::Ip(ip) => Ok(*ip),
        Node::Text(text) => text.parse().map_err(|_| wrong(expected, node)),
        node => Err(wrong(expected, node)),
    }
}

/// Whether it is a flag that is not set, which is not sent.
pub(super) fn is_off(kind: &Kind, node: &Node) -> Result<bool, BuildError> {
    match (kind, node) {
        (Kind::Flag, Node::Absent | Node::Int(0)) => Ok(true),
        (Kind::Flag, Node::Present | Node::Int(1) | Node::Damaged { .. }) => Ok(false),
        (Kind::Flag, Node::Text(text)) if text == "false" => Ok(true),
        (Kind::Flag, Node::Text(text)) if text == "true" => Ok(false),
        (Kind::Flag, node) => Err(wrong("true or false", node)),
        _ => Ok(false),
    }
}

/// Writes a value without parts; false for what has parts.
pub(super) fn write(kind: &Kind, node: &Node, out: &mut Vec<u8>) -> Result<bool, BuildError> {
    const V4: &str = "an IPv4 address";
    const V6: &str = "an IPv6 address";
    match kind {
        Kind::Opaque | Kind::Bytes | Kind::Hex => out.extend(bytes(node)?),
        Kind::Empty => {}
        Kind::Flag if is_off(kind, node)? => return Err(wrong("true", node)),
        Kind::Flag => {}
        Kind::Int(int) => write_int(*int, number(kind, node)?, out)?,
        Kind::Variable { signed } => {
            let number = number(kind, node)?;
            let short = if *signed { i32::try_from(number).is_ok() } else { u32::try_from(number).is_ok() };
            write_int(host(if short { 4 } else { 8 }, *signed), number, out)?;
        }
        Kind::Enum(_, inner) | Kind::Flags(_, inner) | Kind::Duration(inner, _) => {
            return write(inner, &Node::Int(number(kind, node)?), out);
        }
        Kind::Text { nul } => {
            out.extend(text_bytes(node)?);
            out.extend(nul.then_some(0));
        }
        Kind::FixedText(size) => {
            // What was found without a NUL can be sent again.
            let is_new = matches!(node, Node::Text(_) | Node::Int(_));
            let end = out.len() + size;
            out.extend(short_text(if is_new { size.saturating_sub(1) } else { *size }, node)?);
            out.resize(end, 0);
        }
        Kind::ShortText(size) => {
            out.extend(short_text(size.saturating_sub(1), node)?);
            out.push(0);
        }
        Kind::LinkAddr => out.extend(link_addr(node)?),
        Kind::Marked(kind) => return write(kind, node, out),
        Kind::Strings => {
            let Node::List(list) = node else { return Err(wrong("a list of texts", node)) };
            for node in list {
                out.extend(text_bytes(node)?);
                out.push(0);
            }
        }
        Kind::Ipv4 | Kind::Ipv6 | Kind::Ip => match (kind, ip(node, if matches!(kind, Kind::Ipv4) { V4 } else { V6 })?)
        {
            (Kind::Ipv6, IpAddr::V4(_)) => return Err(wrong(V6, node)),
            (Kind::Ipv4, IpAddr::V6(_)) => return Err(wrong(V4, node)),
            (_, IpAddr::V4(ip)) => out.extend(ip.octets()),
            (_, IpAddr::V6(ip)) => out.extend(ip.octets()),
        },
        Kind::Mac | Kind::Uuid => {
            let (size, expected) = if matches!(kind, Kind::Mac) { (6, "a MAC address") } else { (16, "a UUID") };
            let bytes = bytes(node)?;
            if bytes.len() != size {
                return Err(wrong(expected, node));
            }
            out.extend(bytes);
        }
        _ => return Ok(false),
    }
    Ok(true)
}
