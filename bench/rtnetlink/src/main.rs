//! rtnetlink.

use std::net::Ipv4Addr;

use common::{GATEWAY, Job, Tally, destination, run};
use futures_util::TryStreamExt;
use rtnetlink::{
    Handle, RouteMessageBuilder,
    packet_route::{
        link::LinkAttribute,
        route::{RouteAddress, RouteAttribute},
    },
};

fn bits(addr: &RouteAddress) -> u32 {
    match addr {
        RouteAddress::Inet(addr) => addr.to_bits(),
        _ => 0,
    }
}

async fn list_routes(handle: &Handle) -> Tally {
    let mut tally = Tally::default();
    let wanted = RouteMessageBuilder::<Ipv4Addr>::new().build();
    let mut list = handle.route().get(wanted).execute();
    while let Some(entry) = list.try_next().await.expect("a route") {
        let (mut dst, mut oif, mut gateway, mut priority) = (0, 0, 0, 0);
        let mut table = u32::from(entry.header.table);
        for attribute in &entry.attributes {
            match attribute {
                RouteAttribute::Destination(addr) => dst = bits(addr),
                RouteAttribute::Oif(index) => oif = *index,
                RouteAttribute::Gateway(addr) => gateway = bits(addr),
                RouteAttribute::Priority(number) => priority = *number,
                RouteAttribute::Table(number) => table = *number,
                _ => {}
            }
        }
        tally.route(dst, entry.header.destination_prefix_length, oif, gateway, priority, table);
    }
    tally
}

async fn list_links(handle: &Handle) -> Tally {
    let mut tally = Tally::default();
    let mut list = handle.link().get().execute();
    while let Some(link) = list.try_next().await.expect("a link") {
        let (mut name, mut mtu) = (0, 0);
        for attribute in &link.attributes {
            match attribute {
                LinkAttribute::IfName(text) => name = text.len(),
                LinkAttribute::Mtu(number) => mtu = *number,
                _ => {}
            }
        }
        tally.link(link.header.index, name, mtu);
    }
    tally
}

async fn insert(handle: &Handle, count: u32, index: u32) -> Tally {
    let mut made = 0;
    for n in 0..count {
        let route = RouteMessageBuilder::<Ipv4Addr>::new()
            .destination_prefix(destination(n), 28)
            .gateway(GATEWAY)
            .output_interface(index)
            .build();
        made += u64::from(handle.route().add(route).execute().await.is_ok());
    }
    Tally { count: made, sum: 0 }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    run(|job| {
        runtime.block_on(async {
            let (connection, handle, _) = rtnetlink::new_connection().expect("a connection");
            tokio::spawn(connection);
            match job {
                Job::Routes => list_routes(&handle).await,
                Job::Links => list_links(&handle).await,
                Job::Insert { count, index } => insert(&handle, count, index).await,
            }
        })
    });
}
