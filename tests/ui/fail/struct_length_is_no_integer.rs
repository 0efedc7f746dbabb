use netlink_core::NlStruct;

#[derive(NlStruct)]
struct Limits<'a> {
    #[nl(len_of = data)]
    length: [u8; 2],
    #[nl(rest)]
    data: &'a [u8],
}

fn main() {}
