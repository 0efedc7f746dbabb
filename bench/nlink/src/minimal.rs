//! What is built and weighed: links, addresses and routes, listed.

use nlink::netlink::{Connection, Route};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let route = Connection::<Route>::new().expect("a connection");
        for link in route.get_links().await.expect("links") {
            println!("{} {:?} {:?}", link.ifindex(), link.name(), link.mtu());
        }
        for address in route.get_addresses().await.expect("addresses") {
            println!("{} {:?}", address.ifindex(), address.address());
        }
        for entry in route.get_routes().await.expect("routes") {
            println!("{:?} {:?} {:?}", entry.destination(), entry.gateway(), entry.oif());
        }
    });
}
