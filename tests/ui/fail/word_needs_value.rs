use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select)]
    data: Option<Vec<u8>>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(pad)]
    low: u16,
    #[nl(len_of)]
    length: u16,
    #[nl(rest)]
    high: Vec<u8>,
}

fn main() {}
