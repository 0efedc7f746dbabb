//! What is too deep, too long or not to be seen on a terminal.

use std::mem::ManuallyDrop;

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    schema::{self, BuildErrorKind, Node, NodeEntry, OneLine, Walk, json::Json},
    wire::{DecodeErrorKind, RawValue, UnknownAttrs},
};
use netlink_tests::zoo::{
    Odd, Tree, Zoo,
    more::{Rare, RareLists},
};

/// A struct that can have itself inside.
#[derive(NlStruct, Clone, Debug, PartialEq)]
struct Rec<'a> {
    k: u8,
    #[nl(select = k)]
    d: U<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum U<'a> {
    #[nl(1)]
    Again(Box<Rec<'a>>),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct Long<'a> {
    #[nl_attr(1, indexed)]
    list: Option<Vec<u32>>,
    #[nl_attr(2)]
    rec: Option<Rec<'a>>,
    #[nl_attr(unknown)]
    unknown: UnknownAttrs<'a>,
}

#[derive(NlMessage, Debug, Default, PartialEq)]
struct Chosen<'a> {
    #[nl_attr(1)]
    kind: Option<u8>,
    #[nl_attr(2, select = kind)]
    data: Option<Data<'a>>,
}

#[derive(NlUnion, Debug, PartialEq)]
enum Data<'a> {
    #[nl(1)]
    Number(u8),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// As deep as this, with the node inside.
fn nested(depth: usize, inner: Node, outer: impl Fn(Node) -> Node) -> Node {
    (0..depth).fold(inner, |node, _| outer(node))
}

/// Dropping what is so deep would overflow the stack: that is for whoever builds it.
fn with_deep<T>(outer: impl Fn(Node) -> Node, use_it: impl Fn(&Node) -> T) -> T {
    let node = ManuallyDrop::new(nested(100_000, Node::Int(1), outer));
    use_it(&node)
}

#[test]
fn a_struct_in_itself_has_an_end() {
    let bytes = vec![1; 60_000];
    let error = schema::walk(Rec::SCHEMA, &bytes).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (&DecodeErrorKind::TooDeep, 20));
    let node = Walk::new().lenient().walk(Rec::SCHEMA, &bytes).unwrap();
    assert_eq!(node.damage()[0].kind(), &DecodeErrorKind::TooDeep);
    let texts = [node.to_string(), OneLine(&node).to_string(), node.to_json()];
    assert!(texts.iter().all(|text| text.contains("0101")));
    assert!(serde_json::to_string(&node).is_ok());
    for offset in 0..100 {
        assert!(schema::field_at(Rec::SCHEMA, &bytes, offset).is_some());
    }
    // What is not too deep is there.
    let bytes = [vec![1; 19], vec![7, 7]].concat();
    let node = schema::walk(Rec::SCHEMA, &bytes).unwrap();
    assert_eq!(schema::build(Rec::SCHEMA, &node).as_ref(), Ok(&bytes));
    let node = nested(40, Node::map([("k", Node::Int(0))]), |node| Node::map([("k", Node::Int(1)), ("d", node)]));
    assert_eq!(schema::build(Rec::SCHEMA, &node).unwrap_err().kind(), &BuildErrorKind::TooDeep);
}

#[test]
fn nodes_may_be_of_any_depth() {
    let map = |name: &'static str| move |node| Node::map([("k", Node::Int(1)), (name, node)]);
    let is_too_deep = |error: schema::BuildError| assert_eq!(error.kind(), &BuildErrorKind::TooDeep);
    with_deep(map("d"), |node| is_too_deep(schema::build(Rec::SCHEMA, node).unwrap_err()));
    with_deep(
        |node| Node::map([("child", node)]),
        |node| {
            is_too_deep(schema::build(Tree::SCHEMA, node).unwrap_err());
        },
    );
    with_deep(
        |node| Node::map([("UnknownAttr(9)", node)]),
        |node| {
            is_too_deep(schema::build(Long::SCHEMA, node).unwrap_err());
        },
    );
    // Bits are a list, not a list of lists; and a header's members may be anything.
    for name in ["alarms", "u8", "state"] {
        let list = nested(100_000, Node::Int(1), |node| Node::List(vec![node]));
        let node = ManuallyDrop::new(Node::map([("numbers", Node::map([(name, list)]))]));
        assert!(schema::build(Zoo::SCHEMA, &node).is_err(), "{name}");
    }
    with_deep(map("family"), |node| assert!(schema::build(Odd::SCHEMA, node).is_err()));
    for outer in [
        |node| Node::map([("a", node)]),
        |node| Node::List(vec![node]),
        |node| Node::Numbered(vec![(7, node)]),
        |node| Node::Map(vec![NodeEntry { origin: schema::Origin::Header { flat: true }, ..entry(node) }]),
    ] {
        with_deep(outer, |node| {
            assert!(node.to_string().contains("..."));
            assert!(OneLine(node).to_string().contains("..."));
            let json = node.to_json();
            assert!(json.contains("null"), "{json}");
            assert!(serde_json::from_str::<Node>(&json).is_ok() || json.len() > 128);
            assert!(serde_json::to_string(node).unwrap_err().to_string().contains("nested too deeply"));
        });
    }
}

