use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl("vlan", "vlan")]
    Vlan(u32),
    #[nl(16)]
    Bridge,
    #[nl("vlan", 0x10)]
    Tunnel,
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
