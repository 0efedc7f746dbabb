use netlink_core::{NlDebug, NlMessage};

#[derive(NlMessage, NlDebug, Default)]
struct Sensor {
    #[nl_attr(1)]
    limits: Option<Limits>,
}

#[derive(NlMessage, Default)]
struct Limits {
    #[nl_attr(1)]
    high: Option<u32>,
}

#[derive(NlDebug)]
struct Counters {
    packets: u64,
}

fn main() {}
