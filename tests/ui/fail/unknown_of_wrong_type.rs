use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(unknown)]
    unknown: Vec<u8>,
}

fn main() {}
