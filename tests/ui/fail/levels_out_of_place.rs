use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, indexed, levels = 2)]
    a: Vec<u32>,
    #[nl_attr(2, numbered, levels = 0)]
    b: Vec<(u16, u32)>,
    #[nl_attr(3, numbered, levels = 9)]
    c: Vec<(u16, u32)>,
    #[nl_attr(4, numbered, levels = two)]
    d: Vec<(u16, u32)>,
}

fn main() {}
