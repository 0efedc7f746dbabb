use netlink_core::NlMessage;

const SENSOR_ATTR_ID: i32 = 1;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(SENSOR_ATTR_ID)]
    id: Option<u32>,
    #[nl_attr(self::SENSOR_ATTR_ID, required)]
    port: Option<u16>,
}

fn main() {}
