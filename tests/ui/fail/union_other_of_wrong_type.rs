use netlink_core::NlUnion;

#[derive(NlUnion)]
enum Data {
    #[nl("vlan")]
    Vlan(u32),
    #[nl(other)]
    Other(Vec<u8>),
}

fn main() {}
