//! Text. On the wire it ends with a NUL, which some senders leave out.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
    str::FromStr,
};

use crate::schema::Kind;
use crate::wire::{
    context::Context,
    encoding::{NoNul, Strings},
    error::{DecodeError, DecodeErrorKind, EncodeErrorKind},
    owned::IntoOwned,
    select::{Key, Select},
    value::Value,
    writer::Writer,
};

/// The text up to the first NUL, or all of it.
pub(super) fn until_nul(bytes: &[u8]) -> &[u8] {
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
/// assert_eq!(format!("{:?}", Text::from(&b"B\xc3\xbcro \xff\x1b"[..])), r#""Büro \xff\u{1b}""#);
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

/// Copies the text; never fails.
impl FromStr for Text<'_> {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text.to_owned()))
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

pub(super) fn display(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // `pad` only where it matters: it wants the text in one piece.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return f.pad(text);
    }
    f.pad(&bytes.escape_ascii().to_string())
}

/// As `Debug` of a `str`, with `\xNN` for what is not UTF-8.
pub(super) fn debug(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for chunk in bytes.utf8_chunks() {
        let quoted = format!("{:?}", chunk.valid());
        f.write_str(&quoted[1..quoted.len() - 1])?;
        write!(f, "{}", chunk.invalid().escape_ascii())?;
    }
    f.write_char('"')
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(&self.0, f)
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&self.0, f)
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
