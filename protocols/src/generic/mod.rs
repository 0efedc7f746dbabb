//! Generic netlink: families with names.

pub mod ethtool;
pub mod taskstats;
pub mod tcp_metrics;
