use netlink_core::NlMessage;

#[derive(NlMessage, Default)]
struct Sensor {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = "kind")]
    data: Option<Vec<u8>>,
    #[nl_attr(3, select = )]
    more: Option<Vec<u8>>,
    #[nl_attr(4, select = 5)]
    less: Option<Vec<u8>>,
}

#[derive(NlMessage, Default)]
#[nl(crate = "netlink_core")]
struct Other {
    #[nl_attr(1)]
    kind: Option<u32>,
}

fn main() {}
