use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits {
    #[nl(1)]
    low: u16,
    #[nl(HIGH)]
    high: u16,
}

fn main() {}
