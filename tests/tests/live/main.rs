//! The conversation with the running kernel: each test in a network namespace of its own.

mod batches;
mod dumps;
mod loss;
mod namespaces;
mod sockets;
mod transactions;

use netlink_core::{Connection, IntoOwned, protocol::Route as RouteProtocol};
use protocols::route::{
    Route,
    link::{self, Link, LinkGet, LinkHeader, LinkInfo},
};

type Conn = Connection<RouteProtocol>;

/// The loopback device, which every namespace has.
fn lo() -> Link<'static> {
    Link { header: LinkHeader { index: 1, ..LinkHeader::default() }, ..Link::default() }
}

fn set_mtu(route: &mut Conn, mtu: u32) {
    route.tell(Route::SET_LINK.with(&Link { mtu: Some(mtu), ..lo() })).unwrap();
}

fn mtu(route: &mut Conn) -> u32 {
    route.ask(link::get(1)).unwrap().mtu.unwrap()
}

/// A link that is down, of a kind that every kernel has.
fn add_bridge(route: &mut Conn, name: &[u8]) {
    let info = LinkInfo { kind: Some("bridge".into()), ..LinkInfo::default() };
    let link = Link { ifname: Some(name.into()), link_info: Some(info), ..Link::default() };
    route.tell(Route::NEW_LINK.with(&link).create().exclusive()).unwrap();
}

fn link_named(route: &mut Conn, name: &[u8]) -> Link<'static> {
    let wanted = LinkGet { ifname: Some(name.into()), ..LinkGet::default() };
    route.ask(Route::GET_LINK.with(&wanted)).unwrap().into_owned()
}
