use netlink_core::{NlMessage, NlStruct};
use std::time::Duration;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, as = String)]
    id: Option<u32>,
    #[nl_attr(2, as = [u8; 4])]
    level: Option<u32>,
    #[nl_attr(3, millis = f32)]
    age: Option<Duration>,
    #[nl_attr(4, secs = i32)]
    timeout: Option<Duration>,
    #[nl_attr(5, secs = u32, as = u8)]
    delay: Option<Duration>,
    #[nl_attr(6, as = "u8")]
    flags: Option<u32>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(as = usize)]
    high: u64,
}

fn main() {}
