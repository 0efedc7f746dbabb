use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, plain)]
    id: Option<u32>,
    #[nl_attr(2, multi, plain)]
    names: Vec<String>,
}

fn main() {}
