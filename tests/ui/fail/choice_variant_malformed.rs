use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage)]
enum Step<'a> {
    Id(u32),
    #[nl_attr(be)]
    Port(u16),
    #[nl_attr(3, 4)]
    Level(u32),
    #[nl_attr(5)]
    Range(u32, u32),
    #[nl_attr(6)]
    Named { id: u32 },
    #[nl_attr(7, be)]
    Flag,
    #[nl_attr(8, required)]
    Required(u32),
    #[nl_attr(9, be, le)]
    Order(u32),
    #[nl(10)]
    Other(u32),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
