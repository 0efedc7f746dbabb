//! Whether declarations say what the kernel says: in its specifications ([`Comparison`]), in its exported headers
//! ([`HeaderCheck`]), and while it runs ([`PolicyCheck`]).
//!
//! ```no_run
//! use netlink_core::{NlFamily, generic::Controller};
//! use netlink_tests::{
//!     conformance::{Comparison, HeaderCheck, Spec},
//!     headers,
//! };
//!
//! fn the_controller_is_as_specified() {
//!     let Some(spec) = Spec::find("nlctrl") else { return };
//!     let mut comparison = Comparison::new(&spec);
//!     comparison.family(Controller::SCHEMA);
//!     comparison.report().assert();
//! }
//!
//! fn the_controller_is_as_in_the_headers() {
//!     let Some(headers) = headers::find() else { return };
//!     HeaderCheck::new().family(Controller::SCHEMA).assert(&headers, &["linux/genetlink.h"]);
//! }
//! ```
//!
//! Differences that are meant are listed in [`deviations`], with the reason, and nowhere else.

pub mod deviations;
pub mod spec;

mod compare;
mod header_check;
mod left_out;
mod load;
mod load_operations;
mod operations;
mod payload;
mod policy;
mod reach;
mod report;

pub use compare::Comparison;
pub use deviations::Deviation;
pub use header_check::{Found, HeaderCheck};
pub use policy::{Policy, PolicyCheck, PolicyReport};
pub use reach::Reach;
pub use report::{Aspect, Coverage, Difference, Item, Report};
pub use spec::{SPECS, Spec};
