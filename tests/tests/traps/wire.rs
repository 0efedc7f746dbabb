//! Attributes as they really come: 13, 32 to 40. No shell is needed to step into these.

use std::borrow::Cow;

use netlink_core::{
    NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Attrs, DecodeErrorKind, IfName, NESTED, NET_BYTEORDER, Text, UnknownAttrs, Writer},
};

use crate::declared::{Data, Info, Limits, Link, Sensor, Sensors, link};

fn attr(kind: u16, payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    out.attr(kind, payload);
    out.finish().unwrap()
}

/// A message of the header and these attributes.
fn with(attrs: &[&[u8]]) -> Vec<u8> {
    [&[0; 16][..], &attrs.concat()].concat()
}

#[test]
fn trap_13_a_length_of_16_bits_is_no_place_for_more() {
    let long = Link { name: Some(vec![7; 70_000].into()), ..Link::default() };
    assert_eq!(long.to_bytes().unwrap_err().path(), "Link.name");
    // A nest of which only the sum is too long.
    let mut info = Info::default();
    for id in 100..103 {
        info.unknown.push(id, vec![7; 30_000]);
    }
    assert_eq!(Link { info: Some(info), ..Link::default() }.to_bytes().unwrap_err().path(), "Link.info");
    // The kernel's own container of 70 000 bytes says 4 464: what follows is nonsense, and that is told.
    let inner = attr(1, &vec![b'x'; 50_000]);
    let mut wrapped = attr(18 | NESTED, &inner);
    wrapped[..2].copy_from_slice(&4464_u16.to_ne_bytes());
    let error = Link::decode(&with(&[&wrapped])).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::AttributeLength { .. }), "{error}");
}

#[test]
fn trap_32_damage_is_told_with_its_place_and_slack_is_none() {
    let good = attr(4, &7_u32.to_ne_bytes());
    for damage in [&[3, 0, 4, 0][..], &[0; 4][..3], &[9, 0, 4, 0, 1], &[200, 0, 3, 0, 1, 2, 3, 4], &[1, 2, 3]] {
        let bytes = with(&[&good, damage]);
        match Link::decode(&bytes) {
            // Up to three zeros are what fills up to the next multiple of 4.
            Ok(link) => assert!(damage.len() < 4 && damage.iter().all(|byte| *byte == 0) && link.mtu == Some(7)),
            Err(error) => assert!(error.offset() >= 24 && !damage.iter().all(|byte| *byte == 0), "{error}"),
        }
    }
    assert!(Link::decode(&with(&[&good, &[0; 4]])).is_err());
    // Without the padding of the last one.
    let name = [&[8, 0, 3, 0][..], b"lo1\0", &[7, 0, 3, 0], b"lo\0"].concat();
    assert_eq!(Link::decode(&with(&[&name])).unwrap().name.as_deref(), Some(&b"lo\0"[..]));
    for len in 0..64 {
        let bytes = with(&[&good, &name]);
        let _ = Link::decode(bytes.get(..len).unwrap_or_default());
    }
}

#[test]
fn trap_33_of_two_attributes_of_a_number_the_last_one_counts() {
    let bytes = with(&[&attr(4, &1_u32.to_ne_bytes()), &attr(4, &2_u32.to_ne_bytes())]);
    assert_eq!(Link::decode(&bytes).unwrap().mtu, Some(2));
    // Who wants the first one, as `nla_find` does, takes it.
    let first = Attrs::new(&bytes[16..]).map(Result::unwrap).find(|attr| attr.id() == 4);
    assert_eq!(first.unwrap().payload, 1_u32.to_ne_bytes());
}

