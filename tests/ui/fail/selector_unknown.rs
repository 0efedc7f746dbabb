use netlink_core::{NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(header)]
    header: Limits,
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = knd)]
    data: Option<Data<'a>>,
    #[nl_attr(3, select = family)]
    more: Option<Data<'a>>,
    #[nl_attr(4, select = hdr.low)]
    less: Option<Data<'a>>,
    #[nl_attr(5, select = header)]
    whole: Option<Data<'a>>,
    #[nl_attr(6, select = own)]
    own: Option<Data<'a>>,
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
