//! Declarations against the kernel's specifications, its headers, and the policies of the running kernel.

use netlink_core::{NlFamily, NlStruct, generic};
use netlink_tests::{
    conformance::{Comparison, HeaderCheck, Policy, PolicyCheck, Spec},
    headers, skip,
};
use protocols::connector;

#[path = "conformance/generic.rs"]
mod generic_families;
#[path = "conformance/links.rs"]
mod links;
#[path = "conformance/links_left_out.rs"]
mod links_left_out;
#[path = "conformance/loader.rs"]
mod loader;
#[path = "conformance/probe.rs"]
mod probe;
#[path = "conformance/route_objects.rs"]
mod route_objects;
#[path = "conformance/tc.rs"]
mod tc;
#[path = "conformance/tc_headers.rs"]
mod tc_headers;
#[path = "conformance/wrong.rs"]
mod wrong;
#[path = "conformance/wrong_family.rs"]
mod wrong_family;
#[path = "conformance/wrong_headers.rs"]
mod wrong_headers;
#[path = "conformance/wrong_payload.rs"]
mod wrong_payload;
#[path = "conformance/wrong_policy.rs"]
mod wrong_policy;

#[test]
fn the_controller_is_as_specified() {
    let Some(spec) = Spec::find("nlctrl") else { return };
    let mut comparison = Comparison::new(&spec);
    comparison.family(generic::Controller::SCHEMA);
    comparison.report().assert_complete();
}

#[test]
fn the_controller_is_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .family(generic::Controller::SCHEMA)
        .structure(generic::GenericHeader::SCHEMA)
        .assert(&headers, &["linux/genetlink.h", "linux/netlink.h"]);
}

#[test]
fn the_controller_is_what_the_running_kernel_accepts() {
    let Ok(Some(policy)) = Policy::of_kernel("nlctrl") else {
        skip!("needs a kernel that tells its policies: Linux 5.7 or newer");
    };
    let mut check = PolicyCheck::new(&policy);
    check.family(generic::Controller::SCHEMA);
    check.report().assert();
}

#[test]
fn the_connector_is_as_in_the_headers() {
    let Some(headers) = headers::find() else { return };
    HeaderCheck::new()
        .structure(connector::CnMsg::<&[u8]>::SCHEMA)
        .structure(connector::proc::ProcEvent::SCHEMA)
        .structure(connector::proc::ProcInput::SCHEMA)
        .member("id_proc_event", "ruid", "r.ruid")
        .member("id_proc_event", "euid", "e.euid")
        .member("id_proc_event", "rgid", "r.rgid")
        .member("id_proc_event", "egid", "e.egid")
        .assert(&headers, &["linux/connector.h", "linux/cn_proc.h"]);
}
