use netlink_core::{NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(header)]
    header: Limits,
    #[nl_attr(2, select = header.lw)]
    data: Option<Data<'a>>,
}

#[derive(NlStruct, Default)]
struct Limits {
    low: u16,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
