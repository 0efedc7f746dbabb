use std::borrow::Cow;

use netlink_core::{NlMessage, NlStruct};

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    name: Option<&'static str>,
    #[nl_attr(2)]
    text: Option<Cow<'static, str>>,
    #[nl_attr(3, multi)]
    bytes: Vec<&'static [u8]>,
}

#[derive(NlStruct)]
struct Limits {
    #[nl(rest)]
    data: &'static [u8],
}

fn main() {}
