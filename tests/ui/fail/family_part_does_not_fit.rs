use netlink_core::NlFamily;

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Raw {
    #[nl(part)]
    guarded: raw::Guarded,
    #[nl(part)]
    named: raw::Named,
}

mod raw {
    use netlink_core::{Do, Group, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Raw)]
    pub(super) struct Guarded {
        #[nl(18, admin)]
        get: Do<()>,
    }

    #[derive(NlFamily)]
    #[nl(part_of = super::Raw)]
    pub(super) struct Named {
        #[nl(group = "links")]
        links: Group,
    }
}

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Generic {
    #[nl(part)]
    large: generic::Large,
    #[nl(part)]
    numbered: generic::Numbered,
}

mod generic {
    use netlink_core::{Do, Group, NlFamily};

    #[derive(NlFamily)]
    #[nl(part_of = super::Generic)]
    pub(super) struct Large {
        #[nl(256)]
        get: Do<()>,
    }

    #[derive(NlFamily)]
    #[nl(part_of = super::Generic)]
    pub(super) struct Numbered {
        #[nl(group = 3)]
        links: Group,
    }
}

fn main() {}
