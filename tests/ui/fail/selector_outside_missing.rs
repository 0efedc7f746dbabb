use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Outside<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2)]
    sensor: Option<Sensor<'a>>,
}

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, select = outer(Outside<'a>))]
    data: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
