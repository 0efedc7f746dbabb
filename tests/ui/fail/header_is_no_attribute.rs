use netlink_core::{NlMessage, NlStruct};
use netlink_core::wire::UnknownAttrs;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(header, 1, be, required)]
    header: Limits,
    #[nl_attr(unknown, 2, multi)]
    unknown: UnknownAttrs<'a>,
    #[nl_attr(header, unknown)]
    both: Limits,
}

#[derive(NlStruct, Default)]
struct Limits {
    low: u16,
}

fn main() {}
