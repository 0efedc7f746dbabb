//! Operations that share a number, and are told apart by what their bodies begin with.

/// With which byte the bodies of an operation begin, where several operations have one number: the word `begins`.
///
/// In routing netlink it is the address family, which decides what the rest of the message is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begins {
    /// With any.
    #[default]
    Any,
    /// With this one: other messages of this number are not of this operation.
    With(u8),
    /// With any but this one: what begins with it is of another operation.
    Not(u8),
}

impl Begins {
    /// Whether a body that begins with this byte can be one of the operation. What is empty can be: that it is too short
    /// is for the decoder to tell.
    pub const fn allows(self, first: Option<u8>) -> bool {
        match (self, first) {
            (Self::Any, _) | (_, None) => true,
            (Self::With(own), Some(first)) => own == first,
            (Self::Not(other), Some(first)) => other != first,
        }
    }

    /// Whether no body can be one of both.
    pub(super) const fn excludes(self, other: Self) -> bool {
        match (self, other) {
            (Self::With(one), Self::With(other)) => one != other,
            (Self::With(one), Self::Not(other)) | (Self::Not(other), Self::With(one)) => one == other,
            _ => false,
        }
    }
}
