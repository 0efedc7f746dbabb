use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, range = 1..5)]
    a: Option<u32>,
    #[nl_attr(2, range = ..)]
    b: Option<u32>,
    #[nl_attr(3, range = 1..=)]
    c: Option<u32>,
    #[nl_attr(4, range = "1")]
    d: Option<u32>,
    #[nl_attr(5, range = 5..=1)]
    e: Option<u32>,
    #[nl_attr(6, range = -1..=-5)]
    f: Option<i32>,
}

fn main() {}
