use netlink_core::NlStruct;
use std::borrow::Cow;

#[derive(NlStruct)]
struct Bytes<'a> {
    #[nl(count_of = data)]
    count: u8,
    #[nl(rest)]
    data: Cow<'a, [u8]>,
}

#[derive(NlStruct)]
struct Record {
    #[nl(count_of = self)]
    len: u16,
    #[nl(count_of = lst)]
    count: u16,
    list: u32,
}

fn main() {}
