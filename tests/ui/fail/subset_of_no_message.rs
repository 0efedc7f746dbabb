use netlink_core::{NlMessage, NlStruct};

#[derive(NlStruct)]
struct Limits {
    id: u32,
}

#[derive(NlMessage, Default)]
#[nl(subset_of = Limits)]
struct Key {
    id: Option<u32>,
}

#[derive(NlMessage, Default)]
#[nl(subset_of = "Limits")]
struct Other {
    id: Option<u32>,
}

fn main() {}
