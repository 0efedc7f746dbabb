use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, send)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Option<Data<'a>>,
    #[nl_attr(3, selector, send)]
    family: Option<u32>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
