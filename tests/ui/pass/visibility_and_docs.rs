//! Private, crate-visible and public types, documented or with aliases, under strict lints.

#![forbid(unsafe_code)]
#![deny(missing_docs, private_interfaces, private_bounds, dead_code, unused)]

/// Declarations.
pub mod api {
    use netlink_core::{NlEnum, NlMessage, NlStruct};

    /// A message.
    #[doc(alias = "SENSOR")]
    #[derive(NlMessage, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Sensor {
        /// The header.
        #[nl_attr(header)]
        pub header: Header,
        /// The number.
        #[doc(alias = "SENSOR_ATTR_ID")]
        #[nl_attr(1)]
        #[cfg(all())]
        pub id: Option<u32>,
        #[nl_attr(2)]
        #[cfg(any())]
        never: NoSuchType,
        #[nl_attr(3)]
        pub(crate) state: Option<State>,
        #[nl_attr(4)]
        pub(super) inner: Option<Inner>,
    }

    /// A header.
    #[derive(NlStruct, Debug, Default, PartialEq)]
    pub struct Header {
        /// The level.
        pub level: u32,
    }

    #[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
    #[repr(u8)]
    pub(crate) enum State {
        #[doc(alias = "UP")]
        Up = 1,
        #[nl(other)]
        Other(u8),
    }

    #[derive(NlMessage, Debug, Default, PartialEq)]
    pub(super) struct Inner {
        #[nl_attr(1)]
        pub(super) id: Option<u32>,
    }
}

use netlink_core::NlMessage;

use api::{Inner, Sensor, State};

fn main() {
    let mut sensor = Sensor::default();
    sensor.state = Some(State::Up);
    sensor.inner = Some(Inner { id: Some(1) });
    assert_eq!(Sensor::decode(&sensor.to_bytes().unwrap()).unwrap(), sensor);
    assert_ne!(sensor.state, Some(State::Other(9)));
}
