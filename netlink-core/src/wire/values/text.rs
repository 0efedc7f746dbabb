//! Text. On the wire it ends with a NUL, which some senders leave out.

use std::{borrow::Cow, fmt, str::FromStr};

use crate::schema::Kind;
use crate::wire::{
    context::Context,
    encoding::{Native, NoNul, Strings},
    error::{DecodeError, DecodeErrorKind, EncodeErrorKind},
    owned::IntoOwned,
    select::{Key, Select},
    value::{Fixed, Value},
    writer::Writer,
};

/// The text up to the first NUL, or all of it.
fn until_nul(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

fn refuse_nul(text: &[u8], out: &mut Writer) {
    if text.contains(&0) {
        out.fail(EncodeErrorKind::InteriorNul);
    }
}

fn put_text(text: &[u8], out: &mut Writer) {
    refuse_nul(text, out);
    out.bytes(text);
    out.bytes(&[0]);
}

macro_rules! unterminated {
    ($type:ty) => {
        /// Without a NUL at the end; one that comes all the same is understood.
        impl<'a> Value<'a, NoNul> for $type {
            const KIND: Kind = Kind::Text { nul: false };

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                <Self as Value<'a>>::from_payload(payload, cx)
            }

            fn to_payload(&self, out: &mut Writer) {
                refuse_nul(self.as_bytes(), out);
                out.bytes(self.as_bytes());
            }
        }
    };
}

macro_rules! strings {
    ($($type:ty: $from:expr),* $(,)?) => {$(
        /// Ends at the first NUL, if there is one; must be UTF-8. Encoded with one NUL at the end.
        impl<'a> Value<'a> for $type {
            const KIND: Kind = Kind::Text { nul: true };

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                match std::str::from_utf8(until_nul(payload)) {
                    Ok(text) => Ok($from(text)),
                    Err(error) => Err(cx.error(&payload[error.valid_up_to()..], DecodeErrorKind::Utf8)),
                }
            }

            fn to_payload(&self, out: &mut Writer) {
                put_text(self.as_bytes(), out);
            }

            #[inline]
            fn emit(&self, id: u16, out: &mut Writer) {
                out.attr_text(id, self.as_bytes());
            }
        }

        unterminated!($type);
    )*};
}

strings! {
    &'a str: |text| text,
    Cow<'a, str>: Cow::Borrowed,
    String: str::to_owned,
}

/// Text that may not be UTF-8: names that users give to things, which the kernel takes as bytes.
///
/// Printed as UTF-8 where it is, with `\xNN` for what is not.
///
/// ```
/// use netlink_core::wire::Text;
///
/// assert_eq!(Text::from("uplink").to_string(), "uplink");
/// assert_eq!(Text::from(&b"\xff\xfe"[..]).to_string(), r"\xff\xfe");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<'a>(Cow<'a, [u8]>);

impl<'a> Text<'a> {
    /// The bytes, without a NUL.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if it is UTF-8.
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The bytes as they are borrowed or owned.
    pub fn into_bytes(self) -> Cow<'a, [u8]> {
        self.0
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text.as_bytes()))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text.into_bytes()))
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }
}

impl From<Vec<u8>> for Text<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Cow::Owned(bytes))
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

fn display(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // `pad` only where it matters: it wants the text in one piece.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return f.pad(text);
    }
    f.pad(&bytes.escape_ascii().to_string())
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(&self.0, f)
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl IntoOwned for Text<'_> {
    type Owned = Text<'static>;

    fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> Value<'a> for Text<'a> {
    const KIND: Kind = Kind::Text { nul: true };

    fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(Self(Cow::Borrowed(until_nul(payload))))
    }

    fn to_payload(&self, out: &mut Writer) {
        put_text(&self.0, out);
    }

    #[inline]
    fn emit(&self, id: u16, out: &mut Writer) {
        out.attr_text(id, &self.0);
    }
}

unterminated!(Text<'a>);

/// Texts, each with a NUL at its end. The last may lack it.
impl<'a> Value<'a, Strings> for Vec<Text<'a>> {
    const KIND: Kind = Kind::Strings;

    fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let mut parts: Vec<Text<'a>> = payload.split(|byte| *byte == 0).map(Text::from).collect();
        // After the last NUL there is nothing.
        if parts.last().is_some_and(|last| last.as_bytes().is_empty()) {
            parts.pop();
        }
        Ok(parts)
    }

    fn to_payload(&self, out: &mut Writer) {
        let failed_before = out.has_failed();
        for (position, text) in self.iter().enumerate() {
            put_text(text.as_bytes(), out);
            if out.has_failed() && !failed_before {
                return out.name_element(out.depth(), position);
            }
        }
    }
}

impl Select for Text<'_> {
    fn key(&self) -> Option<Key<'_>> {
        Some(Key::Text(&self.0))
    }

    fn from_key(key: Key<'static>) -> Option<Self> {
        match key {
            Key::Text(text) => Some(Self(Cow::Borrowed(text))),
            Key::Int(_) => None,
        }
    }
}

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
        write!(f, "\"{}\"", self.as_bytes().escape_ascii())
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
