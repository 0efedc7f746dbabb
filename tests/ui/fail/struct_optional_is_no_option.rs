use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    low: u32,
    #[nl(optional)]
    high: u32,
    #[nl(optional)]
    name: Option<String>,
}

fn main() {}
