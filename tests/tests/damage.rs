//! What becomes of messages that are damaged, cut off, hostile, or newer than their declaration.

use std::time::Duration;

use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    wire::{
        Attrs, DecodeError, DecodeErrorKind, Lazy, Message, MessageFlags, MessageHeader, Messages, NESTED, RawValue,
        TYPE_MASK, Writer,
    },
};
use netlink_tests::zoo::{
    Chosen, Event, Lists, Numbers, References, Tailed, Tree, Zoo,
    any::{self, bytes_of, config},
    more::{self, Inner, Outer, RareLists, Token},
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// How long this thread has had a processor: what others do meanwhile is no part of it.
fn cpu_time() -> Duration {
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap().into()
}

#[track_caller]
fn assert_took_at_most(start: Duration, limit: Duration) {
    let took = cpu_time() - start;
    assert!(took < limit, "{took:?}");
}

/// The attributes of a set without a header: where each starts, and where the next one does.
fn attributes(bytes: &[u8], start: usize) -> Vec<(usize, usize)> {
    let mut at = start;
    let attrs = Attrs::new(&bytes[start..]).map(|attr| {
        let from = at;
        at = bytes.len().min(at + (4 + attr.expect("a valid message").payload.len()).next_multiple_of(4));
        (from, at)
    });
    attrs.collect()
}

/// Where the attributes of a zoo start: its header has 9 bytes.
const AFTER_HEADER: usize = 12;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn trap_38_attributes_nobody_knows_are_kept_byte_for_byte_wherever_they_stand(
        numbers in any::numbers(),
        unknown in any::unknown(),
        places in vec(any::<Index>(), 3),
    ) {
        let bytes = bytes_of(&numbers);
        let mut pieces: Vec<&[u8]> = attributes(&bytes, 0).into_iter().map(|(from, to)| &bytes[from..to]).collect();
        let more = bytes_of(&Numbers { unknown, ..Numbers::default() });
        for ((from, to), place) in attributes(&more, 0).into_iter().zip(places) {
            pieces.insert(place.index(pieces.len() + 1), &more[from..to]);
        }
        let mixed = pieces.concat();
        let id = |piece: &[u8]| u16::from_ne_bytes([piece[2], piece[3]]) & TYPE_MASK;
        let is_unknown = |piece: &&[u8]| (100..0x3f00).contains(&id(piece));
        let expected: Vec<&[u8]> = pieces.iter().copied().filter(is_unknown).collect();
        let again = Numbers::decode(&mixed).unwrap().to_bytes().unwrap();
        let kept: Vec<&[u8]> =
            attributes(&again, 0).into_iter().map(|(from, to)| &again[from..to]).filter(is_unknown).collect();
        prop_assert_eq!(kept, expected);
        prop_assert_eq!(again.len(), mixed.len());
    }

    #[test]
    fn one_damaged_attribute_costs_a_lenient_reader_nothing_else(numbers in any::numbers(), which in any::<Index>()) {
        let whole = bytes_of(&Numbers { flag: false, unknown: Default::default(), ..numbers });
        let attrs = attributes(&whole, 0);
        prop_assume!(!attrs.is_empty());
        let (from, to) = attrs[which.index(attrs.len())];
        // A byte too many: none of these is 1 to 9 bytes long, whatever it was before.
        let kind = u16::from_ne_bytes([whole[from + 2], whole[from + 3]]);
        let damaged = [&13_u16.to_ne_bytes()[..], &kind.to_ne_bytes(), &[7; 9], &[0; 3]].concat();
        let bytes = [&whole[..from], &damaged, &whole[to..]].concat();

        let mut expected = Numbers::decode(&whole[..from]).unwrap();
        expected.merge(&whole[to..]).unwrap();
        expected.unknown.push(kind, &[7; 9][..]);
        let (lenient, problems) = Numbers::decode_lenient(&bytes);
        prop_assert_eq!(&lenient, &expected);
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems[0].offset(), from + 4);
        prop_assert_eq!(Numbers::decode(&bytes), Err(problems[0].clone()));
        // Lossless even so.
        let kept = lenient.to_bytes().unwrap();
        prop_assert_eq!(kept.len(), bytes.len());
    }

    #[test]
    fn one_damaged_nest_costs_a_lenient_reader_no_other_attribute(zoo in any::zoo(), value in any::<u16>()) {
        let whole = bytes_of(&Zoo { tree: None, unknown: Default::default(), ..zoo });
        // In the nest: a number of 2 bytes, then a nest that claims more than is there.
        let [low, high] = value.to_ne_bytes();
        let nest = [6, 0, 1, 0, low, high, 0, 0, 200, 0, 2, 0];
        let bytes = [&whole, &[4 + nest.len() as u8, 0, 4, 0][..], &nest].concat();
        let mut expected = Zoo::decode(&whole).unwrap();
        expected.tree = Some(Tree { value: Some(value), ..Tree::default() });
        let (lenient, problems) = Zoo::decode_lenient(&bytes);
        prop_assert_eq!(lenient, expected);
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems[0].path(), "Zoo.tree");
        prop_assert_eq!(problems[0].offset(), whole.len() + 12);
    }

    #[test]
    fn a_lenient_reader_is_told_the_whole_path_through_lists_and_unions(place in 0_usize..4) {
        // A number of 2 bytes that has 3, in a tree that is one of several.
        let mut broken = Tree::default();
        broken.unknown.push(1, vec![1, 2, 3]);
        let mut nests = vec![Tree::default(); 4];
        nests[place].child = Some(Box::new(broken.clone()));
        let lists = Lists { nests: nests.clone(), indexed_nests: Some(nests), ..Lists::default() };
        let problems = Lists::decode_lenient(&bytes_of(&lists)).1.iter().map(DecodeError::path).collect::<Vec<_>>();
        let expected = ["nests", "indexed_nests"].map(|list| format!("Lists.{list}[{place}].child.value"));
        prop_assert_eq!(problems, expected);

        let chosen = Chosen { what: Some(2), late: Some(Event::Tree(broken.clone())), ..Chosen::default() };
        let problems = Chosen::decode_lenient(&bytes_of(&chosen)).1;
        prop_assert_eq!(problems.iter().map(DecodeError::path).collect::<Vec<_>>(), ["Chosen.late.value"]);

        let outer = Outer {
            inner: Some(Inner { data: Some(more::Chosen::Tree(broken)) }),
            kind: Some("tree".into()),
        };
        let rare = RareLists { outer: Some(outer), ..RareLists::default() };
        let problems = RareLists::decode_lenient(&bytes_of(&rare)).1;
        let paths = problems.iter().map(DecodeError::path).collect::<Vec<_>>();
        prop_assert_eq!(paths, ["RareLists.outer.inner.data.value"]);
    }

    #[test]
    fn trap_32_a_message_cut_off_anywhere_is_an_error_or_what_came_before_the_cut(zoo in any::zoo()) {
        let bytes = bytes_of(&zoo);
        for len in 0..bytes.len() {
            let cut = &bytes[..len];
            let Ok(decoded) = Zoo::decode(cut) else {
                let whole_ones = attributes(&bytes, AFTER_HEADER).iter().any(|(from, _)| *from == len);
                prop_assert!(!whole_ones, "{len} bytes are whole attributes");
                continue;
            };
            // The cut may go through the padding of an attribute, and through leading zeros of the next one's length.
            let attrs = attributes(&bytes, AFTER_HEADER);
            let ends = |from: usize| from + usize::from(u16::from_ne_bytes([bytes[from], bytes[from + 1]]));
            let before: Vec<_> = attrs.into_iter().filter(|(from, _)| ends(*from) <= len).collect();
            let end = before.last().map_or(AFTER_HEADER, |(_, to)| *to);
            prop_assert!(cut.get(end..).unwrap_or_default().iter().all(|byte| *byte == 0), "{len} of {bytes:02x?}");
            prop_assert_eq!(Ok(decoded), Zoo::decode(&bytes[..end]));
        }
    }

    #[test]
    fn datagrams_give_back_their_messages(bodies in vec(vec(any::<u8>(), 0..40), 0..6), cut in 0_usize..16) {
        let mut datagram = Vec::new();
        for (seq, body) in (1..).zip(&bodies) {
            let len = u32::try_from(MessageHeader::SIZE + body.len()).unwrap();
            let header = MessageHeader { len, kind: 16, flags: MessageFlags::MULTI, seq, port: 7 };
            datagram.resize(datagram.len().next_multiple_of(4), 0);
            datagram.extend(header.to_bytes());
            datagram.extend(body);
        }
        let read: Vec<Message<'_>> = Messages::new(&datagram).collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read.iter().map(Message::body).collect::<Vec<_>>(), bodies.clone());
        prop_assert!((1..).zip(&read).all(|(seq, message)| message.header().seq == seq));

        // Cut off, the last one is an error, and only that.
        let Some(last) = bodies.last() else { return Ok(()) };
        let cut = 1 + cut.min(MessageHeader::SIZE + last.len() - 1);
        let mut messages = Messages::new(&datagram[..datagram.len() - cut]);
        prop_assert_eq!(messages.by_ref().take_while(Result::is_ok).count(), bodies.len() - 1);
        prop_assert!(messages.next().is_none());
    }
}

