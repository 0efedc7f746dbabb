use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(protocol = Route, version = 2)]
struct Sensors {
    #[nl(1)]
    get: Do<(), ()>,
}

fn main() {}
