use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(sensor_attr_name)]
    name: Option<String>,
}

fn main() {}
