//! Types that are bits with names.

use std::fmt;

/// Makes a type of bits with names, for [`NlFlags`](derive@crate::NlFlags): what the macro of the crate [`bitflags`]
/// makes, with its methods and operators, and [`Debug`](fmt::Debug) besides.
///
/// It asks for the form of that macro which generates one type instead of two, and so builds faster. A type made by
/// that macro itself can derive `NlFlags` just as well.
///
/// ```
/// netlink_core::bitflags! {
///     #[derive(Clone, Copy, PartialEq)]
///     struct Alarms: u32 {
///         const TOO_HOT = 1 << 0;
///         const TOO_COLD = 1 << 1;
///     }
/// }
///
/// assert_eq!(format!("{:?}", Alarms::TOO_HOT | Alarms::from_bits_retain(0x80)), "Alarms(TOO_HOT | 0x80)");
/// ```
///
/// [`bitflags`]: https://docs.rs/bitflags
#[macro_export]
macro_rules! bitflags {
    (
        $(#[$outer:meta])*
        $vis:vis struct $name:ident: $bits:ty { $($flags:tt)* }
        $($more:tt)*
    ) => {
        $(#[$outer])*
        $vis struct $name($crate::__private::Bits<$bits>);

        $crate::__private::bitflags::bitflags! {
            impl $name: $bits { $($flags)* }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug_flags(::core::stringify!($name), self, f)
            }
        }

        $crate::bitflags! { $($more)* }
    };
    () => {};
}

/// The integer in a type that [`bitflags!`](crate::bitflags) made. The derive, which cannot see who made a type,
/// refuses what is written as a plain integer, with a hint to the macro.
pub type Bits<T> = T;

/// `Alarms(TOO_HOT | 0x80)`.
pub fn debug_flags<T>(name: &str, flags: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result
where
    T: bitflags::Flags<Bits: bitflags::parser::WriteHex + fmt::LowerHex>,
{
    struct Names<'a, T>(&'a T);

    impl<T: bitflags::Flags<Bits: bitflags::parser::WriteHex + fmt::LowerHex>> fmt::Debug for Names<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self.0.is_empty() {
                true => write!(f, "{:#x}", self.0.bits()),
                false => bitflags::parser::to_writer(self.0, f),
            }
        }
    }

    f.debug_tuple(name).field(&Names(flags)).finish()
}
