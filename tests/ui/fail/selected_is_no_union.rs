use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Option<Vec<u8>>,
}

fn main() {}
