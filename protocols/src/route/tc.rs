//! Traffic control: queueing disciplines, classes, filters, chains and actions.
//!
//! Declared after `struct tcmsg` and `TCA_*` in `linux/rtnetlink.h`, and the headers that the modules name; the
//! kernel's side is `net/sched`. Rates are in bytes a second, as the kernel has them, not in bits as `tc` prints them.

pub mod action;
pub mod chain;
pub mod class;
pub mod filter;
pub mod qdisc;

mod get;
mod handle;
mod operations;
mod rate;
mod stats;
mod ticks;

pub use get::TcGet;
pub use handle::{Handle, NotAHandle, TcHeader};
pub(super) use operations::Operations;
pub use rate::{Estimator, LinkLayer, RateSpec, SizeSpec, SizeTable};
pub use stats::{ActionStats, BasicStats, ClassStats, OldStats, QdiscStats, QueueStats, RateStats, RateStats64};
pub use ticks::Ticks;
