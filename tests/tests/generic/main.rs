//! Generic families of the running kernel, compared with what it says elsewhere.

mod ethtool;
mod taskstats;
mod tcp_metrics;
