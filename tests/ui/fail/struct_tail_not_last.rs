use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits<'a> {
    #[nl(rest)]
    data: &'a [u8],
    level: u16,
    #[nl(rest)]
    more: &'a [u8],
}

fn main() {}
