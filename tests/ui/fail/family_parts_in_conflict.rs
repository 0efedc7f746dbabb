use netlink_core::NlFamily;

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Whole {
    #[nl(part)]
    links: links::Operations,
    #[nl(part)]
    more: more::Operations,
}

mod links {
    use netlink_core::{Do, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Whole)]
    pub(super) struct Operations {
        #[nl(18, reply = 16)]
        pub get_link: Do<(), ()>,
    }
}

mod more {
    use netlink_core::{Do, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Whole)]
    pub(super) struct Operations {
        #[nl(18)]
        pub find_link: Do<(), ()>,
    }
}

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Groups {
    #[nl(part)]
    one: groups::One,
    #[nl(part)]
    other: groups::Other,
}

mod groups {
    use netlink_core::{Group, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Groups)]
    pub(super) struct One {
        #[nl(group = "events")]
        pub events: Group,
    }

    #[derive(NlFamily)]
    #[nl(part_of = super::Groups)]
    pub(super) struct Other {
        #[nl(group = "events")]
        pub changes: Group,
    }
}

fn main() {}
