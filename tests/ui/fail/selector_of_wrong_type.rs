use netlink_core::{NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<Vec<u8>>,
    #[nl_attr(2, select = kind)]
    data: Option<Data<'a>>,
}

#[derive(NlStruct)]
struct Limits<'a> {
    kind: [u8; 4],
    #[nl(select = kind)]
    data: Data<'a>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
