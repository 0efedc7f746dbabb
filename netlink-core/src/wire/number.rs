//! Numbers with names.

use super::select::{Key, Select};
use crate::schema::{Enum, Flags};

/// A type that is a number on the wire: enums and flags.
pub trait Number: Sized {
    /// The integer.
    type Number: Copy;

    /// The value of any number; what has no name is kept.
    fn from_number(number: Self::Number) -> Self;

    /// The number.
    fn number(&self) -> Self::Number;
}

/// A number with names, derived for enums; numbers without a name survive in the variant marked `#[nl(other)]`.
///
/// ```
/// use netlink_core::NlEnum;
///
/// #[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
/// #[repr(u8)]
/// enum State {
///     Down = 2,
///     Up = 6,
///     #[nl(other)]
///     Other(u8),
/// }
///
/// assert_eq!(State::from(6), State::Up);
/// assert_eq!(State::from(77), State::Other(77));
/// assert_eq!(u8::from(State::Down), 2);
/// assert_eq!(State::Up.name(), Some("Up"));
/// ```
pub trait NlEnum: Sized {
    /// What the declaration says.
    const SCHEMA: &'static Enum;

    /// The integer of `#[repr(...)]`, which is also the one on the wire.
    type Number: Copy;

    /// The variant of a number.
    fn from_number(number: Self::Number) -> Self;

    /// The number of a variant.
    fn number(&self) -> Self::Number;

    /// The name of the variant in the declaration, if the number has one.
    fn name(&self) -> Option<&'static str>;
}

impl<T: NlEnum> Number for T {
    type Number = T::Number;

    fn from_number(number: Self::Number) -> Self {
        NlEnum::from_number(number)
    }

    fn number(&self) -> Self::Number {
        NlEnum::number(self)
    }
}

/// Bits with names, derived for types that `bitflags!` makes; bits without a name survive.
///
/// ```
/// use netlink_core::{NlFlags, NlMessage};
///
/// netlink_core::bitflags! {
///     #[derive(NlFlags, Clone, Copy, PartialEq)]
///     struct Alarms: u32 {
///         const TOO_HOT = 1 << 0;
///         const TOO_COLD = 1 << 1;
///     }
/// }
///
/// #[derive(NlMessage, Debug, Default)]
/// struct Sensor {
///     #[nl_attr(1)]
///     alarms: Option<Alarms>,
/// }
///
/// let bytes = Sensor { alarms: Some(Alarms::TOO_HOT | Alarms::from_bits_retain(0x80)) }.to_bytes()?;
/// let alarms = Sensor::decode(&bytes)?.alarms.unwrap();
/// assert!(alarms.contains(Alarms::TOO_HOT));
/// assert_eq!(alarms.bits(), 0x81);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait NlFlags: bitflags::Flags {
    /// What the declaration says.
    const SCHEMA: &'static Flags;
}

/// The number as a selector.
#[allow(clippy::needless_pass_by_value)]
pub fn number_key(number: impl Select) -> Option<Key<'static>> {
    match number.key() {
        Some(Key::Int(number)) => Some(Key::Int(number)),
        _ => None,
    }
}

/// Calls the function with each name and its bits.
pub fn each_flag<T: bitflags::Flags<Bits: Into<u64>>>(call: &mut dyn FnMut(&'static str, i128)) {
    for flag in T::FLAGS.iter().filter(|flag| flag.is_named()) {
        let bits: u64 = flag.value().bits().into();
        call(flag.name(), bits.into());
    }
}
