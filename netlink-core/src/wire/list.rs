//! Lists that one attribute holds, and the slots for them.

use super::{
    attr::{Attr, Attrs, NESTED, TYPE_MASK, align4},
    context::Context,
    encoding::{Indexed, Numbered, Packed, Records, Stream, Strings},
    error::{DecodeError, DecodeErrorKind, EncodeErrorKind, Step},
    places::Places,
    set::{NlMessage, decode_set, encode_set},
    slot::Slot,
    value::{Fixed, Value},
    writer::Writer,
};
use crate::schema::{Kind, Set};

/// A list may stand for itself where its absence and its being empty are the same: then it is sent if not empty.
macro_rules! list_slots {
    ($([$($params:tt)*] $encoding:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a, T, $($params)*> Slot<'a, $encoding> for Vec<T>
        where
            Vec<T>: Value<'a, $encoding>,
        {
            const KIND: Kind = <Vec<T> as Value<'a, $encoding>>::KIND;

            #[inline(never)]
            fn put(&mut self, _kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
                *self = Value::from_payload(payload, cx)?;
                Ok(())
            }

            fn emit(&self, id: u16, out: &mut Writer) {
                if !self.is_empty() {
                    Value::emit(self, id, out);
                }
            }

            fn is_set(&self) -> bool {
                !self.is_empty()
            }
        }
    )*};
}

list_slots! {
    [E] Indexed<E>,
    [E] Numbered<E>,
    [E] Packed<E>,
    [] Records,
    [] Stream,
    [] Strings,
}

/// Calls a function with each attribute of a list; an error of the function gets the position. A lenient decode goes on
/// with the next.
fn each<'a>(
    payload: &'a [u8],
    cx: &Context<'_, 'a>,
    take: impl FnMut(Attr<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    each_called(payload, cx, |position, _| position, take)
}

/// As [`each`]; an error gets the number of the attribute, by which the element is known.
fn each_numbered<'a>(
    payload: &'a [u8],
    cx: &Context<'_, 'a>,
    take: impl FnMut(Attr<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    each_called(payload, cx, |_, attr| attr.id().into(), take)
}

fn each_called<'a>(
    payload: &'a [u8],
    cx: &Context<'_, 'a>,
    index: fn(usize, &Attr<'a>) -> usize,
    mut take: impl FnMut(Attr<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let mut attrs = Attrs::new(payload);
    let mut position = 0;
    while let Some(attr) = attrs.step() {
        let taken = match attr {
            Ok(attr) => cx.within(Step::Index(index(position, &attr)), || take(attr)),
            Err((kind, at)) => Err(cx.error(&payload[at..], kind)),
        };
        taken.or_else(|error| cx.report(error))?;
        position += 1;
    }
    Ok(())
}

impl<'a, E, T: Value<'a, E>> Value<'a, Indexed<E>> for Vec<T> {
    const FLAGS: u16 = NESTED;
    const KIND: Kind = Kind::Indexed(&T::KIND);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let cx = &cx.inside(payload)?;
        let mut list = Vec::new();
        each(payload, cx, |attr| {
            list.push(T::from_payload(attr.payload, cx)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Counts from 1, as the kernel does where it does not use the position for something.
    fn to_payload(&self, out: &mut Writer) {
        let failed_before = out.has_failed();
        for (position, value) in self.iter().enumerate() {
            // No attribute is long enough for as many elements as would be too many to count.
            value.emit((position as u16).wrapping_add(1), out);
            if out.has_failed() && !failed_before {
                return out.name_element(out.depth(), position);
            }
        }
    }
}

impl<'a, E, T: Value<'a, E>> Value<'a, Numbered<E>> for Vec<(u16, T)> {
    const FLAGS: u16 = NESTED;
    const KIND: Kind = Kind::Numbered(&T::KIND);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let cx = &cx.inside(payload)?;
        let mut list = Vec::new();
        each_numbered(payload, cx, |attr| {
            list.push((attr.id(), T::from_payload(attr.payload, cx)?));
            Ok(())
        })?;
        Ok(list)
    }

    fn to_payload(&self, out: &mut Writer) {
        for (number, value) in self {
            if *number > TYPE_MASK {
                // The bits above would be read as flags, and the number as another.
                let (max, found) = (TYPE_MASK.into(), (*number).into());
                return out.fail_attr(*number, EncodeErrorKind::OutOfRange { min: 0, max, found });
            }
            value.emit(*number, out);
        }
    }
}

const NO_SIZE: &str = "elements that take no bytes cannot be counted";

impl<'a, E, T: Fixed<E>> Value<'a, Packed<E>> for Vec<T> {
    const KIND: Kind = Kind::Packed(&T::KIND);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        if T::SIZE == 0 && !payload.is_empty() {
            return Err(cx.invalid(payload, NO_SIZE));
        }
        let elements = payload.chunks_exact(T::SIZE.max(1));
        if !elements.remainder().is_empty() {
            let kind = DecodeErrorKind::Uneven { element: T::SIZE, found: payload.len() };
            return Err(cx.error(payload, kind));
        }
        Ok(elements.map(T::read).collect())
    }

    fn to_payload(&self, out: &mut Writer) {
        if T::SIZE == 0 && !self.is_empty() {
            return out.fail(EncodeErrorKind::Invalid(NO_SIZE));
        }
        for element in self {
            element.write(out);
        }
    }
}

