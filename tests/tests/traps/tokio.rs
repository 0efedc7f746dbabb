//! The list, with connections for tokio.

use netlink_core::{protocol::IsProtocol, sim::Kernel};
use tokio::runtime::{Builder, Runtime};

pub(crate) use netlink_core::tokio::Connection;

macro_rules! wait {
    ($call:expr) => {
        $call.await
    };
}

macro_rules! traps {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() { super::super::runtime().block_on(async $body) })*
    };
}

/// Time does not pass but where everything waits.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
}

pub(crate) fn connect<P: IsProtocol>(kernel: &Kernel) -> Connection<P> {
    Connection::with_socket(kernel.socket(P::PROTOCOL).unwrap()).unwrap()
}

#[path = "list/mod.rs"]
mod list;
