//! Text in an array of a fixed size.

use std::{fmt, str::FromStr};

use super::text::{debug, display, until_nul};
use crate::schema::Kind;
use crate::wire::{
    context::Context,
    encoding::Native,
    error::{DecodeError, EncodeErrorKind},
    select::{Key, Select},
    value::{Fixed, Value},
    writer::Writer,
};

/// Text in a `char` array of `N` bytes, the NUL included: at most `N - 1` bytes of text, not necessarily UTF-8.
///
/// As a member of a struct it always takes `N` bytes; as an attribute it takes what the text needs. A sender that fills
/// a member to the last byte leaves out the NUL: such text is kept as it is, but is no attribute.
///
/// ```
/// use netlink_core::wire::FixedStr;
///
/// let name: FixedStr<16> = "eth0".parse()?;
/// assert_eq!(name.to_string(), "eth0");
/// assert!("a-name-too-long-for-it".parse::<FixedStr<16>>().is_err());
/// # Ok::<(), netlink_core::wire::TextTooLong>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FixedStr<const N: usize>([u8; N]);

/// The name of a network interface: at most 15 bytes, any but NUL and `/` (`IFNAMSIZ` in `linux/if.h`).
#[doc(alias = "IFNAMSIZ")]
pub type IfName = FixedStr<16>;

/// Text too long for its place, or with a NUL inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextTooLong {
    /// The most bytes that fit.
    pub limit: usize,
}

impl fmt::Display for TextTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text must have at most {} bytes, and no NUL", self.limit)
    }
}

impl std::error::Error for TextTooLong {}

impl<const N: usize> FixedStr<N> {
    /// The most bytes of text, for which a NUL leaves room.
    const LONGEST: usize = N.saturating_sub(1);

    /// The bytes, without the NUL.
    pub fn as_bytes(&self) -> &[u8] {
        until_nul(&self.0)
    }

    /// The text, if it is UTF-8.
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(self.as_bytes()).ok()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl<const N: usize> Default for FixedStr<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> TryFrom<&[u8]> for FixedStr<N> {
    type Error = TextTooLong;

    fn try_from(text: &[u8]) -> Result<Self, TextTooLong> {
        if text.len() >= N || text.contains(&0) {
            return Err(TextTooLong { limit: Self::LONGEST });
        }
        let mut bytes = [0; N];
        bytes[..text.len()].copy_from_slice(text);
        Ok(Self(bytes))
    }
}

impl<const N: usize> FromStr for FixedStr<N> {
    type Err = TextTooLong;

    fn from_str(text: &str) -> Result<Self, TextTooLong> {
        text.as_bytes().try_into()
    }
}

impl<const N: usize> TryFrom<&str> for FixedStr<N> {
    type Error = TextTooLong;

    fn try_from(text: &str) -> Result<Self, TextTooLong> {
        text.parse()
    }
}

impl<const N: usize> PartialEq<&str> for FixedStr<N> {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl<const N: usize> fmt::Display for FixedStr<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(self.as_bytes(), f)
    }
}

impl<const N: usize> fmt::Debug for FixedStr<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self.as_bytes(), f)
    }
}

impl<const N: usize> Fixed<Native> for FixedStr<N> {
    const SIZE: usize = N;
    const ALIGN: usize = 1;
    const KIND: Kind = Kind::FixedText(N);

    fn read(bytes: &[u8]) -> Self {
        let mut array = [0; N];
        // What stands after the NUL is not text: dropping it makes equal names equal.
        let text = until_nul(&bytes[..N]);
        array[..text.len()].copy_from_slice(text);
        Self(array)
    }

    fn write(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}

impl<'a, const N: usize> Value<'a> for FixedStr<N> {
    const KIND: Kind = Kind::ShortText(N);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let text = until_nul(payload);
        // Sent again it gets a NUL, for which there must be room.
        if text.len() > Self::LONGEST {
            return Err(cx.invalid(payload, "text too long for its place and a NUL"));
        }
        let mut bytes = [0; N];
        bytes[..text.len()].copy_from_slice(text);
        Ok(Self(bytes))
    }

    fn to_payload(&self, out: &mut Writer) {
        let text = self.as_bytes();
        if text.len() > Self::LONGEST {
            // From a struct, whose member was full.
            out.fail(EncodeErrorKind::TooLong { limit: Self::LONGEST, found: text.len() });
        }
        out.bytes(text);
        out.bytes(&[0]);
    }
}

impl<const N: usize> Select for FixedStr<N> {
    fn key(&self) -> Option<Key<'_>> {
        Some(Key::Text(self.as_bytes()))
    }

    fn from_key(key: Key<'static>) -> Option<Self> {
        match key {
            Key::Text(text) => text.try_into().ok(),
            Key::Int(_) => None,
        }
    }
}
