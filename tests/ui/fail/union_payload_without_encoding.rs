use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl("vlan")]
    Vlan(f32),
    #[nl("bridge")]
    Bridge(Bridge),
    #[nl(other)]
    Other(RawValue<'a>),
}

struct Bridge;

fn main() {}
