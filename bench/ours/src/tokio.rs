//! This project, with tokio.

mod routes;

use common::{GATEWAY, Job, Tally, destination, run};
use netlink_core::{Error, protocol, tokio::Connection};
use protocols::route::{self, ip::IpNet, link};

async fn list_routes(route: &Connection<protocol::Route>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut list = route.dump(route::routes::list().v4()).await?;
    list.for_each_borrowed(|entry| routes::take(&mut tally, entry)).await?;
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
        route.tell(route::routes::add(dst).via(GATEWAY).dev(index)).await?;
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
