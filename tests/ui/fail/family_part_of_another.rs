use netlink_core::{Do, NlFamily};

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Whole {
    #[nl(part)]
    links: Links,
    #[nl(part)]
    nothing: u32,
}

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Another {
    #[nl(part)]
    links: Links,
}

#[derive(NlFamily)]
#[nl(part_of = Another)]
struct Links {
    #[nl(18, reply = 16)]
    get_link: Do<(), ()>,
}

struct NoFamily;

#[derive(NlFamily)]
#[nl(part_of = NoFamily)]
struct Homeless {
    #[nl(18, reply = 16)]
    get_link: Do<(), ()>,
}

fn main() {}
