//! What descriptions are good for: messages without their Rust types.

mod given;
mod hostile;
mod kinds;
mod properties;

use std::fmt::Debug;

use netlink_core::{
    Connection, Error, NlFamily, NlMessage,
    generic::{Controller, Family},
    protocol::Generic,
    request::Request,
    schema::{self, Node, Root, json::Json},
    wire::{Body, Decode},
};
use netlink_tests::zoo::{self, Zoo, any::bytes_of, more};

use kinds::Oven;

fn debugged(value: impl Debug) -> String {
    format!("{value:?}")
}

fn rich() -> Zoo<'static> {
    let soft = zoo::Tree { value: Some(7), child: Some(Box::default()), ..zoo::Tree::default() };
    Zoo {
        header: zoo::Header { family: 2, index: -1, flags: 3 },
        tree: Some(zoo::Tree { children: vec![zoo::Tree::default(), soft.clone()], ..soft.clone() }),
        lists: Some(zoo::Lists {
            names: vec!["a".into(), "bc".into()],
            indexed_nests: Some(vec![soft.clone()]),
            packed_structs: Some(vec![zoo::Fixed::default(); 2]),
            ..zoo::Lists::default()
        }),
        tagged: Some(zoo::Tagged { what: 2, id: 9, event: zoo::Event::Tree(soft.clone()) }),
        chosen: Some(zoo::Chosen {
            kind: Some("tree".into()),
            early: Some(zoo::Data::Tree(soft)),
            ..zoo::Chosen::default()
        }),
        by_family: Some(zoo::ByFamily::V4([127, 0, 0, 1].into())),
        ..Zoo::default()
    }
}

