use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, numbered)]
    a: Vec<u32>,
    #[nl_attr(2, numbered, levels = 2)]
    b: Vec<(u16, u32)>,
}

fn main() {}
