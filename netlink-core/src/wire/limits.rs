//! Limits that a declaration sets, checked before anything is sent: `len`, `range`, `plain`.
//!
//! What comes from the kernel is not measured: it may have grown.

use std::{borrow::Cow, ffi::CString};

use super::{
    attr::NESTED,
    error::EncodeErrorKind,
    values::{FixedStr, Hex, Text},
    writer::Writer,
};
use crate::schema::Kind;

/// What has a length: text in bytes without a NUL, byte strings in bytes, lists in elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length that could be limited",
    label = "`len` is for text, byte strings and lists of integers"
)]
pub trait Measured {
    /// The shortest and the longest, if there is anything.
    fn lengths(&self) -> Option<(usize, usize)>;
}

macro_rules! measured {
    ($([$($params:tt)*] $type:ty),* $(,)?) => {$(
        impl<$($params)*> Measured for $type {
            fn lengths(&self) -> Option<(usize, usize)> {
                Some((self.len(), self.len()))
            }
        }
    )*};
}

measured! {
    [] &str,
    [] Cow<'_, str>,
    [] String,
    [] &[u8],
    [] Cow<'_, [u8]>,
}

impl Measured for Text<'_> {
    fn lengths(&self) -> Option<(usize, usize)> {
        Some((self.as_bytes().len(), self.as_bytes().len()))
    }
}

impl Measured for Hex<'_> {
    fn lengths(&self) -> Option<(usize, usize)> {
        Some((self.0.len(), self.0.len()))
    }
}

impl Measured for CString {
    fn lengths(&self) -> Option<(usize, usize)> {
        Some((self.as_bytes().len(), self.as_bytes().len()))
    }
}

impl<const N: usize> Measured for FixedStr<N> {
    fn lengths(&self) -> Option<(usize, usize)> {
        Some((self.as_bytes().len(), self.as_bytes().len()))
    }
}

impl<T: Measured> Measured for Option<T> {
    fn lengths(&self) -> Option<(usize, usize)> {
        self.as_ref()?.lengths()
    }
}

/// What an element of a list counts for: a number is one, anything with a length of its own is measured itself.
pub trait Element {
    /// The lengths of a list of these.
    fn lengths_of(list: &[Self]) -> Option<(usize, usize)>
    where
        Self: Sized;
}

macro_rules! elements {
    ($($type:ty),*) => {$(
        impl Element for $type {
            fn lengths_of(list: &[Self]) -> Option<(usize, usize)> {
                Some((list.len(), list.len()))
            }
        }
    )*};
}

elements!(u8, u16, u32, u64, i8, i16, i32, i64);

impl<T: Measured> Element for T {
    fn lengths_of(list: &[Self]) -> Option<(usize, usize)> {
        let lengths = list.iter().filter_map(Self::lengths);
        lengths.reduce(|(min, max), (low, high)| (min.min(low), max.max(high)))
    }
}

impl<T: Element> Measured for Vec<T> {
    fn lengths(&self) -> Option<(usize, usize)> {
        T::lengths_of(self)
    }
}

/// What has a numeric value: integers, and what is made of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number, so it has no range",
    label = "`range` is for integers"
)]
pub trait Ranged {
    /// The smallest and the largest, if there is anything.
    fn range_of(&self) -> Option<(i128, i128)>;
}

impl<T: Ranged> Ranged for Option<T> {
    fn range_of(&self) -> Option<(i128, i128)> {
        self.as_ref()?.range_of()
    }
}

impl<T: Ranged> Ranged for Vec<T> {
    fn range_of(&self) -> Option<(i128, i128)> {
        let ranges = self.iter().filter_map(T::range_of);
        ranges.reduce(|(min, max), (low, high)| (min.min(low), max.max(high)))
    }
}

/// Refuses a field whose shortest or longest length is outside of the limits.
pub fn check_len(lengths: Option<(usize, usize)>, min: usize, max: usize, id: u16, out: &mut Writer) {
    match lengths {
        Some((_, found)) if found > max => out.fail_attr(id, EncodeErrorKind::TooLong { limit: max, found }),
        Some((found, _)) if found < min => out.fail_attr(id, EncodeErrorKind::TooShort { limit: min, found }),
        _ => {}
    }
}

/// Refuses a field whose smallest or largest value is outside of the range.
pub fn check_range(values: Option<(i128, i128)>, min: i128, max: i128, id: u16, out: &mut Writer) {
    match values {
        Some((_, found)) if found > max => out.fail_attr(id, EncodeErrorKind::OutOfRange { min, max, found }),
        Some((found, _)) if found < min => out.fail_attr(id, EncodeErrorKind::OutOfRange { min, max, found }),
        _ => {}
    }
}

/// Takes the mark of a nest off the attributes written since `start`, and off the elements of so many levels of lists in
/// them: some of the kernel's parsers refuse it.
pub fn unmark_nests(start: usize, levels: usize, out: &mut Writer) {
    out.change_kinds(start, levels, |kind| kind & !NESTED);
}

/// Whether attributes of this kind carry the mark of a nest, which `plain` takes off.
pub const fn is_marked(kind: &Kind) -> bool {
    match kind {
        Kind::Multi(element) => is_marked(element),
        Kind::Nest(_) | Kind::Union(_) | Kind::Indexed(_) | Kind::Numbered(_) | Kind::Stream(_) => true,
        _ => false,
    }
}
