//! What compiles, and what the compiler says where a declaration is wrong.

/// One file for each rule, named after the rule; the expected messages stand beside it.
///
/// Messages differ between compilers, so the pinned stable one counts. After a change of the messages:
/// `TRYBUILD=overwrite cargo test -p netlink-tests --test ui`, then read what changed.
#[test]
fn declarations_compile_or_say_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*.rs");
}

/// A message whose case is gone would be dead weight that looks like a test.
#[test]
fn every_expected_message_has_its_case() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/fail")).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("rs").exists(), "nothing expects {}", path.display());
    }
}
