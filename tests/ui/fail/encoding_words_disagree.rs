use netlink_core::NlMessage;
use std::time::Duration;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, records, be)]
    a: Vec<u32>,
    #[nl_attr(2, stream, as = u8)]
    b: Vec<u32>,
    #[nl_attr(3, strings, no_nul)]
    c: Vec<String>,
    #[nl_attr(4, packed, uint)]
    d: Vec<u64>,
    #[nl_attr(5, packed, net)]
    e: Vec<u16>,
    #[nl_attr(6, as = u8, no_nul)]
    f: Option<u32>,
    #[nl_attr(7, as = u8, sint)]
    g: Option<i64>,
    #[nl_attr(8, secs = u32, no_nul)]
    h: Option<Duration>,
}

fn main() {}
