use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    low: u32,
    level: u16,
}

fn main() {}
