//! Tokens, objects in pieces, keys, marked numbers, and attributes that must be there.

use std::{borrow::Cow, net::Ipv4Addr, time::Duration};

use netlink_core::{
    IntoOwned, NlMessage, NlStruct, NlUnion,
    wire::{DecodeError, FixedStr, RawValue, UnknownAttr},
};

use crate::{both, both_struct, refused, unsendable, wire};

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Health<'a> {
    #[nl_attr(106, stream, plain)]
    fmsg: Vec<Token<'a>>,
}

/// `DEVLINK_ATTR_FMSG_*` (linux/devlink.h).
#[derive(NlMessage, Clone, Debug, PartialEq)]
enum Token<'a> {
    #[nl_attr(107)]
    ObjectStart,
    #[nl_attr(108)]
    PairStart,
    #[nl_attr(109)]
    ArrayStart,
    #[nl_attr(110)]
    End,
    #[nl_attr(111)]
    Name(Cow<'a, str>),
    #[nl_attr(112)]
    ValueType(u8),
    #[nl_attr(113)]
    Value(Cow<'a, [u8]>),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

#[test]
fn g07_the_order_of_tokens_is_the_meaning() {
    // After `devlink_fmsg_u32_pair_put` and `devlink_fmsg_prepare_skb` (net/devlink/health.c); 120 is made up.
    let bytes = wire(
        "34 00 6a 00  04 00 6b 00  04 00 6c 00  07 00 6f 00 'tx' 00 00  05 00 70 00 03 00 00 00
         08 00 71 00 07 00 00 00  04 00 6e 00  06 00 78 c0 01 02 00 00  04 00 6e 00",
    );
    let fmsg = vec![
        Token::ObjectStart,
        Token::PairStart,
        Token::Name("tx".into()),
        Token::ValueType(3),
        Token::Value([7, 0, 0, 0][..].into()),
        Token::End,
        Token::Unknown(UnknownAttr { kind: 0xc078, payload: [1, 2][..].into() }),
        Token::End,
    ];
    let health = Health { fmsg };
    both(&bytes, &health);
    assert_eq!(Health::decode(&bytes).unwrap().into_owned(), health);

    let utf8 = wire("10 00 6a 00  04 00 6d 00  05 00 6f 00 ff 00 00 00");
    assert_eq!(refused::<Health<'_>>(&utf8), "`Health.fmsg[1].Name`: not UTF-8 (at byte 12)");
    let nul = Health { fmsg: vec![Token::ArrayStart, Token::Name("a\0b".into())] };
    assert_eq!(unsendable(&nul), "`Health.fmsg[1].Name`: text with a NUL byte inside would end there");
}

/// A part of what nl80211 says of a wireless device.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Wiphy<'a> {
    #[nl_attr(1)]
    id: Option<u32>,
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(22, numbered, merge, plain)]
    bands: Vec<(u16, Band<'a>)>,
    #[nl_attr(0x100, merge)]
    limits: Option<Limits>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Band<'a> {
    #[nl_attr(1, numbered, merge, plain)]
    freqs: Vec<(u16, Freq)>,
    #[nl_attr(3)]
    ht_mcs_set: Option<Cow<'a, [u8]>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Freq {
    #[nl_attr(1)]
    freq: Option<u32>,
    #[nl_attr(2)]
    disabled: bool,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Limits {
    #[nl_attr(1)]
    low: Option<u16>,
    #[nl_attr(2)]
    high: Option<u16>,
}

#[test]
fn g08_an_object_in_pieces_is_merged() {
    // After `nl80211_send_wiphy` (net/wireless/nl80211.c): one device in four messages. Attribute 0x100 is made up.
    let messages = [
        wire("08 00 01 00 00 00 00 00  09 00 02 00 'phy0' 00 00 00 00"),
        wire(
            "08 00 01 00 00 00 00 00  18 00 16 00 14 00 00 00 10 00 01 00 0c 00 00 00 08 00 01 00 6c 09 00 00
              0c 00 00 81 06 00 01 00 01 00 00 00",
        ),
        wire(
            "08 00 01 00 00 00 00 00  28 00 16 00 14 00 00 00 10 00 01 00 0c 00 01 00 08 00 01 00 71 09 00 00
              10 00 01 00 06 00 03 00 ff 01 00 00 04 00 01 00",
        ),
        wire(
            "08 00 01 00 00 00 00 00  14 00 16 00 10 00 00 00 0c 00 01 00 08 00 00 00 04 00 02 00
              0c 00 00 81 06 00 02 00 02 00 00 00",
        ),
    ];
    // Each message is gone when the next one comes.
    let mut whole = Wiphy::default().into_owned();
    for message in messages {
        let mut wiphy: Wiphy<'_> = whole;
        wiphy.merge(&message).unwrap();
        whole = wiphy.into_owned();
    }
    let freqs = vec![(0, Freq { freq: Some(2412), disabled: true }), (1, Freq { freq: Some(2417), disabled: false })];
    let bands = vec![
        (0, Band { freqs, ht_mcs_set: None }),
        (1, Band { freqs: Vec::new(), ht_mcs_set: Some([0xff, 1][..].into()) }),
    ];
    let limits = Some(Limits { low: Some(1), high: Some(2) });
    let expected = Wiphy { id: Some(0), name: Some("phy0".into()), bands, limits };
    assert_eq!(whole, expected);

    // In one piece.
    let bytes = wire(
        "08 00 01 00 00 00 00 00  09 00 02 00 'phy0' 00 00 00 00
         34 00 16 00 24 00 00 00 20 00 01 00 10 00 00 00 08 00 01 00 6c 09 00 00 04 00 02 00
                     0c 00 01 00 08 00 01 00 71 09 00 00 0c 00 01 00 06 00 03 00 ff 01 00 00
         14 00 00 81 06 00 01 00 01 00 00 00 06 00 02 00 02 00 00 00",
    );
    both(&bytes, &expected);
    let error = whole.merge(b"\x05\0\x01\0\0\0\0\0").unwrap_err().to_string();
    assert_eq!(error, "`Wiphy.id`: 1 bytes where 4 are expected (at byte 4)");
    let broken = wire("18 00 16 00 14 00 05 00 10 00 01 00 0c 00 09 00 07 00 01 00 01 02 03 00");
    let error = "`Wiphy.bands[5].freqs[9].freq`: 3 bytes where 4 are expected (at byte 20)";
    assert_eq!(refused::<Wiphy<'_>>(&broken), error);
}

/// `struct xfrm_algo` (linux/xfrm.h): the length of the key is in bits.
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct Algo<'a> {
    name: FixedStr<64>,
    #[nl(bits_of = key)]
    key_len: u32,
    #[nl(rest)]
    key: Cow<'a, [u8]>,
}

/// `struct xfrm_algo_auth` (linux/xfrm.h).
#[derive(NlStruct, Clone, Debug, Default, PartialEq)]
struct AlgoAuth<'a> {
    name: FixedStr<64>,
    #[nl(bits_of = key)]
    key_len: u32,
    trunc_len: u32,
    #[nl(rest)]
    key: Cow<'a, [u8]>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Algos<'a> {
    #[nl_attr(2)]
    crypt: Option<Algo<'a>>,
    #[nl_attr(20)]
    auth_trunc: Option<AlgoAuth<'a>>,
}

#[test]
fn g09_a_length_in_bits_and_a_key_behind_it() {
    // `ip xfrm state add ... enc "cbc(aes)" 0x00...0f auth-trunc "hmac(sha256)" 0x00010203 96` sends this.
    let mut bytes = wire("58 00 02 00 'cbc(aes)'");
    bytes.resize(4 + 64, 0);
    bytes.extend(wire("80 00 00 00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 50 00 14 00 'hmac(sha256)'"));
    bytes.resize(88 + 4 + 64, 0);
    bytes.extend(wire("20 00 00 00 60 00 00 00 00 01 02 03"));
    let key: Vec<u8> = (0..16).collect();
    let crypt = Algo { name: "cbc(aes)".parse().unwrap(), key_len: 128, key: key[..].into() };
    let name = "hmac(sha256)".parse().unwrap();
    let auth = AlgoAuth { name, key_len: 32, trunc_len: 96, key: key[..4].into() };
    let algos = Algos { crypt: Some(crypt.clone()), auth_trunc: Some(auth) };
    both(&bytes, &algos);

    // Whatever the value says: the key has so many bits. Fewer than whole bytes can be said.
    let counted = Algo { key_len: 0, ..crypt.clone() }.to_bytes().unwrap();
    assert_eq!(counted[64..68], [128, 0, 0, 0]);
    let fewer = Algo { key_len: 127, ..crypt.clone() };
    both_struct(&fewer.to_bytes().unwrap(), &fewer);
    assert_eq!(fewer.to_bytes().unwrap()[64..68], [127, 0, 0, 0]);
    let mut long = bytes;
    long[68] = 129;
    let error = "`Algos.crypt.key`: truncated: 16 bytes where at least 17 are needed (at byte 72)";
    assert_eq!(refused::<Algos<'_>>(&long), error);
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Set<'a> {
    #[nl_attr(2)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(11, net)]
    index: Option<u16>,
    #[nl_attr(7)]
    data: Option<SetData>,
    #[nl_attr(8)]
    entries: Option<Entries>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct SetData {
    #[nl_attr(18, net)]
    hash_size: Option<u32>,
    #[nl_attr(1)]
    ip: Option<SetAddress>,
    #[nl_attr(6, net, secs = u32)]
    timeout: Option<Duration>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct SetAddress {
    #[nl_attr(1, net, send)]
    v4_to_add: Option<Ipv4Addr>,
    #[nl_attr(1, receive)]
    v4: Option<Ipv4Addr>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Entries {
    #[nl_attr(7, multi)]
    entries: Vec<SetData>,
}

#[test]
fn g10_a_bit_of_the_type_says_that_the_number_is_in_network_byte_order() {
    // The kernel about `ipset create s hash:ip timeout 300`, without most of it.
    let bytes = wire(
        "06 00 02 00 's' 00 00 00  06 00 0b 40 00 02 00 00
         14 00 07 80  08 00 12 40 00 00 04 00  08 00 06 40 00 00 01 2c",
    );
    let timeout = Some(Duration::from_secs(300));
    let data = SetData { hash_size: Some(1024), timeout, ip: None };
    both(&bytes, &Set { name: Some("s".into()), index: Some(2), data: Some(data), entries: None });

    // The kernel about `ipset add s 10.0.0.5`: it reads the address with that bit, and writes it without.
    let bytes = wire("1c 00 08 80 18 00 07 80 0c 00 01 80 08 00 01 00 0a 00 00 05 08 00 06 40 00 00 01 2c");
    let entries = Set::decode(&bytes).unwrap().entries.unwrap().entries;
    assert_eq!((entries[0].ip.as_ref().unwrap().v4, entries[0].timeout), (Some(Ipv4Addr::new(10, 0, 0, 5)), timeout));
    let ip = SetAddress { v4_to_add: Some(Ipv4Addr::new(10, 0, 0, 5)), v4: None };
    let data = SetData { ip: Some(ip), timeout, hash_size: None };
    let bytes = wire("18 00 07 80 0c 00 01 80 08 00 01 40 0a 00 00 05 08 00 06 40 00 00 01 2c");
    assert_eq!(Set { data: Some(data), ..Set::default() }.to_bytes().unwrap(), bytes);

    let short = wire("08 00 0b 40 00 00 00 02");
    assert_eq!(refused::<Set<'_>>(&short), "`Set.index`: 4 bytes where 2 are expected (at byte 4)");
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Request<'a> {
    #[nl_attr(1, required)]
    id: Option<u32>,
    #[nl_attr(2, required, multi)]
    names: Vec<Cow<'a, str>>,
    #[nl_attr(3)]
    inner: Option<InnerRequest<'a>>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct InnerRequest<'a> {
    #[nl_attr(1)]
    kind: Option<u32>,
    #[nl_attr(2, required, select = kind)]
    data: Option<Payload<'a>>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Payload<'a> {
    #[nl(1)]
    Number(u32),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[test]
fn g11_what_is_required_is_missed_in_both_directions() {
    let bytes = wire(
        "08 00 01 00 07 00 00 00  06 00 02 00 'a' 00 00 00
         14 00 03 80 08 00 01 00 01 00 00 00 08 00 02 00 02 00 00 00",
    );
    let inner = InnerRequest { kind: Some(1), data: Some(Payload::Number(2)) };
    let request = Request { id: Some(7), names: vec!["a".into()], inner: Some(inner) };
    both(&bytes, &request);

    for (request, error) in [
        (Request { id: None, ..request.clone() }, "`Request.id`: required, but not given"),
        (Request { names: Vec::new(), ..request.clone() }, "`Request.names`: required, but not given"),
        (
            Request { inner: Some(InnerRequest { kind: Some(1), data: None }), ..request.clone() },
            "`Request.inner.data`: required, but not given",
        ),
    ] {
        assert_eq!(unsendable(&request), error);
    }
    assert_eq!(refused::<Request<'_>>(&bytes[8..]), "`Request.id`: required, but missing (at byte 28)");
    assert_eq!(refused::<Request<'_>>(&bytes[..8]), "`Request.names`: required, but missing (at byte 8)");
    let mut broken = bytes.clone();
    broken[28..32].copy_from_slice(&[8, 0, 9, 0]);
    assert_eq!(refused::<Request<'_>>(&broken), "`Request.inner.data`: required, but missing (at byte 36)");
    // All that is missing, for those who go on.
    let (_, problems) = Request::decode_lenient(&broken[16..]);
    let problems: Vec<String> = problems.iter().map(DecodeError::path).collect();
    assert_eq!(problems, ["Request.inner.data", "Request.id", "Request.names"]);
}
