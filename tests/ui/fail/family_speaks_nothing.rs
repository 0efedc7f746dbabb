use netlink_core::{NlFamily, operation::Do};

#[derive(NlFamily)]
struct Sensors {
    #[nl(1)]
    get: Do<(), ()>,
}

fn use_it() {
    let _ = Sensors::connect();
}

fn main() {}
