use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Table {
    #[nl(packed)]
    levels: Vec<u32>,
    #[nl(strings)]
    names: Vec<String>,
    #[nl(packed, rest)]
    more: Vec<u32>,
}

fn main() {}
