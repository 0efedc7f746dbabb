use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

const FLAG: bool = true;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(FLAG)]
    Tunnel,
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
