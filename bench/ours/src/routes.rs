//! What is read of a list of routes.

use std::net::IpAddr;

use common::Tally;
use netlink_core::Error;
use protocols::route::{ip::Addr, routes::RouteEntry};

/// Takes one route into account.
pub fn take(tally: &mut Tally, entry: &RouteEntry<'_>) -> Result<(), Error> {
    let bits = |addr: Option<IpAddr>| match addr {
        Some(IpAddr::V4(addr)) => addr.to_bits(),
        _ => 0,
    };
    let (dst, gateway) = (bits(entry.dst.as_ref().and_then(Addr::ip)), bits(entry.gateway.as_ref().and_then(Addr::ip)));
    let (oif, priority) = (entry.oif.unwrap_or(0), entry.priority.unwrap_or(0));
    tally.route(dst, entry.header.dst_len, oif, gateway, priority, entry.table());
    Ok(())
}
