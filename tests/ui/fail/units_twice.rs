use netlink_core::{NlMessage, NlStruct};
use std::time::Duration;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, millis = u32, secs = u32)]
    age: Option<Duration>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(micros = u32, nanos = u64)]
    high: Duration,
}

fn main() {}
