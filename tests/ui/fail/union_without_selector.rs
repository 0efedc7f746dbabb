use netlink_core::{NlMessage, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2)]
    data: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
