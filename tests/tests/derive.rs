//! The derives, with bytes written out by hand in host byte order.

use std::borrow::Cow;

use netlink_core::{
    IntoOwned, NlEnum, NlFlags, NlMessage, NlStruct, NlUnion,
    wire::{DecodeErrorKind, EncodeErrorKind, RawValue, UnknownAttrs},
};

#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct Header {
    family: u8,
    #[nl(pad = 2)]
    state: State,
    index: i32,
}

#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq)]
#[repr(u8)]
enum State {
    #[default]
    Unknown,
    Down = 2,
    Up = 6,
    #[nl(other)]
    Other(u8),
}

netlink_core::bitflags! {
    #[derive(NlFlags, Clone, Copy, PartialEq)]
    struct Alarms: u16 {
        const HOT = 1;
        const COLD = 2;
    }
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Sensor<'a> {
    #[nl_attr(header)]
    header: Header,
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(3)]
    limits: Option<Limits<'a>>,
    #[nl_attr(4, multi)]
    tags: Vec<Cow<'a, str>>,
    #[nl_attr(5, be)]
    port: Option<u16>,
    #[nl_attr(6)]
    muted: bool,
    #[nl_attr(7, indexed)]
    others: Option<Vec<Limits<'a>>>,
    #[nl_attr(8, packed, be)]
    samples: Option<Vec<u16>>,
    #[nl_attr(9, be)]
    alarms: Option<Alarms>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Limits<'a> {
    #[nl_attr(1)]
    high: Option<i64>,
    #[nl_attr(2)]
    kind: Option<Cow<'a, str>>,
    #[nl_attr(3, select = kind)]
    data: Option<Data<'a>>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Data<'a> {
    #[nl("soft")]
    Soft(Soft),
    #[nl("hard", "rigid")]
    Hard(Header),
    #[nl("none")]
    Nothing,
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Soft {
    #[nl_attr(1, required)]
    percent: Option<u8>,
}

#[test]
fn decodes_and_encodes_every_kind_of_field() {
    #[rustfmt::skip]
    let bytes = [
        1, 6, 0, 0, 7, 0, 0, 0,
        8, 0, 1, 0, 42, 0, 0, 0,
        8, 0, 2, 0, b'c', b'p', b'u', 0,
        36, 0, 3, 0x80,
            12, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            9, 0, 2, 0, b's', b'o', b'f', b't', 0, 0, 0, 0,
            8 + 4 - 4, 0, 3, 0x80, 5, 0, 1, 0,
    ];
    // The nest above is cut short on purpose: its own length is right, the inner one reaches past it.
    let error = Sensor::decode(&bytes).unwrap_err();
    assert_eq!(error.path(), "Sensor.limits.data");
    assert_eq!(error.kind(), &DecodeErrorKind::AttributeLength { claimed: 5, left: 4 });
    assert_eq!(error.offset(), 56);
}

fn rich() -> Sensor<'static> {
    Sensor {
        header: Header { family: 1, state: State::Up, index: -7 },
        id: Some(42),
        name: Some("cpu".into()),
        limits: Some(Limits { high: Some(-1), kind: None, data: Some(Data::Soft(Soft { percent: Some(9) })) }),
        tags: vec!["a".into(), "bcd".into()],
        port: Some(0x1f90),
        muted: true,
        others: Some(vec![
            Limits::default(),
            Limits { kind: Some("none".into()), data: Some(Data::Nothing), high: None },
        ]),
        samples: Some(vec![1, 2, 3]),
        alarms: Some(Alarms::COLD),
        unknown: UnknownAttrs::default(),
    }
}

#[rustfmt::skip]
const RICH: &[u8] = &[
    1, 6, 0, 0, 0xf9, 0xff, 0xff, 0xff,
    8, 0, 1, 0, 42, 0, 0, 0,
    8, 0, 2, 0, b'c', b'p', b'u', 0,
    40, 0, 3, 0x80,
        12, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        9, 0, 2, 0, b's', b'o', b'f', b't', 0, 0, 0, 0,
        12, 0, 3, 0x80, 5, 0, 1, 0, 9, 0, 0, 0,
    6, 0, 4, 0, b'a', 0, 0, 0,
    8, 0, 4, 0, b'b', b'c', b'd', 0,
    6, 0, 5, 0, 0x1f, 0x90, 0, 0,
    4, 0, 6, 0,
    28, 0, 7, 0x80,
        4, 0, 1, 0x80,
        20, 0, 2, 0x80, 9, 0, 2, 0, b'n', b'o', b'n', b'e', 0, 0, 0, 0, 4, 0, 3, 0,
    10, 0, 8, 0, 0, 1, 0, 2, 0, 3, 0, 0,
    6, 0, 9, 0, 0, 2, 0, 0,
];

#[test]
#[cfg(target_endian = "little")]
fn encodes_as_written_out() {
    assert_eq!(rich().to_bytes().unwrap(), RICH);
}

#[test]
#[cfg(target_endian = "little")]
fn decodes_as_written_out() {
    let mut expected = rich();
    // The selector is filled in on the wire.
    expected.limits.as_mut().unwrap().kind = Some("soft".into());
    assert_eq!(Sensor::decode(RICH).unwrap(), expected);
    assert_eq!(Sensor::decode(RICH).unwrap().into_owned(), expected);
}

