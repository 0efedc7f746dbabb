use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits<'a> {
    #[nl(len_of = data)]
    length: u16,
    #[nl(len_of = data)]
    another: u16,
    #[nl(rest)]
    data: &'a [u8],
}

fn main() {}