#[test]
fn trap_34_flag_bits_are_no_part_of_the_number_and_nests_carry_theirs() {
    let data = attr(1, &5_u16.to_ne_bytes());
    for bits in [0, NESTED, NET_BYTEORDER, NESTED | NET_BYTEORDER] {
        let bytes = with(&[&attr(4 | bits, &7_u32.to_ne_bytes()), &attr(18 | bits, &attr(2 | bits, &data))]);
        let link = Link::decode(&bytes).unwrap();
        assert_eq!(link.mtu, Some(7));
        assert_eq!(link.info.as_ref().unwrap().data, Some(Data { id: Some(5), reorder: None }));
        // Whatever they came with: sent, nests say that they are some, and nothing else does.
        let again = link.to_bytes().unwrap();
        let kinds: Vec<u16> = Attrs::new(&again[16..]).map(|attr| attr.unwrap().kind).collect();
        assert_eq!(kinds, [4, 18 | NESTED]);
        let nest = Attrs::new(&again[28..]).next().unwrap().unwrap();
        assert_eq!(nest.kind, 2 | NESTED);
    }
}

/// Numbers of 8 bytes, and the attribute that the kernel puts before them where they must be aligned.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(pad = 9)]
struct Wide {
    #[nl_attr(1)]
    bytes: Option<u64>,
    #[nl_attr(2)]
    packets: Option<u64>,
}

#[test]
fn trap_35_neither_alignment_nor_padding_matters() {
    let (pad, bytes) = (attr(9, &[]), attr(1, &u64::MAX.to_ne_bytes()));
    let packets = attr(2, &3_u64.to_ne_bytes());
    for attrs in [vec![&bytes, &packets], vec![&pad, &bytes, &pad, &pad, &packets, &pad], vec![&bytes, &pad, &packets]]
    {
        let message: Vec<u8> = attrs.into_iter().flatten().copied().collect();
        // At every address.
        for shift in 0..16 {
            let moved = [&vec![0xee; shift][..], &message].concat();
            let wide = Wide::decode(&moved[shift..]).unwrap();
            assert_eq!(wide, Wide { bytes: Some(u64::MAX), packets: Some(3) }, "{shift}");
        }
    }
    let moved = [&[0xee][..], &link(3).to_bytes().unwrap()].concat();
    assert_eq!(Link::decode(&moved[1..]).unwrap(), link(3));
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Names<'a> {
    #[nl_attr(1)]
    text: Option<Cow<'a, str>>,
    #[nl_attr(2)]
    bytes: Option<Text<'a>>,
    #[nl_attr(3)]
    device: Option<IfName>,
    #[nl_attr(53, len = ..=127)]
    alternative: Option<Text<'a>>,
}

#[test]
fn trap_36_a_string_may_have_a_nul_none_or_several_and_need_not_be_text() {
    for (payload, text) in
        [(&b"eth0\0"[..], "eth0"), (b"eth0", "eth0"), (b"eth0\0\0\0", "eth0"), (b"", ""), (b"\0", "")]
    {
        let bytes: Vec<u8> = [1, 2, 3].iter().flat_map(|id| attr(*id, payload)).collect();
        let names = Names::decode(&bytes).unwrap();
        assert_eq!(names.text.as_deref(), Some(text));
        assert_eq!(names.bytes.as_ref().map(Text::as_bytes), Some(text.as_bytes()));
        assert_eq!(names.device.unwrap().as_bytes(), text.as_bytes());
    }
    let odd = attr(2, b"\xff\xfe\0");
    assert_eq!(Names::decode(&odd).unwrap().bytes.unwrap().as_bytes(), b"\xff\xfe");
    assert_eq!(Names::decode(&odd).unwrap().to_bytes().unwrap(), odd);
    assert_eq!(Names::decode(&attr(1, b"\xff\xfe\0")).unwrap_err().path(), "Names.text");
    // The limits are without the NUL: 15 of a name, 127 of an alternative one.
    assert!("x".repeat(15).parse::<IfName>().is_ok() && "x".repeat(16).parse::<IfName>().is_err());
    for (len, fits) in [(127, true), (128, false)] {
        let names = Names { alternative: Some("x".repeat(len).into()), ..Names::default() };
        assert_eq!(names.to_bytes().is_ok(), fits, "{len}");
    }
}

/// A struct that has grown, and is going to.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Growing<'a> {
    first: u32,
    #[nl(optional)]
    second: Option<u32>,
    #[nl(rest)]
    newer: Cow<'a, [u8]>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Grown<'a> {
    #[nl_attr(1)]
    counters: Option<Growing<'a>>,
}

