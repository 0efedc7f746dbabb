use netlink_core::{NlFamily, operation::Group};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(group = 1)]
    events: Group,
    #[nl(group = true)]
    alarms: Group,
}

#[derive(NlFamily)]
#[nl(protocol = Route)]
struct Routes {
    #[nl(group = "links")]
    links: Group,
    #[nl(group = 1.5)]
    addresses: Group,
}

fn main() {}
