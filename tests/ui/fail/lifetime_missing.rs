use std::borrow::Cow;

use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    name: Option<&str>,
    #[nl_attr(2)]
    text: Option<Cow<str>>,
}

fn main() {}
