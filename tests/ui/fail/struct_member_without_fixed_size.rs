use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    name: String,
    #[nl(pad = 2)]
    level: u16,
    high: Option<u32>,
}

fn main() {}
