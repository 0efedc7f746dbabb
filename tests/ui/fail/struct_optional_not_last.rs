use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    low: u32,
    #[nl(optional)]
    high: Option<u32>,
    level: u32,
    more: u32,
}

fn main() {}
