//! Values: what the payload of one attribute is in Rust.

use super::{attr::TYPE_MASK, context::Context, error::DecodeError, writer::Writer};
use crate::schema::Kind;

/// A Rust type that is the payload of an attribute.
///
/// The type decides the encoding; `E`, which the options of `#[nl_attr]` choose, alters it ([`Native`](super::Native)
/// without options, [`Be`](super::Be) for `be`, and so on). Implement it for types of your own:
///
/// ```
/// use netlink_core::wire::{Context, DecodeError, EncodeErrorKind, Value, Writer};
/// use netlink_core::NlMessage;
///
/// /// A temperature; on the wire an `i32` in thousandths of a degree.
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl<'a> Value<'a> for Celsius {
///     fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
///         let milli = <i32 as Value>::from_payload(payload, cx)?;
///         Ok(Self(f64::from(milli) / 1000.0))
///     }
///
///     fn to_payload(&self, out: &mut Writer) {
///         let milli = (self.0 * 1000.0).round();
///         // Whatever does not fit its place is an error: `as` alone would send the nearest number that fits.
///         if (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&milli) {
///             <i32 as Value>::to_payload(&(milli as i32), out);
///         } else {
///             out.fail(EncodeErrorKind::Invalid("too hot or too cold for 32 bits"));
///         }
///     }
/// }
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     temperature: Option<Celsius>,
/// }
///
/// let bytes = Sensor { temperature: Some(Celsius(36.6)) }.to_bytes()?;
/// assert_eq!(Sensor::decode(&bytes)?.temperature, Some(Celsius(36.6)));
/// assert!(Sensor { temperature: Some(Celsius(1e9)) }.to_bytes().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the payload of a netlink attribute with the encoding `{E}`",
    label = "no such payload",
    note = "payloads are integers, text, byte strings, IP and MAC addresses, interface names, types that derive `NlMessage`, `NlStruct`, `NlEnum` or `NlFlags`, and types that implement `netlink_core::wire::Value`; a flag is a field of type `bool`, without `Option`",
    note = "`be` and `le` are for integers and what is made of them; `multi` needs a `Vec<T>`, other lists an `Option<Vec<T>>`; a type that derives `NlUnion` needs `select = ...`, an enum that derives `NlMessage` a `Vec<T>` with `stream`"
)]
pub trait Value<'a, E = super::Native>: Sized {
    /// The flag bits that the type field of such an attribute carries: [`NESTED`](super::NESTED) for nests. Other bits
    /// are not sent.
    const FLAGS: u16 = 0;

    /// The encoding, for descriptions of the declaration.
    const KIND: Kind = Kind::Opaque;

    /// Reads the payload of one attribute.
    ///
    /// # Errors
    ///
    /// The payload is not one of this type; make the error with the methods of [`Context`], which know the offset.
    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError>;

    /// Reads the payload of one attribute into its field. Nests are made there, instead of being moved there.
    ///
    /// # Errors
    ///
    /// As for [`from_payload`](Self::from_payload).
    #[doc(hidden)]
    #[inline]
    fn put_into(field: &mut Option<Self>, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        *field = Some(Self::from_payload(payload, cx)?);
        Ok(())
    }

    /// Writes the payload. What does not fit is told with [`Writer::fail`], and what is begun must be ended.
    fn to_payload(&self, out: &mut Writer);

    /// Writes the whole attribute.
    #[inline]
    fn emit(&self, id: u16, out: &mut Writer) {
        let begun = out.begin_of(id | const { Self::FLAGS & !TYPE_MASK });
        self.to_payload(out);
        out.end_of(begun);
    }
}

/// A value that always has the same number of bytes: a member of a C struct, an element of a C array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a C struct with the encoding `{E}`",
    label = "not of a fixed size on the wire",
    note = "members are integers, arrays, IP and MAC addresses, `FixedStr<N>`, and types that derive `NlStruct` (of a fixed size), `NlEnum` or `NlFlags`, or types that implement `netlink_core::wire::Fixed`",
    note = "the header of a message is such a struct, too: one without `rest`, `select` or `optional` members",
    note = "the last member may be of any length with `#[nl(rest)]`; a member that older kernels lack is `#[nl(optional)]` and an `Option`"
)]
pub trait Fixed<E = super::Native>: Sized {
    /// The number of bytes.
    const SIZE: usize;

    /// The alignment that C gives it, in bytes.
    const ALIGN: usize;

    /// The encoding, for descriptions of the declaration.
    const KIND: Kind = Kind::Opaque;

    /// Reads the value from exactly [`SIZE`](Self::SIZE) bytes.
    ///
    /// # Panics
    ///
    /// With fewer bytes.
    fn read(bytes: &[u8]) -> Self;

    /// Appends exactly [`SIZE`](Self::SIZE) bytes.
    fn write(&self, out: &mut Writer);
}

/// Decodes a payload that is one [`Fixed`] value and nothing else.
#[inline]
pub(crate) fn decode_exact<'a, T: Fixed<E>, E>(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<T, DecodeError> {
    if payload.len() == T::SIZE { Ok(T::read(payload)) } else { Err(cx.bad_length(payload, T::SIZE)) }
}
