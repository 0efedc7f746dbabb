use netlink_core::NlMessage;

#[derive(NlMessage)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
}

fn main() {}