#[test]
fn messages_can_be_printed() {
    let text = schema::to_node(&rich()).unwrap().to_string();
    let expected = "\
header:
  family: 2
  index: -1
  flags: 3
lists:
  names: [\"a\", \"bc\"]
  indexed_nests[0]:
    value: 7
    child: {}
  packed_structs[0]:
    state: Unknown (0)
";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.ends_with("by_family: 127.0.0.1\n"), "{text}");
}

/// Finds the paths of all attributes, in the order in which they stand, by asking for each byte.
fn paths<'a, T: NlMessage<'a> + Body>(message: &T) -> Vec<String> {
    let bytes = message.to_bytes().unwrap();
    let at = |offset| schema::field_at(T::SCHEMA, &bytes, offset).map(|place| place.path().to_owned());
    let mut paths: Vec<String> = (0..bytes.len()).map(|offset| at(offset).expect("every byte is a field's")).collect();
    assert_eq!(at(bytes.len()), None);
    paths.dedup();
    paths
}

#[test]
fn every_byte_belongs_to_a_field() {
    let expected = "header.family header.index header.flags header lists lists.names[0] lists.names[1] \
        lists.indexed_nests lists.indexed_nests[0] lists.indexed_nests[0].value lists.indexed_nests[0].child \
        lists.packed_structs lists.packed_structs[0].state";
    let paths = paths(&rich());
    let expected: Vec<String> = expected.split_whitespace().map(|path| format!("Zoo.{path}")).collect();
    assert_eq!(paths[..expected.len()], expected);
    for path in [
        "Zoo.lists.packed_structs[1].inner.port",
        "Zoo.tree.children[1].child",
        "Zoo.tagged.event.value",
        "Zoo.chosen.early.value",
        "Zoo.by_family",
    ] {
        assert!(paths.iter().any(|known| known == path), "{path} is not among {paths:#?}");
    }
}

#[test]
fn what_is_missing_has_a_name_too() {
    let oven = Oven { id: Some(1), inner: Some(Box::new(Oven { id: Some(2), ..Oven::default() })), ..Oven::default() };
    let bytes = oven.to_bytes().unwrap();
    let missing = |nest| schema::missing_field(Oven::SCHEMA, &bytes, 3, nest).map(|place| place.to_string());
    assert_eq!(missing(None).as_deref(), Some("Oven.id"));
    assert_eq!(missing(Some(8)).as_deref(), Some("Oven.inner.id"));
    assert_eq!(missing(Some(0)), None);
    let undeclared = schema::missing_field(Oven::SCHEMA, &bytes, 77, Some(8)).unwrap();
    assert_eq!(undeclared.path(), "Oven.inner.attribute 77");
}

#[test]
fn mistakes_are_told_with_their_place() {
    let build = |json: &str| {
        let node: Node = serde_json::from_str(json).unwrap();
        schema::build(Zoo::SCHEMA, &node).map_err(|error| error.to_string())
    };
    for (json, expected) in [
        (r#"{"tre": {}}"#, "`Zoo`: there is no `tre` (meant `tree`?)"),
        (r#"{"tree": {"valu": 1}}"#, "`Zoo.tree`: there is no `valu` (meant `value`?)"),
        (
            r#"{"tree": {"children": [{}, {"value": 65536}]}}"#,
            "`Zoo.tree.children[1].value`: 65536 is out of range (0..=65535)",
        ),
        (r#"{"tree": 7}"#, "`Zoo.tree`: a number where an object is needed"),
        (r#"{"numbers": {"u8": "many"}}"#, "`Zoo.numbers.u8`: \"many\" is not a number"),
        (r#"{"numbers": {"state": "upp"}}"#, "`Zoo.numbers.state`: there is no `upp` (meant `Up`?)"),
        (r#"{"numbers": {"alarms": ["hot", "colt"]}}"#, "`Zoo.numbers.alarms`: there is no `colt` (meant `COLD`?)"),
        (r#"{"strings": {}}"#, "`Zoo.strings.required`: required, but not given"),
        (
            r#"{"strings": {"required": "", "short": 1, "v4": "::1"}}"#,
            "`Zoo.strings.v4`: \"::1\" is not an IPv4 address",
        ),
        (r#"{"fixed": {"name": "too long"}}"#, "`Zoo.fixed.name`: 8 where at most 5 fit"),
        (
            r#"{"growing": {"third": 1}}"#,
            "`Zoo.growing.third`: present, though an earlier member of the struct is absent",
        ),
        (
            r#"{"chosen": {"early": {}}}"#,
            "`Zoo.chosen.early`: depends on a selector that is not given, or selects nothing declared",
        ),
    ] {
        assert_eq!(build(json), Err(expected.to_owned()), "{json}");
    }
    let deep = format!("{}{{}}{}", r#"{"tree": {"child": "#, "}}");
    assert!(build(&deep).is_ok());
    let deep = (0..40).fold(Node::map([("value", Node::Int(1))]), |node, _| Node::map([("child", node)]));
    let error = schema::build(zoo::Tree::SCHEMA, &deep).unwrap_err();
    assert_eq!(error.kind(), &schema::BuildErrorKind::TooDeep);
}

#[test]
fn limits_hold_without_the_type_too() {
    let build = |name, node| schema::build(more::Rare::SCHEMA, &Node::map([(name, node)])).map_err(|e| e.to_string());
    assert_eq!(build("range", Node::Int(10)), Err("`Rare.range`: 10 is out of range (-3..=9)".to_owned()));
    assert_eq!(build("len", Node::Bytes(vec![0; 5])), Err("`Rare.len`: 5 where at most 4 fit".to_owned()));
    assert_eq!(build("len", Node::Bytes(vec![])), Err("`Rare.len`: 0 where at least 1 are needed".to_owned()));
}

#[test]
fn names_may_be_spelled_in_several_ways() {
    let typed = Family { header_size: Some(4), ..Family::default() }.to_bytes().unwrap();
    for name in ["header_size", "header-size", "CTRL_ATTR_HDRSIZE", "headerSize"] {
        assert_eq!(schema::build(Family::SCHEMA, &Node::map([(name, Node::Int(4))])).as_ref(), Ok(&typed), "{name}");
    }
    // The header's members are among the attributes where no attribute has such a name.
    let odd = zoo::Odd { header: zoo::Header { family: 1, index: 2, flags: 3 }, value: Some(4) };
    let json = schema::to_node(&odd).unwrap().to_json();
    assert_eq!(json, r#"{"family":1,"index":2,"flags":3,"value":4}"#);
    let nested = r#"{"header":{"family":1,"index":2,"flags":3},"value":4}"#;
    for json in [&json, nested] {
        assert_eq!(serde_json::from_str::<Json<zoo::Odd>>(json).unwrap().0, odd);
    }
}

#[test]
fn the_families_of_this_kernel_are_the_same_without_their_type() {
    let mut connection = Connection::<Generic>::open().unwrap();
    let bytes = Request::raw(Generic, 16).add_bytes(&[3, 2, 0, 0]);
    let mut count = 0;
    for message in connection.dump(bytes).unwrap() {
        let message = message.unwrap();
        let body = &message.body[4..];
        let node = schema::walk(Controller::SCHEMA.reply(1, body).unwrap(), body).unwrap();
        let typed = Family::decode(body).unwrap();
        assert_eq!(debugged(schema::from_node::<Family<'static>>(&node).unwrap()), debugged(&typed));
        assert_eq!(node.get("name").and_then(Node::as_str), typed.name.as_deref());
        assert_eq!(node.get("operations").is_some(), !typed.operations.is_empty());
        let given: Node = serde_json::from_str(&serde_json::to_string(&node).unwrap()).unwrap();
        assert_eq!(debugged(schema::from_node::<Family<'static>>(&given).unwrap()), debugged(&typed));
        count += 1;
    }
    assert!(count > 0);
}

/// The controller, declared without the limits of the kernel: so it is the kernel that refuses.
#[derive(NlFamily)]
#[nl(generic = "nlctrl", version = 2)]
struct Careless {
    #[nl(3, reply = 1)]
    get: netlink_core::Do<Named, Named>,
}

#[derive(NlMessage, Debug, Default)]
struct Named {
    #[doc(alias = "CTRL_ATTR_FAMILY_NAME")]
    #[nl_attr(2)]
    name: Option<String>,
}

#[test]
fn a_refusal_names_the_field() {
    let mut controller = Careless::connect().unwrap();
    let name = Some("a-name-that-no-generic-family-can-have".into());
    let Err(Error::Refused(refused)) = controller.ask(Careless::GET.with(&Named { name })) else {
        panic!("there is no such name");
    };
    let place = refused.field().unwrap();
    assert_eq!((place.path(), place.kernel()), ("Named.name", Some("CTRL_ATTR_FAMILY_NAME")));
    let (said, accepted) = ("(`Named.name` is \"a-name-that-no-generic-family-can-have\"", "at most 15 bytes)");
    let refused = refused.to_string();
    assert!(refused.contains(said) && refused.ends_with(accepted), "{refused}");
}

#[test]
fn names_of_the_kernel_are_found_however_they_are_written() {
    #[derive(NlMessage, Debug, Default)]
    struct Written {
        #[doc(alias = "W_EQUAL")]
        #[nl_attr(1)]
        equal: Option<u32>,
        #[doc(alias("W_LIST", "second"))]
        #[nl_attr(2)]
        list: Option<u32>,
        #[doc(hidden, alias = "W_BEHIND")]
        #[nl_attr(3)]
        behind: Option<u32>,
        #[doc = concat!("no ", "name")]
        #[nl_attr(4)]
        none: Option<u32>,
    }
    let kernel: Vec<_> = Written::SCHEMA.attrs.iter().map(|attr| attr.kernel).collect();
    assert_eq!(kernel, [Some("W_EQUAL"), Some("W_LIST"), Some("W_BEHIND"), None]);
}

#[test]
fn families_say_what_their_messages_consist_of() {
    let family = Controller::SCHEMA;
    let get = family.operation("GET_FAMILY").unwrap();
    assert_eq!((get.name, get.kernel, get.request_id, get.reply_id), ("get_family", Some("CTRL_CMD_GETFAMILY"), 3, 1));
    let name = |root: Option<Root>| root.map(|root| root.name());
    assert_eq!(name(family.request(3, true, &[])), Some("Family"));
    assert_eq!(name(family.reply(2, &[])), Some("Family"));
    assert_eq!(name(family.reply(200, &[])), None);
    assert_eq!(family.groups[0].kernel, Some("notify"));
}

#[test]
fn messages_with_one_number_are_told_apart_by_what_they_begin_with() {
    use protocols::route::{
        Route,
        ip::AddressFamily::{Can, Inet},
    };
    let (family, inet, can) = (Route::SCHEMA, [u8::from(Inet)], [u8::from(Can)]);
    let name = |root: Option<Root>| root.map(|root| root.name());
    for (body, told) in [(&inet[..], "RouteEntry"), (&can, "CanJob"), (&[], "RouteEntry")] {
        assert_eq!(name(family.request(24, false, body)), Some(told));
        assert_eq!(name(family.reply(24, body)), Some(told));
    }
    assert_eq!(name(family.request(26, true, &can)), Some("CanJob"));
    // A list of the multicast database is answered with the number of the question, or with that of a reply.
    assert_eq!(name(family.reply(84, &[])), Some("Mdb"));
    assert_eq!(name(family.reply(86, &[])), Some("Mdb"));
}

#[test]
fn process_events_have_names() {
    use protocols::connector::proc::{EventData, Events, Exec, ProcEvent};
    let event = ProcEvent { what: Events::EXEC, cpu: 1, timestamp: 5, data: EventData::Exec(Exec { pid: 7, tgid: 8 }) };
    let node = schema::to_node(&event).unwrap();
    assert_eq!(node.to_string(), "what: EXEC\ncpu: 1\ntimestamp: 5\ndata:\n  pid: 7\n  tgid: 8\n");
    assert_eq!(node.to_json(), r#"{"what":["exec"],"cpu":1,"timestamp":5,"data":{"pid":7,"tgid":8}}"#);
    assert_eq!(schema::from_node::<ProcEvent<'static>>(&node).unwrap(), event);
    let bytes = bytes_of(&event);
    assert_eq!(ProcEvent::decode_at(&bytes, 0).unwrap(), event);
}