/// A message with a fixed header in front.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell the length of its record",
    label = "needs a `header` that is a struct with `#[nl(len_of = self)]`"
)]
pub trait HasHeader {
    /// The header.
    type Header;
}

/// A struct whose length member counts the struct itself and what follows it; derived for `#[nl(len_of = self)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell the length of its record",
    label = "needs a member with `#[nl(len_of = self)]`"
)]
pub trait RecordHeader: Fixed {
    /// The length of the record in bytes, header included.
    fn record_length(&self) -> usize;

    /// Fills in the length of the record that starts here and ends where the writer is.
    fn fill_record_length(start: usize, out: &mut Writer);
}

/// The type of the member that tells the length of a record.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell the length of a record",
    label = "must be `u8` or `u16`: a record is a part of an attribute, whose length has 16 bits"
)]
pub trait RecordLen {
    /// The length.
    fn get(self) -> usize;
}

impl RecordLen for u8 {
    fn get(self) -> usize {
        self.into()
    }
}

impl RecordLen for u16 {
    fn get(self) -> usize {
        self.into()
    }
}

/// The record that these bytes start with.
fn first_record<H: RecordHeader>(bytes: &[u8]) -> Result<&[u8], DecodeErrorKind> {
    let Some(header) = bytes.get(..H::SIZE) else {
        return Err(DecodeErrorKind::Truncated { needed: H::SIZE, found: bytes.len() });
    };
    let len = H::read(header).record_length();
    let record = bytes.get(..len).filter(|_| len >= H::SIZE);
    record.ok_or(DecodeErrorKind::AttributeLength { claimed: len, left: bytes.len() })
}

impl<'a, T> Value<'a, Records> for Vec<T>
where
    T: NlMessage<'a> + HasHeader<Header: RecordHeader>,
{
    const KIND: Kind = Kind::Records(T::schema);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let mut list = Vec::new();
        let mut rest = payload;
        for position in 0.. {
            if rest.is_empty() {
                break;
            }
            let step = Step::Index(position);
            let record = match first_record::<T::Header>(rest) {
                Ok(record) => record,
                Err(kind) => {
                    // Where the next one starts, nobody can tell.
                    cx.report(cx.error(rest, kind).within(step))?;
                    break;
                }
            };
            let mut value = T::default();
            match cx.within(step, || decode_set(&mut value, record, cx)) {
                Ok(()) => list.push(value),
                Err(error) => cx.report(error)?,
            }
            rest = rest.get(align4(record.len())..).unwrap_or_default();
        }
        Ok(list)
    }

    fn to_payload(&self, out: &mut Writer) {
        let failed_before = out.has_failed();
        for (position, value) in self.iter().enumerate() {
            let start = out.len();
            encode_set(value, out);
            T::Header::fill_record_length(start, out);
            out.pad_from(start);
            if out.has_failed() && !failed_before {
                return out.name_element(out.depth(), position);
            }
        }
    }
}

