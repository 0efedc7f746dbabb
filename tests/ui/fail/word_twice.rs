use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, be, be)]
    port: Option<u16>,
    #[nl_attr(2, required)]
    #[nl_attr(required)]
    id: Option<u32>,
}

#[derive(NlStruct)]
#[nl(packed, packed)]
struct Limits {
    #[nl(pad = 1, pad = 1)]
    low: u8,
}

fn main() {}
