//! Text, byte strings, addresses, and arrays of numbers.

use std::{
    borrow::Cow,
    ffi::CString,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlMessage,
    wire::{Hex, MacAddr, Text, Uuid},
};

use crate::{again, both, refused, unsendable, wire};

/// `IFALIASZ` (linux/if.h) counts the NUL; the limit of the text does not.
const ALIAS_MAX: usize = 256 - 1;

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Names<'a> {
    #[nl_attr(1, no_nul)]
    kind: Option<Cow<'a, str>>,
    #[nl_attr(3, len = 1..=15)]
    name: Option<Cow<'a, str>>,
    #[nl_attr(20, len = ..=ALIAS_MAX)]
    alias: Option<Text<'a>>,
    #[nl_attr(21, len = ..=3)]
    label: Option<CString>,
}

#[test]
fn c04_text_with_and_without_nul_and_its_longest() {
    // The kernel about `ip link set dev v0 alias $(printf 'a\377b')`: text that is not UTF-8.
    let bytes = wire("08 00 14 00 61 ff 62 00");
    both(&bytes, &Names { alias: Some(Text::from(&b"a\xffb"[..])), ..Names::default() });
    // `ip link add bo type bond ...` sends a name with a NUL and a kind without; the kernel sends kinds with one.
    let bytes = wire("08 00 01 00 'bond' 07 00 03 00 'bo' 00 00");
    both(&bytes, &Names { kind: Some("bond".into()), name: Some("bo".into()), ..Names::default() });
    let bytes = wire("08 00 15 00 61 62 ff 00");
    both(&bytes, &Names { label: Some(c"ab\xff".into()), ..Names::default() });
    let with_nul = wire("0a 00 01 00 'vxlan' 00 00 00");
    assert_eq!(Names::decode(&with_nul).unwrap().kind.as_deref(), Some("vxlan"));
    // A NUL that is missing, and bytes behind one, which the kernel does not read either.
    let without = wire("06 00 03 00 'bo' 00 00");
    assert_eq!(Names::decode(&without).unwrap().name.as_deref(), Some("bo"));
    let behind = wire("0b 00 03 00 'bo' 00 'rest' 00");
    assert_eq!(Names::decode(&behind).unwrap().name.as_deref(), Some("bo"));

    let error = "`Names.name`: not UTF-8 (at byte 5)";
    assert_eq!(refused::<Names<'_>>(&wire("08 00 03 00 61 ff 62 00")), error);
    let alias = |len| Names { alias: Some("x".repeat(len).into()), ..Names::default() };
    assert_eq!(alias(255).to_bytes().unwrap()[..4], [4, 1, 20, 0]);
    assert_eq!(unsendable(&alias(256)), "`Names.alias`: 256 where at most 255 fit");
    let empty = Names { name: Some("".into()), ..Names::default() };
    assert_eq!(unsendable(&empty), "`Names.name`: 0 where at least 1 are needed");
    let inside = Names { kind: Some("a\0b".into()), ..Names::default() };
    assert_eq!(unsendable(&inside), "`Names.kind`: text with a NUL byte inside would end there");
    let label = Names { label: Some(c"abcd".into()), ..Names::default() };
    assert_eq!(unsendable(&label), "`Names.label`: 4 where at most 3 fit");
    // What the kernel sends is not measured.
    let long = alias(255).to_bytes().map(|bytes| [&[5, 1, 20, 0], &bytes[4..259], b"x\0"].concat()).unwrap();
    assert_eq!(Names::decode(&long).unwrap().alias.unwrap().as_bytes().len(), 256);
}

const SOCKADDR_IN: usize = 16;
const SOCKADDR_IN6: usize = 28;

/// Some attributes of a WireGuard peer (linux/wireguard.h), and a limit of its own.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Peer<'a> {
    #[nl_attr(1)]
    public_key: Option<[u8; 32]>,
    #[nl_attr(4, len = SOCKADDR_IN..=SOCKADDR_IN6)]
    endpoint: Option<Cow<'a, [u8]>>,
    #[nl_attr(100, len = 4)]
    exact: Option<Cow<'a, [u8]>>,
    #[nl_attr(101, len = 3..)]
    at_least: Option<Cow<'a, [u8]>>,
}

