use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits<'a> {
    low: u32,
    #[nl(rest, pad = 2)]
    data: &'a [u8],
}

fn main() {}