/// Nests within nests, as many as fit, each with nothing but its header.
fn bomb(kind: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    for len in (4..=65_532_u16).rev().step_by(4) {
        bytes.extend(len.to_ne_bytes());
        bytes.extend(kind.to_ne_bytes());
    }
    bytes
}

#[test]
fn trap_40_nests_that_go_too_deep_are_refused_at_once() {
    let start = cpu_time();
    for kind in [2, 3, NESTED | 2] {
        let bytes = bomb(kind);
        assert!(bytes.len() > 65_000);
        let error = Tree::decode(&bytes).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::TooDeep);
        let (tree, problems) = Tree::decode_lenient(&bytes);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].kind(), &DecodeErrorKind::TooDeep);
        // What lies above is there.
        assert!(tree.child.is_some() || !tree.children.is_empty());
    }
    assert_took_at_most(start, Duration::from_secs(1));
}

#[test]
fn trap_40_ten_levels_as_the_kernel_allows_are_not_too_deep() {
    let mut tree = Tree { value: Some(1), ..Tree::default() };
    for _ in 1..10 {
        tree = Tree { child: Some(Box::new(tree)), ..Tree::default() };
    }
    let bytes = tree.to_bytes().unwrap();
    assert_eq!(Tree::decode(&bytes).unwrap(), tree);
}

