use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr("id")]
    id: Option<u32>,
    #[nl_attr(1.5)]
    port: Option<u16>,
    #[nl_attr('c')]
    c: Option<u16>,
}

fn main() {}
