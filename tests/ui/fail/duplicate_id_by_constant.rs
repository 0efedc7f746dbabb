use netlink_core::NlMessage;

mod uapi {
    pub const SENSOR_ATTR_ID: u16 = 1;
    pub const SENSOR_ATTR_NUMBER: u16 = 1;
}

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(uapi::SENSOR_ATTR_ID)]
    id: Option<u32>,
    #[nl_attr(uapi::SENSOR_ATTR_NUMBER)]
    port: Option<u16>,
}

#[derive(NlMessage, Default)]
struct Other {
    #[nl_attr(uapi::SENSOR_ATTR_ID)]
    id: Option<u32>,
    #[nl_attr(1)]
    port: Option<u16>,
}

fn main() {}
