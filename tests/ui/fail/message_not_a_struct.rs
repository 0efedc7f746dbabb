use netlink_core::NlMessage;

#[derive(NlMessage)]
union Either {
    a: u32,
    b: u32,
}

fn main() {}
