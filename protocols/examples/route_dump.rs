//! Reads all routes of IPv4: `cargo run --release -p protocols --example route_dump`. Needs no privilege.
//!
//! Prints how many there are, and the sum of what they say: destination, length of it, link, gateway, metric, table.

use std::{net::IpAddr, process::ExitCode};

use netlink_core::{Error, NlFamily};
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

fn read() -> Result<(u64, u64), Error> {
    let mut route = Route::connect()?;
    let mut replies = route.dump(routes::list().v4())?;
    let (mut count, mut total) = (0, 0_u64);
    while let Some(entry) = replies.next_borrowed() {
        total = total.wrapping_add(sum(&entry?));
        count += 1;
    }
    Ok((count, total))
}

fn main() -> ExitCode {
    match read() {
        Ok((count, total)) => {
            println!("{count} {total}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("route_dump: {error}");
            ExitCode::FAILURE
        }
    }
}
