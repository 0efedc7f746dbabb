use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, millis = u32)]
    age: Option<u32>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(secs = u32)]
    high: u32,
}

fn main() {}
