use netlink_core::{NlMessage, wire::UnknownAttr};

mod uapi {
    pub const SENSOR_ATTR_ID: u16 = 0x8001;
    pub const SENSOR_ATTR_PAD: u16 = 0x4002;
}

const STEP_START: u16 = 16384;

#[derive(NlMessage, Default)]
#[nl(pad = uapi::SENSOR_ATTR_PAD)]
struct Sensor {
    #[nl_attr(uapi::SENSOR_ATTR_ID)]
    id: Option<u32>,
}

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(STEP_START)]
    Start,
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
