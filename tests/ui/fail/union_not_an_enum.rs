use netlink_core::{NlEnum, NlUnion};

#[derive(NlUnion)]
struct Data {
    id: u32,
}

#[derive(NlEnum)]
struct State(u8);

fn main() {}
