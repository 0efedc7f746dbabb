//! Arbitrary bytes, handled by the description of a declaration alone: walked, printed, built again, searched for offsets.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_core::{
    NlMessage, NlStruct, NlUnion,
    generic::{Family, Policies},
    schema::{self, Node, Root, Walk},
    wire::RawValue,
};
use netlink_tests::zoo::Zoo;
use protocols::{connector::proc::ProcEvent, route::link::Link};

/// A struct that can have itself inside.
#[derive(NlStruct)]
struct Rec<'a> {
    again: u8,
    #[nl(select = again)]
    data: Data<'a>,
}

#[derive(NlUnion)]
enum Data<'a> {
    #[nl(1)]
    Again(Box<Rec<'a>>),
    #[nl(other)]
    Other(RawValue<'a>),
}

/// Unknown attributes come last in what was built: the order of the names does not matter.
fn unordered(node: &Node) -> serde_json::Value {
    serde_json::from_str(&node.to_json()).expect("our own JSON")
}

fn any(root: impl Into<Root> + Copy, bytes: &[u8]) {
    let lenient = Walk::new().lenient().walk(root, bytes);
    match schema::walk(root, bytes) {
        Ok(node) => {
            let _ = (node.to_string(), schema::OneLine(&node).to_string(), node.to_json());
            // What was understood can be sent, except where a limit of the declaration is against it.
            if let Ok(built) = schema::build(root, &node) {
                let again = schema::walk(root, &built).expect("what was built can be walked");
                assert_eq!(unordered(&again), unordered(&node));
            }
        }
        Err(error) => assert!(error.offset() <= bytes.len(), "{error}"),
    }
    if let Ok(node) = lenient {
        let _ = (node.to_string(), node.to_json(), node.damage().len());
    }
    for offset in (0..bytes.len().min(256)).step_by(3) {
        let _ = schema::field_at(root, bytes, offset);
        let _ = schema::missing_field(root, bytes, offset as u16, Some(offset));
    }
}

fuzz_target!(|bytes: &[u8]| {
    any(Zoo::SCHEMA, bytes);
    any(Link::SCHEMA, bytes);
    any(Family::SCHEMA, bytes);
    any(Policies::SCHEMA, bytes);
    any(ProcEvent::SCHEMA, bytes);
    any(Rec::SCHEMA, bytes);
});
