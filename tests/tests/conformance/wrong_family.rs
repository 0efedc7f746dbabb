//! Operations and groups that are wrong on purpose, deviations, coverage.

use netlink_core::{Do, DoDump, Dump, Event, Group, NlFamily, NlMessage};
use netlink_tests::conformance::{Aspect, Comparison, Deviation, Item, Report, Spec};

use super::probe::{Link, Links, Ports, SPEC, assert_found, compare};

#[test]
fn what_is_right_is_right_and_complete() {
    let report = compare(|comparison| {
        comparison.family(Links::SCHEMA);
    });
    report.assert_complete();
    let count = |item| report.coverage.of(item);
    assert_eq!((count(Item::Attribute), count(Item::Set), count(Item::Enum)), ((9, 9), (2, 2), (2, 2)));
    assert_eq!((count(Item::Value), count(Item::Struct), count(Item::Member)), ((5, 5), (1, 1), (5, 5)));
    assert_eq!((count(Item::Operation), count(Item::Group)), ((3, 3), (1, 1)));
}

/// The differences of a family, with operations and groups made up of the given lines.
macro_rules! assert_wrong {
    ({ $($field:tt)* }, $expected:expr) => {{
        #[derive(NlFamily, Debug)]
        #[nl(protocol = Route)]
        struct Links { $($field)* }
        let report = compare(|comparison| {
            comparison.family(Links::SCHEMA);
        });
        assert_found(&report, $expected);
    }};
}

#[test]
fn a_wrong_number_of_an_operation_is_found() {
    assert_wrong!(
        { #[doc(alias = "RTM_GETLINK")] #[nl(19, reply = 16)] get_link: DoDump<Link, Link> },
        &["operation `get_link` (RTM_GETLINK): number declared 19, specified 18"]
    );
    assert_wrong!(
        { #[doc(alias = "RTM_GETLINK")] #[nl(18)] get_link: DoDump<Link, Link> },
        &["operation `get_link` (RTM_GETLINK): number declared 18 for replies, specified 16"]
    );
    assert_wrong!(
        { #[doc(alias = "RTM_NEWLINK")] #[nl(20)] newlink_ntf: Event<Link> },
        &["notification `newlink_ntf` (RTM_NEWLINK): number declared 20 for replies, specified 16"]
    );
}

#[test]
fn an_operation_that_is_not_specified_is_found() {
    assert_wrong!(
        { #[doc(alias = "RTM_SETLINK")] #[nl(19)] set_link: Do<Link> },
        &["operation `set_link` (RTM_SETLINK): declared with the number 19, specified nothing"]
    );
    assert_wrong!(
        { #[doc(alias = "RTM_DELLINK")] #[nl(17)] link_gone: Event<Link> },
        &["notification `link_gone` (RTM_DELLINK): declared with the number 17, specified nothing"]
    );
}

#[test]
fn an_operation_that_cannot_list_is_found() {
    assert_wrong!(
        { #[doc(alias = "RTM_DELLINK")] #[nl(17)] del_link: Dump<Link, Link> },
        &[
            "operation `del_link` (RTM_DELLINK): mode declared for lists, specified for one object only",
        ]
    );
}

#[test]
fn an_operation_with_another_body_is_found() {
    #[derive(NlMessage, Debug, Default)]
    struct Bare {
        #[doc(alias = "IFLA_MTU")]
        #[nl_attr(4)]
        mtu: Option<u32>,
    }
    assert_wrong!(
        { #[doc(alias = "RTM_DELLINK")] #[nl(17)] del_link: Do<Bare> },
        &["operation `del_link` (RTM_DELLINK): header declared none, specified ifinfomsg"]
    );
}

#[test]
fn a_wrong_group_is_found() {
    assert_wrong!({ #[nl(group = 2)] link: Group }, &["group `link`: number declared 2, specified 1"]);
    assert_wrong!(
        { #[nl(group = 1)] lines: Group },
        &["group `lines`: name declared `lines`, specified `rtnlgrp-link`"]
    );
    assert_wrong!({ #[nl(group = 5)] lines: Group }, &["group `lines`: declared as a group, specified nothing"]);
}

#[test]
fn a_deviation_justifies_one_difference_and_must_be_one() {
    #[derive(NlMessage, Debug, Default)]
    struct Wrong {
        #[doc(alias = "IFLA_MTU")]
        #[nl_attr(5)]
        mtu: Option<u16>,
    }
    let meant = |family, aspect| {
        let spec = Spec::parse(SPEC).unwrap();
        let mut comparison = Comparison::new(&spec);
        comparison.set(Wrong::SCHEMA, "links");
        comparison.report_with(&[Deviation { family, places: &["links.mtu"], aspect, reason: "a test" }])
    };
    let aspects = |report: &Report| report.differences.iter().map(|found| found.aspect).collect::<Vec<_>>();
    let report = meant("probe", Aspect::Number);
    assert_eq!((aspects(&report), report.deviations.len()), (vec![Aspect::Type], 1));
    let report = meant("another", Aspect::Number);
    assert_eq!((aspects(&report), report.stale.len()), (vec![Aspect::Number, Aspect::Type], 0));
    let report = meant("probe", Aspect::ByteOrder);
    assert_eq!(report.stale, ["links.mtu (ByteOrder)"]);
}

#[test]
fn missing_attributes_count_only_where_all_are_demanded() {
    let report = compare(|comparison| {
        comparison.set(Ports::SCHEMA, "ports");
    });
    report.assert();
    assert_eq!(report.coverage.of(Item::Attribute), (3, 9));
    assert!(report.check_complete().unwrap_err().contains("\n  operations: getlink"));
}

#[test]
fn what_is_left_out_on_purpose_is_not_missing_and_must_be() {
    let report = |places| {
        let spec = Spec::parse(SPEC).unwrap();
        let mut comparison = Comparison::new(&spec);
        comparison.family(Links::SCHEMA);
        let deviation = Deviation { family: "probe", places, aspect: Aspect::Missing, reason: "a test" };
        comparison.report_with(&[deviation])
    };
    report(&[]).assert_complete();
    let stale = report(&["links.mtu"]);
    assert_eq!(stale.stale, ["links.mtu (Missing)"]);
    assert!(stale.check_complete().is_err());

    let spec = Spec::parse(SPEC).unwrap();
    let mut comparison = Comparison::new(&spec);
    comparison.set(Ports::SCHEMA, "ports");
    let places = &["links.mtu"];
    let deviation = Deviation { family: "probe", places, aspect: Aspect::Missing, reason: "a test" };
    let error = comparison.report_with(&[deviation]).check_complete().unwrap_err();
    assert!(error.contains("attributes: links.linkmode") && !error.contains("links.mtu"), "{error}");
}

#[test]
fn of_a_family_in_several_specifications_each_has_its_part() {
    #[derive(NlFamily, Debug)]
    #[nl(protocol = Route)]
    struct More {
        #[doc(alias = "RTM_DELLINK")]
        #[nl(17)]
        del_link: Do<Link>,
        #[doc(alias = "RTM_NEWADDR")]
        #[nl(20)]
        new_addr: Do<Ports>,
        #[nl(group = 5)]
        ipv4_ifaddr: Group,
    }
    let part = compare(|comparison| {
        comparison.part_of(More::SCHEMA);
    });
    part.assert();
    let whole = compare(|comparison| {
        comparison.family(More::SCHEMA);
    });
    assert!(whole.check().is_err());
}
