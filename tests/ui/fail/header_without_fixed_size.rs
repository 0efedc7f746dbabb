use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(header)]
    header: Limits,
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlStruct, Default)]
struct Limits {
    #[nl(rest)]
    data: Vec<u8>,
}

fn main() {}
