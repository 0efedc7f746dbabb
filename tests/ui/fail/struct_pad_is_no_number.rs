use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    #[nl(pad = "2")]
    low: u16,
    high: u32,
}

fn main() {}
