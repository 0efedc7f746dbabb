use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
#[nl(crate = my_netlink)]
struct Sensor {
    #[nl_attr(1)]
    id: Option<u32>,
}

fn main() {}
