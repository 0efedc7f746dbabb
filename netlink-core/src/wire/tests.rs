//! What is refused instead of being sent as something else.

use super::*;
use crate::{NlMessage, NlStruct, NlUnion};

/// The only attribute of a payload that writes itself.
fn attr<'a>(value: &impl Value<'a>) -> Result<Vec<u8>, EncodeError> {
    let mut out = Writer::new();
    value.emit(1, &mut out);
    out.finish()
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Payload<'a> {
    #[nl(0x105)]
    Wide(u32),
    #[nl(-1)]
    Negative,
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Selected<'a> {
    #[nl_attr(1)]
    kind: Option<u8>,
    #[nl_attr(2, select = kind)]
    payload: Option<Payload<'a>>,
    #[nl_attr(3, numbered)]
    list: Vec<(u16, u8)>,
}

#[test]
fn a_number_that_cannot_say_what_is_selected_is_not_cut_off() {
    assert_eq!(u8::from_key(Key::Int(0x105)), None);
    assert_eq!(u8::from_key(Key::Int(0xff)), Some(0xff));
    assert_eq!(i8::from_key(Key::Int(0xff)), None);
    assert_eq!(i8::from_key(Key::Int(u64::MAX)), Some(-1));
    assert_eq!(i32::from_key(Key::Int(0x8000_0000)), None);
    assert_eq!(u64::from_key(Key::Int(u64::MAX)), Some(u64::MAX));
    for payload in [Payload::Wide(7), Payload::Negative] {
        let error = Selected { payload: Some(payload), ..Selected::default() }.to_bytes().unwrap_err();
        assert_eq!(error.kind(), &EncodeErrorKind::Selector);
    }
}

#[derive(NlStruct, Clone, Debug, PartialEq)]
struct Tagged<'a> {
    kind: u8,
    #[nl(select = kind)]
    payload: Payload<'a>,
}

#[test]
fn a_member_that_cannot_say_what_is_selected_is_not_cut_off() {
    for payload in [Payload::Wide(7), Payload::Negative] {
        let error = Tagged { kind: 0, payload }.to_bytes().unwrap_err();
        assert_eq!(error.kind(), &EncodeErrorKind::Selector);
        assert_eq!(error.path(), "Tagged.kind");
    }
}

#[test]
fn the_numbers_of_a_list_do_not_become_flags() {
    let list = |number| Selected { list: vec![(1, 1), (number, 2)], ..Selected::default() };
    let error = list(0x4001).to_bytes().unwrap_err();
    assert_eq!(error.kind(), &EncodeErrorKind::OutOfRange { min: 0, max: 0x3fff, found: 0x4001 });
    assert_eq!(error.path(), "Selected.list[16385]");
    let bytes = list(TYPE_MASK).to_bytes().unwrap();
    assert_eq!(Selected::decode(&bytes).unwrap(), list(TYPE_MASK));
}

#[test]
fn flags_do_not_become_the_number_of_an_attribute() {
    struct Odd;

    impl<'a> Value<'a> for Odd {
        const FLAGS: u16 = NESTED | 0x17;

        fn from_payload(_: &'a [u8], _: &Context<'_, 'a>) -> Result<Self, DecodeError> {
            Ok(Self)
        }

        fn to_payload(&self, _: &mut Writer) {}
    }

    assert_eq!(attr(&Odd).unwrap(), [4_u16.to_ne_bytes(), (NESTED | 1).to_ne_bytes()].concat());

    let raw = RawValue { flags: NET_BYTEORDER | 0x1004, payload: [].as_slice().into() };
    let bytes = Selected { payload: Some(Payload::Other(raw)), ..Selected::default() }.to_bytes().unwrap();
    assert_eq!(Attrs::new(&bytes).next().unwrap().unwrap().kind, NET_BYTEORDER | 2);
}

/// Begins and ends so many attributes in its payload.
struct Crooked(usize, usize);

impl<'a> Value<'a> for Crooked {
    fn from_payload(_: &'a [u8], _: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Ok(Self(0, 0))
    }

    fn to_payload(&self, out: &mut Writer) {
        (0..self.0).for_each(|_| out.begin(9));
        (0..self.1).for_each(|_| out.end());
    }
}

#[derive(NlMessage, Default)]
struct Nest {
    #[nl_attr(4)]
    crooked: Option<Crooked>,
    #[nl_attr(5)]
    after: Option<u32>,
}

#[test]
fn attributes_without_an_end_or_with_two_are_not_sent() {
    let nest = |begun, ended| Nest { crooked: Some(Crooked(begun, ended)), after: Some(1) }.to_bytes();
    for (begun, ended) in [(1, 0), (3, 1), (0, 1), (1, 2), (20, 0), (0, 30)] {
        let error = nest(begun, ended).unwrap_err();
        assert_eq!(error.path(), "Nest.crooked", "{begun}, {ended}");
    }
    assert!(nest(2, 2).is_ok());

    let mut out = Writer::new();
    out.begin(1);
    assert!(out.finish().is_err());
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Array {
    #[nl_attr(1, packed)]
    list: Option<Vec<[u8; 0]>>,
}

#[test]
fn an_array_of_nothing_has_no_length_that_could_be_told() {
    assert!(Array::decode(&[6, 0, 1, 0, 1, 2, 0, 0]).is_err());
    assert!(Array { list: Some(vec![[]; 3]) }.to_bytes().is_err());
    let none = Array { list: Some(Vec::new()) };
    assert_eq!(Array::decode(&none.to_bytes().unwrap()).unwrap(), none);
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Named {
    #[nl_attr(1)]
    name: Option<FixedStr<4>>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Member {
    name: FixedStr<4>,
}

#[test]
#[cfg(target_endian = "little")]
fn text_that_leaves_no_room_for_its_nul_is_a_member_and_no_attribute() {
    let full = Member::decode(b"full").unwrap();
    assert_eq!(full.name.as_bytes(), b"full");
    assert_eq!(full.to_bytes().unwrap(), b"full");

    assert!(Named::decode(b"\x08\x00\x01\x00full").is_err());
    assert_eq!(Named::decode(b"\x07\x00\x01\x00ful\x00").unwrap().name.unwrap(), "ful");
    let error = Named { name: Some(full.name) }.to_bytes().unwrap_err();
    assert_eq!(error.kind(), &EncodeErrorKind::TooLong { limit: 3, found: 4 });
}
