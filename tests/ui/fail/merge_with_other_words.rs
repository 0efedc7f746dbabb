use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, merge, select = kind)]
    data: Option<Data<'a>>,
    #[nl_attr(3, multi, merge)]
    limits: Vec<Limits>,
    #[nl_attr(4, numbered, levels = 2, merge)]
    tables: Vec<(u16, Vec<(u16, Limits)>)>,
    #[nl_attr(5, merge, send)]
    sent: Option<Limits>,
}

#[derive(NlMessage, Default)]
struct Limits {
    #[nl_attr(1)]
    high: Option<u32>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
