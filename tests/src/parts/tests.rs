//! The comparison itself: one change at each place of a message that has one of everything, and none goes unnoticed.

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    schema::{self, Kind},
    wire::{Body, NESTED, RawValue, Text, UnknownAttr},
};

use super::{Parts, Split};
use crate::reencode::{survives, unknown};

#[derive(NlMessage, Debug, Default)]
#[nl(pad = 15)]
struct Message<'a> {
    #[nl_attr(header)]
    header: Header,
    #[nl_attr(1)]
    number: Option<u64>,
    #[nl_attr(2)]
    bytes: Option<Vec<u8>>,
    #[nl_attr(3)]
    nest: Option<Inner>,
    #[nl_attr(4, multi)]
    again: Vec<Inner>,
    #[nl_attr(5, indexed)]
    indexed: Vec<Inner>,
    #[nl_attr(6, numbered)]
    numbered: Vec<(u16, Inner)>,
    #[nl_attr(7, packed)]
    packed: Vec<u16>,
    #[nl_attr(8, selector)]
    kind: Option<Text<'a>>,
    #[nl_attr(9, select = kind)]
    data: Option<Data<'a>>,
    #[nl_attr(10, select = header.by)]
    by_header: Option<Data<'a>>,
    #[nl_attr(11, records)]
    records: Vec<Record>,
    #[nl_attr(12, stream)]
    stream: Vec<Token<'a>>,
    #[nl_attr(13)]
    around: Option<Around<'a>>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default)]
struct Header {
    #[nl(pad = 2)]
    by: u16,
    other: u32,
}

#[derive(NlMessage, Debug, Default)]
struct Inner {
    #[nl_attr(1)]
    flag: bool,
    #[nl_attr(2)]
    number: Option<u16>,
    #[nl_attr(3)]
    deeper: Option<Box<Inner>>,
}

#[derive(NlUnion, Debug)]
enum Data<'a> {
    #[nl("nest", 7)]
    Nest(Inner),
    #[nl("bytes")]
    Bytes(Vec<u8>),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[derive(NlMessage, Debug, Default)]
struct Record {
    #[nl_attr(header)]
    header: RecordHeader,
    #[nl_attr(1)]
    number: Option<u32>,
}

#[derive(NlStruct, Clone, Copy, Debug, Default)]
struct RecordHeader {
    #[nl(len_of = self)]
    len: u16,
    hops: u16,
}

#[derive(NlMessage, Debug)]
enum Token<'a> {
    #[nl_attr(1)]
    Load(u32),
    #[nl_attr(2)]
    Call(Inner),
    #[nl_attr(unknown)]
    Unknown(UnknownAttr<'a>),
}

#[derive(NlMessage, Debug, Default)]
struct Around<'a> {
    #[nl_attr(1, select = outer(Message<'a>))]
    data: Option<Data<'a>>,
}

/// Attributes, as a test writes them down.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(Vec<u8>),
    /// Bytes in front, attributes, and whether their order means nothing.
    Attrs(Vec<u8>, Vec<(u16, Tree)>, bool),
    Records(Vec<Tree>),
}

use Tree::{Leaf, Records};

fn set(attrs: Vec<(u16, Tree)>) -> Tree {
    Tree::Attrs(vec![], attrs, true)
}

fn list(attrs: Vec<(u16, Tree)>) -> Tree {
    Tree::Attrs(vec![], attrs, false)
}

