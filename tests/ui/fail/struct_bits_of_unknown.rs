use netlink_core::NlStruct;
use std::borrow::Cow;

#[derive(NlStruct)]
struct Address<'a> {
    #[nl(bits_of = dta)]
    a: u8,
    #[nl(bits_of = a, len_of = data)]
    b: u8,
    #[nl(bits_of = b)]
    c: u16,
    #[nl(rest)]
    data: Cow<'a, [u8]>,
}

fn main() {}
