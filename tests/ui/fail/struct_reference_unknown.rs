use netlink_core::{NlStruct, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlStruct)]
struct Limits<'a> {
    #[nl(len_of = dta)]
    length: u16,
    #[nl(len_of = level)]
    another: u16,
    level: u16,
    #[nl(select = lvel)]
    data: Data<'a>,
}

#[derive(NlStruct)]
struct Late<'a> {
    level: u16,
    #[nl(select = data)]
    data: Data<'a>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
