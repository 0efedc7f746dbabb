//! Message bodies: what follows a message header, whatever it is made of.

use super::{
    context::Context,
    error::{DecodeError, DecodeErrorKind},
    message::{Message, MessageHeader},
    set::{NlMessage, decode_outermost},
    writer::Writer,
};
use crate::schema::Kind;

/// What can be read from the body of a message.
///
/// Derived with `NlMessage` and `NlStruct`. `()` stands for a body that does not matter, `&[u8]` for the bytes as they are.
pub trait Decode<'a>: Sized {
    /// Reads a body that starts `base` bytes after the place from which errors count offsets: 0 for a slice of its own,
    /// 16 for the body of a whole message.
    ///
    /// # Errors
    ///
    /// The bytes are not such a body.
    fn decode_at(bytes: &'a [u8], base: usize) -> Result<Self, DecodeError>;

    /// Reads the body of a message, behind a second header of `header` bytes (4 for generic netlink).
    ///
    /// # Errors
    ///
    /// The second header is not there, or what follows is not such a body.
    fn decode_message(message: Message<'a>, header: usize) -> Result<Self, DecodeError> {
        match message.body().get(header..) {
            Some(body) => Self::decode_at(body, MessageHeader::SIZE + header),
            None => Err(no_second_header(message, header)),
        }
    }

    /// As [`decode_message`](Self::decode_message), always `Some`: the entry of a list, where it is read from. To move it
    /// takes a copy of all of it.
    #[doc(hidden)]
    #[inline]
    fn decode_entry<E: From<DecodeError>>(message: Message<'a>, header: usize, entry: &mut Option<Result<Self, E>>) {
        *entry = Some(Self::decode_message(message, header).map_err(E::from));
    }
}

#[cold]
fn no_second_header(message: Message<'_>, header: usize) -> DecodeError {
    let kind = DecodeErrorKind::Truncated { needed: header, found: message.body().len() };
    DecodeError::new(kind, MessageHeader::SIZE)
}

/// What can be written as the body of a message.
pub trait Encode {
    /// Appends the body. What does not fit is told by [`Writer::finish`].
    fn encode_into(&self, out: &mut Writer);
}

/// A body by its name alone: `Link<'static>` stands for `Link<'a>` of any message `'a`.
///
/// Derived with `NlMessage` and `NlStruct`; operations name their bodies with it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the body of a message",
    label = "no message body",
    note = "bodies derive `NlMessage` or `NlStruct`; `()` is an empty body, `&'static [u8]` one that is left as it is"
)]
pub trait Body {
    /// The body, borrowing from a message.
    type Of<'a>: Decode<'a> + Encode;

    /// What the declaration says.
    const LAYOUT: Kind = Kind::Opaque;
}

impl<'a> Decode<'a> for () {
    fn decode_at(_bytes: &'a [u8], _base: usize) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl Encode for () {
    fn encode_into(&self, _out: &mut Writer) {}
}

impl Body for () {
    type Of<'a> = ();
    const LAYOUT: Kind = Kind::Empty;
}

impl<'a> Decode<'a> for &'a [u8] {
    fn decode_at(bytes: &'a [u8], _base: usize) -> Result<Self, DecodeError> {
        Ok(bytes)
    }
}

impl Encode for &[u8] {
    fn encode_into(&self, out: &mut Writer) {
        out.bytes(self);
    }
}

impl Body for &[u8] {
    type Of<'a> = &'a [u8];
    const LAYOUT: Kind = Kind::Bytes;
}

/// The outermost decode function of everything that is one value: a struct.
pub fn decode_value<'a, T: super::value::Value<'a>>(
    name: &'static str,
    bytes: &'a [u8],
    base: usize,
) -> Result<T, DecodeError> {
    T::from_payload(bytes, &Context::new(bytes, base)).map_err(|error| error.in_type(name))
}

/// The outermost decode function of attribute sets.
pub fn decode_message<'a, T: NlMessage<'a>>(bytes: &'a [u8], base: usize) -> Result<T, DecodeError> {
    let mut message = T::default();
    decode_outermost(&mut message, bytes, base).map(|()| message)
}

/// As [`decode_message`], for [`Decode::decode_entry`].
#[inline]
pub fn decode_entry<'a, T: NlMessage<'a>, E: From<DecodeError>>(
    message: Message<'a>,
    header: usize,
    entry: &mut Option<Result<T, E>>,
) {
    let decoded = match message.body().get(header..) {
        Some(body) => match entry.insert(Ok(T::default())) {
            Ok(value) => decode_outermost(value, body, MessageHeader::SIZE + header),
            Err(_) => Ok(()),
        },
        None => Err(no_second_header(message, header)),
    };
    if let Err(error) = decoded {
        *entry = Some(Err(error.into()));
    }
}
