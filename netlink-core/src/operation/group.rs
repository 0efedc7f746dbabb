//! Multicast groups of families.

use std::{fmt, marker::PhantomData};

use super::Marker;

/// A field of a declaration that is a multicast group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Group;

/// The type of the fields that are multicast groups.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no multicast group",
    label = "must be `Group`",
    note = "an operation is `#[nl(3)]`, and `Do`, `Dump`, `DoDump` or `Event`"
)]
pub trait IsGroup {
    /// That it is.
    const IS: () = ();
}

impl IsGroup for Group {}

/// A multicast group of the family `F`: a constant that `#[derive(NlFamily)]` makes, for
/// [`Connection::join`](crate::Connection::join).
pub struct MulticastGroup<F> {
    id: GroupId,
    marker: Marker<F>,
}

/// What a declaration knows of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupId {
    Named(&'static str),
    Numbered(u32),
}

impl<F> Clone for MulticastGroup<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for MulticastGroup<F> {}

impl<F> fmt::Debug for MulticastGroup<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            GroupId::Named(name) => write!(f, "MulticastGroup({name})"),
            GroupId::Numbered(number) => write!(f, "MulticastGroup({number})"),
        }
    }
}

impl<F> MulticastGroup<F> {
    /// A group of a generic family: its number is asked for at run time.
    pub const fn named(name: &'static str) -> Self {
        Self { id: GroupId::Named(name), marker: PhantomData }
    }

    /// A group with a fixed number, counted from 1.
    pub const fn numbered(number: u32) -> Self {
        Self { id: GroupId::Numbered(number), marker: PhantomData }
    }

    pub(crate) fn id(&self) -> GroupId {
        self.id
    }
}
