use netlink_core::{Do, NlFamily, NlMessage};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    name: Option<&'a str>,
}

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors<'a> {
    #[nl(1)]
    get: Do<Sensor<'a>>,
}

fn main() {}
