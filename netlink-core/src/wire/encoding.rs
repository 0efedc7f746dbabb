//! The encodings that the options of `#[nl_attr]` and `#[nl]` choose: types that only exist in signatures.

use std::marker::PhantomData;

use byteorder::{BigEndian, ByteOrder, LittleEndian, NativeEndian};

use super::attr::NET_BYTEORDER;
use crate::schema;

/// The encoding of a type when no option says otherwise: integers in host byte order.
#[derive(Debug)]
pub struct Native;

/// Option `be`: big-endian, which is network byte order.
#[derive(Debug)]
pub struct Be;

/// Option `le`: little-endian.
#[derive(Debug)]
pub struct Le;

/// Option `multi`: the attribute occurs once for each element.
#[derive(Debug)]
pub struct Multi<E>(PhantomData<E>);

/// Option `indexed`: one attribute holds all elements, each an attribute whose type only counts.
#[derive(Debug)]
pub struct Indexed<E>(PhantomData<E>);

/// Option `packed`: one attribute holds all elements, one after the other as in a C array.
#[derive(Debug)]
pub struct Packed<E>(PhantomData<E>);

/// Option `net`: big-endian, and the attribute says so with a bit of its type field.
#[derive(Debug)]
pub struct Net;

/// Option `uint`: an unsigned number that takes 8 bytes if it must, and 4 if it can.
#[derive(Debug)]
pub struct UInt;

/// Option `sint`: as [`UInt`], with a sign.
#[derive(Debug)]
pub struct SInt;

/// Option `as = u8`: the number has another width on the wire than in Rust.
#[derive(Debug)]
pub struct As<W, E>(PhantomData<(W, E)>);

/// Option `no_nul`: text without a NUL at its end.
#[derive(Debug)]
pub struct NoNul;

/// Option `strings`: texts, each with a NUL at its end, one after the other.
#[derive(Debug)]
pub struct Strings;

/// Option `numbered`: as [`Indexed`], but the numbers mean something and are kept.
#[derive(Debug)]
pub struct Numbered<E>(PhantomData<E>);

/// Options `secs`, `millis`, `micros` and `nanos`: a duration as a number `W` of units of so many nanoseconds.
#[derive(Debug)]
pub struct Time<W, E, const NANOS: u64>(PhantomData<(W, E)>);

/// Option `records`: structs that tell their own length, each with attributes behind it, one after the other.
#[derive(Debug)]
pub struct Records;

/// Option `stream`: attributes of which the order is the meaning.
#[derive(Debug)]
pub struct Stream;

/// The byte orders: what `be` and `le` choose between.
#[diagnostic::on_unimplemented(
    message = "an integer has no encoding `{Self}`",
    label = "no such payload",
    note = "integers take `be`, `le`, `net` or none of them; lists of them are `Vec<T>` with `multi`, or `Option<Vec<T>>` with `packed` or `indexed`",
    note = "`uint` is for `u64`, `sint` for `i64`, `no_nul` and `strings` for text, `secs`, `millis`, `micros` and `nanos` for `Duration`"
)]
pub trait Order {
    /// How it is done.
    type Order: ByteOrder;

    /// The flag bits that the type field of such an attribute carries.
    const FLAGS: u16 = 0;

    /// The byte order, for descriptions of the declaration.
    const SCHEMA: schema::ByteOrder;
}

impl Order for Native {
    type Order = NativeEndian;
    const SCHEMA: schema::ByteOrder = schema::ByteOrder::Host;
}

impl Order for Be {
    type Order = BigEndian;
    const SCHEMA: schema::ByteOrder = schema::ByteOrder::Big;
}

impl Order for Le {
    type Order = LittleEndian;
    const SCHEMA: schema::ByteOrder = schema::ByteOrder::Little;
}

impl Order for Net {
    type Order = BigEndian;
    const FLAGS: u16 = NET_BYTEORDER;
    const SCHEMA: schema::ByteOrder = schema::ByteOrder::Big;
}
