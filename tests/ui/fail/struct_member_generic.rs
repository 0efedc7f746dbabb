use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits<T, const N: usize> {
    low: T,
    high: [u8; N],
}

fn main() {}
