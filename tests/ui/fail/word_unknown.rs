use netlink_core::{NlEnum, NlMessage, NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, requird, max = 15)]
    id: Option<u32>,
    #[nl_attr(2, colour)]
    name: Option<String>,
}

#[derive(NlStruct)]
#[nl(bororwed)]
struct Limits {
    #[nl(padding = 2)]
    low: u16,
}

#[derive(NlEnum)]
#[repr(u8)]
enum State {
    Up,
    #[nl(othr)]
    Other(u8),
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl("x", othre)]
    X,
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
