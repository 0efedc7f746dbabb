use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
}

#[derive(NlMessage, Default)]
#[nl(subset_of = Sensor)]
struct Key {
    id: Option<u32>,
    name: Option<String>,
}

fn main() {}
