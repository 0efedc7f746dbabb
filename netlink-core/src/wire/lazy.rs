//! Lists that are decoded when they are read.

use std::{fmt, marker::PhantomData};

use super::{
    attr::{Attr, Attrs, NESTED, TYPE_MASK},
    context::Context,
    encoding::{Indexed, Multi, Native},
    error::{DecodeError, Step},
    shown::Shown,
    slot::Slot,
    value::Value,
    writer::Writer,
};
use crate::schema::Kind;

/// A list that stays in the message until it is read: for long lists of which few entries matter.
///
/// A field with `multi` or `indexed` may have this type instead of `Vec<T>`. Nothing is allocated and nothing checked on
/// decode; damage shows up when the list is read. It is encoded as it came, damage included. A type with such a field has
/// to borrow: `#[nl(borrowed)]`.
///
/// The entries do not know the message around the list. The offsets of their errors count from where the list starts: the
/// first attribute of the set with `multi`, the payload with `indexed`. And a payload in them with `select = outer(...)`
/// does not find a selector outside of the list: it becomes the variant marked `#[nl(other)]`.
///
/// ```
/// use netlink_core::{NlMessage, wire::Lazy};
///
/// #[derive(NlMessage, Debug, Default)]
/// #[nl(borrowed)]
/// struct Sensor<'a> {
///     #[nl_attr(1)]
///     id: Option<u32>,
///     #[nl_attr(4, multi)]
///     tags: Lazy<'a, &'a str>,
/// }
///
/// let bytes = [6, 0, 4, 0, b'a', 0, 0, 0, 8, 0, 1, 0, 7, 0, 0, 0, 6, 0, 4, 0, b'b', 0, 0, 0];
/// let sensor = Sensor::decode(&bytes)?;
/// assert_eq!(sensor.tags.iter().collect::<Result<Vec<_>, _>>()?, ["a", "b"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Lazy<'a, T, E = Native> {
    attrs: &'a [u8],
    /// Which attributes are entries; `None` for all.
    id: Option<u16>,
    /// How deep the list stands: lists in lists, each read when its turn comes, must not go on forever.
    depth: u8,
    marker: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Clone for Lazy<'_, T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Lazy<'_, T, E> {}

impl<T, E> Default for Lazy<'_, T, E> {
    fn default() -> Self {
        Self { attrs: &[], id: None, depth: 0, marker: PhantomData }
    }
}

impl<'a, T: Value<'a, E>, E> Lazy<'a, T, E> {
    /// The entries, each decoded when it is asked for. After damage of the list itself there is nothing more.
    pub fn iter(&self) -> impl Iterator<Item = Result<T, DecodeError>> + use<'a, T, E> {
        let (attrs, id, depth) = (self.attrs, self.id, self.depth);
        entries(attrs, id).enumerate().map(move |(index, attr)| {
            let cx = Context::new(attrs, 0).at_depth(depth);
            attr.and_then(|attr| T::from_payload(attr.payload, &cx)).map_err(|error| error.within(Step::Index(index)))
        })
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        entries(self.attrs, self.id).next().is_none()
    }
}

fn entries(attrs: &[u8], id: Option<u16>) -> impl Iterator<Item = Result<Attr<'_>, DecodeError>> {
    let wanted = move |attr: &Attr<'_>| id.is_none_or(|id| attr.id() == id);
    Attrs::new(attrs).filter(move |attr| attr.as_ref().map_or(true, wanted))
}

impl<'a, T: Value<'a, E> + fmt::Debug, E> fmt::Debug for Lazy<'a, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for entry in self.iter() {
            match entry {
                Ok(entry) => list.entry(&entry),
                // What is damaged must not look as if it were not there.
                Err(error) => list.entry(&error),
            };
        }
        list.finish()
    }
}

impl<'a, T: Value<'a, E> + PartialEq, E> PartialEq for Lazy<'a, T, E> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a, T: Value<'a, E> + fmt::Debug, E> Shown for Lazy<'a, T, E> {
    fn shown(&self) -> Option<&dyn fmt::Debug> {
        (!self.is_empty()).then_some(self as &dyn fmt::Debug)
    }
}

impl<'a, E, T: Value<'a, E>> Slot<'a, Multi<E>> for Lazy<'a, T, E> {
    const KIND: Kind = Kind::Multi(&T::KIND);

    fn put(&mut self, kind: u16, _payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        *self = Self { attrs: cx.attrs(), id: Some(kind & TYPE_MASK), depth: cx.depth(), marker: PhantomData };
        Ok(())
    }

    fn emit(&self, _id: u16, out: &mut Writer) {
        for attr in entries(self.attrs, self.id).map_while(Result::ok) {
            out.attr(attr.kind, attr.payload);
        }
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl<'a, E, T: Value<'a, E>> Slot<'a, Indexed<E>> for Lazy<'a, T, E> {
    const KIND: Kind = Kind::Indexed(&T::KIND);

    fn put(&mut self, _kind: u16, payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<(), DecodeError> {
        // One more: the list itself is a level.
        *self = Self { attrs: payload, id: None, depth: cx.depth() + 1, marker: PhantomData };
        Ok(())
    }

    fn emit(&self, id: u16, out: &mut Writer) {
        if !self.is_empty() {
            // Not entry by entry: what is damaged is no entry, and would be lost.
            out.attr(id | NESTED, self.attrs);
        }
    }

    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}
