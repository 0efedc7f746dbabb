//! Between nodes and Rust types, by way of bytes.

use std::{error, fmt};

use super::{BuildError, Node, Root, Walk, build};
use crate::wire::{Body, Decode, DecodeError, Encode, EncodeError, IntoOwned, Writer};

/// Why a value and a node could not be turned into each other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConvertError {
    /// The value cannot be sent.
    Encode(EncodeError),
    /// The node is not what the type declares.
    Build(BuildError),
    /// The bytes were not understood.
    Decode(DecodeError),
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl error::Error for ConvertError {}

/// The names and values of a message: what is declared as only received is not among them, since it is not sent.
///
/// # Errors
///
/// A value does not fit its place.
///
/// ```
/// use netlink_core::{generic::Family, schema};
///
/// let family = Family { id: Some(16), name: Some("nlctrl".into()), ..Family::default() };
/// let node = schema::to_node(&family)?;
/// assert_eq!(node.to_json(), r#"{"id":16,"name":"nlctrl"}"#);
/// assert_eq!(schema::from_node::<Family<'static>>(&node)?, family);
/// # Ok::<(), schema::ConvertError>(())
/// ```
pub fn to_node<T: Body + Encode>(value: &T) -> Result<Node, ConvertError> {
    let mut out = Writer::new();
    value.encode_into(&mut out);
    let bytes = out.finish().map_err(ConvertError::Encode)?;
    Walk::new().sent().walk(Root::from(T::LAYOUT), &bytes).map_err(ConvertError::Decode)
}

/// The message that a node describes.
///
/// # Errors
///
/// The node has a name that is not declared, or a value that does not fit its place.
pub fn from_node<T>(node: &Node) -> Result<T, ConvertError>
where
    T: Body,
    for<'a> T::Of<'a>: IntoOwned<Owned = T>,
{
    let bytes = build(Root::from(T::LAYOUT), node).map_err(ConvertError::Build)?;
    let value = T::Of::decode_at(&bytes, 0).map_err(ConvertError::Decode)?;
    Ok(value.into_owned())
}
