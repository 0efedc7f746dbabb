use netlink_core::{Do, Dump, DoDump, Event, NlFamily};

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Asked {
    #[nl(18, reply = 16)]
    get: DoDump<(), ()>,
    #[nl(18)]
    find: Do<(), ()>,
}

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Listed {
    #[nl(26, reply = 24, begins = not(29))]
    routes: Dump<(), ()>,
    #[nl(26, reply = 24, begins = 28)]
    jobs: Dump<(), ()>,
}

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Told {
    #[nl(24)]
    changed: Event<()>,
    #[nl(24)]
    also_changed: Event<()>,
}

/// Requests, lists, replies and notifications may have the same number.
#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Fine {
    #[nl(84)]
    new: Do<(), ()>,
    #[nl(84)]
    changed: Event<()>,
    #[nl(86, reply = 84)]
    get: Do<(), ()>,
    #[nl(86)]
    list: Dump<(), ()>,
    #[nl(26, reply = 24, begins = not(29))]
    routes: Dump<(), ()>,
    #[nl(26, reply = 24, begins = 29)]
    jobs: Dump<(), ()>,
}

fn main() {}
