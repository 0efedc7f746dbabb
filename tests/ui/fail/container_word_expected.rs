use netlink_core::{NlEnum, NlMessage};

#[derive(NlMessage, Default)]
#[nl(1, Borrowed)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlEnum)]
#[repr(u8)]
#[nl("x", packed)]
enum State {
    #[nl(other)]
    Other(u8),
}

fn main() {}
