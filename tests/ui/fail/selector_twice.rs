use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, selector)]
    kind: Option<u32>,
    #[nl_attr(2, selector)]
    name: Option<String>,
    #[nl_attr(3, selector, select = kind)]
    data: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
