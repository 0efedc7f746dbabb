//! Arrays that stay in the message.

use std::{borrow::Cow, fmt, marker::PhantomData};

use crate::schema::Kind;
use crate::wire::{
    context::Context,
    error::{DecodeError, DecodeErrorKind},
    owned::IntoOwned,
    value::{Fixed, Value},
    writer::Writer,
};

/// A C array that stays as it came: where a `Vec<T>` with `packed` would be allocated for each message, and few elements
/// matter. The elements have a fixed size.
///
/// ```
/// use netlink_core::{NlMessage, wire::Array};
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Settings<'a> {
///     #[nl_attr(1)]
///     all: Option<Array<'a, u16>>,
/// }
///
/// let settings = Settings { all: Some([7, 8].into_iter().collect()) };
/// let bytes = settings.to_bytes()?;
/// # #[cfg(target_endian = "little")]
/// assert_eq!(bytes, [8, 0, 1, 0, /**/ 7, 0, 8, 0]);
/// let all = Settings::decode(&bytes)?.all.unwrap();
/// assert_eq!((all.get(1), all.get(2), all.len()), (Some(8), None, 2));
/// assert_eq!(all.iter().collect::<Vec<_>>(), [7, 8]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Array<'a, T> {
    bytes: Cow<'a, [u8]>,
    marker: PhantomData<fn() -> T>,
}

impl<T: Fixed> Array<'_, T> {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / T::SIZE.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An element, if there are so many.
    pub fn get(&self, index: usize) -> Option<T> {
        let start = index.checked_mul(T::SIZE)?;
        self.bytes.get(start..start.checked_add(T::SIZE)?).map(T::read)
    }

    /// The elements.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.bytes.chunks_exact(T::SIZE.max(1)).map(T::read)
    }
}

impl<T> Clone for Array<'_, T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), marker: PhantomData }
    }
}

impl<T> Default for Array<'_, T> {
    fn default() -> Self {
        Self { bytes: Cow::Borrowed(&[]), marker: PhantomData }
    }
}

impl<T: Fixed> FromIterator<T> for Array<'_, T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut out = Writer::new();
        elements.into_iter().for_each(|element| element.write(&mut out));
        // Numbers of a fixed size do not fail to be written.
        Self { bytes: Cow::Owned(out.finish().unwrap_or_default()), marker: PhantomData }
    }
}

impl<T: Fixed + fmt::Debug> fmt::Debug for Array<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T> PartialEq for Array<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Array<'_, T> {}

impl<T: 'static> IntoOwned for Array<'_, T> {
    type Owned = Array<'static, T>;

    fn into_owned(self) -> Array<'static, T> {
        Array { bytes: Cow::Owned(self.bytes.into_owned()), marker: PhantomData }
    }
}

impl<'a, T: Fixed> Value<'a> for Array<'a, T> {
    const KIND: Kind = Kind::Packed(&T::KIND);

    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        if payload.len() % T::SIZE.max(1) != 0 {
            let kind = DecodeErrorKind::Uneven { element: T::SIZE, found: payload.len() };
            return Err(cx.error(payload, kind));
        }
        Ok(Self { bytes: Cow::Borrowed(payload), marker: PhantomData })
    }

    fn to_payload(&self, out: &mut Writer) {
        out.bytes(&self.bytes);
    }
}
