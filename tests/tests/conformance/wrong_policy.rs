//! Declarations that are wrong on purpose: the comparison with a policy must find exactly that.

use netlink_core::{
    NlMessage,
    generic::{AttrPolicy, AttrType, OpPolicy},
    schema::Set,
};
use netlink_tests::{
    conformance::{Policy, PolicyCheck, PolicyReport},
    skip,
};

fn of_type(ty: AttrType) -> AttrPolicy {
    AttrPolicy { ty: Some(ty), ..AttrPolicy::default() }
}

/// One operation that takes a number from 1 to 9, a text of up to 4 bytes, and a nest with a flag.
fn policy() -> Policy {
    let number = AttrPolicy { min_value_u: Some(1), max_value_u: Some(9), ..of_type(AttrType::U16) };
    let text = AttrPolicy { max_length: Some(4), ..of_type(AttrType::NulString) };
    let nest = AttrPolicy { policy_idx: Some(1), policy_maxtype: Some(1), ..of_type(AttrType::Nested) };
    let whole = [(1, number), (2, text), (3, nest)].into();
    Policy {
        family: "probe".to_owned(),
        operations: [(7, OpPolicy { do_: Some(0), dump: None })].into(),
        attrs: [(0, whole), (1, [(1, of_type(AttrType::Flag))].into())].into(),
    }
}

fn check(set: &'static Set) -> PolicyReport {
    let policy = policy();
    let mut check = PolicyCheck::new(&policy);
    check.operation("do_it", 7, false, set);
    check.report()
}

#[track_caller]
fn assert_wrong(set: &'static Set, expected: &[&str]) {
    let report = check(set);
    let found: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
    assert!(report.check().is_err(), "differences must fail a test");
}

#[derive(NlMessage, Debug, Default)]
struct Inner {
    #[nl_attr(1)]
    flag: bool,
}

#[test]
fn what_is_right_is_right() {
    #[derive(NlMessage, Debug, Default)]
    struct Right {
        #[nl_attr(1, range = 1..=9)]
        number: Option<u16>,
        #[nl_attr(2, len = 0..=4)]
        text: Option<String>,
        #[nl_attr(3)]
        nest: Option<Inner>,
        #[nl_attr(4)]
        received: Option<u64>,
    }
    let report = check(Right::SCHEMA);
    report.assert();
    assert_eq!(report.compared.len(), 4, "{report}");
    assert_eq!(report.absent.iter().collect::<Vec<_>>(), ["Right.received"]);
    assert!(report.undeclared.is_empty() && report.unlimited.is_empty(), "{report}");
}

#[test]
fn what_is_not_declared_is_listed() {
    #[derive(NlMessage, Debug, Default)]
    struct Less {
        #[nl_attr(1)]
        number: Option<u16>,
    }
    let report = check(Less::SCHEMA);
    report.assert();
    assert_eq!(report.undeclared.iter().collect::<Vec<_>>(), ["Less: attribute 2", "Less: attribute 3"]);
    assert_eq!(report.unlimited.iter().collect::<Vec<_>>(), ["Less.number: 1..=9"]);
}

#[test]
fn a_wrong_type_is_found() {
    #[derive(NlMessage, Debug, Default)]
    struct Wrong {
        #[nl_attr(1)]
        number: Option<u32>,
    }
    assert_wrong(Wrong::SCHEMA, &["attribute `number`: declared u32, specified U16"]);
}

#[test]
fn a_wrong_type_in_a_nest_is_found() {
    #[derive(NlMessage, Debug, Default)]
    struct WrongInner {
        #[nl_attr(1)]
        flag: Option<u8>,
    }
    #[derive(NlMessage, Debug, Default)]
    struct Wrong {
        #[nl_attr(3)]
        nest: Option<WrongInner>,
    }
    assert_wrong(Wrong::SCHEMA, &["attribute `flag`: declared u8, specified Flag"]);
}

#[test]
fn limits_that_the_kernel_does_not_take_are_found() {
    #[derive(NlMessage, Debug, Default)]
    struct Wrong {
        #[nl_attr(1, range = 1..=10)]
        number: Option<u16>,
        #[nl_attr(2, len = 0..=5)]
        text: Option<String>,
    }
    let expected = [
        "attribute `number`: range declared 1..=10, specified 1..=9",
        "attribute `text`: length declared 0..=5, specified 0..=4",
    ];
    assert_wrong(Wrong::SCHEMA, &expected);
}

#[test]
fn nothing_compared_is_a_failure() {
    #[derive(NlMessage, Debug, Default)]
    struct Other {
        #[nl_attr(9)]
        number: Option<u16>,
    }
    let report = check(Other::SCHEMA);
    assert!(report.check().is_err());
}

#[test]
fn the_running_kernel_finds_a_wrong_type() {
    #[derive(NlMessage, Debug, Default)]
    struct Wrong {
        #[nl_attr(1)]
        family_id: Option<u32>,
        #[nl_attr(2)]
        family_name: Option<String>,
    }
    let Ok(Some(policy)) = Policy::of_kernel("nlctrl") else {
        skip!("needs a kernel that tells its policies: Linux 5.7 or newer");
    };
    let mut check = PolicyCheck::new(&policy);
    check.operation("get_family", 3, false, Wrong::SCHEMA);
    let report = check.report();
    let found: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["attribute `family_id`: declared u32, specified U16"]);
}

#[test]
fn operations_that_only_list_have_their_own_policy() {
    let Ok(Some(policy)) = Policy::of_kernel("nlctrl") else {
        skip!("needs a kernel that tells its policies: Linux 5.7 or newer");
    };
    // The operation 10 only lists, and takes an attribute 10 that the operation 3 does not take.
    let takes = |id: u16| {
        let of_list = policy.operations[&id].dump.expect("a policy for lists");
        policy.attrs[&u16::try_from(of_list).unwrap()].contains_key(&10)
    };
    assert!(takes(10) && !takes(3), "{policy:?}");
}

#[test]
fn a_family_that_the_kernel_does_not_have_has_no_policy() {
    if matches!(Policy::of_kernel("nlctrl"), Err(_) | Ok(None)) {
        skip!("needs a kernel that tells its policies: Linux 5.7 or newer");
    }
    assert!(Policy::of_kernel("no-such-family").unwrap().is_none());
}
