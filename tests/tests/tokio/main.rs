//! The connection for tokio, against the running kernel.

mod cancel;
mod events;
mod lists;
mod many;
mod names;
mod simulated;

use std::{future::Future, time::Duration};

use netlink_core::{Error, protocol, tokio::Connection};
use netlink_tests::netns;
use protocols::route::{
    Route,
    link::{self, Link, LinkGet},
};

type Conn = Connection<protocol::Route>;

/// Long enough for everything that comes at all.
const LONG: Duration = Duration::from_secs(30);

fn lo() -> Link<'static> {
    Link { ifname: Some("lo".parse().unwrap()), ..Link::default() }
}

async fn index_of_lo(connection: &Conn) -> Result<i32, Error> {
    Ok(connection.ask(link::get("lo")).await?.header.index)
}

/// Runs something on a runtime with one thread, or on one with several.
fn on<F: Future<Output = ()>>(threads: usize, test: impl FnOnce() -> F) {
    let runtime = match threads {
        1 => tokio::runtime::Builder::new_current_thread().enable_all().build(),
        _ => tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build(),
    };
    runtime.unwrap().block_on(async { tokio::time::timeout(LONG * 6, test()).await.expect("it hangs") });
}

fn on_both<F: Future<Output = ()>>(test: impl Fn() -> F) {
    on(1, &test);
    on(4, &test);
}

/// As [`on_both`], each in a network namespace of its own. Only the thread that opens a socket has to be in there.
fn in_namespace<F: Future<Output = ()>>(test: impl Fn() -> F + Copy + Send + 'static) {
    netns::run(move || on(1, test));
    netns::run(move || on(4, test));
}
