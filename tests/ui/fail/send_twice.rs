use netlink_core::NlMessage;

const LEVEL: u16 = 3;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, send)]
    a: Option<u32>,
    #[nl_attr(1, receive)]
    b: Option<u64>,
    #[nl_attr(1, send)]
    c: Option<u16>,
    #[nl_attr(2)]
    d: Option<u16>,
    #[nl_attr(2, receive)]
    e: Option<u16>,
    #[nl_attr(LEVEL, send)]
    f: Option<u16>,
    #[nl_attr(LEVEL, send)]
    g: Option<u16>,
    #[nl_attr(4, send, receive)]
    h: Option<u16>,
}

fn main() {}
