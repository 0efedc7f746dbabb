use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, required = true)]
    id: Option<u32>,
    #[nl_attr(2, be = "yes")]
    port: Option<u16>,
}

#[derive(NlStruct)]
#[nl(packed = 1)]
struct Limits {
    low: u16,
}

fn main() {}
