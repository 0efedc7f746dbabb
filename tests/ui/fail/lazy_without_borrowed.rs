use netlink_core::{NlMessage, wire::Lazy};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, multi)]
    tags: Lazy<'a, u32>,
}

fn main() {}
