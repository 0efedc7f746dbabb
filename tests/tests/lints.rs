//! Derived code raises no lint, not even in a crate that allows nothing.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    elided_lifetimes_in_paths,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
// It contradicts `unreachable_pub`.
#![allow(clippy::redundant_pub_crate)]
#![deny(
    clippy::allow_attributes,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

/// Declarations as a library would publish them.
pub mod api {
    use std::borrow::Cow;

    use netlink_core::{
        NlEnum, NlFlags, NlMessage, NlStruct, NlUnion,
        wire::{RawValue, UnknownAttrs},
    };

    /// A message.
    #[derive(NlMessage, Clone, Debug, Default, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Sensor<'a> {
        /// In front.
        #[nl_attr(header)]
        pub header: Header,
        /// Which kind.
        #[nl_attr(1, required)]
        pub kind: Option<State>,
        /// What the kind says.
        #[nl_attr(2, select = kind)]
        pub data: Option<Data<'a>>,
        /// Names.
        #[nl_attr(3, multi)]
        pub names: Vec<Cow<'a, str>>,
        /// Alarms.
        #[nl_attr(4, be)]
        pub alarms: Option<Alarms>,
        /// Whether it is there.
        #[nl_attr(5)]
        pub flag: bool,
        /// The event.
        #[nl_attr(6)]
        pub event: Option<Event<'a>>,
        /// Of the past.
        #[deprecated = "nobody sends it"]
        #[nl_attr(7)]
        pub old: Option<u32>,
        /// The rest.
        #[nl_attr(unknown)]
        pub unknown: UnknownAttrs<'a>,
    }

    /// A header.
    #[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Header {
        /// The level.
        #[nl(pad = 2)]
        pub level: u16,
        /// The index.
        #[nl(be)]
        pub index: u32,
    }

    /// A struct with an end that is not fixed.
    #[derive(NlStruct, Clone, Debug, PartialEq, Eq)]
    pub struct Event<'a> {
        /// The length.
        #[nl(len_of = data)]
        pub len: u16,
        /// The kind.
        pub kind: u16,
        /// The data.
        #[nl(select = kind)]
        pub data: Data<'a>,
    }

    /// A struct without any alignment.
    #[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Bytes {
        /// One.
        pub cmd: u8,
        /// Another.
        pub version: u8,
    }

    /// A struct that grew.
    #[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Grown {
        /// Always there.
        pub kind: u32,
        /// New.
        #[nl(optional)]
        pub level: Option<u32>,
    }

    /// A name in another style, which is the user's own choice.
    #[allow(non_snake_case, clippy::allow_attributes, reason = "as in the kernel's header")]
    #[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
    pub struct Foreign<'a> {
        /// The length.
        #[nl(len_of = Data)]
        pub Len: u32,
        /// The data.
        #[nl(rest)]
        pub Data: Cow<'a, [u8]>,
    }

    /// What one carries.
    #[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Carrier<P> {
        /// The kind.
        pub kind: u32,
        /// The load.
        #[nl(rest)]
        pub load: P,
    }

    /// A state.
    #[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(u8)]
    pub enum State {
        /// Down.
        Down = 2,
        /// Up.
        Up,
        /// Of the past.
        #[deprecated = "nobody sends it"]
        Old = 9,
        /// Any other.
        #[nl(other)]
        Other(u8),
    }

    /// Data.
    #[derive(NlUnion, Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum Data<'a> {
        /// Of what is down.
        #[nl(2, 7)]
        Down(Header),
        /// Of what is up.
        #[nl(State::Up)]
        Up,
        /// Of the past.
        #[deprecated = "nobody sends it"]
        #[nl(9)]
        Old(u32),
        /// Of anything else.
        #[nl(other)]
        Other(RawValue<'a>),
    }

    netlink_core::bitflags! {
        /// Alarms.
        #[derive(NlFlags, Clone, Copy, PartialEq, Eq)]
        pub struct Alarms: u32 {
            /// Hot.
            const HOT = 1;
        }
    }
}

mod private {
    use netlink_core::NlMessage;

    #[derive(NlMessage, Debug, Default)]
    pub(crate) struct Inner {
        #[nl_attr(1)]
        pub(crate) id: Option<u32>,
        #[nl_attr(2)]
        pub(super) own: Option<Own>,
    }

    #[derive(NlMessage, Debug, Default)]
    pub(super) struct Own {
        #[nl_attr(1)]
        pub(super) id: Option<u32>,
    }
}

#[test]
fn what_is_declared_under_strict_lints_works() -> Result<(), Box<dyn std::error::Error>> {
    use netlink_core::{NlMessage as _, NlStruct as _};

    let sensor = api::Sensor::decode(&[0, 0, 0, 0, 0, 0, 0, 7, 5, 0, 1, 0, 3, 0, 0, 0])?;
    assert_eq!(sensor.kind, Some(api::State::Up));
    assert_eq!(api::Grown::default().to_bytes()?.len(), 4);
    let inner = private::Inner { id: Some(1), own: Some(private::Own { id: None }) };
    assert_eq!(inner.to_bytes()?.len(), 12);
    Ok(())
}
