use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(SENSOR_ATTR_ID)]
    id: Option<u32>,
    #[nl_attr(SENSOR_ATTR_PORT)]
    port: Option<u16>,
}

fn main() {}
