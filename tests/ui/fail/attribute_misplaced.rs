use netlink_core::{NlEnum, NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
#[nl_attr(crate = netlink_core)]
struct Sensor {
    #[nl(1)]
    id: Option<u32>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl_attr(1)]
    low: u16,
}

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    #[nl_attr(3)]
    Up,
    #[nl(other)]
    Other(#[nl(be)] u8),
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl_attr("x")]
    X,
    #[nl("y")]
    Y(#[nl(be)] u32),
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
