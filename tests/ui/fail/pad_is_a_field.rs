use netlink_core::NlMessage;

const PAD: u16 = 2;

#[derive(NlMessage, Default)]
#[nl(pad = 1)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlMessage, Default)]
#[nl(pad = PAD)]
struct Limits {
    #[nl_attr(PAD)]
    id: Option<u32>,
}

#[derive(NlMessage, Default)]
#[nl(pad = "2")]
struct Levels {
    #[nl_attr(1)]
    id: Option<u32>,
}

fn main() {}
