use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, be, plain)]
    id: Option<u32>,
    #[nl_attr(2, packed, plain)]
    levels: Vec<u32>,
    #[nl_attr(3, plain, strings)]
    names: Vec<String>,
}

fn main() {}
