use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, refused = " ")]
    id: Option<u32>,
    #[nl_attr(2, refused)]
    name: Option<String>,
    #[nl_attr(3, refused = NO_SUCH_SENSOR)]
    kind: Option<u32>,
}

fn main() {}
