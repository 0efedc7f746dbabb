use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr]
    a: Option<u32>,
    #[nl_attr()]
    b: Option<u32>,
    #[nl_attr(1 multi)]
    c: Vec<u32>,
    #[nl_attr = 4]
    d: Option<u32>,
    #[nl_attr(5, +, requird)]
    e: Option<u32>,
}

fn main() {}
