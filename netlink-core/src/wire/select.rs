//! Payloads that another field decides about.

use std::borrow::Cow;

use super::{
    attr::{Attr, TYPE_MASK},
    context::Context,
    error::{DecodeError, EncodeErrorKind},
    set::{DecodeSet, damaged},
    slot::Slot,
    writer::Writer,
};
use crate::schema::{Kind, Union};

/// What a selector says: a number or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'k> {
    /// A number; negative ones as two's complement.
    Int(u64),
    /// A name, without a NUL.
    Text(&'k [u8]),
}

/// A type that can select: integers, `NlEnum` types, text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot select the payload of another field",
    label = "not a selector",
    note = "selectors are integers, types that derive `NlEnum` or `NlFlags`, and text"
)]
pub trait Select: Sized {
    /// What the value selects, if it is there.
    fn key(&self) -> Option<Key<'_>>;

    /// The value that selects this, if the type can express it.
    fn from_key(key: Key<'static>) -> Option<Self>;
}

impl<T: Select> Select for Option<T> {
    fn key(&self) -> Option<Key<'_>> {
        self.as_ref()?.key()
    }

    fn from_key(key: Key<'static>) -> Option<Self> {
        T::from_key(key).map(Some)
    }
}

macro_rules! text_selects {
    ($($type:ty: $from:expr),* $(,)?) => {$(
        impl Select for $type {
            fn key(&self) -> Option<Key<'_>> {
                Some(Key::Text(AsRef::<str>::as_ref(self).as_bytes()))
            }

            fn from_key(key: Key<'static>) -> Option<Self> {
                match key {
                    Key::Text(text) => std::str::from_utf8(text).ok().map($from),
                    Key::Int(_) => None,
                }
            }
        }
    )*};
}

text_selects! {
    &str: |text| text,
    Cow<'_, str>: Cow::Borrowed,
    String: str::to_owned,
}

/// A payload that a selector decides about; derived with `NlUnion` for enums.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a payload that a selector can choose",
    label = "needs `#[derive(NlUnion)]`"
)]
pub trait NlUnion<'a>: Sized {
    /// What the declaration says.
    const SCHEMA: &'static Union;

    /// [`SCHEMA`](Self::SCHEMA) as a function, which declarations that contain themselves need.
    #[doc(hidden)]
    fn schema() -> &'static Union {
        Self::SCHEMA
    }

    /// Reads the payload as what the selector says; `kind` is the type field of its attribute, or 0.
    ///
    /// # Errors
    ///
    /// The payload is not what the selector says that it is.
    fn decode_as(key: Option<Key<'_>>, kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>)
    -> Result<Self, DecodeError>;

    /// What selects this variant: the first of its keys. `None` for the variant of what is not declared.
    fn key(&self) -> Option<Key<'static>>;

    /// Whether the key selects this variant.
    fn is_selected_by(&self, key: Key<'_>) -> bool;

    /// The flag bits for the type field of its attribute.
    fn flags(&self) -> u16;

    /// Writes the payload.
    fn to_payload(&self, out: &mut Writer);

    /// The selector to write in a struct where its own does not select this variant. Refuses a variant that the
    /// selector cannot name.
    #[doc(hidden)]
    fn fill_selector<S>(
        &self,
        own: Option<Key<'_>>,
        from_key: impl FnOnce(Key<'static>) -> Option<S>,
        name: &'static str,
        out: &mut Writer,
    ) -> Option<S> {
        let key = self.key()?;
        if own.is_some_and(|own| self.is_selected_by(own)) {
            return None;
        }
        let filled = from_key(key);
        if filled.is_none() {
            out.fail_member(name, EncodeErrorKind::Selector);
        }
        filled
    }
}

/// For payloads that are large and rare.
#[diagnostic::do_not_recommend]
impl<'a, U: NlUnion<'a>> NlUnion<'a> for Box<U> {
    const SCHEMA: &'static Union = U::SCHEMA;

    fn schema() -> &'static Union {
        U::schema()
    }

    fn decode_as(
        key: Option<Key<'_>>,
        kind: u16,
        payload: &'a [u8],
        cx: &Context<'_, 'a>,
    ) -> Result<Self, DecodeError> {
        U::decode_as(key, kind, payload, cx).map(Box::new)
    }

    fn key(&self) -> Option<Key<'static>> {
        U::key(self)
    }

    fn is_selected_by(&self, key: Key<'_>) -> bool {
        U::is_selected_by(self, key)
    }

    fn flags(&self) -> u16 {
        U::flags(self)
    }

    fn to_payload(&self, out: &mut Writer) {
        U::to_payload(self, out);
    }
}

