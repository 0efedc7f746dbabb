use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, records)]
    hops: Vec<Hop>,
    #[nl_attr(2, records)]
    steps: Vec<Step>,
}

#[derive(NlMessage, Default)]
struct Hop {
    #[nl_attr(header)]
    header: Header,
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlStruct, Default)]
struct Header {
    len: u32,
}

#[derive(NlMessage, Default)]
struct Step {
    #[nl_attr(1)]
    id: Option<u32>,
}

fn main() {}
