use netlink_core::NlUnion;
use netlink_core::wire::RawValue;

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
    #[nl(other)]
    Another(RawValue<'a>),
}

fn main() {}
