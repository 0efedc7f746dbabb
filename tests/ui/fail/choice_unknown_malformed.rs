use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(unknown)]
    One(UnknownAttr<'a>),
    #[nl_attr(unknown)]
    Two(UnknownAttr<'a>),
    #[nl_attr(unknown)]
    Three,
    #[nl_attr(unknown, 4)]
    Four(UnknownAttr<'a>),
    #[nl_attr(unknown, be)]
    Five(UnknownAttr<'a>),
}

fn main() {}
