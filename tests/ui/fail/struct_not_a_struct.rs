use netlink_core::NlStruct;

#[derive(NlStruct)]
enum Limits {
    Low,
}

fn main() {}
