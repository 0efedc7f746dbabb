//! Arbitrary text as JSON for a declared message: refused with an error, or bytes that say the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netlink_core::{
    NlMessage,
    generic::Family,
    schema::{self, Node, Root},
};
use netlink_tests::zoo::Zoo;
use protocols::route::link::Link;

/// Unknown attributes come last in what was built: the order of the names does not matter.
fn unordered(node: &Node) -> serde_json::Value {
    serde_json::from_str(&node.to_json()).expect("our own JSON")
}

fn any(root: impl Into<Root> + Copy, node: &Node) {
    let Ok(bytes) = schema::build(root, node) else { return };
    let walked = schema::walk(root, &bytes).expect("what was built can be walked");
    let again = schema::build(root, &walked).expect("and built again");
    let last = schema::walk(root, &again).expect("and walked again");
    assert_eq!(unordered(&last), unordered(&walked));
}

fuzz_target!(|text: &str| {
    let Ok(node) = serde_json::from_str::<Node>(text) else { return };
    // What is printed is JSON again.
    let printed = node.to_json();
    let read: Node = serde_json::from_str(&printed).expect("our own JSON");
    assert_eq!(read.to_json(), printed);
    any(Zoo::SCHEMA, &node);
    any(Link::SCHEMA, &node);
    any(Family::SCHEMA, &node);
});