impl Tree {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Leaf(bytes) => bytes.clone(),
            Self::Attrs(front, attrs, _) => {
                let mut bytes = front.clone();
                for (kind, tree) in attrs {
                    let payload = tree.bytes();
                    bytes.extend((4 + payload.len() as u16).to_ne_bytes());
                    bytes.extend(kind.to_ne_bytes());
                    bytes.extend(&payload);
                    bytes.resize(bytes.len().next_multiple_of(4), 0);
                }
                bytes
            }
            Records(records) => records.iter().flat_map(Self::record).collect(),
        }
    }

    /// With its length in front.
    fn record(&self) -> Vec<u8> {
        let mut bytes = self.bytes();
        let len = (bytes.len() as u16).to_ne_bytes();
        bytes[..2].copy_from_slice(&len);
        bytes
    }

    /// All that differ in one thing, and what that is.
    fn changed(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        match self {
            Leaf(bytes) => {
                for at in 0..bytes.len() {
                    let mut bytes = bytes.clone();
                    bytes[at] ^= 0x40;
                    all.push((format!("byte {at} changed"), Leaf(bytes)));
                }
                all.push(("a byte more".to_owned(), Leaf([&bytes[..], &[0]].concat())));
            }
            Self::Attrs(front, attrs, any_order) => {
                let with = |attrs| Self::Attrs(front.clone(), attrs, *any_order);
                // The length of a record is at the front.
                for at in front.iter().enumerate().skip(2).map(|(at, _)| at) {
                    let mut front = front.clone();
                    front[at] ^= 0x40;
                    all.push((format!("byte {at} in front changed"), Self::Attrs(front, attrs.clone(), *any_order)));
                }
                for undeclared in [Leaf(vec![]), Leaf(vec![1, 2, 3, 4]), set(vec![(1, Leaf(vec![]))])] {
                    let mut attrs = attrs.clone();
                    attrs.push((99, undeclared));
                    all.push(("undeclared".to_owned(), with(attrs)));
                }
                for (at, (kind, tree)) in attrs.iter().enumerate() {
                    let (mut lost, mut twice, mut other) = (attrs.clone(), attrs.clone(), attrs.clone());
                    lost.remove(at);
                    twice.insert(at, (*kind, tree.clone()));
                    other[at].0 ^= 0x20;
                    all.extend(
                        [("lost", lost), ("twice", twice), ("another number", other)]
                            .map(|(what, attrs)| (format!("{kind}: {what}"), with(attrs))),
                    );
                    for (what, tree) in tree.changed() {
                        let mut attrs = attrs.clone();
                        attrs[at].1 = tree;
                        all.push((format!("{kind}: {what}"), with(attrs)));
                    }
                    if at > 0 && !any_order {
                        let mut attrs = attrs.clone();
                        attrs.swap(at - 1, at);
                        all.push((format!("{kind}: another order"), with(attrs)));
                    }
                }
            }
            Records(records) => {
                for (at, record) in records.iter().enumerate() {
                    let (mut lost, mut twice) = (records.clone(), records.clone());
                    lost.remove(at);
                    twice.insert(at, record.clone());
                    all.extend([(format!("[{at}] lost"), Records(lost)), (format!("[{at}] twice"), Records(twice))]);
                    for (what, record) in record.changed() {
                        let mut records = records.clone();
                        records[at] = record;
                        all.push((format!("[{at}] {what}"), Records(records)));
                    }
                }
            }
        }
        all
    }

    /// The same message: attributes of sets the other way round, nests that say that they are some, and padding.
    fn same(&self) -> Self {
        match self {
            Self::Attrs(front, attrs, any_order) => {
                let again = |(kind, tree): &(u16, Self)| match tree {
                    Leaf(_) => (*kind, tree.clone()),
                    _ => (kind | NESTED, tree.same()),
                };
                let mut attrs: Vec<_> = attrs.iter().map(again).collect();
                if *any_order {
                    // Those of one number keep their order among each other.
                    attrs.sort_by_key(|(kind, _)| std::cmp::Reverse(*kind));
                }
                Self::Attrs(front.clone(), attrs, *any_order)
            }
            Records(records) => Records(records.iter().map(Self::same).collect()),
            Leaf(_) => self.clone(),
        }
    }
}

fn inner() -> Tree {
    set(vec![(1, Leaf(vec![])), (2, Leaf(vec![9, 0])), (3, set(vec![(1, Leaf(vec![])), (2, Leaf(vec![8, 0]))]))])
}

/// What would be two attributes, were it not bytes.
fn looks_like_attributes() -> Vec<u8> {
    set(vec![(2, Leaf(vec![1, 1])), (1, Leaf(vec![2, 2, 2, 2]))]).bytes()
}

fn message() -> Tree {
    let other = set(vec![(2, Leaf(vec![7, 0]))]);
    let record = |hops| Tree::Attrs(vec![0, 0, hops, 0], vec![(1, Leaf(vec![hops, 0, 0, 1]))], true);
    let attrs = vec![
        (1, Leaf(vec![12, 0, 1, 0, 0, 0, 0, 0])),
        (2, Leaf(looks_like_attributes())),
        (3, inner()),
        (4, inner()),
        (4, other.clone()),
        (5, list(vec![(1, inner()), (2, other.clone())])),
        (6, list(vec![(30, inner()), (20, other)])),
        (7, Leaf(vec![8, 0, 1, 0])),
        (8, Leaf(b"nest\0".to_vec())),
        (9, inner()),
        (10, inner()),
        (11, Records(vec![record(1), record(2)])),
        (12, list(vec![(1, Leaf(vec![4, 0, 1, 0])), (2, inner()), (1, Leaf(vec![5; 4]))])),
        (13, set(vec![(1, inner())])),
    ];
    Tree::Attrs(vec![7, 0, 0, 0, 3, 0, 0, 0], attrs, true)
}

fn parts(tree: &Tree) -> Parts {
    Parts::of(Message::LAYOUT, &tree.bytes())
}

#[test]
fn every_single_change_is_seen() {
    let changed = message().changed();
    assert!(changed.len() > 400, "{}", changed.len());
    for (what, tree) in changed {
        assert_ne!(parts(&tree), parts(&message()), "{what}");
    }
}

