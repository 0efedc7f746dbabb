//! What is built and weighed: links, addresses and routes, listed.

use netlink_core::{Error, NlFamily};
use protocols::route::{Route, address, link, routes};

fn main() -> Result<(), Error> {
    let mut route = Route::connect()?;
    let mut links = route.dump(link::list())?;
    while let Some(link) = links.next_borrowed() {
        let link = link?;
        println!("{} {:?} {:?}", link.header.index, link.ifname, link.mtu);
    }
    drop(links);
    let mut addresses = route.dump(address::list())?;
    while let Some(address) = addresses.next_borrowed() {
        let address = address?;
        println!("{} {:?}", address.header.index, address.address);
    }
    drop(addresses);
    let mut routes = route.dump(routes::list())?;
    while let Some(entry) = routes.next_borrowed() {
        let entry = entry?;
        println!("{:?} {:?} {:?}", entry.dst, entry.gateway, entry.oif);
    }
    Ok(())
}
