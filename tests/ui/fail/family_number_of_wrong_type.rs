use netlink_core::{NlFamily, operation::Do};

const SET: i32 = 5;

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl("three")]
    get: Do<(), ()>,
    #[nl(4, reply = SET)]
    set: Do<(), ()>,
}

fn main() {}
