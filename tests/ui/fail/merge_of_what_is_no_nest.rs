use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Limits {
    #[nl_attr(1)]
    high: Option<u32>,
}

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, merge)]
    id: Option<u32>,
    #[nl_attr(2, merge)]
    limits: Option<Limits>,
}

fn main() {}
