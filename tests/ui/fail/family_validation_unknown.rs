use netlink_core::{NlFamily, operation::{Do, Group}};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(1, dont_validate = strikt)]
    a: Do<(), ()>,
    #[nl(2, dont_validate = strict | all | dump | strict)]
    b: Do<(), ()>,
    #[nl(3, dont_validate)]
    c: Do<(), ()>,
    #[nl(4, dont_validate = strict + dump)]
    d: Do<(), ()>,
    #[nl(5, dont_validate = "strict")]
    e: Do<(), ()>,
    #[nl(group = "events", dont_validate = strict)]
    f: Group,
}

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Routes {
    #[nl(1, dont_validate = dump)]
    get: Do<(), ()>,
}

fn main() {}
