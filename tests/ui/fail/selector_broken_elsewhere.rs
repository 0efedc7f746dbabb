use netlink_core::{NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, requird)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlStruct)]
struct Limits<'a> {
    #[nl(padd = 2)]
    kind: u16,
    #[nl(len_of = data, bee)]
    length: u16,
    #[nl(select = kind)]
    data: Data<'a>,
}

fn main() {}
