use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl("vlan")]
    Vlan(u32, u32),
    #[nl("bridge")]
    Bridge { id: u32 },
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
