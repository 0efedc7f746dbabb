use netlink_core::{NlMessage, wire::UnknownAttr};

const NAME: u16 = 2;

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(1)]
    Id(u32),
    #[nl_attr(0x1)]
    Level(u32),
    #[nl_attr(0x8003)]
    Nest(u32),
    #[nl_attr("name")]
    Name(String),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

#[derive(NlMessage)]
enum Token<'a> {
    #[nl_attr(NAME)]
    Name(String),
    #[nl_attr(2)]
    Label(String),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
