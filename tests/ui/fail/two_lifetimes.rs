use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor<'a, 'b> {
    #[nl_attr(1)]
    name: Option<&'a str>,
    #[nl_attr(2)]
    text: Option<&'b str>,
}

fn main() {}
