use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    id: u32,
    #[nl_attr(2)]
    name: String,
    #[nl_attr(3)]
    ports: Vec<u16>,
    #[nl_attr(4, multi)]
    tags: Option<String>,
}

fn main() {}
