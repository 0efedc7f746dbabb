use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(1.5)]
    Vlan(u32),
    #[nl(true)]
    Bridge,
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
