use netlink_core::NlMessage;

const LONGEST: &str = "16";

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, range = 1..=5)]
    name: Option<String>,
    #[nl_attr(2, len = 4)]
    id: Option<u32>,
    #[nl_attr(3, len = ..=LONGEST)]
    label: Option<String>,
}

fn main() {}
