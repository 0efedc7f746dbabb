//! C structs: what `#[derive(NlStruct)]` needs.

use super::{
    body::Decode,
    context::Context,
    encoding::Packed,
    error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Step},
    value::{Fixed, Value},
    writer::Writer,
};
use crate::schema::{Kind, Struct};

/// A C struct, as it stands in front of attributes, as the payload of one, or as a whole message body.
///
/// Members stand one after the other as declared; padding is written down (`pad`), and the compiler refuses a member
/// that would not stand where C puts it. Bytes beyond the declared end, which a newer kernel may send, are ignored.
///
/// ```
/// use netlink_core::NlStruct;
///
/// #[derive(NlStruct, Debug, Default, PartialEq)]
/// struct Limits {
///     #[nl(pad = 2)]
///     level: u16,
///     low: i32,
///     #[nl(be)]
///     port: u16,
///     #[nl(pad = 1)]
///     enabled: u8,
/// }
///
/// let bytes = [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x90, 1, 0];
/// # #[cfg(target_endian = "little")]
/// assert_eq!(Limits::decode(&bytes)?, Limits { level: 1, low: -1, port: 8080, enabled: 1 });
/// # Ok::<(), netlink_core::wire::DecodeError>(())
/// ```
pub trait NlStruct<'a>: Value<'a> + Decode<'a> {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// What the declaration says.
    const SCHEMA: &'static Struct;

    /// [`SCHEMA`](Self::SCHEMA) as a function, which declarations that contain themselves need.
    #[doc(hidden)]
    fn schema() -> &'static Struct {
        Self::SCHEMA
    }

    /// Reads the struct from the start of the bytes.
    ///
    /// # Errors
    ///
    /// There are fewer bytes than the struct has, or its tail is damaged.
    fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        Self::decode_at(bytes, 0)
    }

    /// The bytes of the struct.
    ///
    /// # Errors
    ///
    /// A member that is absent before one that is present, a tail longer than its length member can say, a number that
    /// does not fit its width on the wire, or what the tail itself cannot say. Others cannot fail.
    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        let mut out = Writer::new();
        encode_value(Self::NAME, self, &mut out);
        out.finish()
    }
}

/// Writes a struct as an outermost value.
pub fn encode_value<'a>(name: &'static str, value: &impl Value<'a>, out: &mut Writer) {
    let depth = out.depth();
    let failed_before = out.has_failed();
    value.to_payload(out);
    if out.has_failed() && !failed_before {
        out.name_failure(depth, Step::Attribute, name);
    }
}

/// A struct without a variable end: longer is fine, shorter is not.
pub fn decode_struct<'a, T: Fixed>(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<T, DecodeError> {
    at_least(payload, T::SIZE, cx)?;
    Ok(T::read(payload))
}

/// Refuses a payload that is shorter than this.
pub fn at_least(payload: &[u8], needed: usize, cx: &Context<'_, '_>) -> Result<(), DecodeError> {
    if payload.len() < needed {
        return Err(cx.error(payload, DecodeErrorKind::Truncated { needed, found: payload.len() }));
    }
    Ok(())
}

/// The bytes of a message's fixed header.
pub fn header_bytes<'a>(
    bytes: &'a [u8],
    size: usize,
    name: &'static str,
    cx: &Context<'_, 'a>,
) -> Result<&'a [u8], DecodeError> {
    in_member(at_least(bytes, size, cx), name)?;
    Ok(&bytes[..size])
}

/// All bytes from here.
pub fn tail(payload: &[u8], at: usize) -> &[u8] {
    // Not just any empty slice: errors are placed by the address.
    &payload[at.min(payload.len())..]
}

/// As many bytes from here as the length member says.
pub fn tail_of<'a>(
    payload: &'a [u8],
    at: usize,
    len: usize,
    name: &'static str,
    cx: &Context<'_, 'a>,
) -> Result<&'a [u8], DecodeError> {
    let rest = tail(payload, at);
    in_member(at_least(rest, len, cx), name)?;
    Ok(&rest[..len])
}

/// Decodes the end of a struct, which is one level further in: it may have such a struct in it again.
pub fn within_tail<'a, T>(
    cx: &Context<'_, 'a>,
    tail: &'a [u8],
    name: &'static str,
    decode: impl FnOnce(&Context<'_, 'a>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    within_member(cx, name, || decode(&cx.inside(tail)?))
}

/// Decodes a member whose own parts may be damaged: whatever goes wrong in there is within it.
pub fn within_member<T>(
    cx: &Context<'_, '_>,
    name: &'static str,
    decode: impl FnOnce() -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    cx.within(Step::Field(name), decode)
}

