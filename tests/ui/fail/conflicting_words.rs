use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, be, le)]
    id: Option<u32>,
    #[nl_attr(2, indexed, packed)]
    ports: Option<Vec<u16>>,
    #[nl_attr(3, uint, sint)]
    number: Option<u64>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(be, le)]
    low: u16,
    #[nl(optional, rest)]
    high: Option<u16>,
}

fn main() {}