#[test]
fn lengths_that_claim_gigabytes_are_refused_without_allocating_them() {
    // The claim is 4 GiB, the error is small.
    let tailed = [&[1, 0, 0, 0][..], &[0xff; 4], &[1, 2, 3]].concat();
    let header = MessageHeader { len: u32::MAX, kind: 16, ..MessageHeader::default() }.to_bytes();
    let attr = [0xff, 0xff, 3, 0, 1, 2, 3, 4];
    let allocated = allocation_counter::measure(|| {
        let error = Tailed::decode(&tailed).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { needed: u32::MAX as usize, found: 3 });
        assert_eq!(error.path(), "Tailed.data");
        let error = Messages::new(&header).next().unwrap().unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { needed: u32::MAX as usize, found: 16 });
        let error = Lists::decode(&attr).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::AttributeLength { claimed: 0xffff, left: 8 });
    });
    assert!(allocated.bytes_total < 4096, "{allocated:?}");
}

#[test]
fn a_message_that_borrows_is_read_without_allocating() {
    let value = References { text: Some("uplink"), bytes: Some(&[1, 2, 3]), texts: Vec::new() };
    let bytes = value.to_bytes().unwrap();
    let allocated = allocation_counter::measure(|| assert_eq!(References::decode(&bytes).unwrap(), value));
    assert_eq!(allocated.count_total, 0);
}

/// A struct that ends with such a struct again, without any attribute around it.
#[derive(NlStruct, Clone, Debug, PartialEq)]
struct Matryoshka<'a> {
    kind: u8,
    #[nl(select = kind)]
    content: Content<'a>,
}

#[derive(NlUnion, Clone, Debug, PartialEq)]
enum Content<'a> {
    #[nl(1)]
    Again(Box<Matryoshka<'a>>),
    #[nl(other)]
    Other(RawValue<'a>),
}

#[test]
fn trap_40_structs_within_structs_that_go_too_deep_are_refused() {
    let error = Matryoshka::decode(&[1; 60_000]).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::TooDeep);
    assert!(error.offset() < 30, "{error}");
    // Ten levels are not too deep.
    let bytes = [&[1; 10][..], &[0, 7]].concat();
    assert_eq!(Matryoshka::decode(&bytes).unwrap().to_bytes().unwrap(), bytes);
}

/// Lists in lists, each read when its turn comes.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(borrowed)]
struct LazyTree<'a> {
    #[nl_attr(2, multi)]
    children: Lazy<'a, LazyTree<'a>>,
    #[nl_attr(3, indexed)]
    indexed: Lazy<'a, LazyTree<'a>>,
    #[nl_attr(4, indexed)]
    numbers: Lazy<'a, u16>,
}

#[test]
fn trap_40_lists_read_late_do_not_go_deeper_than_others() {
    for kind in [2, 3] {
        let bytes = bomb(kind);
        let tree = LazyTree::decode(&bytes).unwrap();
        let shown = format!("{tree:?}");
        assert!(shown.contains("nested too deeply"), "{shown}");
        assert!(shown.len() < 4000, "{}", shown.len());
        assert!(tree == tree.clone());
    }
}

