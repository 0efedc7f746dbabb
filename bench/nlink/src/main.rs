//! nlink.

use std::net::IpAddr;

use common::{GATEWAY, Job, Tally, destination, run};
use futures_util::StreamExt;
use nlink::netlink::{Connection, Route, route::Ipv4Route};

fn bits(addr: Option<&IpAddr>) -> u32 {
    match addr {
        Some(IpAddr::V4(addr)) => addr.to_bits(),
        _ => 0,
    }
}

async fn list_routes(route: &Connection<Route>) -> Tally {
    let mut tally = Tally::default();
    let mut list = route.stream_routes().await.expect("a list");
    while let Some(entry) = list.next().await {
        let entry = entry.expect("a route");
        // There is no way to ask for one address family.
        if entry.is_ipv4() {
            let (dst, gateway) = (bits(entry.destination()), bits(entry.gateway()));
            let (oif, priority) = (entry.oif().unwrap_or(0), entry.priority().unwrap_or(0));
            tally.route(dst, entry.dst_len(), oif, gateway, priority, entry.table_id());
        }
    }
    tally
}

async fn list_links(route: &Connection<Route>) -> Tally {
    let mut tally = Tally::default();
    let mut list = route.stream_links().await.expect("a list");
    while let Some(link) = list.next().await {
        let link = link.expect("a link");
        tally.link(link.ifindex(), link.name().map_or(0, str::len), link.mtu().unwrap_or(0));
    }
    tally
}

async fn insert(route: &Connection<Route>, count: u32, index: u32) -> Tally {
    let mut made = 0;
    for first in (0..count).step_by(200) {
        let mut batch = route.batch();
        // The acknowledgements of a larger one do not fit into the receive buffer, which fails all of it.
        for n in first..count.min(first + 200) {
            batch = batch.add_route(Ipv4Route::new(destination(n), 28).gateway(GATEWAY).dev_index(index));
        }
        made += batch.execute().await.expect("a batch").success_count() as u64;
    }
    Tally { count: made, sum: 0 }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    run(|job| {
        runtime.block_on(async {
            let route = Connection::<Route>::new().expect("a connection");
            match job {
                Job::Routes => list_routes(&route).await,
                Job::Links => list_links(&route).await,
                Job::Insert { count, index } => insert(&route, count, index).await,
            }
        })
    });
}
