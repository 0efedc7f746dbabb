use netlink_core::{NlMessage, NlUnion};
use netlink_core::wire::RawValue;

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Data<'a>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

impl Default for Data<'_> {
    fn default() -> Self {
        Self::Other(RawValue::default())
    }
}

fn main() {}
