//! Numbers by name: constants of the user, of a module like `libc`, of a type, and calls.

use netlink_core::{NlEnum, NlMessage, NlStruct, NlUnion, wire::RawValue};

mod uapi {
    #![allow(non_upper_case_globals)]

    pub const SENSOR_ATTR_ID: u16 = 1;
    pub const sensor_attr_name: u16 = 2;
    pub const PAD: usize = 2;
    pub const UP: u8 = 6;
}

use uapi::SENSOR_ATTR_ID;

struct Attr;

impl Attr {
    const PORT: u16 = SENSOR_ATTR_ID + 2;
}

// Names that generated code might want to use itself.
const SIZE: usize = 1;
const ALIGN: u16 = 9;
const AT_0: u16 = 10;
const INFO: u16 = 11;

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Sensor<'a> {
    #[nl_attr(SENSOR_ATTR_ID)]
    id: Option<u32>,
    #[nl_attr(uapi::sensor_attr_name)]
    name: Option<&'a str>,
    #[nl_attr(self::Attr::PORT, be)]
    port: Option<u16>,
    #[nl_attr(crate::ALIGN)]
    align: Option<u32>,
    #[nl_attr(AT_0)]
    at: Option<u32>,
    #[nl_attr(INFO, select = id)]
    data: Option<Data<'a>>,
    #[nl_attr(0x10)]
    hex: Option<u8>,
    #[nl_attr(17u16)]
    suffix: Option<u8>,
}

#[derive(NlStruct, Debug, Default, PartialEq)]
struct Limits {
    #[nl(pad = uapi::PAD)]
    level: u16,
    #[nl(pad = SIZE)]
    state: u8,
    #[nl(pad = uapi::PAD - 2)]
    mode: u16,
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
enum State {
    Down = uapi::UP - 4,
    Up = uapi::UP,
    More,
    Last = 255,
    #[nl(other)]
    Other(u8) = 0,
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'a> {
    #[nl(uapi::UP)]
    Up(u32),
    #[nl(0x8000_0000, State::Down)]
    High,
    #[nl(-1)]
    Negative(u8),
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {
    let sensor = Sensor { id: None, name: Some("x"), port: Some(1), data: Some(Data::Up(5)), ..Sensor::default() };
    let bytes = sensor.to_bytes().unwrap();
    assert_eq!(Sensor::decode(&bytes).unwrap(), Sensor { id: Some(6), ..sensor });
    assert_eq!(Limits::default().to_bytes().unwrap().len(), 8);
    assert_eq!(State::from(7), State::More);
    assert_eq!(State::from(255), State::Last);
    assert_eq!(State::from(0), State::Other(0));
}
