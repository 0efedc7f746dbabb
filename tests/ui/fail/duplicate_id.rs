use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(4)]
    id: Option<u32>,
    #[nl_attr(5)]
    port: Option<u16>,
    #[nl_attr(0x4)]
    name: Option<String>,
    #[nl_attr(5)]
    text: Option<String>,
}

fn main() {}
