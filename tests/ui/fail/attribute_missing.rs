use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
    name: Option<String>,
    limit: u32,
}

fn main() {}
