use netlink_core::{Do, NlFamily};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(300)]
    get: Do<()>,
    #[nl(1, reply = 999)]
    set: Do<()>,
    #[nl(2, also = 256)]
    other: Do<(), ()>,
}

#[derive(NlFamily)]
#[nl(generic = "a-name-of-more-than-15-bytes")]
struct Long {
    #[nl(1)]
    get: Do<()>,
}

fn main() {}
