//! Requests against their declaration, as the kernel checks them against its policy (`lib/nlattr.c`).

use super::{message::Asked, policy, refusal::Refusal};
use crate::{
    errno::Errno,
    schema::{Attr, ByteOrder, Kind, Set},
    wire::{Attrs, MessageHeader},
};

/// Nests deeper than this are refused.
const MAX_DEPTH: usize = 10;

/// Checks a request.
pub(super) fn request(asked: &Asked) -> Result<(), Refusal> {
    let Kind::Nest(set) = asked.layout else { return Ok(()) };
    let start = MessageHeader::SIZE + asked.second;
    let body = asked.bytes.get(start..).ok_or(Errno::INVAL)?;
    let fixed = set().header.map_or(0, |header| header.size);
    if body.len() < fixed {
        return Err(Errno::INVAL.into());
    }
    let attrs = fixed.next_multiple_of(4);
    level(set(), body.get(attrs..).unwrap_or_default(), start + attrs, None, asked.strict, 0)
}

/// Checks one level; `nest` is where the attribute around it starts.
fn level(
    set: &Set,
    bytes: &[u8],
    start: usize,
    nest: Option<usize>,
    strict: bool,
    depth: usize,
) -> Result<(), Refusal> {
    if depth >= MAX_DEPTH {
        return Err(Errno::INVAL.into());
    }
    let mut at = start;
    for attr in Attrs::new(bytes) {
        let Ok(raw) = attr else {
            let refusal = Refusal::new(Errno::INVAL).message("bytes leftover after parsing attributes");
            return if strict { Err(refusal) } else { Ok(()) };
        };
        let known = set.attrs.iter().find(|attr| attr.id == raw.id());
        match known {
            Some(attr) => value(attr, &raw, at, strict, depth)?,
            None if Some(raw.id()) == set.pad || !strict => {}
            None => return Err(Refusal::new(Errno::INVAL).message("Unknown attribute type").at_offset(at)),
        }
        at += (4 + raw.payload.len()).next_multiple_of(4);
    }
    let present = |id: u16| Attrs::new(bytes).map_while(Result::ok).any(|attr| attr.id() == id);
    match set.attrs.iter().find(|attr| attr.required && !present(attr.id)) {
        Some(attr) => Err(match nest {
            Some(nest) => Refusal::new(Errno::INVAL).missing_at(attr.id, nest),
            None => Refusal::new(Errno::INVAL).missing(attr.id),
        }),
        None => Ok(()),
    }
}

fn value(attr: &Attr, raw: &crate::wire::Attr<'_>, at: usize, strict: bool, depth: usize) -> Result<(), Refusal> {
    let refuse = |errno, text: &str| {
        let refusal = Refusal::new(errno).message(text).at_offset(at);
        Err(match policy::of(attr, &mut |_| None) {
            Some(policy) => refusal.policy(policy),
            None => refusal,
        })
    };
    let kind = policy::plain(&attr.kind);
    let len = raw.payload.len();
    match kind {
        Kind::Int(int) if strict && len != usize::from(int.size) => {
            return refuse(Errno::INVAL, "invalid attribute length");
        }
        Kind::Variable { .. } if strict && len != 4 && len != 8 => {
            return refuse(Errno::INVAL, "invalid attribute length");
        }
        Kind::Flag if len > 0 => return refuse(Errno::RANGE, "Attribute failed policy validation"),
        Kind::Nest(inner) if inner().header.is_none() => {
            if strict && !attr.plain && !raw.is_nested() {
                return refuse(Errno::INVAL, "NLA_F_NESTED is missing");
            }
            level(inner(), raw.payload, at + 4, Some(at), strict, depth + 1)?;
        }
        Kind::Text { .. } | Kind::Bytes | Kind::Hex => {
            // The limit of a text is without its NUL.
            let text = matches!(kind, Kind::Text { .. });
            let len = if text { raw.payload.strip_suffix(&[0]).unwrap_or(raw.payload).len() } else { len };
            if attr.len.is_some_and(|&(least, most)| len < least || len > most) {
                return refuse(Errno::RANGE, "Attribute failed policy validation");
            }
        }
        _ => {}
    }
    let number = number(&kind, raw.payload);
    match (number, attr.range.copied()) {
        (Some(number), Some((least, most))) if number < least || number > most => {
            refuse(Errno::RANGE, "integer out of range")
        }
        _ => Ok(()),
    }
}

fn number(kind: &Kind, bytes: &[u8]) -> Option<i128> {
    let (signed, order) = match kind {
        Kind::Int(int) => (int.signed, int.order),
        Kind::Variable { signed } => (*signed, ByteOrder::Host),
        _ => return None,
    };
    let big = order == ByteOrder::Big || (order == ByteOrder::Host && cfg!(target_endian = "big"));
    let mut wide = [0; 16];
    for (at, byte) in bytes.iter().take(16).enumerate() {
        // Little-endian, whatever it was.
        wide[if big { bytes.len().min(16) - 1 - at } else { at }] = *byte;
    }
    let bits = 8 * u32::try_from(bytes.len().min(16)).unwrap_or(0);
    let number = i128::from_le_bytes(wide);
    if signed && bits > 0 && bits < 128 { Some(number << (128 - bits) >> (128 - bits)) } else { Some(number) }
}
