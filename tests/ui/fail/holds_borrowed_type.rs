use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    limits: Option<Limits<'a>>,
}

#[derive(NlMessage, Default)]
struct Limits<'a> {
    #[nl_attr(1)]
    name: Option<&'a str>,
}

fn main() {}
