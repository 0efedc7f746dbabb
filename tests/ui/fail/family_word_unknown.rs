use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
#[nl(generic = "sensors", verison = 2)]
struct Sensors {
    #[nl(3, rely = 4)]
    get: Do<(), ()>,
    #[nl(4, be)]
    set: Do<(), ()>,
    #[nl_attr(4)]
    delete: Do<(), ()>,
}

fn main() {}
