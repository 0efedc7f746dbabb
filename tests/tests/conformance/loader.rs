//! Specifications as they are written, and what is made of them.

use netlink_tests::conformance::{
    Spec,
    spec::{KernelName, Type},
};

/// The rules of numbering that specifications leave to their readers.
const NUMBERING: &str = "
name: probe
protocol: genetlink
definitions:
  - {name: most, type: const, value: 7}
  - {name: word, type: enum, value-start: 3, entries: [a, {name: b, value: 9}, c]}
  - {name: bits, type: flags, entries: [x, {name: y, value: 4}, z]}
  - name: frame
    type: struct
    members:
      - {name: kind, type: u8}
      - {name: gap, type: pad, len: 3}
      - {name: body, type: binary, len: most}
attribute-sets:
  - name: probe
    attributes:
      - {name: first, type: u8}
      - {name: tenth, type: u16, value: 10, checks: {max: u16-max, min: 2}}
      - {name: next, type: binary, checks: {exact-len: most}}
  - name: part
    subset-of: probe
    attributes:
      - {name: next, multi-attr: true, display-hint: mac}
  - name: inner
    attributes: [{name: only, type: flag}]
operations:
  list: &list
    - {name: get, doc: '', attribute-set: probe, do: {request: {}, reply: {}}}
    - {name: told, doc: '', notify: get}
    - {name: set, doc: '', attribute-set: probe, value: 8, do: {request: {}}}
    - {name: del, doc: '', attribute-set: probe, do: {request: {}}}
";

fn exact(text: &str) -> KernelName {
    KernelName { text: text.to_owned(), exact: true }
}

#[test]
fn what_is_not_numbered_counts_on() {
    let spec = Spec::parse(NUMBERING).unwrap();
    let values = |name| spec.names(name).unwrap().entries.iter().map(|entry| entry.value).collect::<Vec<_>>();
    assert_eq!(values("word"), [3, 9, 10]);
    assert_eq!(values("bits"), [0, 4, 5]);
    let ids = |name| spec.set(name).unwrap().attrs.iter().map(|attr| attr.id).collect::<Vec<_>>();
    assert_eq!(ids("probe"), [1, 10, 11]);
    assert_eq!(ids("part"), [11]);
    let numbers: Vec<_> = spec.operations.iter().map(|op| (op.request, op.reply)).collect();
    assert_eq!(numbers, [(Some(1), Some(1)), (None, Some(2)), (Some(8), Some(8)), (Some(9), Some(9))]);
}

#[test]
fn directional_numbers_count_apart() {
    let start = NUMBERING.replace("operations:\n", "operations:\n  enum-model: directional\n");
    let spec = Spec::parse(&start).unwrap();
    let numbers: Vec<_> = spec.operations.iter().map(|op| (op.request, op.reply)).collect();
    // A `do` without a reply has no number from the kernel; its explicit value is none of a direction.
    assert_eq!(numbers, [(Some(1), Some(1)), (None, Some(2)), (Some(2), None), (Some(3), None)]);
}

#[test]
fn c_names_are_those_that_the_kernel_generates() {
    let spec = Spec::parse(NUMBERING).unwrap();
    assert_eq!(spec.set("probe").unwrap().attrs[0].kernel, exact("PROBE_A_FIRST"));
    assert_eq!(spec.set("inner").unwrap().attrs[0].kernel, exact("PROBE_A_INNER_ONLY"));
    assert_eq!(spec.set("part").unwrap().attrs[0].kernel, exact("PROBE_A_NEXT"));
    assert_eq!(spec.names("word").unwrap().entries[1].kernel, exact("PROBE_WORD_B"));
    assert_eq!(spec.operations[0].kernel, "PROBE_CMD_GET");
    // Older headers were written by hand: without a prefix of its own only the end of a name is known.
    let old = Spec::parse(&NUMBERING.replace("protocol: genetlink", "protocol: netlink-raw")).unwrap();
    let name = &old.set("probe").unwrap().attrs[0].kernel;
    assert!(name.is("FIRST") && name.is("ANY_FIRST") && !name.is("NOFIRST") && !name.is("ANY_SECOND"));
}

#[test]
fn limits_and_lengths_have_names() {
    let spec = Spec::parse(NUMBERING).unwrap();
    let attrs = &spec.set("probe").unwrap().attrs;
    assert_eq!((attrs[1].payload.min, attrs[1].payload.max), (Some(2), Some(0xffff)));
    assert_eq!(attrs[2].payload.exact_len, Some(7));
    let frame = spec.structure("frame").unwrap();
    let members: Vec<_> = frame.members.iter().map(|member| (&*member.name, member.offset, member.size)).collect();
    assert_eq!((members.as_slice(), frame.size), ([("kind", 0, 1), ("body", 4, 7)].as_slice(), 11));
}

#[test]
fn a_subset_refines_what_it_takes() {
    let spec = Spec::parse(NUMBERING).unwrap();
    let part = spec.set("part").unwrap();
    assert_eq!((part.parent.as_deref(), part.attrs[0].multi), (Some("probe"), true));
    assert_eq!((part.attrs[0].payload.ty, part.attrs[0].payload.hint.as_deref()), (Type::Binary, Some("mac")));
    assert!(!spec.set("probe").unwrap().attrs[2].multi);
}

#[test]
fn what_is_not_understood_is_an_error_that_names_it() {
    let error = |from: &str, to: &str| Spec::parse(&NUMBERING.replace(from, to)).unwrap_err();
    assert_eq!(error("type: flag}", "type: flog}"), "attribute `inner.only`: `flog` is no type");
    assert_eq!(error("subset-of: probe", "subset-of: prob"), "`part` is a subset of nothing, `prob`");
    assert_eq!(error("len: most", "len: least"), "definition `frame`: `len: least` is no number");
    assert_eq!(error("name: only,", "nam: only,"), "something has no name");
}

#[test]
fn every_specification_is_understood() {
    let Some(specs) = Spec::find_all() else { return };
    assert!(specs.len() > 10, "only {} specifications", specs.len());
    for spec in &specs {
        let name = &spec.name;
        assert!(!spec.sets.is_empty() && !spec.operations.is_empty(), "{name} is empty");
        for (set, attr) in spec.sets.iter().flat_map(|set| set.attrs.iter().map(move |attr| (set, attr))) {
            let place = format!("{name}: {}.{}", set.name, attr.name);
            let payload = &attr.payload;
            assert!(payload.nested.iter().all(|name| spec.set(name).is_some()), "{place}: no set");
            assert!(payload.structure.iter().all(|name| spec.structure(name).is_some()), "{place}: no struct");
            assert!(payload.sub_message.iter().all(|name| spec.sub_message(name).is_some()), "{place}: no message");
        }
        let sets = spec.operations.iter().filter_map(|operation| operation.set.as_ref());
        for set in sets {
            assert!(spec.set(set).is_some(), "{name}: an operation with the attributes of nothing, `{set}`");
        }
    }
}
