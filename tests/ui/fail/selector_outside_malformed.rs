use netlink_core::{NlMessage, NlUnion, wire::RawValue};

#[derive(NlMessage, Default)]
struct Sensor<'a> {
    #[nl_attr(1, select = inner(Outside))]
    a: Option<Data<'a>>,
    #[nl_attr(2, select = outer(3))]
    b: Option<Data<'a>>,
    #[nl_attr(3, select = outer())]
    c: Option<Data<'a>>,
    #[nl_attr(4, select = header::family)]
    d: Option<Data<'a>>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

fn main() {}
