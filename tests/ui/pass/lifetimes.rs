//! Owned, borrowing, and borrowing for good: who has `into_owned`, and what it gives.

use std::borrow::Cow;

use netlink_core::{
    IntoOwned, NlMessage, NlStruct, NlUnion,
    wire::{RawValue, UnknownAttrs},
};

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Owned {
    #[nl_attr(1)]
    name: Option<String>,
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Sensor<'msg> {
    #[nl_attr(1)]
    name: Option<Cow<'msg, str>>,
    #[nl_attr(2)]
    inner: Option<Box<Sensor<'msg>>>,
    #[nl_attr(3, multi)]
    list: Vec<Sensor<'msg>>,
    #[nl_attr(4)]
    kind: Option<u32>,
    #[nl_attr(5, select = kind)]
    data: Option<Data<'msg>>,
    #[nl_attr(6)]
    own: Option<Owned>,
    #[nl_attr(7)]
    itself: Option<Box<Self>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'msg>,
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'msg> {
    #[nl(1)]
    Name(Cow<'msg, str>),
    #[nl(2)]
    Owned(Owned),
    #[nl(other)]
    Other(RawValue<'msg>),
}

/// A plain reference: nothing to own, so no `into_owned`; seen by itself.
#[derive(NlMessage, Debug, Default, PartialEq)]
struct View<'a> {
    #[nl_attr(1)]
    name: Option<&'a str>,
    #[nl_attr(2)]
    bytes: Option<&'a [u8]>,
}

/// Holds such a type, and says so.
#[derive(NlMessage, Debug, Default, PartialEq)]
#[nl(borrowed)]
struct Outer<'a> {
    #[nl_attr(1)]
    view: Option<View<'a>>,
}

#[derive(NlUnion, Debug, PartialEq)]
#[nl(borrowed)]
enum Either<'a> {
    #[nl(1)]
    View(View<'a>),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlStruct, Debug, PartialEq)]
#[nl(borrowed)]
struct Tail<'a> {
    kind: u32,
    #[nl(select = kind)]
    data: Either<'a>,
}

#[derive(NlStruct, Debug, PartialEq)]
struct Kept<'a> {
    kind: u32,
    #[nl(rest)]
    data: Cow<'a, [u8]>,
}

fn keep(bytes: &[u8]) -> Sensor<'static> {
    Sensor::decode(bytes).unwrap().into_owned()
}

fn main() {
    let sensor = Sensor {
        name: Some("a".into()),
        inner: Some(Box::new(Sensor { name: Some("b".into()), ..Sensor::default() })),
        list: vec![Sensor { kind: Some(1), data: Some(Data::Name("c".into())), ..Sensor::default() }],
        kind: Some(2),
        data: Some(Data::Owned(Owned { name: Some("d".into()) })),
        own: Some(Owned::default()),
        itself: Some(Box::default()),
        unknown: UnknownAttrs::default(),
    };
    let kept = {
        let bytes = sensor.to_bytes().unwrap();
        keep(&bytes)
    };
    assert_eq!(kept, sensor);

    let view = View { name: Some("x"), bytes: Some(b"yz") };
    let bytes = Outer { view: Some(view) }.to_bytes().unwrap();
    assert_eq!(Outer::decode(&bytes).unwrap().view.unwrap().name, Some("x"));

    let bytes = Tail { kind: 1, data: Either::View(View::default()) }.to_bytes().unwrap();
    assert_eq!(Tail::decode(&bytes).unwrap().kind, 1);
    let kept: Kept<'static> = Kept::decode(&bytes).unwrap().into_owned();
    assert_eq!(kept.data.len(), 0);
    let _: Owned = Owned::default().into_owned();
}
