//! What is sent for what somebody wrote down.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlMessage,
    schema::{self, Node, json::Json},
    wire::{IfName, LinkAddr, MacAddr},
};
use netlink_tests::zoo::{self, Zoo, more};

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(super) struct Port<'a> {
    #[nl_attr(1, net)]
    v4: Option<Ipv4Addr>,
    #[nl_attr(2, net)]
    v6: Option<Ipv6Addr>,
    #[nl_attr(3, net)]
    any: Option<IpAddr>,
    #[nl_attr(4)]
    link: Option<LinkAddr<'a>>,
    #[nl_attr(5)]
    name: Option<IfName>,
    #[nl_attr(6)]
    up: bool,
    #[nl_attr(7)]
    mac: Option<MacAddr>,
    #[nl_attr(8, multi)]
    sizes: Vec<u32>,
}

fn build(json: &str) -> Result<Vec<u8>, String> {
    schema::build(Port::SCHEMA, &serde_json::from_str(json).unwrap()).map_err(|error| error.to_string())
}

#[test]
#[cfg(target_endian = "little")]
fn addresses_are_marked_as_with_the_type() {
    let v4 = Some([127, 0, 0, 1].into());
    let port = Port { v4, v6: Some(Ipv6Addr::LOCALHOST), any: v4.map(IpAddr::V4), ..Port::default() };
    let bytes = port.to_bytes().unwrap();
    assert_eq!(bytes[2..4], 0x4001_u16.to_ne_bytes());
    let node = schema::to_node(&port).unwrap();
    assert_eq!(schema::build(Port::SCHEMA, &node).as_ref(), Ok(&bytes));
    let json = node.to_json();
    assert_eq!(json, r#"{"v4":"127.0.0.1","v6":"::1","any":"127.0.0.1"}"#);
    assert_eq!(build(&json).as_ref(), Ok(&bytes));
    assert_eq!(build(r#"{"v4": "::1"}"#).unwrap_err(), r#"`Port.v4`: "::1" is not an IPv4 address"#);
    let error = schema::walk(Port::SCHEMA, &[6, 0, 1, 0, 1, 2, 0, 0]).unwrap_err();
    assert_eq!(error.to_string(), "`Port.v4`: 2 bytes where 4 are expected (at byte 4)");
}

#[test]
fn link_addresses_have_any_length() {
    for (bytes, text) in [
        (vec![], ""),
        (vec![10, 0, 0, 1], "0a:00:00:01"),
        (vec![2, 0, 0x5e, 0x10, 0, 1], "02:00:5e:10:00:01"),
        ((0..20).collect(), "00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13"),
    ] {
        let port = Port { link: Some(LinkAddr(bytes.clone().into())), ..Port::default() };
        let node = schema::to_node(&port).unwrap();
        assert_eq!(node.get("link"), Some(&Node::LinkAddr(LinkAddr(bytes.into()))));
        let shown = if text.is_empty() { "(empty)" } else { text };
        assert_eq!(node.to_string(), format!("link: {shown}\n"));
        let json = node.to_json();
        assert_eq!(json, format!(r#"{{"link":"{text}"}}"#));
        assert_eq!(serde_json::to_string(&Json(&port)).unwrap(), json);
        let digits = format!(r#"{{"link":"{}"}}"#, text.replace(':', ""));
        for json in [json, digits] {
            assert_eq!(serde_json::from_str::<Json<Port<'_>>>(&json).unwrap().0, port, "{json}");
        }
        assert_eq!(schema::build(Port::SCHEMA, &node).unwrap(), port.to_bytes().unwrap());
    }
    for text in ["1:2:3:4", "0a:", "0a:zz", "abc", ":"] {
        let error = build(&format!(r#"{{"link": "{text}"}}"#)).unwrap_err();
        assert_eq!(error, format!(r#"`Port.link`: "{text}" is not a link address"#));
    }
    // Ethernet addresses still have six bytes.
    assert!(build(r#"{"mac": "0a:00:00:01"}"#).is_err());
    assert!(schema::walk(Port::SCHEMA, &[8, 0, 7, 0, 1, 2, 3, 4]).is_err());
}

#[test]
#[cfg(target_endian = "little")]
fn names_of_interfaces_have_a_limit() {
    let name = |len: usize| build(&format!(r#"{{"name": "{}"}}"#, "x".repeat(len)));
    assert_eq!(name(16).unwrap_err(), "`Port.name`: 16 where at most 15 fit");
    let port = Port { name: Some("xxxxxxxxxxxxxxx".parse().unwrap()), ..Port::default() };
    assert_eq!(name(15), Ok(port.to_bytes().unwrap()));
    assert_eq!(name(0).map(|bytes| bytes.len()), Ok(8));
    assert!(build(&format!(r#"{{"name": {{"hex": "{}"}}}}"#, "ff".repeat(16))).is_err());
    // What comes is as with the type.
    for bytes in [[&[20, 0, 5, 0][..], &[b'x'; 16]].concat(), [&[21, 0, 5, 0][..], &[b'x'; 17], &[0; 3]].concat()] {
        let (dynamic, typed) = (schema::walk(Port::SCHEMA, &bytes), Port::decode(&bytes));
        assert_eq!(dynamic.unwrap_err().to_string(), typed.unwrap_err().to_string());
    }
    let bytes = [&[19, 0, 5, 0][..], &[b'x'; 15], &[0]].concat();
    assert!(schema::walk(Port::SCHEMA, &bytes).is_ok() && Port::decode(&bytes).is_ok());
}

#[test]
fn flags_are_sent_if_they_are_set() {
    let set = Port { up: true, ..Port::default() }.to_bytes().unwrap();
    for json in ["true", "1", r#""true""#] {
        assert_eq!(build(&format!(r#"{{"up": {json}}}"#)).as_ref(), Ok(&set), "{json}");
    }
    for json in ["false", "0", r#""false""#, "null"] {
        assert_eq!(build(&format!(r#"{{"up": {json}}}"#)), Ok(vec![]), "{json}");
    }
    for (json, found) in [
        ("2", "a number where true or false is needed"),
        ("-1", "a number where true or false is needed"),
        (r#""no""#, r#""no" is not true or false"#),
        (r#""""#, r#""" is not true or false"#),
        ("{}", "an object where true or false is needed"),
        ("[]", "a list where true or false is needed"),
    ] {
        assert_eq!(build(&format!(r#"{{"up": {json}}}"#)), Err(format!("`Port.up`: {found}")));
    }
    // An element of a stream too.
    let build = |json| schema::build(more::RareLists::SCHEMA, &serde_json::from_str(json).unwrap());
    assert_eq!(build(r#"{"stream": [{"start": false}]}"#).unwrap().len(), 4);
    assert_eq!(build(r#"{"stream": [{"start": true}]}"#).unwrap().len(), 8);
    assert!(build(r#"{"stream": [{"start": 7}]}"#).is_err());
}

#[test]
fn a_name_stands_once() {
    for (json, place, name) in [
        (r#"{"name": "a", "name": "b"}"#, "", "name"),
        (r#"{"up": true, "UP": false}"#, "", "UP"),
        (r#"{"sizes": [1], "sizes": [2]}"#, "", "sizes"),
    ] {
        assert_eq!(build(json), Err(format!("`Port{place}`: `{name}` is given twice")), "{json}");
    }
    assert_eq!(build(r#"{"sizes": [1, 2]}"#).unwrap().len(), 16);
    let build = |root, json: &str| {
        schema::build(root, &serde_json::from_str(json).unwrap()).map(drop).map_err(|error| error.to_string())
    };
    for (json, expected) in [
        (r#"{"header": {}, "header": {}}"#, "`Zoo`: `header` is given twice"),
        (r#"{"header": {"family": 1, "family": 2}}"#, "`Zoo.header`: `family` is given twice"),
        (r#"{"family": 1, "family": 2}"#, "`Zoo.header`: `family` is given twice"),
        (r#"{"header": {"index": 1}, "family": 2}"#, "`Zoo.header`: `family` is given twice"),
        (r#"{"tree": {"value": 1, "Value": 1}}"#, "`Zoo.tree`: `Value` is given twice"),
    ] {
        assert_eq!(build(Zoo::SCHEMA, json), Err(expected.to_owned()));
    }
    for (json, expected) in [
        (r#"{"numbered": {"7": 1, "07": 2}}"#, "`RareLists.numbered`: `07` is given twice"),
        (r#"{"stream": [{"name": "a", "name": "b"}]}"#, "`RareLists.stream[0]`: `name` is given twice"),
    ] {
        assert_eq!(build(more::RareLists::SCHEMA, json), Err(expected.to_owned()));
    }
    assert_eq!(build(more::RareLists::SCHEMA, r#"{"numbered": [[7, 1], [7, 2]]}"#), Ok(()));
    assert_eq!(
        build(more::Rare::SCHEMA, r#"{"bits": {"value": 1, "value": 2}}"#),
        Err("`Rare.bits`: `value` is given twice".to_owned())
    );
    assert_eq!(
        build(more::Rare::SCHEMA, r#"{"bits": {"valeu": 1}}"#),
        Err("`Rare.bits`: there is no `valeu` (meant `value`?)".to_owned())
    );
    // What is not declared may come several times, as it may be found.
    assert_eq!(build(zoo::Tree::SCHEMA, r#"{"UnknownAttr(99)": "aa", "UnknownAttr(99)": "bb"}"#), Ok(()));
}