/// The payload of a selector that is not declared, or of none: kept as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawValue<'a> {
    /// The flag bits of the attribute's type field; other bits are not sent.
    pub flags: u16,
    /// The payload.
    pub payload: Cow<'a, [u8]>,
}

impl<'a> RawValue<'a> {
    /// A payload from the wire.
    pub fn new(kind: u16, payload: &'a [u8]) -> Self {
        Self { flags: kind & !TYPE_MASK, payload: Cow::Borrowed(payload) }
    }
}

/// A message's field that holds a union.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a payload that a selector chooses",
    label = "must be an `Option` of a type that derives `NlUnion`"
)]
pub trait UnionSlot<'a> {
    /// The union.
    type Union: NlUnion<'a>;

    /// The encoding, for descriptions of the declaration.
    const KIND: Kind = Kind::Union(<Self::Union as NlUnion<'a>>::schema);

    /// The union, if it is there.
    fn get(&self) -> Option<&Self::Union>;

    /// Stores a union.
    fn fill(&mut self, union: Self::Union);

    /// Whether it is there.
    #[doc(hidden)]
    fn is_set(&self) -> bool {
        self.get().is_some()
    }

    /// Decodes a payload whose selector is known.
    #[doc(hidden)]
    // Once for each type, as with `Slot::put`.
    #[inline(never)]
    fn decode<S: Select>(
        &mut self,
        kind: u16,
        payload: &'a [u8],
        cx: &Context<'_, 'a>,
        selector: &S,
    ) -> Result<(), DecodeError> {
        self.fill(NlUnion::decode_as(selector.key(), kind, payload, cx)?);
        Ok(())
    }

    /// Decodes the payload that was put off, now that the selector is known.
    ///
    /// `slot` is a function of the set because set and slot cannot be borrowed at once.
    #[doc(hidden)]
    fn decode_deferred<S: DecodeSet<'a>>(
        set: &mut S,
        key: impl FnOnce(&S) -> Option<Key<'_>>,
        slot: impl FnOnce(&mut S) -> &mut Self,
        id: u16,
        cx: &Context<'_, 'a>,
    ) -> Result<(), DecodeError>
    where
        Self: Sized,
    {
        let Some(attr) = cx.find_deferred(id) else { return Ok(()) };
        let before = cx.problem_count();
        let decoded = NlUnion::decode_as(key(set), attr.kind, attr.payload, cx);
        take_decoded(set, decoded, slot, attr, before, cx)
    }

    /// As [`decode_deferred`](Self::decode_deferred), with a selector in an enclosing set.
    #[doc(hidden)]
    fn decode_selected_outside<S: DecodeSet<'a>>(
        set: &mut S,
        with_key: impl FnOnce(&Context<'_, 'a>, &mut dyn FnMut(Option<Key<'_>>)),
        slot: impl FnOnce(&mut S) -> &mut Self,
        id: u16,
        cx: &Context<'_, 'a>,
    ) -> Result<(), DecodeError>
    where
        Self: Sized,
    {
        let Some(attr) = cx.find_deferred(id) else { return Ok(()) };
        let before = cx.problem_count();
        let mut decoded = None;
        with_key(cx, &mut |key| decoded = Some(NlUnion::decode_as(key, attr.kind, attr.payload, cx)));
        decoded.map_or(Ok(()), |decoded| take_decoded(set, decoded, slot, attr, before, cx))
    }

    /// Writes the attribute.
    #[doc(hidden)]
    fn emit(&self, id: u16, out: &mut Writer) {
        if let Some(union) = self.get() {
            let begun = out.begin_of(id | (union.flags() & !TYPE_MASK));
            union.to_payload(out);
            out.end_of(begun);
        }
    }

    /// Refuses a payload that the selector, which is not filled in from it, does not name.
    #[doc(hidden)]
    fn check_selected(&self, key: Option<Key<'_>>, id: u16, out: &mut Writer) {
        if let (Some(union), Some(key)) = (self.get(), key) {
            if !union.is_selected_by(key) {
                out.fail_attr(id, EncodeErrorKind::NotSelected);
            }
        }
    }

    /// The selector to write where it is absent: that of the variant. Refuses one that selects something else.
    #[doc(hidden)]
    fn fill_selector<S>(
        &self,
        own: Option<Key<'_>>,
        from_key: impl FnOnce(Key<'static>) -> Option<S>,
        id: u16,
        out: &mut Writer,
    ) -> Option<S> {
        let union = self.get()?;
        let key = union.key()?;
        let filled = match own {
            Some(own) if union.is_selected_by(own) => return None,
            Some(_) => None,
            None => from_key(key),
        };
        if filled.is_none() {
            out.fail_attr(id, EncodeErrorKind::Selector);
        }
        filled
    }
}

impl<'a, U: NlUnion<'a>> UnionSlot<'a> for Option<U> {
    type Union = U;

    fn get(&self) -> Option<&U> {
        self.as_ref()
    }

    fn fill(&mut self, union: U) {
        *self = Some(union);
    }
}

