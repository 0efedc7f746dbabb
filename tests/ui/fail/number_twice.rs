use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, 2)]
    id: Option<u32>,
    #[nl_attr(3)]
    #[nl_attr(4)]
    port: Option<u16>,
}

fn main() {}
