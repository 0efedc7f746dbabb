//! The list, with connections for tokio.

use std::time::Duration;

use netlink_core::{protocol::IsProtocol, sim::Kernel};
use tokio::{
    runtime::{Builder, Runtime},
    time::{Instant, sleep},
};

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
    tokio::spawn(keep_time(kernel.clone()));
    Connection::with_socket(kernel.socket(P::PROTOCOL).unwrap()).unwrap()
}

/// The time of the kernel follows that of the runtime.
async fn keep_time(kernel: Kernel) {
    let (here, there) = (Instant::now(), kernel.now());
    loop {
        sleep(Duration::from_millis(1)).await;
        let time = there + here.elapsed();
        kernel.advance(time.saturating_duration_since(kernel.now()));
    }
}

#[path = "list/mod.rs"]
mod list;
