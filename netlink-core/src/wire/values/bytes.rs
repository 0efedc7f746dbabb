//! Byte strings and arrays.

use std::{borrow::Cow, ffi::CString};

use crate::schema::Kind;
use crate::wire::{
    context::Context,
    encoding::Native,
    error::DecodeError,
    value::{Fixed, Value, decode_exact},
    writer::Writer,
};

macro_rules! byte_strings {
    ($($type:ty: $from:expr),* $(,)?) => {$(
        impl<'a> Value<'a> for $type {
            const KIND: Kind = Kind::Bytes;

            fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                Ok($from(payload))
            }

            fn to_payload(&self, out: &mut Writer) {
                out.bytes(self);
            }

            #[inline]
            fn emit(&self, id: u16, out: &mut Writer) {
                out.attr(id, self);
            }
        }
    )*};
}

byte_strings! {
    &'a [u8]: |payload| payload,
    Cow<'a, [u8]>: Cow::Borrowed,
    Vec<u8>: <[u8]>::to_vec,
}

/// Ends at the first NUL, if there is one; any bytes before that. Encoded with its NUL.
impl<'a> Value<'a> for CString {
    const KIND: Kind = Kind::Text { nul: true };

    fn from_payload(payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        let text: Vec<u8> = payload.iter().copied().take_while(|byte| *byte != 0).collect();
        // There is no NUL in it that could be refused.
        Ok(Self::new(text).unwrap_or_default())
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(self.as_bytes_with_nul());
    }
}

impl<E, T: Fixed<E> + Copy + Default, const N: usize> Fixed<E> for [T; N] {
    const SIZE: usize = T::SIZE * N;
    const ALIGN: usize = T::ALIGN;
    const KIND: Kind = Kind::Array(&T::KIND, N);

    fn read(bytes: &[u8]) -> Self {
        let mut array = [T::default(); N];
        for (element, bytes) in array.iter_mut().zip(bytes.chunks_exact(T::SIZE.max(1))) {
            *element = T::read(bytes);
        }
        array
    }

    fn write(&self, out: &mut Writer) {
        for element in self {
            element.write(out);
        }
    }
}

impl<'a, const N: usize> Value<'a, Native> for [u8; N] {
    const KIND: Kind = <Self as Fixed>::KIND;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        decode_exact::<Self, Native>(payload, cx)
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(self);
    }

    #[inline]
    fn emit(&self, id: u16, out: &mut Writer) {
        out.attr_array(id, self);
    }
}

impl<'a, E, T: Value<'a, E>> Value<'a, E> for Box<T> {
    const FLAGS: u16 = T::FLAGS;
    const KIND: Kind = T::KIND;

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        T::from_payload(payload, cx).map(Box::new)
    }

    fn to_payload(&self, out: &mut Writer) {
        T::to_payload(self, out);
    }
}
