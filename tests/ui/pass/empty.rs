//! Types without anything inside.

use netlink_core::{IntoOwned, NlEnum, NlMessage, NlStruct, NlUnion, wire::RawValue};

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Nothing;

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Braces {}

#[derive(NlStruct, Debug, Default, PartialEq)]
struct Struct {}

#[derive(NlStruct, Debug, Default, PartialEq)]
struct Unit;

#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u16)]
enum State {
    #[nl(other)]
    Other(u16),
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'a> {
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Sensor<'a> {
    #[nl_attr(header)]
    unit: Unit,
    #[nl_attr(1)]
    nothing: Option<Nothing>,
    #[nl_attr(2)]
    kind: Option<State>,
    #[nl_attr(3, select = kind)]
    data: Option<Data<'a>>,
    #[nl_attr(4)]
    empty: Option<Struct>,
}

fn main() {
    let sensor = Sensor {
        nothing: Some(Nothing),
        kind: Some(State::Other(7)),
        data: Some(Data::Other(RawValue::default())),
        empty: Some(Struct {}),
        ..Sensor::default()
    };
    let bytes = sensor.to_bytes().unwrap();
    assert_eq!(Sensor::decode(&bytes).unwrap().into_owned(), sensor);
    assert_eq!(Braces::decode(&[]).unwrap().into_owned(), Braces {});
}
