use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    get: Do<(), ()>,
    #[nl(reply = 2)]
    set: Do<(), ()>,
    #[nl(3, 4)]
    delete: Do<(), ()>,
}

fn main() {}
