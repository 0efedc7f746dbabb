use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<f32>,
    #[nl_attr(2)]
    name: Option<char>,
    #[nl_attr(3, multi)]
    tags: Vec<usize>,
    #[nl_attr(4)]
    limits: Option<Limits>,
}

#[derive(Default)]
struct Limits;

fn main() {}
