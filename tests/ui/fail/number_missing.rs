use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(multi)]
    tags: Vec<String>,
    #[nl_attr(be, required)]
    port: Option<u16>,
}

fn main() {}
