//! The list, with connections that block.

use std::time::Duration;

use netlink_core::{protocol::IsProtocol, sim::Kernel};

pub(crate) use netlink_core::Connection;

/// What the other shell awaits, this one has already waited for.
macro_rules! wait {
    ($call:expr) => {
        $call
    };
}

/// Does something four times, all at once.
macro_rules! at_once {
    ($body:block) => {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| $body);
            }
        })
    };
}

/// What becomes of something that waits when it is called back.
macro_rules! called_back {
    ($connection:ident, $call:expr) => {{
        let canceller = $connection.canceller().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(std::time::Duration::from_millis(20));
                canceller.cancel();
            });
            $call
        })
    }};
}

macro_rules! traps {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() $body)*
    };
}

macro_rules! live {
    ($($(#[$attr:meta])* fn $name:ident() $body:block)*) => {
        $(#[test] $(#[$attr])* fn $name() { crate::live::alone_in_namespace(|| $body); })*
    };
}

/// A connection with the running kernel.
pub(crate) fn open<P: IsProtocol>() -> Result<Connection<P>, netlink_core::Error> {
    Connection::open()
}

pub(crate) fn connect<P: IsProtocol>(kernel: &Kernel) -> Connection<P> {
    kernel.connect().unwrap()
}

/// A connection for another reader.
pub(crate) fn another<P: IsProtocol>(kernel: &Kernel, _: &Connection<P>) -> Connection<P> {
    connect(kernel)
}

/// Lets time pass in the middle of a request.
pub(crate) fn let_pass(kernel: &Kernel, time: Duration) {
    kernel.advance(time);
}

#[path = "list/mod.rs"]
mod list;
