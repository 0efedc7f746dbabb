//! Attributes: type, length and payload, one after the other.

use super::error::{DecodeError, DecodeErrorKind};

/// The part of an attribute's type field that is its number; the two bits above are [`NESTED`] and [`NET_BYTEORDER`].
#[doc(alias = "NLA_TYPE_MASK")]
pub const TYPE_MASK: u16 = 0x3fff;

/// Says that the payload consists of attributes (bit 15 of the type field).
#[doc(alias = "NLA_F_NESTED")]
pub const NESTED: u16 = 0x8000;

/// Says that the payload is in network byte order (bit 14 of the type field); few families use it.
#[doc(alias = "NLA_F_NET_BYTEORDER")]
pub const NET_BYTEORDER: u16 = 0x4000;

/// The length of an attribute's header: length and type, two bytes each.
pub(crate) const ATTR_HEADER: usize = 4;

/// The longest payload an attribute can have, in bytes: its length field has 16 bits and counts the header too.
pub const MAX_PAYLOAD: usize = u16::MAX as usize - ATTR_HEADER;

/// Rounds up to the 4 bytes on which attributes and messages start.
pub(crate) const fn align4(len: usize) -> usize {
    len.saturating_add(3) & !3
}

/// One attribute as it stands in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attr<'a> {
    /// The type field as it is on the wire, flag bits included. [`id`](Self::id) is without them.
    pub kind: u16,
    /// What the attribute carries, without header and padding.
    pub payload: &'a [u8],
}

impl Attr<'_> {
    /// The number of the attribute: the type field without its two flag bits.
    pub fn id(&self) -> u16 {
        self.kind & TYPE_MASK
    }

    /// Whether the sender marked the payload as a nest. Many families of the kernel do not, so it proves nothing.
    pub fn is_nested(&self) -> bool {
        self.kind & NESTED != 0
    }
}

/// Walks over attributes, lazily: the way to read one or two attributes of a message that nobody declared.
///
/// Yields an error, and then nothing more, where an attribute's length makes no sense. Up to three bytes too few for a
/// header at the very end are what the kernel calls trailing data and ignores; they are an error here if not zero.
///
/// ```
/// use netlink_core::wire::Attrs;
///
/// let bytes = [5, 0, 1, 0, 42, 0, 0, 0, 4, 0, 2, 0];
/// let ids: Vec<u16> = Attrs::new(&bytes).map(|attr| attr.map(|attr| attr.id())).collect::<Result<_, _>>()?;
/// assert_eq!(ids, [1, 2]);
/// # Ok::<(), netlink_core::wire::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Attrs<'a> {
    /// What is left of how many bytes.
    rest: &'a [u8],
    total: usize,
}

impl<'a> Attrs<'a> {
    /// Reads attributes from the start of the slice to its end.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, total: bytes.len() }
    }

    /// The next attribute; `None` at the end, and where there is none: see [`damage`](Self::damage).
    #[inline]
    pub(crate) fn attr(&mut self) -> Option<Attr<'a>> {
        let &[l0, l1, k0, k1] = self.rest.first_chunk::<ATTR_HEADER>()?;
        let len = usize::from(u16::from_ne_bytes([l0, l1]));
        let payload = self.rest.get(ATTR_HEADER..len)?;
        self.rest = self.rest.get(align4(len)..).unwrap_or_default();
        Some(Attr { kind: u16::from_ne_bytes([k0, k1]), payload })
    }

    /// What is wrong with the bytes behind the last attribute, and where they start; nothing if they are but padding.
    #[inline]
    pub(crate) fn damage(&mut self) -> Option<(DecodeErrorKind, usize)> {
        if self.rest.is_empty() { None } else { self.rest_damage() }
    }

    /// The next attribute, or the damage.
    #[inline]
    pub(crate) fn step(&mut self) -> Option<Result<Attr<'a>, (DecodeErrorKind, usize)>> {
        match self.attr() {
            Some(attr) => Some(Ok(attr)),
            None => self.damage().map(Err),
        }
    }

    #[cold]
    fn rest_damage(&mut self) -> Option<(DecodeErrorKind, usize)> {
        let rest = std::mem::take(&mut self.rest);
        let kind = match rest.first_chunk::<ATTR_HEADER>() {
            Some(&[l0, l1, _, _]) => {
                let claimed = usize::from(u16::from_ne_bytes([l0, l1]));
                DecodeErrorKind::AttributeLength { claimed, left: rest.len() }
            }
            None if rest.iter().all(|byte| *byte == 0) => return None,
            None => DecodeErrorKind::Truncated { needed: ATTR_HEADER, found: rest.len() },
        };
        Some((kind, self.total - rest.len()))
    }
}

impl<'a> Iterator for Attrs<'a> {
    type Item = Result<Attr<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.step()?.map_err(|(kind, at)| DecodeError::new(kind, at)))
    }
}
