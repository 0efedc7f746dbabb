//! From what borrows from a message to what can be kept.

use std::borrow::Cow;

/// Turns a value that borrows from a message into one that owns everything.
///
/// Derived with `NlMessage`, `NlStruct` and `NlUnion` for types with a lifetime, unless a field is a plain reference
/// (`&'a str`): use `Cow` in declarations whose values are to be kept.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be turned into a value that owns its data",
    label = "borrows and cannot be made to own",
    note = "use `Cow<'a, str>` or `Cow<'a, [u8]>` instead of plain references in declarations, and `Vec<T>` instead of `Lazy<'a, T>`; or write `#[nl(borrowed)]` on the type that holds this field to do without `into_owned`",
    note = "entries of a dump that borrow are read with `next_borrowed` instead of `for`"
)]
pub trait IntoOwned {
    /// The same type, owning its data.
    type Owned: 'static;

    /// Copies what is borrowed.
    fn into_owned(self) -> Self::Owned;
}

impl<B: ToOwned + ?Sized + 'static> IntoOwned for Cow<'_, B> {
    type Owned = Cow<'static, B>;

    fn into_owned(self) -> Cow<'static, B> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

/// An element of a numbered list.
impl<T: IntoOwned> IntoOwned for (u16, T) {
    type Owned = (u16, T::Owned);

    fn into_owned(self) -> Self::Owned {
        (self.0, self.1.into_owned())
    }
}

impl<T: IntoOwned> IntoOwned for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.into_iter().map(T::into_owned).collect()
    }
}

impl<T: IntoOwned> IntoOwned for Box<T> {
    type Owned = Box<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        Box::new((*self).into_owned())
    }
}

impl IntoOwned for super::select::RawValue<'_> {
    type Owned = super::select::RawValue<'static>;

    fn into_owned(self) -> Self::Owned {
        super::select::RawValue { flags: self.flags, payload: Cow::Owned(self.payload.into_owned()) }
    }
}

/// What borrows nothing is its own owner. Needed where a parameter of a type stands for such a value.
macro_rules! owned {
    ($($type:ty),* $(,)?) => {$(
        impl IntoOwned for $type {
            type Owned = Self;

            fn into_owned(self) -> Self {
                self
            }
        }
    )*};
}

owned! {
    u8, u16, u32, u64, i8, i16, i32, i64, bool, String,
    std::net::IpAddr, std::net::Ipv4Addr, std::net::Ipv6Addr, std::time::Duration,
    super::values::MacAddr, super::values::Uuid,
}
