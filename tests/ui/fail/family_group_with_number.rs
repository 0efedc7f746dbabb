use netlink_core::{NlFamily, operation::Group};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(3, group = "events")]
    events: Group,
    #[nl(group = "alarms", reply = 4)]
    alarms: Group,
}

fn main() {}
