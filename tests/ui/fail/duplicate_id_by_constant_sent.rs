use netlink_core::NlMessage;

const SENSOR_ATTR_ID: u16 = 1;
const SENSOR_ATTR_NUMBER: u16 = 1;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(SENSOR_ATTR_ID, send)]
    id: Option<u32>,
    #[nl_attr(SENSOR_ATTR_NUMBER)]
    number: Option<u16>,
}

#[derive(NlMessage, Default)]
struct Other {
    #[nl_attr(SENSOR_ATTR_ID, send)]
    id: Option<u32>,
    #[nl_attr(1, send)]
    number: Option<u16>,
    // This is allowed.
    #[nl_attr(SENSOR_ATTR_NUMBER, receive)]
    received: Option<u8>,
}

fn main() {}
