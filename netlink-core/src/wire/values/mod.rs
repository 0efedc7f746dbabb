//! The value types that come with the crate.

mod addr;
mod bytes;
mod int;
mod misc;
mod text;

pub use addr::{LinkAddr, MacAddr, NotAMacAddr};
pub use misc::{Bitfield32, Hex, Uuid};
pub use text::{FixedStr, IfName, Text, TextTooLong};
