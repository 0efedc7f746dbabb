use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1, uint)]
    id: Option<u32>,
    #[nl_attr(2, sint)]
    level: Option<u64>,
    #[nl_attr(3, net)]
    name: Option<String>,
    #[nl_attr(4, no_nul)]
    port: Option<u16>,
}

fn main() {}
