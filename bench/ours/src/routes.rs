//! What is read of a list of routes.

use std::net::IpAddr;

use common::Tally;
use netlink_core::{Error, connection::Replies};
use protocols::route::{ip::Addr, routes::RouteEntry};

pub fn tally(mut list: Replies<'_, RouteEntry<'static>>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    list.for_each_borrowed(|entry| {
        let bits = |addr: Option<IpAddr>| match addr {
            Some(IpAddr::V4(addr)) => addr.to_bits(),
            _ => 0,
        };
        let (dst, gateway) =
            (bits(entry.dst.as_ref().and_then(Addr::ip)), bits(entry.gateway.as_ref().and_then(Addr::ip)));
        let (oif, priority) = (entry.oif.unwrap_or(0), entry.priority.unwrap_or(0));
        tally.route(dst, entry.header.dst_len, oif, gateway, priority, entry.table());
        Ok::<_, Error>(())
    })?;
    Ok(tally)
}
