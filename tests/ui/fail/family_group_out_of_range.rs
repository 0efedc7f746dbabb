use netlink_core::{Group, NlFamily};

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Links {
    #[nl(group = 0)]
    none: Group,
}

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(group = "")]
    nameless: Group,
    #[nl(group = "far_too_long_a_name")]
    long: Group,
}

fn main() {}
