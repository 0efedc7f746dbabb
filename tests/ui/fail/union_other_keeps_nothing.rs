use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data {
    #[nl("vlan")]
    Vlan(u32),
    #[nl(other)]
    Other,
}

#[derive(NlUnion)]
enum More<'a> {
    #[nl("vlan")]
    Vlan(u32),
    #[nl(other, "x")]
    Other(RawValue<'a>),
}

fn main() {}
