use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, stream)]
    steps: Vec<Step>,
}

#[derive(NlMessage, Default)]
struct Step {
    #[nl_attr(1)]
    id: Option<u32>,
}

fn main() {}
