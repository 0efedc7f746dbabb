//! Reads all routes of IPv4: `cargo run --release -p protocols --example route_dump`. Needs no privilege.
//!
//! Prints how many there are, and the sum of what they say: destination, length of it, link, gateway, metric, table.

use std::{
    env,
    error::Error,
    io::{self, Write},
    net::IpAddr,
    process::ExitCode,
};

use netlink_core::{Connection, NlFamily, protocol};
use protocols::route::{
    Route,
    ip::Addr,
    routes::{self, RouteEntry},
};

fn number(addr: &Option<Addr<'_>>) -> u64 {
    match addr.as_ref().and_then(Addr::ip) {
        Some(IpAddr::V4(addr)) => u32::from(addr).into(),
        _ => 0,
    }
}

fn sum(route: &RouteEntry<'_>) -> u64 {
    let numbers = [route.header.dst_len.into(), route.oif.unwrap_or(0), route.priority.unwrap_or(0), route.table()];
    let numbers = numbers.into_iter().map(u64::from).sum::<u64>();
    numbers + number(&route.dst) + number(&route.gateway)
}

/// How many routes there are, and their sum.
pub(crate) fn read(route: &mut Connection<protocol::Route>) -> Result<(u64, u64), netlink_core::Error> {
    let mut replies = route.dump(routes::list().v4())?;
    let (mut count, mut total) = (0, 0_u64);
    while let Some(entry) = replies.next_borrowed() {
        total = total.wrapping_add(sum(&entry?));
        count += 1;
    }
    Ok((count, total))
}

const USAGE: &str = "usage: route_dump

  prints how many routes of IPv4 there are, and the sum (modulo 2^64) of their
  destinations, lengths, links, gateways, metrics and tables, as numbers";

fn run() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match env::args().nth(1).as_deref() {
        None => {
            let (count, sum) = read(&mut Route::connect()?)?;
            writeln!(out, "{count} {sum}")?;
        }
        Some("--help" | "-h") => writeln!(out, "{USAGE}")?,
        Some(other) => return Err(format!("what is `{other}`?\n{USAGE}").into()),
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has gone.
        Err(error) if error.downcast_ref().is_some_and(gone) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("route_dump: {error}");
            ExitCode::FAILURE
        }
    }
}

fn gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
