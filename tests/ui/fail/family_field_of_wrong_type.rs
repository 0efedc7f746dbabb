use netlink_core::{Do, Event, Group, NlFamily};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(1)]
    get: u32,
    #[nl(2)]
    set: Group,
    #[nl(group = "changes")]
    changes: Do<()>,
}

#[derive(NlFamily)]
#[nl(generic = "fans")]
struct Fans {
    #[nl(3, reply = 4)]
    changed: Event<()>,
    #[nl(5, also = 6)]
    gone: Event<()>,
    #[nl(7, reply = 8, also = 8)]
    get: Do<(), ()>,
}

fn main() {}
