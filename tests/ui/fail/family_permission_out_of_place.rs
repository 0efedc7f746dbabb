use netlink_core::{NlFamily, operation::{Do, Group}};

#[derive(NlFamily)]
#[nl(generic = "sensors")]
struct Sensors {
    #[nl(1, admin, uns_admin)]
    get: Do<(), ()>,
    #[nl(2, admin = true)]
    set: Do<(), ()>,
    #[nl(group = "events", admin)]
    events: Group,
    #[nl(3, uns_admn)]
    delete: Do<(), ()>,
}

#[derive(NlFamily)]
#[nl(protocol = Route, admin)]
struct Routes {
    #[nl(1, admin)]
    get: Do<(), ()>,
}

fn main() {}
