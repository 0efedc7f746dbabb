use netlink_core::{NlMessage, wire::Lazy};

#[derive(NlMessage, Default)]
#[nl(borrowed)]
struct Sensor<'a> {
    #[nl_attr(1)]
    tags: Lazy<'a, u32>,
    #[nl_attr(2, packed)]
    levels: Lazy<'a, u32>,
}

fn main() {}