#[test]
fn what_means_the_same_is_the_same() {
    assert_ne!(message().same().bytes(), message().bytes());
    assert_eq!(parts(&message().same()), parts(&message()));
    survives::<Message<'static>>(&message().bytes(), &[]).unwrap();
    survives::<Message<'static>>(&message().same().bytes(), &[]).unwrap();

    let Tree::Attrs(front, mut attrs, any_order) = message() else { unreachable!() };
    attrs.insert(3, (15, Leaf(vec![])));
    let padded = Tree::Attrs(front, attrs, any_order);
    assert_eq!(parts(&padded), parts(&message()));
    // Elsewhere this number fills nothing up.
    let Tree::Attrs(_, inner, _) = inner() else { unreachable!() };
    let nest = |attrs: Vec<_>| Parts::of(Inner::LAYOUT, &set(attrs).bytes());
    assert_ne!(nest([&inner[..], &[(15, Leaf(vec![]))]].concat()), nest(inner));
}

#[test]
fn only_what_is_declared_to_be_a_nest_is_one() {
    let swapped = [&looks_like_attributes()[8..], &looks_like_attributes()[..8]].concat();
    let of = |bytes: &[u8], kind: &Kind| Split { sent: false, see: &mut |_, _| {} }.value(kind, None, bytes, None);
    for bytes in [looks_like_attributes(), swapped.clone()] {
        assert_eq!(of(&bytes, &Kind::Bytes), Parts::Bytes(bytes));
    }
    let nest = Inner::LAYOUT;
    assert_eq!(of(&looks_like_attributes(), &nest), of(&swapped, &nest));

    // The selected payload is what the selector says, and bytes if nothing is selected.
    let selected = |kind: &[u8], data: &[u8]| {
        parts(&Tree::Attrs(vec![0; 8], vec![(8, Leaf(kind.to_vec())), (9, Leaf(data.to_vec()))], true))
    };
    assert_eq!(selected(b"nest", &looks_like_attributes()), selected(b"nest", &swapped));
    for kind in [&b"bytes"[..], b"absent"] {
        assert_ne!(selected(kind, &looks_like_attributes()), selected(kind, &swapped));
    }
}

#[test]
fn what_is_no_attribute_is_kept() {
    for rest in [&[1][..], &[3, 0, 1, 0], &[9, 0, 1, 0, 1]] {
        let bytes = [message().bytes(), rest.to_vec()].concat();
        assert_ne!(Parts::of(Message::LAYOUT, &bytes), parts(&message()));
    }
}

#[test]
fn what_is_not_declared_is_told_wherever_it_is() {
    // Of lists the numbers only count, so that there is nothing undeclared: but in their elements.
    let changed = message().changed();
    let undeclared: Vec<_> = changed.into_iter().filter(|(what, _)| what.ends_with("undeclared")).collect();
    let mut told = std::collections::BTreeSet::new();
    for (what, tree) in undeclared {
        if what == "5: undeclared" || what == "6: undeclared" {
            continue;
        }
        let found = unknown(&schema::walk(Message::SCHEMA, &tree.bytes()).unwrap());
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert!(survives::<Message<'static>>(&tree.bytes(), &[]).unwrap_err().starts_with("not declared: "), "{what}");
        // Even where it is listed, it must not be lost.
        let gap = found.first().unwrap().as_str();
        let result = survives::<Message<'static>>(&tree.bytes(), &[gap]);
        if gap == "stream.UnknownAttr(99)" {
            result.expect("streams keep all");
            told.extend(found);
            continue;
        }
        let error = result.unwrap_err();
        assert!(error.starts_with("encoded again it is\n"), "{what}: {error}");
        told.extend(found);
    }
    let expected = [
        "UnknownAttr(99)",
        "again.UnknownAttr(99)",
        "again.deeper.UnknownAttr(99)",
        "around.UnknownAttr(99)",
        "around.data.UnknownAttr(99)",
        "around.data.deeper.UnknownAttr(99)",
        "by_header.UnknownAttr(99)",
        "by_header.deeper.UnknownAttr(99)",
        "data.UnknownAttr(99)",
        "data.deeper.UnknownAttr(99)",
        "indexed.UnknownAttr(99)",
        "indexed.deeper.UnknownAttr(99)",
        "nest.UnknownAttr(99)",
        "nest.deeper.UnknownAttr(99)",
        "numbered.UnknownAttr(99)",
        "numbered.deeper.UnknownAttr(99)",
        "records.UnknownAttr(99)",
        "stream.UnknownAttr(99)",
        "stream.Call.UnknownAttr(99)",
        "stream.Call.deeper.UnknownAttr(99)",
    ];
    assert_eq!(told, expected.map(str::to_owned).into());
}
