//! A network namespace with one of everything that the kernel has, made by iproute2, so that what stands in the kernel
//! is not what our own encoder makes of it; and every list that the family can ask for: each message is as declared, and
//! survives decoding and encoding.

mod lists;
mod namespace;

use netlink_core::NlFamily;
use netlink_tests::{netns, require};
use protocols::route::Route;

use crate::{lists::Lists, namespace::Namespace};

#[test]
fn all_that_a_rich_namespace_has_is_declared_and_survives() {
    netns::run(|| {
        if ["ip", "bridge", "tc", "sysctl", "perl"].into_iter().any(|tool| require::tool(tool).is_none()) {
            return;
        }
        if require::root_outside().is_none() {
            return;
        }
        let namespace = Namespace::furnish();
        let lists = Lists::of(&namespace);

        // None is forgotten.
        for operation in Route::SCHEMA.operations.iter().filter(|operation| operation.bodies.item.is_some()) {
            assert!(lists.has(operation.name), "`{}` is not asked for", operation.name);
        }
        println!("{lists}");
        let missing: Vec<&String> = namespace.wanted.iter().filter(|thing| !lists.seen.contains(*thing)).collect();
        let wrong = [&namespace.failed[..], &lists.problems[..]].concat();
        assert!(wrong.is_empty() && missing.is_empty(), "{}\nnot listed: {missing:?}", wrong.join("\n"));
    });
}
