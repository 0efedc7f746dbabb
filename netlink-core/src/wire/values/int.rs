//! Integers, in the byte order that the encoding says.

use byteorder::ByteOrder;

use crate::schema::{Int, Kind};
use crate::wire::{
    attr::TYPE_MASK,
    context::Context,
    encoding::{As, Order, SInt, UInt},
    error::{DecodeError, EncodeErrorKind},
    limits::Ranged,
    select::{Key, Select},
    value::{Fixed, Value, decode_exact},
    writer::Writer,
};

/// Up to 4 bytes, padded for [`Writer::attr4`].
fn padded<const N: usize>(bytes: [u8; N]) -> [u8; 4] {
    let mut word = [0; 4];
    word[..N].copy_from_slice(&bytes);
    word
}

macro_rules! integers {
    ($($type:ident, $size:literal, |$bytes:ident| $read:expr, |$buffer:ident, $value:ident| $write:expr,
       |$kind:ident, $wire:ident, $out:ident| $emit:expr;)*) => {$(
        impl<E: Order> Fixed<E> for $type {
            const SIZE: usize = $size;
            const ALIGN: usize = $size;
            const KIND: Kind = <Self as Value<'static, E>>::KIND;

            #[inline]
            fn read($bytes: &[u8]) -> Self {
                $read
            }

            #[inline]
            fn write(&self, out: &mut Writer) {
                let mut $buffer = [0; $size];
                let $value = *self;
                $write;
                out.bytes(&$buffer);
            }
        }

        impl<'a, E: Order> Value<'a, E> for $type {
            const FLAGS: u16 = E::FLAGS;
            const KIND: Kind = Kind::Int(Int {
                size: $size,
                #[allow(unused_comparisons)]
                signed: $type::MIN < 0,
                order: E::SCHEMA,
                marked: E::FLAGS != 0,
            });

            #[inline]
            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                decode_exact::<Self, E>(payload, cx)
            }

            #[inline]
            fn to_payload(&self, out: &mut Writer) {
                <Self as Fixed<E>>::write(self, out);
            }

            #[inline]
            fn emit(&self, $kind: u16, $out: &mut Writer) {
                let mut $buffer = [0; $size];
                let $value = *self;
                $write;
                let $kind = $kind | const { E::FLAGS & !TYPE_MASK };
                let $wire = $buffer;
                $emit;
            }
        }

        /// Another width on the wire.
        #[diagnostic::do_not_recommend]
        impl<'a, E, W: Value<'a, E> + TryFrom<$type> + Copy> Value<'a, As<W, E>> for $type
        where
            $type: TryFrom<W>,
        {
            const FLAGS: u16 = W::FLAGS;
            const KIND: Kind = W::KIND;

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                let wire = W::from_payload(payload, cx)?;
                Self::try_from(wire).map_err(|_| cx.invalid(payload, "the number is too large for its type in Rust"))
            }

            fn to_payload(&self, out: &mut Writer) {
                match W::try_from(*self) {
                    Ok(wire) => wire.to_payload(out),
                    Err(_) => out.fail(EncodeErrorKind::Invalid("the number does not fit its width on the wire")),
                }
            }
        }

        /// As a member of structs: only to a narrower width, so that every number read fits.
        #[diagnostic::do_not_recommend]
        impl<E, W: Fixed<E> + TryFrom<$type> + Copy> Fixed<As<W, E>> for $type
        where
            $type: From<W>,
        {
            const SIZE: usize = W::SIZE;
            const ALIGN: usize = W::ALIGN;
            const KIND: Kind = W::KIND;

            fn read(bytes: &[u8]) -> Self {
                W::read(bytes).into()
            }

            fn write(&self, out: &mut Writer) {
                match W::try_from(*self) {
                    Ok(wire) => wire.write(out),
                    Err(_) => {
                        out.fail(EncodeErrorKind::Invalid("the number does not fit its width on the wire"));
                        out.zeros(W::SIZE);
                    }
                }
            }
        }

        impl Ranged for $type {
            fn range_of(&self) -> Option<(i128, i128)> {
                Some((i128::from(*self), i128::from(*self)))
            }
        }

        impl Select for $type {
            fn key(&self) -> Option<Key<'_>> {
                Some(Key::Int(*self as u64))
            }

            fn from_key(key: Key<'static>) -> Option<Self> {
                match key {
                    // Only what it can express: cut off, it would select something else.
                    Key::Int(number) => Some(number as $type).filter(|value| value.key() == Some(key)),
                    Key::Text(_) => None,
                }
            }
        }
    )*};
}

integers! {
    u8, 1, |b| b[0], |b, v| b[0] = v, |k, w, out| out.attr4(k, 1, padded(w));
    i8, 1, |b| b[0] as i8, |b, v| b[0] = v as u8, |k, w, out| out.attr4(k, 1, padded(w));
    u16, 2, |b| E::Order::read_u16(b), |b, v| E::Order::write_u16(&mut b, v), |k, w, out| out.attr4(k, 2, padded(w));
    i16, 2, |b| E::Order::read_i16(b), |b, v| E::Order::write_i16(&mut b, v), |k, w, out| out.attr4(k, 2, padded(w));
    u32, 4, |b| E::Order::read_u32(b), |b, v| E::Order::write_u32(&mut b, v), |k, w, out| out.attr4(k, 4, w);
    i32, 4, |b| E::Order::read_i32(b), |b, v| E::Order::write_i32(&mut b, v), |k, w, out| out.attr4(k, 4, w);
    u64, 8, |b| E::Order::read_u64(b), |b, v| E::Order::write_u64(&mut b, v), |k, w, out| out.attr8(k, w);
    i64, 8, |b| E::Order::read_i64(b), |b, v| E::Order::write_i64(&mut b, v), |k, w, out| out.attr8(k, w);
}

macro_rules! short_or_long {
    ($($long:ident, $short:ident, $encoding:ident;)*) => {$(
        /// 4 bytes where the number fits, 8 where it does not; both are understood.
        impl<'a> Value<'a, $encoding> for $long {
            #[allow(unused_comparisons)]
            const KIND: Kind = Kind::Variable { signed: $long::MIN < 0 };

            fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
                if payload.len() == 4 {
                    return Ok(<$short as Fixed>::read(payload).into());
                }
                decode_exact::<Self, crate::wire::Native>(payload, cx)
            }

            fn to_payload(&self, out: &mut Writer) {
                match $short::try_from(*self) {
                    Ok(short) => <$short as Fixed>::write(&short, out),
                    Err(_) => <Self as Fixed>::write(self, out),
                }
            }
        }
    )*};
}

short_or_long! {
    u64, u32, UInt;
    i64, i32, SInt;
}
