use netlink_core::{NlMessage, wire::UnknownAttr};

#[derive(NlMessage, Default)]
#[nl(borrowed)]
struct Sensor<'a> {
    #[nl_attr(1)]
    step: Option<Step<'a>>,
    #[nl_attr(2)]
    steps: Vec<Step<'a>>,
}

#[derive(NlMessage)]
enum Step<'a> {
    #[nl_attr(1)]
    Id(u32),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

fn main() {}
