//! Lists that another thread receives, and those of which each entry is given to a function: the same as without, and
//! nothing is lost.

mod live;
mod simulated;