/// Names the member that an error is about.
fn in_member<T>(result: Result<T, DecodeError>, name: &'static str) -> Result<T, DecodeError> {
    result.map_err(|error| error.within(Step::Field(name)))
}

/// A member that structs of older kernels lack: `Option<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an optional member of a C struct with the encoding `{E}`",
    label = "must be an `Option` of a value of a fixed size"
)]
pub trait OptionalMember<E>: Sized {
    /// The number of bytes if it is there.
    const SIZE: usize;

    /// The alignment that C gives it, in bytes.
    const ALIGN: usize;

    /// The encoding, for descriptions of the declaration.
    const KIND: Kind;

    /// Reads the member, if the struct goes on to here.
    ///
    /// # Errors
    ///
    /// The struct ends inside the member.
    fn read(payload: &[u8], at: usize, name: &'static str, cx: &Context<'_, '_>) -> Result<Self, DecodeError>;

    /// Writes the member, if it is there; `ended` tells whether an earlier one was not.
    fn write(&self, ended: &mut bool, name: &'static str, out: &mut Writer);
}

impl<E, T: Fixed<E>> OptionalMember<E> for Option<T> {
    const SIZE: usize = T::SIZE;
    const ALIGN: usize = T::ALIGN;
    const KIND: Kind = T::KIND;

    fn read(payload: &[u8], at: usize, name: &'static str, cx: &Context<'_, '_>) -> Result<Self, DecodeError> {
        let rest = tail(payload, at);
        if rest.is_empty() {
            return Ok(None);
        }
        in_member(at_least(rest, T::SIZE, cx), name)?;
        Ok(Some(T::read(&rest[..T::SIZE])))
    }

    fn write(&self, ended: &mut bool, name: &'static str, out: &mut Writer) {
        match self {
            None => *ended = true,
            Some(_) if *ended => out.fail_member(name, EncodeErrorKind::Hole),
            Some(value) => value.write(out),
        }
    }
}

/// Checks that nothing follows a member that is absent.
pub fn after_tail(ended: bool, start: usize, name: &'static str, out: &mut Writer) {
    if ended && out.len() > start {
        out.fail_member(name, EncodeErrorKind::Hole);
    }
}

/// A list whose elements a struct counts.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` cannot be counted",
    label = "not a `Vec<T>` of values of a fixed size",
    note = "`count_of` names a member with `#[nl(rest, packed)]`, a `Vec<T>`; `len_of` counts bytes"
)]
pub trait Counted<E> {
    /// The number of bytes of an element.
    const ELEMENT: usize;
}

impl<T: Fixed<E>, E> Counted<Packed<E>> for Vec<T> {
    const ELEMENT: usize = T::SIZE;
}

/// Fills in a length member, now that the tail is written; `unit` is the number of bytes of what it counts.
pub fn fill_length<T: TryFrom<usize> + Fixed<E>, E>(
    out: &mut Writer,
    at: usize,
    start: usize,
    unit: usize,
    name: &'static str,
) {
    let len = (out.len() - start) / unit.max(1);
    match T::try_from(len) {
        Ok(value) => out.overwrite::<T, E>(at, &value),
        Err(_) => {
            let limit = 1_usize.checked_shl(8 * T::SIZE as u32).map_or(usize::MAX, |values| values - 1);
            out.fail_member(name, EncodeErrorKind::TooLong { limit, found: len });
        }
    }
}

/// Fills in a length in bits. What the member says itself is kept if it needs as many bytes.
pub fn fill_bits<T, E>(out: &mut Writer, at: usize, start: usize, own: &T, name: &'static str)
where
    T: TryFrom<usize> + Fixed<E> + Copy,
    usize: TryFrom<T>,
{
    let len = out.len() - start;
    let bits = usize::try_from(*own).ok().filter(|bits| bits.div_ceil(8) == len);
    match T::try_from(bits.unwrap_or(len.saturating_mul(8))) {
        Ok(value) => out.overwrite::<T, E>(at, &value),
        Err(_) => out.fail_member(name, EncodeErrorKind::Invalid("longer than the member with its length can say")),
    }
}

/// Writes a member that may not fit, and gives its name to the error.
pub fn write_named(name: &'static str, out: &mut Writer, write: impl FnOnce(&mut Writer)) {
    let failed_before = out.has_failed();
    write(out);
    if out.has_failed() && !failed_before {
        out.name_member(name);
    }
}

/// The alignment of a struct: that of its most demanding member.
pub const fn max_align(aligns: &[usize]) -> usize {
    let mut max = 1;
    let mut n = 0;
    while n < aligns.len() {
        if aligns[n] > max {
            max = aligns[n];
        }
        n += 1;
    }
    max
}
