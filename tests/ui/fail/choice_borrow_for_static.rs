use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(1)]
    Name(&'static str),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