/// One attribute of several possible ones: derived with `NlMessage` for enums, and used with the option `stream`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a choice of attributes",
    label = "needs `#[derive(NlMessage)]` on an enum"
)]
pub trait AttrChoice<'a>: Sized {
    /// What the declaration says.
    const SCHEMA: &'static Set;

    /// [`SCHEMA`](Self::SCHEMA) as a function, which declarations that contain themselves need.
    #[doc(hidden)]
    fn schema() -> &'static Set {
        Self::SCHEMA
    }

    /// The attribute as a value.
    ///
    /// # Errors
    ///
    /// The payload is not one of its type.
    fn from_attr(kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError>;

    /// Writes the attribute.
    fn emit(&self, out: &mut Writer);
}

impl<'a, T: AttrChoice<'a>> Value<'a, Stream> for Vec<T> {
    const FLAGS: u16 = NESTED;
    const KIND: Kind = Kind::Stream(T::schema);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let cx = &cx.inside(payload)?;
        let mut list = Vec::new();
        each(payload, cx, |attr| {
            list.push(T::from_attr(attr.kind, attr.payload, cx)?);
            Ok(())
        })?;
        Ok(list)
    }

    fn to_payload(&self, out: &mut Writer) {
        let failed_before = out.has_failed();
        for (position, token) in self.iter().enumerate() {
            token.emit(out);
            if out.has_failed() && !failed_before {
                return out.name_element(out.depth(), position);
            }
        }
    }
}

/// Writes one attribute of several possible ones.
pub fn emit_token(emit: impl FnOnce(&mut Writer), name: &'static str, out: &mut Writer) {
    let failed_before = out.has_failed();
    emit(out);
    if out.has_failed() && !failed_before {
        out.name_attr(out.depth(), |_| Step::Field(name));
    }
}

/// A field that an attribute which comes again adds to: one object over several messages.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be merged with more of the same",
    label = "`merge` is for nests (`Option<Nest>`) and numbered lists of nests"
)]
pub trait MergeSlot<'a> {
    /// The encoding, for descriptions of the declaration.
    const KIND: Kind;

    /// Takes an attribute.
    ///
    /// # Errors
    ///
    /// The payload is not one of the field's type.
    fn merge(&mut self, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'a, T: NlMessage<'a>> MergeSlot<'a> for Option<T> {
    const KIND: Kind = Kind::Nest(T::schema);

    fn merge(&mut self, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        decode_set(self.get_or_insert_default(), payload, cx)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: NlMessage<'a>> MergeSlot<'a> for Vec<(u16, T)> {
    const KIND: Kind = Kind::Numbered(&Kind::Nest(T::schema));

    fn merge(&mut self, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        let cx = &cx.inside(payload)?;
        let mut places = Places::default();
        each_numbered(payload, cx, |attr| {
            let at = places.find(self, attr.id()).unwrap_or_else(|| {
                self.push((attr.id(), T::default()));
                places.added(self, attr.id())
            });
            decode_set(&mut self[at].1, attr.payload, cx)
        })
    }
}

/// Fills in the length of a record: what [`RecordHeader::fill_record_length`] does for a member of this type.
pub fn fill_record_length<T: TryFrom<usize> + Fixed<E>, E>(
    out: &mut Writer,
    start: usize,
    at: usize,
    name: &'static str,
) {
    let found = out.len() - start;
    match T::try_from(found) {
        Ok(value) => out.overwrite::<T, E>(start + at, &value),
        Err(_) => {
            let limit = 1_usize.checked_shl(8 * T::SIZE as u32).map_or(usize::MAX, |values| values - 1);
            out.fail_member(name, EncodeErrorKind::TooLong { limit, found });
        }
    }
}
