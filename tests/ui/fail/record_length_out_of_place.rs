use netlink_core::NlStruct;
use std::borrow::Cow;

#[derive(NlStruct)]
struct Hop {
    #[nl(len_of = self)]
    len: u16,
    #[nl(len_of = self)]
    again: u16,
}

#[derive(NlStruct)]
struct Step<'a> {
    #[nl(len_of = self)]
    len: u32,
    #[nl(rest)]
    data: Cow<'a, [u8]>,
}

#[derive(NlStruct)]
struct Grown {
    #[nl(len_of = self)]
    len: u32,
    #[nl(optional)]
    level: Option<u32>,
}

#[derive(NlStruct)]
struct Bits {
    #[nl(bits_of = self)]
    len: u32,
}

#[derive(NlStruct)]
struct Array {
    #[nl(len_of = self)]
    len: [u8; 4],
}

fn main() {}
