use netlink_core::{Do, NlFamily};

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Whole {
    #[nl(3, part)]
    numbered: Part,
    #[nl(part, reply = 4)]
    answering: Part,
    #[nl(part = Part)]
    named: Part,
    #[nl(26, begins = not(29)29)]
    begins: Do<()>,
}

#[derive(NlFamily)]
#[nl(part_of = Whole, protocol = Route)]
struct Both {
    #[nl(18)]
    get: Do<()>,
}

#[derive(NlFamily)]
#[nl(part_of = Whole, version = 1)]
struct Part {
    #[nl(part)]
    further: Both,
}

fn main() {}
