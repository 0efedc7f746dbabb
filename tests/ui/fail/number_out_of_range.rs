use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(0x8012)]
    id: Option<u32>,
    #[nl_attr(0x4000)]
    port: Option<u16>,
    #[nl_attr(70000)]
    name: Option<String>,
    #[nl_attr(-1)]
    text: Option<String>,
}

fn main() {}
