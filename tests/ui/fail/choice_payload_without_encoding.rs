use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(1)]
    Id(f32),
    #[nl_attr(2, be)]
    Name(String),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
