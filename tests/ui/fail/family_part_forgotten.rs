use netlink_core::{Do, Group, NlFamily};

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Whole {
    #[nl(18, reply = 16)]
    get_link: Do<(), ()>,
}

/// The family does not name it.
#[derive(NlFamily)]
#[nl(part_of = Whole)]
struct Addresses {
    #[nl(22, reply = 20)]
    get_addr: Do<(), ()>,
}

/// Groups alone are a part, too.
#[derive(NlFamily)]
#[nl(part_of = Whole)]
struct Groups {
    #[nl(group = 5)]
    ipv4_ifaddr: Group,
}

fn main() {}
