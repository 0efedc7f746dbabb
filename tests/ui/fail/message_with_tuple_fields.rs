use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor(Option<u32>);

#[derive(NlStruct)]
struct Limits(u32, u32);

fn main() {}
