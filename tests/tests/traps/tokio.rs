//! The list, with connections for tokio.

use std::time::Duration;

use netlink_core::{protocol::IsProtocol, sim::Kernel};
use tokio::runtime::{Builder, Runtime};

pub(crate) use netlink_core::tokio::Connection;

macro_rules! wait {
    ($call:expr) => {
        $call.await
    };
}

/// Does something four times, all at once.
macro_rules! at_once {
    ($body:block) => {{
        let once = || async $body;
        tokio::join!(once(), once(), once(), once());
    }};
}

/// What becomes of something that waits when the connection is closed meanwhile.
macro_rules! called_back {
    ($connection:ident, $call:expr) => {{
        let closing = $connection.clone();
        let close = async {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            closing.close();
        };
        tokio::join!(async { $call }, close).0
    }};
}

macro_rules! traps {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() { super::super::runtime().block_on(async $body) })*
    };
}

macro_rules! live {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() {
            crate::live::alone_in_namespace(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async $body)
            });
        })*
    };
}

/// A connection with the running kernel.
pub(crate) fn open<P: IsProtocol>() -> Result<Connection<P>, netlink_core::Error> {
    Connection::open()
}

/// Time does not pass but where everything waits.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
}

pub(crate) fn connect<P: IsProtocol>(kernel: &Kernel) -> Connection<P> {
    Connection::with_socket(kernel.socket(P::PROTOCOL).unwrap()).unwrap()
}

/// For another reader: a handle on the same connection.
pub(crate) fn another<P: IsProtocol>(_: &Kernel, connection: &Connection<P>) -> Connection<P> {
    connection.clone()
}

/// Lets time pass in the middle of a request, which is one for the whole thread.
pub(crate) fn let_pass(_: &Kernel, time: Duration) {
    tokio::time::resume();
    std::thread::sleep(time);
    tokio::time::pause();
}

#[path = "list/mod.rs"]
mod list;