/// Stores what was decoded, or reports and keeps the damage.
fn take_decoded<'a, S: DecodeSet<'a>, T: UnionSlot<'a>>(
    set: &mut S,
    decoded: Result<T::Union, DecodeError>,
    slot: impl FnOnce(&mut S) -> &mut T,
    attr: Attr<'a>,
    problems_before: usize,
    cx: &Context<'_, 'a>,
) -> Result<(), DecodeError> {
    if cx.problem_count() != problems_before {
        cx.name_problems(problems_before, set.info().step(attr.id()));
    }
    match decoded {
        Ok(union) => {
            slot(set).fill(union);
            Ok(())
        }
        Err(error) => damaged(set, attr.kind, attr.payload, error, cx),
    }
}

/// A set with a selector for payloads in sets further in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no selector for sets further in",
    label = "one of its fields needs the word `selector`"
)]
pub trait SelectsInner<'a> {
    /// The name of the set.
    const SET: &'static str;

    /// The number of the selector.
    const ID: u16;

    /// Calls the function with what the selector of the nearest enclosing set of this type says.
    fn with_key(cx: &Context<'_, 'a>, found: &mut dyn FnMut(Option<Key<'_>>));
}

/// What a selector in an enclosing set says: its attribute is decoded as the field that it fills.
pub fn with_outer_key<'a, T: Slot<'a, E> + Select + Default, E>(
    set: &'static str,
    id: u16,
    cx: &Context<'_, 'a>,
    found: &mut dyn FnMut(Option<Key<'_>>),
) {
    let mut selector = T::default();
    if let Some(attr) = cx.find_outside(set, id) {
        // A selector that is damaged is reported by its own set.
        let _ = selector.put(attr.kind, attr.payload, cx);
    }
    found(selector.key());
}

/// Whether a constant is what the selector says.
pub fn is_key(own: &impl Select, key: Key<'_>) -> bool {
    own.key() == Some(key)
}

/// A place for a payload that is not declared; the type inside of the variant marked `#[nl(other)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep a payload that is not declared",
    label = "must be `RawValue`",
    note = "write `#[nl(other)] Other(RawValue<'a>)`"
)]
pub trait KeepRaw<'a>: Sized {
    /// Keeps a payload.
    fn keep(kind: u16, payload: &'a [u8]) -> Self;

    /// The flag bits of its attribute.
    fn flags(&self) -> u16;

    /// Writes the payload.
    fn to_payload(&self, out: &mut Writer);
}

impl<'a> KeepRaw<'a> for RawValue<'a> {
    fn keep(kind: u16, payload: &'a [u8]) -> Self {
        Self::new(kind, payload)
    }

    fn flags(&self) -> u16 {
        // The rest of the bits are the number of the attribute.
        self.flags & !TYPE_MASK
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(&self.payload);
    }
}
