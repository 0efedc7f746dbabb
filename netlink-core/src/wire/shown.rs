//! What is worth showing: `NlDebug` leaves out what is absent.

use std::fmt::Debug;

use super::unknown::UnknownAttrs;

/// Whether a field of a message has anything to show: an `Option` what is inside of it, a list its elements if there are
/// any, a flag itself if it is set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shown by `NlDebug`",
    label = "not an `Option`, a `Vec` or a `bool` of what has `Debug`",
    note = "derive `Debug` for the types inside, or implement `netlink_core::wire::Shown`"
)]
pub trait Shown {
    /// What to show, if there is anything.
    fn shown(&self) -> Option<&dyn Debug>;
}

impl<T: Debug> Shown for Option<T> {
    fn shown(&self) -> Option<&dyn Debug> {
        match self {
            Some(value) => Some(value),
            None => None,
        }
    }
}

impl<T: Debug> Shown for Vec<T> {
    fn shown(&self) -> Option<&dyn Debug> {
        (!self.is_empty()).then_some(self as &dyn Debug)
    }
}

impl Shown for bool {
    fn shown(&self) -> Option<&dyn Debug> {
        self.then_some(self as &dyn Debug)
    }
}

impl Shown for UnknownAttrs<'_> {
    fn shown(&self) -> Option<&dyn Debug> {
        (!self.is_empty()).then_some(self as &dyn Debug)
    }
}
