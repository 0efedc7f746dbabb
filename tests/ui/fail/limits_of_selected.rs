use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind, range = 1..=5)]
    data: Option<Data<'a>>,
    #[nl_attr(3, select = kind, len = 4)]
    more: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
