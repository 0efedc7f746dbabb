use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, packed)]
    ports: Option<u16>,
    #[nl_attr(2, indexed)]
    limits: Option<String>,
    #[nl_attr(3, packed)]
    names: Option<Vec<String>>,
    #[nl_attr(4)]
    list: Option<Vec<u16>>,
}

fn main() {}
