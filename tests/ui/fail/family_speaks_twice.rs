use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(generic = "sensors", protocol = Route)]
struct Sensors {
    #[nl(1)]
    get: Do<(), ()>,
}

fn main() {}
