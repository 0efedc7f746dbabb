//! The value types that come with the crate.

mod addr;
mod array;
mod bytes;
mod fixed_str;
mod int;
mod misc;
mod text;

pub use addr::{LinkAddr, MacAddr, NotAMacAddr};
pub use array::Array;
pub use fixed_str::{FixedStr, IfName, TextTooLong};
pub use misc::{Bitfield32, Hex, Uuid};
pub use text::Text;