#[test]
fn c05_binary_of_an_exact_a_smallest_and_a_largest_length() {
    // After `wg_set_device` and the policies in drivers/net/wireguard/netlink.c: a key, a `struct sockaddr_in`.
    let bytes = wire(
        "24 00 01 00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f
         14 00 04 00 02 00 ca 6c 0a 00 00 09 00 00 00 00 00 00 00 00
         08 00 64 00 de ad be ef  07 00 65 00 01 02 03 00",
    );
    let endpoint = [2, 0, 0xca, 0x6c, 10, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0];
    let peer = Peer {
        public_key: Some(std::array::from_fn(|n| n as u8)),
        endpoint: Some(endpoint[..].into()),
        exact: Some([0xde, 0xad, 0xbe, 0xef][..].into()),
        at_least: Some([1, 2, 3][..].into()),
    };
    both(&bytes, &peer);

    let short = wire("08 00 01 00 00 01 02 03");
    assert_eq!(refused::<Peer<'_>>(&short), "`Peer.public_key`: 4 bytes where 32 are expected (at byte 4)");
    let zeros = |len: usize| Some(Cow::from(vec![0; len]));
    for (peer, error) in [
        (Peer { endpoint: zeros(15), ..Peer::default() }, "`Peer.endpoint`: 15 where at least 16 are needed"),
        (Peer { endpoint: zeros(29), ..Peer::default() }, "`Peer.endpoint`: 29 where at most 28 fit"),
        (Peer { exact: zeros(3), ..Peer::default() }, "`Peer.exact`: 3 where at least 4 are needed"),
        (Peer { exact: zeros(5), ..Peer::default() }, "`Peer.exact`: 5 where at most 4 fit"),
        (Peer { at_least: zeros(2), ..Peer::default() }, "`Peer.at_least`: 2 where at least 3 are needed"),
    ] {
        assert_eq!(unsendable(&peer), error);
    }
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Arrays {
    #[nl_attr(1, packed)]
    conf: Option<Vec<u32>>,
    #[nl_attr(2, packed)]
    bytes: Option<Vec<u8>>,
    #[nl_attr(3, packed, be)]
    ports: Option<Vec<u16>>,
    #[nl_attr(4, packed)]
    shorts: Option<Vec<i16>>,
    #[nl_attr(5, packed)]
    ints: Option<Vec<i32>>,
    #[nl_attr(6, packed)]
    longs: Vec<u64>,
    #[nl_attr(7, packed, len = ..=2)]
    few: Option<Vec<u32>>,
    #[nl_attr(8, packed, range = 0..=15)]
    prio_map: Option<Vec<u8>>,
}

#[test]
fn c07_binary_as_a_c_array_of_numbers() {
    // IFLA_INET_CONF of the kernel, about a veth device; its indices are those of `IPV4_DEVCONF_*`, less one.
    let bytes = wire(
        "88 00 01 00
         00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 01 00 00 00
         00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 10 27 00 00
         e8 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00",
    );
    let mut conf = vec![0; 33];
    for (index, value) in [(3, 1), (4, 1), (5, 1), (6, 1), (8, 1), (26, 10_000), (27, 1000), (32, 1)] {
        conf[index] = value;
    }
    both(&bytes, &Arrays { conf: Some(conf), ..Arrays::default() });

    let bytes = wire(
        "07 00 02 00 01 02 03 00  08 00 03 00 00 50 01 bb  06 00 04 00 ff ff 00 00
         0c 00 05 00 fe ff ff ff 02 00 00 00  0c 00 06 00 01 00 00 00 00 00 00 80  04 00 07 00
         06 00 08 00 00 0f 00 00",
    );
    let arrays = Arrays {
        conf: None,
        bytes: Some(vec![1, 2, 3]),
        ports: Some(vec![80, 443]),
        shorts: Some(vec![-1]),
        ints: Some(vec![-2, 2]),
        longs: vec![0x8000_0000_0000_0001],
        few: Some(Vec::new()),
        prio_map: Some(vec![0, 15]),
    };
    both(&bytes, &arrays);

    let uneven = wire("0a 00 01 00 01 00 00 00 02 00 00 00");
    let error = "`Arrays.conf`: 6 bytes are not a whole number of elements of 4 bytes (at byte 4)";
    assert_eq!(refused::<Arrays>(&uneven), error);
    let many = Arrays { few: Some(vec![0; 3]), ..Arrays::default() };
    assert_eq!(unsendable(&many), "`Arrays.few`: 3 where at most 2 fit");
    let high = Arrays { prio_map: Some(vec![0, 16]), ..Arrays::default() };
    assert_eq!(unsendable(&high), "`Arrays.prio_map`: 16 is out of range (0..=15)");
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Addresses<'a> {
    #[nl_attr(1)]
    v4: Option<Ipv4Addr>,
    #[nl_attr(2)]
    v6: Option<Ipv6Addr>,
    #[nl_attr(3)]
    remote: Option<IpAddr>,
    #[nl_attr(4)]
    local: Option<IpAddr>,
    #[nl_attr(5)]
    mac: Option<MacAddr>,
    #[nl_attr(6, len = ..=8)]
    cookie: Option<Hex<'a>>,
    #[nl_attr(7)]
    uuid: Option<Uuid>,
}

#[test]
fn c22_addresses_and_bytes_print_the_way_people_write_them() {
    // RTA_DST of two routes and IFLA_ADDRESS of a veth device, from the kernel; the rest by include/net/netlink.h.
    let bytes = wire(
        "08 00 01 00 0a 09 00 00  14 00 02 00 fd 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00
         08 00 03 00 0a 00 00 09  14 00 04 00 fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01
         0a 00 05 00 16 00 8a b7 60 24 00 00  09 00 06 00 de ad be ef 00 00 00 00
         14 00 07 00 12 34 56 78 9a bc de f0 12 34 56 78 9a bc de f0",
    );
    let uuid = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0];
    let addresses = Addresses {
        v4: Some("10.9.0.0".parse().unwrap()),
        v6: Some("fd01::".parse().unwrap()),
        remote: Some("10.0.0.9".parse().unwrap()),
        local: Some("fd00::1".parse().unwrap()),
        mac: Some("16:00:8a:b7:60:24".parse().unwrap()),
        cookie: Some(Hex::from(&[0xde, 0xad, 0xbe, 0xef, 0][..])),
        uuid: Some(Uuid([uuid, uuid].concat().try_into().unwrap())),
    };
    both(&bytes, &addresses);
    again::<Addresses<'_>>(&bytes);
    assert_eq!(addresses.mac.unwrap().to_string(), "16:00:8a:b7:60:24");
    assert_eq!(addresses.cookie.unwrap().to_string(), "deadbeef00");
    assert_eq!(addresses.uuid.unwrap().to_string(), "12345678-9abc-def0-1234-56789abcdef0");
    assert_eq!(addresses.remote.unwrap().to_string(), "10.0.0.9");
    assert_eq!(addresses.local.unwrap().to_string(), "fd00::1");

    let long = Addresses { cookie: Some(Hex::from(&[0; 9][..])), ..Addresses::default() };
    assert_eq!(unsendable(&long), "`Addresses.cookie`: 9 where at most 8 fit");
    // An Infiniband address is no Ethernet address.
    let error = "`Addresses.mac`: 8 bytes where 6 are expected (at byte 4)";
    assert_eq!(refused::<Addresses<'_>>(&wire("0c 00 05 00 00 00 00 00 00 00 00 01")), error);
    let error = "`Addresses.remote`: an IP address has 4 or 16 bytes (at byte 4)";
    assert_eq!(refused::<Addresses<'_>>(&wire("0a 00 03 00 00 00 00 00 00 01 00 00")), error);
}
