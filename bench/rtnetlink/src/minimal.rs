//! What is built and weighed: links, addresses and routes, listed.

use std::net::Ipv4Addr;

use futures_util::TryStreamExt;
use rtnetlink::RouteMessageBuilder;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (connection, handle, _) = rtnetlink::new_connection().expect("a connection");
        tokio::spawn(connection);
        let mut list = handle.link().get().execute();
        while let Some(link) = list.try_next().await.expect("a link") {
            println!("{} {:?}", link.header.index, link.attributes);
        }
        let mut list = handle.address().get().execute();
        while let Some(address) = list.try_next().await.expect("an address") {
            println!("{} {:?}", address.header.index, address.attributes);
        }
        let mut list = handle.route().get(RouteMessageBuilder::<Ipv4Addr>::new().build()).execute();
        while let Some(entry) = list.try_next().await.expect("a route") {
            println!("{:?}", entry.attributes);
        }
    });
}
