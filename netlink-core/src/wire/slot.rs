//! Slots: the fields of a message, which hold an attribute or its absence.

use super::{
    context::Context,
    encoding::{Multi, Native},
    error::{DecodeError, Step},
    value::Value,
    writer::Writer,
};
use crate::schema::Kind;

/// A field of a message: what it does when its attribute arrives, and what it sends.
///
/// `Option<T>` holds an attribute that occurs at most once (of several, the last counts, as in the kernel), `Vec<T>`
/// with `multi` one that repeats, `bool` one whose presence is all it says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a netlink attribute",
    label = "must be `Option<T>`, `bool`, or `Vec<T>` with `multi`",
    note = "any attribute may be absent, and some repeat: use `Option<T>` for one, `bool` for a flag, and `Vec<T>` or `Lazy<T>` with the option `multi` for one that repeats",
    note = "of the other lists, `numbered` is for `Vec<(u16, T)>` (with `levels = 2`, for `Vec<(u16, Vec<(u16, T)>)>`), `strings` for text, `indexed` for `Vec<T>` and `Lazy<T>`, `packed` for `Vec<T>`",
    note = "`stream` is for `Vec<T>` of an enum that derives `NlMessage`, `records` for `Vec<T>` of messages with a `header` that has a member with `#[nl(len_of = self)]`"
)]
pub trait Slot<'a, E> {
    /// The encoding, for descriptions of the declaration.
    const KIND: Kind;

    /// Takes an attribute.
    ///
    /// # Errors
    ///
    /// The payload is not one of the field's type.
    fn put(&mut self, kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError>;

    /// Writes the attribute, if there is one.
    fn emit(&self, id: u16, out: &mut Writer);

    /// Whether there is anything to send.
    fn is_set(&self) -> bool;
}

impl<'a, E, T: Value<'a, E>> Slot<'a, E> for Option<T> {
    const KIND: Kind = T::KIND;

    // Once for each type, not once for each field of the type: a third of the code, and hardly slower.
    #[inline(never)]
    fn put(&mut self, _kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        T::put_into(self, payload, cx)
    }

    #[inline]
    fn emit(&self, id: u16, out: &mut Writer) {
        if let Some(value) = self {
            value.emit(id, out);
        }
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<'a, E, T: Value<'a, E>> Slot<'a, Multi<E>> for Vec<T> {
    const KIND: Kind = Kind::Multi(&T::KIND);

    #[inline(never)]
    fn put(&mut self, _kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        let value = cx.within(Step::Index(self.len()), || T::from_payload(payload, cx))?;
        self.push(value);
        Ok(())
    }

    fn emit(&self, id: u16, out: &mut Writer) {
        let failed_before = out.has_failed();
        for (position, value) in self.iter().enumerate() {
            value.emit(id, out);
            if out.has_failed() && !failed_before {
                return out.name_repeated(out.depth(), position);
            }
        }
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

/// A flag: the attribute is there or not. A payload, which the kernel may give it one day, is ignored.
#[diagnostic::do_not_recommend]
impl<'a> Slot<'a, Native> for bool {
    const KIND: Kind = Kind::Flag;

    fn put(&mut self, _kind: u16, _payload: &'a [u8], _cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        *self = true;
        Ok(())
    }

    fn emit(&self, id: u16, out: &mut Writer) {
        if *self {
            out.attr_array(id, &[]);
        }
    }

    fn is_set(&self) -> bool {
        *self
    }
}
