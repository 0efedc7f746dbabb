use netlink_core::{NlMessage, NlStruct};
use netlink_core::wire::UnknownAttrs;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(header)]
    header: Limits,
    #[nl_attr(header)]
    another: Limits,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
    #[nl_attr(unknown)]
    more: UnknownAttrs<'a>,
}

#[derive(NlStruct, Default)]
struct Limits {
    low: u16,
}

fn main() {}
