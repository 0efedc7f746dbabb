use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    level: u8,
    low: u32,
    state: u8,
    high: u64,
}

#[derive(NlStruct)]
struct Padded {
    #[nl(pad = 1)]
    level: u8,
    low: u32,
}

fn main() {}
