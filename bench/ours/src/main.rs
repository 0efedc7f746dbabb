//! This project, blocking.

mod routes;

use common::{GATEWAY, Job, Tally, destination, run};
use netlink_core::{Connection, Error, NlFamily, protocol};
use protocols::route::{
    Route,
    ip::IpNet,
    link,
    routes::{add, list},
};

fn list_routes(route: &mut Connection<protocol::Route>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    route.dump(list().v4())?.for_each_borrowed(|entry| routes::take(&mut tally, entry))?;
    Ok(tally)
}

fn list_links(route: &mut Connection<protocol::Route>) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut list = route.dump(link::list())?;
    while let Some(link) = list.next_borrowed() {
        let link = link?;
        tally.link(
            link.header.index as u32,
            link.ifname.map_or(0, |name| name.as_bytes().len()),
            link.mtu.unwrap_or(0),
        );
    }
    Ok(tally)
}

fn insert(route: &mut Connection<protocol::Route>, count: u32, index: u32) -> Result<Tally, Error> {
    let mut batch = route.batch();
    for n in 0..count {
        let dst = IpNet::new(destination(n), 28).expect("a prefix");
        batch.add(add(dst).via(GATEWAY).dev(index))?;
    }
    Ok(Tally { count: batch.finish().done() as u64, sum: 0 })
}

fn main() {
    let mut route = Route::connect().expect("a connection");
    run(|job| {
        let tally = match job {
            Job::Routes => list_routes(&mut route),
            Job::Links => list_links(&mut route),
            Job::Insert { count, index } => insert(&mut route, count, index),
        };
        tally.expect("an answer")
    });
}