#[test]
fn names_the_path_of_what_cannot_be_sent() {
    let mut sensor = rich();
    sensor.limits = Some(Limits { data: Some(Data::Soft(Soft { percent: None })), ..Limits::default() });
    let error = sensor.to_bytes().unwrap_err();
    assert_eq!(error.kind(), &EncodeErrorKind::Missing);
    assert_eq!(error.path(), "Sensor.limits.data.percent");

    let mut sensor = rich();
    sensor.others.as_mut().unwrap()[0].kind = Some("a\0b".into());
    let error = sensor.to_bytes().unwrap_err();
    assert_eq!(error.to_string(), "`Sensor.others[0].kind`: text with a NUL byte inside would end there");

    let mut sensor = rich();
    let name = "x".repeat(70_000);
    sensor.name = Some(name.into());
    let error = sensor.to_bytes().unwrap_err();
    assert_eq!(error.to_string(), "`Sensor.name`: 70001 where at most 65531 fit");

    let mut sensor = rich();
    sensor.limits = Some(Limits { kind: Some("hard".into()), data: Some(Data::Nothing), high: None });
    assert_eq!(
        sensor.to_bytes().unwrap_err().to_string(),
        "`Sensor.limits.kind`: says something else than the payload that it selects"
    );
}

/// As read by a person: no `Some`, nothing that is absent.
#[derive(NlMessage, netlink_core::NlDebug, Default)]
struct Shown<'a> {
    #[nl_attr(header)]
    header: Header,
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(3, multi)]
    tags: Vec<u8>,
    #[nl_attr(4)]
    muted: bool,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn shows_only_what_is_there() {
    let shown = Shown { id: Some(7), ..Shown::default() };
    assert_eq!(format!("{shown:?}"), "Shown { header: Header { family: 0, state: Unknown, index: 0 }, id: 7 }");
    let shown = Shown { name: Some("x".into()), tags: vec![1], muted: true, ..Shown::default() };
    assert!(format!("{shown:?}").ends_with(r#"name: "x", tags: [1], muted: true }"#));
}

/// A message over whatever payload: it owns its data where the payload can.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Over<'a, T> {
    #[nl_attr(1)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(2)]
    payload: Option<T>,
}

#[test]
fn a_message_with_a_parameter_owns_what_its_payload_owns() {
    let bytes = [6, 0, 1, 0, b'a', 0, 0, 0, 7, 0, 2, 0, b'x', b'y', 0, 0];
    let owned: Over<'static, Cow<'static, str>> = Over::<Cow<'_, str>>::decode(&bytes).unwrap().into_owned();
    assert_eq!(owned, Over { name: Some("a".into()), payload: Some("xy".into()) });
    let plain: Over<'static, u32> = Over::<u32>::default().into_owned();
    assert_eq!(plain.payload, None);
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Filled<'a> {
    #[nl_attr(1, required)]
    kind: Option<u32>,
    #[nl_attr(2, select = kind)]
    data: Option<Filling<'a>>,
    #[nl_attr(3, select = kind)]
    stats: Option<Stats<'a>>,
    #[nl_attr(4, packed, len = 2..)]
    pair: Vec<u8>,
    #[nl_attr(5, packed, len = 2..)]
    sent_pair: Option<Vec<u8>>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Filling<'a> {
    #[nl(7)]
    Seven(u8),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Stats<'a> {
    #[nl(7)]
    Seven,
    #[nl(8)]
    Eight,
    #[nl(other)]
    Other(RawValue<'a>),
}

#[test]
#[cfg(target_endian = "little")]
fn a_selector_is_filled_in_from_any_payload_that_it_selects_and_all_must_agree() {
    let only_stats = Filled { stats: Some(Stats::Seven), ..Filled::default() };
    assert_eq!(only_stats.to_bytes().unwrap(), [8, 0, 1, 0, 7, 0, 0, 0, 4, 0, 3, 0]);
    let only_data = Filled { data: Some(Filling::Seven(1)), ..Filled::default() };
    assert_eq!(only_data.to_bytes().unwrap(), [8, 0, 1, 0, 7, 0, 0, 0, 5, 0, 2, 0, 1, 0, 0, 0]);

    let refused = "`Filled.kind`: says something else than the payload that it selects";
    let both = Filled { stats: Some(Stats::Eight), ..only_data.clone() };
    assert_eq!(both.to_bytes().unwrap_err().to_string(), refused);
    let told = Filled { kind: Some(7), ..both.clone() };
    assert_eq!(told.to_bytes().unwrap_err().to_string(), refused);
    // What nothing fills in is missing.
    let other = Filling::Other(RawValue::default());
    for nothing in [Filled::default(), Filled { data: Some(other), ..Filled::default() }] {
        assert_eq!(nothing.to_bytes().unwrap_err().to_string(), "`Filled.kind`: required, but not given");
    }
}

#[test]
fn a_list_that_is_not_sent_is_not_too_short() {
    let filled = Filled { kind: Some(1), ..Filled::default() };
    assert_eq!(filled.to_bytes().unwrap().len(), 8);
    let short = Filled { pair: vec![1], ..filled.clone() };
    assert_eq!(short.to_bytes().unwrap_err().to_string(), "`Filled.pair`: 1 where at least 2 are needed");
    let empty = Filled { sent_pair: Some(Vec::new()), ..filled };
    assert_eq!(empty.to_bytes().unwrap_err().to_string(), "`Filled.sent_pair`: 0 where at least 2 are needed");
}
