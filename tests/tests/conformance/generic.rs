//! The generic families.

use netlink_core::{NlFamily, NlStruct};
use netlink_tests::{
    conformance::{Comparison, HeaderCheck, Policy, PolicyCheck, Spec},
    headers, skip,
};
use protocols::generic::{
    ethtool::Ethtool,
    taskstats::{CgroupStats, TaskStats, Taskstats},
    tcp_metrics::TcpMetrics,
};

#[test]
fn tcp_metrics_are_as_specified() {
    let Some(spec) = Spec::find("tcp_metrics") else { return };
    let mut comparison = Comparison::new(&spec);
    comparison.family(TcpMetrics::SCHEMA);
    comparison.report().assert_complete();
}

#[test]
fn tcp_metrics_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new().family(TcpMetrics::SCHEMA).assert(&headers, &["linux/tcp_metrics.h"]);
}

#[test]
fn what_is_declared_of_ethtool_is_as_specified() {
    let Some(spec) = Spec::find("ethtool") else { return };
    let mut comparison = Comparison::new(&spec);
    comparison.family(Ethtool::SCHEMA);
    comparison.report().assert();
}

#[test]
fn ethtool_is_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(Ethtool::SCHEMA)
        .assert(&headers, &["linux/ethtool.h", "linux/ethtool_netlink.h", "linux/ethtool_netlink_generated.h"]);
}

#[test]
fn taskstats_are_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(Taskstats::SCHEMA)
        .structure(TaskStats::SCHEMA)
        .structure(CgroupStats::SCHEMA)
        .assert(&headers, &["linux/acct.h", "linux/taskstats.h", "linux/cgroupstats.h"]);
}

#[test]
fn the_families_are_what_the_running_kernel_accepts() {
    for family in [TcpMetrics::SCHEMA, Ethtool::SCHEMA, Taskstats::SCHEMA] {
        let Ok(Some(policy)) = Policy::of_kernel(family.name) else {
            skip!("needs a kernel that has the family {} and tells its policies", family.name);
        };
        let mut check = PolicyCheck::new(&policy);
        check.family(family);
        check.report().assert();
    }
}
