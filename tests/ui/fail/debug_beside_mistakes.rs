use netlink_core::{NlDebug, NlMessage};

#[derive(NlMessage, NlDebug, Default)]
#[nl(bororwed)]
struct Sensor {
    #[nl_attr(1, requird)]
    id: Option<u32>,
}

fn main() {}