fn entry(node: Node) -> NodeEntry {
    let Node::Map(mut entries) = Node::map([("a", node)]) else { unreachable!() };
    entries.remove(0)
}

/// A format without a limit of its own: values in memory.
#[test]
fn what_is_read_has_an_end_too() {
    let value = |depth| (0..depth).fold(serde_json::json!(1), |value, _| serde_json::json!({ "a": [value] }));
    assert!(serde_json::from_value::<Node>(value(64)).is_ok());
    let error = serde_json::from_value::<Node>(value(65)).unwrap_err();
    assert_eq!(error.to_string(), "nested too deeply");
}

#[test]
fn lists_have_as_many_elements_as_there_are_numbers() {
    for count in [16_384, 65_536, 70_000] {
        let list = Node::map([("list", Node::List(vec![Node::Int(1); count]))]);
        let error = schema::build(Long::SCHEMA, &list).unwrap_err();
        assert_eq!(error.to_string(), format!("`Long.list`: {count} where at most 16383 fit"));
    }
    for number in [0x4000, 0x8001, u16::MAX] {
        let node = Node::map([("numbered", Node::Numbered(vec![(1, Node::Int(1)), (number, Node::Int(2))]))]);
        let error = schema::build(RareLists::SCHEMA, &node).unwrap_err();
        assert_eq!(error.to_string(), format!("`RareLists.numbered`: {number} is out of range (0..=16383)"));
    }
    let node = Node::map([("numbered", Node::Numbered(vec![(0x3fff, Node::Int(2))]))]);
    assert!(schema::build(RareLists::SCHEMA, &node).is_ok());
}

#[test]
fn what_turns_text_around_is_escaped() {
    let evil = "a\u{202e}b\u{200f}\u{2066}\u{feff}\u{1b}[2J\u{9b}\u{e0041}\u{2028}é😀";
    let rare = Rare { no_nul: Some(evil.into()), ..Rare::default() };
    let node = schema::to_node(&rare).unwrap();
    let expected = r#""a\u{202e}b\u{200f}\u{2066}\u{feff}\u{1b}[2J\u{9b}\u{e0041}\u{2028}é😀""#;
    assert_eq!(node.to_string(), format!("no_nul: {expected}\n"));
    assert_eq!(OneLine(&node).to_string(), format!("{{no_nul: {expected}}}"));
    let json = node.to_json();
    let expected = r#""a\u202eb\u200f\u2066\ufeff\u001b[2J\u009b\udb40\udc41\u2028é😀""#;
    assert_eq!(json, format!(r#"{{"no-nul":{expected}}}"#));
    assert_eq!(serde_json::from_str::<Json<Rare<'_>>>(&json).unwrap().0, rare);
    // Names need not be ours.
    let node = Node::map([("a\u{202e}\n", Node::Int(1)), ("b\u{200b}", Node::Present)]);
    assert_eq!(node.to_string(), "a\\u{202e}\\n: 1\nb\\u{200b}\n");
    assert_eq!(OneLine(&node).to_string(), "{a\\u{202e}\\n: 1, b\\u{200b}}");
    assert_eq!(node.to_json(), r#"{"a\u202e\n":1,"b\u200b":true}"#);
}

#[test]
#[cfg(target_endian = "little")]
fn of_payloads_that_come_again_the_last_counts_with_its_flags() {
    let bytes = [5, 0, 1, 0, 9, 0, 0, 0, /**/ 5, 0, 2, 0, 7, 0, 0, 0, /**/ 5, 0, 2, 0x40, 8, 0, 0, 0];
    let node = schema::walk(Chosen::SCHEMA, &bytes).unwrap();
    let built = schema::build(Chosen::SCHEMA, &node).unwrap();
    assert_eq!(built, [5, 0, 1, 0, 9, 0, 0, 0, /**/ 5, 0, 2, 0x40, 8, 0, 0, 0]);
    assert_eq!(Chosen::decode(&built), Chosen::decode(&bytes));
}

#[test]
#[cfg(target_endian = "little")]
fn bytes_for_a_struct_are_taken_if_they_are_one() {
    let build = |hex: &str| {
        let node = Node::map([("crooked", Node::Text(hex.to_owned()))]);
        schema::build(Zoo::SCHEMA, &node).map(|bytes| Zoo::decode(&bytes).unwrap().crooked.unwrap().id)
    };
    assert_eq!(build("0700"), Ok(7));
    assert_eq!(build("0700 04006400"), Ok(7));
    let error = build("0700 0000000001").unwrap_err().to_string();
    let expected = "`Zoo.crooked`: these bytes are not understood: \
                    `tree`: an attribute claims 0 bytes where 5 are left (at byte 2)";
    assert_eq!(error, expected);
}