#[test]
fn a_list_read_late_shows_its_damage_and_is_sent_as_it_came() {
    // Two numbers, between them one of 3 bytes; then an attribute that is longer than what is left.
    for list in [
        &[6, 0, 1, 0, 7, 0, 0, 0, 7, 0, 2, 0, 1, 2, 3, 0, 6, 0, 3, 0, 9, 0, 0, 0][..],
        &[6, 0, 1, 0, 7, 0, 0, 0, 200, 0, 2, 0],
        &[200, 0, 2, 0],
    ] {
        let bytes = [&[4 + list.len() as u8, 0, 4, 0x80], list].concat();
        let tree = LazyTree::decode(&bytes).unwrap();
        assert!(format!("{tree:?}").contains("DecodeError"), "{tree:?}");
        assert_eq!(tree.to_bytes().unwrap(), bytes);
    }
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct ManyInside<'a> {
    #[nl_attr(1, multi)]
    inner: Vec<OneOfMany<'a>>,
    #[nl_attr(2, selector)]
    kind: Option<u32>,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
struct OneOfMany<'a> {
    #[nl_attr(1, select = outer(ManyInside<'a>))]
    content: Option<Content<'a>>,
}

#[test]
fn a_selector_of_many_sets_is_not_searched_for_by_each_of_them() {
    let without = [8, 0, 1, 0, 4, 0, 1, 0].repeat(80_000);
    let with = [&without[..], &[8, 0, 2, 0, 9, 0, 0, 0]].concat();
    let start = cpu_time();
    for bytes in [&without, &with] {
        let many = ManyInside::decode(bytes).unwrap();
        assert_eq!(many.inner.len(), 80_000);
        assert!(matches!(many.inner[79_999].content, Some(Content::Other(_))));
    }
    // A search takes tens of microseconds, more where tests are not optimized.
    assert_took_at_most(start, Duration::from_secs(2));
}

#[test]
fn a_long_list_is_merged_without_searching_through_it_for_each_element() {
    // Backwards, so that no element is where it would be looked for first.
    let mut out = Writer::new();
    out.begin(2);
    (0..16_000_u16).rev().for_each(|number| out.attr(number, &[]));
    out.end();
    let bytes = out.finish().unwrap();
    let start = cpu_time();
    let mut lists = RareLists::default();
    (0..4).for_each(|_| lists.merge(&bytes).unwrap());
    assert_eq!(lists.merged_list.len(), 16_000);
    assert_took_at_most(start, Duration::from_secs(1));
}

#[test]
fn one_damaged_element_costs_a_lenient_reader_no_other_element() {
    // Each list: good, damaged, good, and in the end an attribute that is longer than what is left.
    let mut out = Writer::new();
    let mut list = |id: u16, good: &[u8], bad: &[u8]| {
        out.begin(id);
        [(3, good), (3, bad), (3, good)].into_iter().for_each(|(kind, payload)| out.attr(kind, payload));
        out.bytes(&[200, 0, 3, 0]);
        out.end();
    };
    list(1, &[1, 0, 0, 0], &[1, 2, 3]);
    list(5, &[0, 0, 0, 1], &[1, 2, 3]);
    out.begin(4);
    // The second record has an attribute without an end, the last one is longer than what is left.
    for record in [&[8, 0, 1, 1, 1, 0, 0, 0][..], &[12, 0, 1, 1, 2, 0, 0, 0, 3, 0, 1, 0], &[8, 0, 1, 1, 3, 0, 0, 0]] {
        out.bytes(record);
    }
    out.bytes(&[9, 0, 1, 1, 1, 0, 0, 0]);
    out.end();
    let bytes = out.finish().unwrap();

    let (lists, problems) = RareLists::decode_lenient(&bytes);
    assert_eq!(lists.numbered.unwrap(), [(3, 1), (3, 1)]);
    assert_eq!(lists.stream.unwrap(), [Token::Value(1), Token::Value(1)]);
    assert_eq!(lists.records.unwrap().iter().map(|record| record.header.index).collect::<Vec<_>>(), [1, 2, 3]);
    let paths = ["numbered[3]", "numbered", "stream[1].Value", "stream", "records[1]", "records[3]"];
    let paths = paths.map(|path| format!("RareLists.{path}"));
    assert_eq!(problems.iter().map(DecodeError::path).collect::<Vec<_>>(), paths);
    assert_eq!(RareLists::decode(&bytes).unwrap_err(), problems[0]);

    // A list of numbers that only count.
    let bytes = [24, 0, 5, 0, 5, 0, 1, 0, 7, 0, 0, 0, 4, 0, 2, 0, 5, 0, 3, 0, 9, 0, 0, 0];
    let (lists, problems) = Lists::decode_lenient(&bytes);
    assert_eq!(lists.indexed.unwrap(), [7, 9]);
    assert_eq!(problems.iter().map(DecodeError::path).collect::<Vec<_>>(), ["Lists.indexed[1]"]);
}
