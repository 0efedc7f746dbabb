//! One test for each numbered trap of netlink, named by it, and for the mistakes that shipped elsewhere: against the
//! simulated kernel, with each shell, and against the running kernel where that shows it.

#[allow(clippy::duplicate_mod, clippy::while_let_on_iterator)]
mod blocking;
mod connector;
mod declared;
mod live;
mod raw;
mod tables;
#[allow(clippy::duplicate_mod, clippy::large_futures, unused_mut)]
mod tokio;
mod wire;
