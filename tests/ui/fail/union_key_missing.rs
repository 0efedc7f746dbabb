use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    Vlan(u32),
    Bridge,
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
