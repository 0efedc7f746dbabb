use netlink_core::{NlMessage, NlStruct};
use std::net::Ipv4Addr;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, be)]
    name: Option<String>,
    #[nl_attr(2, be)]
    addr: Option<Ipv4Addr>,
    #[nl_attr(3, le)]
    limits: Option<Limits>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(be)]
    addr: Ipv4Addr,
}

fn main() {}