#[test]
fn trap_37_structs_of_older_and_newer_kernels_are_read_and_sent_again_as_they_are() {
    for (len, second, newer) in [(4, None, 0), (8, Some(2), 0), (20, Some(2), 12)] {
        let whole: Vec<u8> = [1_u32, 2, 3, 4, 5].iter().flat_map(|number| number.to_ne_bytes()).collect();
        let bytes = attr(1, &whole[..len]);
        let grown = Grown::decode(&bytes).unwrap();
        let counters = grown.counters.as_ref().unwrap();
        assert_eq!((counters.first, counters.second, counters.newer.len()), (1, second, newer));
        assert_eq!(grown.to_bytes().unwrap(), bytes);
    }
    // Half of a member is neither.
    assert!(Grown::decode(&attr(1, &[1, 0])).is_err());
}

#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum State {
    Up = 1,
    #[nl(other)]
    Other(u8),
}

bitflags! {
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq)]
    struct Bits: u32 {
        const ONE = 1;
        const _ = !0;
    }
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Open<'a> {
    #[nl_attr(1)]
    state: Option<State>,
    #[nl_attr(2)]
    bits: Option<Bits>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[test]
fn trap_38_what_nobody_knows_is_kept_and_sent_again() {
    let bytes = [attr(1, &[77]), attr(2, &0x8000_0001_u32.to_ne_bytes()), attr(900 | NESTED, &[1, 2, 3])].concat();
    let open = Open::decode(&bytes).unwrap();
    assert_eq!((open.state, open.bits.unwrap().bits()), (Some(State::Other(77)), 0x8000_0001));
    assert_eq!(open.to_bytes().unwrap(), bytes);
    let known = [attr(1, &[1]), attr(2, &1_u32.to_ne_bytes())].concat();
    assert_eq!(Open::decode(&known).unwrap().state, Some(State::Up));
}

/// A table of 8 bits in the header, and of 32 bits behind it.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq)]
struct RouteHeader {
    family: u8,
    #[nl(pad = 2)]
    table: u8,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct RouteEntry {
    #[nl_attr(header)]
    header: RouteHeader,
    #[nl_attr(15)]
    table: Option<u32>,
}

#[test]
fn trap_39_a_field_of_8_bits_does_not_hide_the_attribute_with_the_rest() {
    let header = RouteHeader { family: 2, table: 252 };
    let entry = RouteEntry { header, table: Some(100_000) };
    let bytes = entry.to_bytes().unwrap();
    assert_eq!(bytes, [&[2, 252, 0, 0][..], &attr(15, &100_000_u32.to_ne_bytes())].concat());
    assert_eq!(RouteEntry::decode(&bytes).unwrap(), entry);
    // An old kernel has the small one alone.
    assert_eq!(RouteEntry::decode(&bytes[..4]).unwrap(), RouteEntry { table: None, ..entry });
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Tree {
    #[nl_attr(1)]
    child: Option<Box<Tree>>,
}

#[test]
fn trap_40_the_depth_of_nests_has_a_limit() {
    let nest = |depth: usize| (0..depth).fold(Vec::new(), |inner, _| attr(1 | NESTED, &inner));
    // As deep as the kernel goes.
    assert!(Tree::decode(&nest(10)).is_ok());
    let error = Tree::decode(&nest(10_000)).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::TooDeep);
}

#[test]
fn mistake_numbers_in_network_byte_order_are_sent_in_it() {
    let limits = Limits { high: None, port: Some(0x1234) };
    assert_eq!(limits.to_bytes().unwrap(), [6, 0, 2, 0, 0x12, 0x34, 0, 0]);
    assert_eq!(Limits::decode(&[6, 0, 2, 0, 0x12, 0x34]).unwrap(), limits);
}

#[test]
fn the_declared_range_is_checked_before_sending() {
    let sensor = Sensor { id: Some(1), limits: Some(Limits { high: Some(125_001), port: None }), name: None };
    let error = Sensors::SET.with(&sensor).family_id(20).to_bytes(1, 0).unwrap_err();
    assert!(error.to_string().contains("limits.high"), "{error}");
}
