use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(protocol = Rout)]
struct Sensors {
    #[nl(1)]
    get: Do<(), ()>,
}

fn main() {}
