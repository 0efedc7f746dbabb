use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(generic = sensors)]
struct Sensors {
    #[nl(1)]
    get: Do<(), ()>,
}

#[derive(NlFamily)]
#[nl(protocol = "Route")]
struct Routes {
    #[nl(1)]
    get: Do<(), ()>,
}

fn main() {}
