//! The list, with connections that block.

use netlink_core::{protocol::IsProtocol, sim::Kernel};

pub(crate) use netlink_core::Connection;

/// What the other shell awaits, this one has already waited for.
macro_rules! wait {
    ($call:expr) => {
        $call
    };
}

macro_rules! traps {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() $body)*
    };
}

pub(crate) fn connect<P: IsProtocol>(kernel: &Kernel) -> Connection<P> {
    kernel.connect().unwrap()
}

#[path = "list/mod.rs"]
mod list;
