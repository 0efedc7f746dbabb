use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, strings)]
    ids: Vec<u32>,
    #[nl_attr(2, strings)]
    name: Option<String>,
}

fn main() {}
