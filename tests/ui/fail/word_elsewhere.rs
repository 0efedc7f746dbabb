use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, pad = 2)]
    id: Option<u32>,
    #[nl_attr(id = 2)]
    name: Option<String>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(multi)]
    low: u16,
    #[nl(borrowed)]
    high: u16,
}

fn main() {}
