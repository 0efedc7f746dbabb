use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, range = 1..=5, receive)]
    id: Option<u32>,
    #[nl_attr(2, len = ..=5, receive)]
    name: Option<String>,
    #[nl_attr(3, plain, receive)]
    limits: Option<Limits>,
    #[nl_attr(4, refused = "No such sensor", receive)]
    kind: Option<u32>,
}

#[derive(NlMessage, Default)]
struct Limits {
    #[nl_attr(1)]
    high: Option<u32>,
}

fn main() {}
