//! The crate under another name, and behind another crate's re-export.

pub extern crate netlink_core as renamed;

mod facade {
    pub mod deep {
        pub use renamed as nl;
    }
}

use facade::deep::nl::{NlEnum, NlFlags, NlMessage, NlStruct, NlUnion, wire::RawValue};

#[derive(NlMessage, Debug, Default, PartialEq)]
#[nl(crate = renamed)]
struct Sensor<'a> {
    #[nl_attr(header)]
    header: Header,
    #[nl_attr(1)]
    kind: Option<State>,
    #[nl_attr(2, select = kind)]
    data: Option<Data<'a>>,
    #[nl_attr(3)]
    alarms: Option<Alarms>,
}

#[derive(NlStruct, Debug, Default, PartialEq)]
#[nl(crate = crate::facade::deep::nl)]
struct Header {
    level: u32,
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[nl(crate = self::facade::deep::nl)]
#[repr(u8)]
enum State {
    Up = 1,
    #[nl(other)]
    Other(u8),
}

#[derive(NlUnion, Debug, PartialEq)]
#[nl(crate = renamed)]
enum Data<'a> {
    #[nl(State::Up)]
    Up(u32),
    #[nl(other)]
    Other(RawValue<'a>),
}

renamed::bitflags! {
    #[derive(NlFlags, Clone, Copy, PartialEq)]
    #[nl(crate = renamed)]
    struct Alarms: u32 {
        const HOT = 1;
    }
}

fn main() {
    let sensor = Sensor { header: Header { level: 7 }, kind: None, data: Some(Data::Up(5)), alarms: Some(Alarms::HOT) };
    let bytes = sensor.to_bytes().unwrap();
    let decoded = Sensor::decode(&bytes).unwrap();
    assert_eq!(decoded, Sensor { kind: Some(State::Up), ..sensor });
}
