use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage)]
#[nl(pad = 1, subset_of = Other)]
enum Step<'a> {
    #[nl_attr(1)]
    Id(u32),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
