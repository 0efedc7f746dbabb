use netlink_core::{NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind, be)]
    data: Option<Data<'a>>,
}

#[derive(NlStruct)]
struct Limits<'a> {
    kind: u16,
    #[nl(select = kind, le, pad = 2)]
    data: Data<'a>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
