//! This project, with tokio.

use std::net::IpAddr;

use common::{GATEWAY, Job, Tally, destination, run};
use netlink_core::{Error, protocol, tokio::Connection};
use protocols::route::{
    ip::{Addr, IpNet},
    link,
    routes::{self, RouteEntry},
};

async fn list_routes(route: &Connection<protocol::Route>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut list = route.dump(routes::list().v4()).await?;
    let each = |entry: &RouteEntry<'_>| {
        let bits = |addr: Option<IpAddr>| match addr {
            Some(IpAddr::V4(addr)) => addr.to_bits(),
            _ => 0,
        };
        let (dst, gateway) =
            (bits(entry.dst.as_ref().and_then(Addr::ip)), bits(entry.gateway.as_ref().and_then(Addr::ip)));
        let (oif, priority) = (entry.oif.unwrap_or(0), entry.priority.unwrap_or(0));
        tally.route(dst, entry.header.dst_len, oif, gateway, priority, entry.table());
        Ok::<_, Error>(())
    };
    list.for_each_borrowed(each).await?;
    Ok(tally)
}

async fn list_links(route: &Connection<protocol::Route>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut list = route.dump(link::list()).await?;
    while let Some(link) = list.next_borrowed().await {
        let link = link?;
        tally.link(
            link.header.index as u32,
            link.ifname.map_or(0, |name| name.as_bytes().len()),
            link.mtu.unwrap_or(0),
        );
    }
    Ok(tally)
}

async fn insert(route: &Connection<protocol::Route>, count: u32, index: u32) -> Result<Tally, Error> {
    for n in 0..count {
        let dst = IpNet::new(destination(n), 28).expect("a prefix");
        route.tell(routes::add(dst).via(GATEWAY).dev(index)).await?;
    }
    Ok(Tally { count: u64::from(count), sum: 0 })
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    run(|job| {
        let work = async {
            let route = Connection::<protocol::Route>::open()?;
            match job {
                Job::Routes => list_routes(&route).await,
                Job::Links => list_links(&route).await,
                Job::Insert { count, index } => insert(&route, count, index).await,
            }
        };
        runtime.block_on(work).expect("an answer")
    });
}
