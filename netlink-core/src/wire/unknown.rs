//! What a declaration does not know: kept, printed, re-encoded.

use std::{borrow::Cow, fmt};

use super::{attr::TYPE_MASK, owned::IntoOwned, writer::Writer};

/// The attributes of a message that its declaration does not know, in the order in which they came.
///
/// A field of this type, marked `#[nl_attr(unknown)]`, makes a declaration lossless. It costs nothing where there are none.
///
/// ```
/// use netlink_core::{NlMessage, wire::UnknownAttrs};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor<'a> {
///     #[nl_attr(1)]
///     id: Option<u32>,
///     #[nl_attr(unknown)]
///     unknown: UnknownAttrs<'a>,
/// }
///
/// let bytes = [8, 0, 1, 0, 42, 0, 0, 0, 5, 0, 99, 0, 7, 0, 0, 0];
/// let sensor = Sensor::decode(&bytes)?;
/// assert_eq!(sensor.unknown.get(99), Some(&[7][..]));
/// assert_eq!(sensor.to_bytes()?, bytes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UnknownAttrs<'a>(
    /// One word in each message, where there are none: what is large takes time to move.
    #[allow(clippy::box_collection)]
    Option<Box<Vec<UnknownAttr<'a>>>>,
);

/// One attribute that the declaration does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAttr<'a> {
    /// The type field as it is on the wire, flag bits included.
    pub kind: u16,
    /// The payload.
    pub payload: Cow<'a, [u8]>,
}

impl UnknownAttr<'_> {
    /// The number of the attribute, without flag bits.
    pub fn id(&self) -> u16 {
        self.kind & TYPE_MASK
    }
}

impl<'a> UnknownAttrs<'a> {
    fn as_slice(&self) -> &[UnknownAttr<'a>] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &UnknownAttr<'a>> {
        self.as_slice().iter()
    }

    /// The payload of the last attribute with this number.
    pub fn get(&self, id: u16) -> Option<&[u8]> {
        self.as_slice().iter().rev().find(|attr| attr.id() == id).map(|attr| &*attr.payload)
    }

    /// Adds an attribute: a way to send what a declaration lacks. `kind` is the type field, flag bits included.
    pub fn push(&mut self, kind: u16, payload: impl Into<Cow<'a, [u8]>>) {
        self.0.get_or_insert_default().push(UnknownAttr { kind, payload: payload.into() });
    }
}

impl fmt::Debug for UnknownAttrs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownAttrs").field(&self.as_slice()).finish()
    }
}

impl IntoOwned for UnknownAttrs<'_> {
    type Owned = UnknownAttrs<'static>;

    fn into_owned(self) -> Self::Owned {
        let attrs = self.0.map(|attrs| attrs.into_iter().map(UnknownAttr::into_owned).collect());
        UnknownAttrs(attrs.map(Box::new))
    }
}

/// A place for unknown attributes; the type of a field marked `#[nl_attr(unknown)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep unknown attributes",
    label = "must be `UnknownAttrs`",
    note = "write `unknown: UnknownAttrs<'a>`, or leave the field out to drop what the declaration does not know"
)]
pub trait KeepUnknown<'a> {
    /// Keeps an attribute.
    fn keep(&mut self, kind: u16, payload: &'a [u8]);

    /// Writes what was kept.
    fn emit(&self, out: &mut Writer);
}

impl<'a> KeepUnknown<'a> for UnknownAttrs<'a> {
    #[cold]
    fn keep(&mut self, kind: u16, payload: &'a [u8]) {
        self.push(kind, payload);
    }

    fn emit(&self, out: &mut Writer) {
        for attr in self.iter() {
            out.attr(attr.kind, &attr.payload);
        }
    }
}

/// A place for one attribute that is not declared; the type inside of the variant marked `#[nl_attr(unknown)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep an attribute that is not declared",
    label = "must be `UnknownAttr`",
    note = "write `#[nl_attr(unknown)] Unknown(UnknownAttr<'a>)`"
)]
pub trait KeepAttr<'a> {
    /// Keeps an attribute.
    fn keep(kind: u16, payload: &'a [u8]) -> Self;

    /// Writes it.
    fn emit(&self, out: &mut Writer);
}

impl<'a> KeepAttr<'a> for UnknownAttr<'a> {
    fn keep(kind: u16, payload: &'a [u8]) -> Self {
        Self { kind, payload: payload.into() }
    }

    fn emit(&self, out: &mut Writer) {
        out.attr(self.kind, &self.payload);
    }
}

impl IntoOwned for UnknownAttr<'_> {
    type Owned = UnknownAttr<'static>;

    fn into_owned(self) -> Self::Owned {
        UnknownAttr { kind: self.kind, payload: Cow::Owned(self.payload.into_owned()) }
    }
}
