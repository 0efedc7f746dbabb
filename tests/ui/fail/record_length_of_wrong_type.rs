use netlink_core::NlStruct;

#[derive(NlStruct, Default)]
struct Header {
    #[nl(len_of = self)]
    len: u32,
}

fn main() {}
