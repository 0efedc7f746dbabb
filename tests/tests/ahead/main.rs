//! Lists that another thread receives: the same as without it, and nothing is lost.

mod live;
mod simulated;
