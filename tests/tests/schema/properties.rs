//! Any value survives without its type, and no bytes do harm.

use std::fmt::Debug;

use netlink_core::{
    NlMessage,
    schema::{self, Node, OneLine, Root, Walk, json::Json},
    wire::{Body, Decode, Encode, Writer},
};
use netlink_tests::zoo::{
    self, Zoo,
    any::{bytes_of, config},
    damage::{apply, damage},
    more,
};
use proptest::{collection::vec, prelude::any, prop_assert_eq, proptest, test_runner::TestCaseError};

use super::debugged;

/// Bytes, names and values, JSON and back: always the same message.
fn round_trips<T: Body + Encode>(value: &T) -> Result<(), TestCaseError> {
    let bytes = bytes_of(value);
    let node = schema::to_node(value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let built = schema::build(Root::from(T::LAYOUT), &node);
    prop_assert_eq!(built.as_ref(), Ok(&bytes), "{}", node);
    let json = node.to_json();
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    prop_assert_eq!(serde_json::to_value(Json(value)).unwrap(), parsed);
    let given: Node = serde_json::from_str(&json).unwrap();
    let built = schema::build(Root::from(T::LAYOUT), &given);
    // Flag bits of what is not declared, and the order of what repeats, are not in JSON.
    let again = built.map(|bytes| Walk::new().sent().walk(Root::from(T::LAYOUT), &bytes).unwrap().to_json());
    prop_assert_eq!(again.as_ref().map_err(ToString::to_string), Ok(&json));
    if !["UnknownAttr", "late", "early", "outer", "by-family"].iter().any(|word| json.contains(word)) {
        let built = schema::build(Root::from(T::LAYOUT), &given);
        prop_assert_eq!(built.as_ref(), Ok(&bytes));
    }
    Ok(())
}

/// What the typed decoder understands, a walk understands in the same way.
fn agrees<T: Body>(bytes: &[u8]) -> Result<(), TestCaseError>
where
    for<'a> T::Of<'a>: Debug,
{
    let root = Root::from(T::LAYOUT);
    let Ok(typed) = T::Of::decode_at(bytes, 0) else { return Ok(()) };
    let node = schema::walk(root, bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let mut out = Writer::new();
    typed.encode_into(&mut out);
    // Limits are for what is sent.
    let Ok(sent) = out.finish() else { return Ok(()) };
    let built = schema::build(root, &node).map_err(|error| TestCaseError::fail(format!("{error} in {node}")))?;
    // Not the bytes: the node keeps what is not declared, the type may not, and records tell how long they are.
    if node.get("records").is_some() && node.to_string().contains("UnknownAttr") {
        return Ok(());
    }
    prop_assert_eq!(debugged(T::Of::decode_at(&built, 0)), debugged(T::Of::decode_at(&sent, 0)), "{}", node);
    Ok(())
}

fn survives(root: impl Into<Root>, bytes: &[u8]) {
    let root = root.into();
    for walk in [Walk::new().lenient(), Walk::new().lenient().sent()] {
        let node = walk.walk(root, bytes).expect("a lenient walk gives no errors");
        let (text, line, json) = (node.to_string(), OneLine(&node).to_string(), node.to_json());
        assert!(!text.is_empty() || node.entries().is_empty());
        assert!(!line.is_empty());
        let given: Node = serde_json::from_str(&json).unwrap();
        let _ = schema::build(root, &given);
        let _ = schema::build(root, &node);
    }
    for offset in 0..=bytes.len() {
        let _ = schema::field_at(root, bytes, offset);
        let _ = schema::missing_field(root, bytes, 1, Some(offset));
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_value_survives_without_its_type(value in zoo::any::zoo()) {
        round_trips(&value)?;
    }

    #[test]
    fn rare_words_survive(value in more::rare()) {
        round_trips(&value)?;
    }

    #[test]
    fn rare_lists_survive(value in more::rare_lists()) {
        round_trips(&value)?;
    }

    #[test]
    fn structs_survive(fixed in zoo::any::fixed(), kept in zoo::any::kept(), tagged in zoo::any::tagged()) {
        round_trips(&fixed)?;
        round_trips(&kept)?;
        round_trips(&tagged)?;
    }

    #[test]
    fn hostile_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200)) {
        survives(Zoo::SCHEMA, &bytes);
        survives(more::RareLists::SCHEMA, &bytes);
        survives(Root::from(zoo::Tagged::LAYOUT), &bytes);
        agrees::<Zoo<'_>>(&bytes)?;
    }

    #[test]
    fn damaged_messages_do_no_harm(value in zoo::any::zoo(), damages in vec(damage(), 1..4)) {
        let mut bytes = bytes_of(&value);
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        agrees::<Zoo<'_>>(&bytes)?;
        bytes.truncate(400);
        survives(Zoo::SCHEMA, &bytes);
    }

    #[test]
    fn damaged_lists_do_no_harm(value in more::rare_lists(), damages in vec(damage(), 1..4)) {
        let mut bytes = bytes_of(&value);
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        agrees::<more::RareLists<'_>>(&bytes)?;
        bytes.truncate(400);
        survives(more::RareLists::SCHEMA, &bytes);
    }
}
