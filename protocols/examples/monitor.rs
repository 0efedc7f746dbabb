//! Prints what changes in links, addresses, routes and neighbours, like `ip monitor`. Notifications that the kernel could
//! not deliver are no gap for long: it says so, and what differs comes after all. Needs no privilege.

use std::{fmt::Display, thread};

use netlink_core::{Error, exchange::Change};
use protocols::route::{address::Address, follow, ip::Addr, link::Link, neighbour::Neighbour, routes::RouteEntry};

/// Prints what changes in a table, but not what was there at the beginning.
fn print<T>(table: &str, changes: impl Iterator<Item = Result<Change<T>, Error>>, show: fn(&T) -> String) {
    let mut started = false;
    for change in changes {
        match change {
            Ok(Change::Synced) => started = true,
            Ok(_) if !started => {}
            Ok(Change::New(it)) => println!("+ {table} {}", show(&it)),
            Ok(Change::Changed { now, .. }) => println!("~ {table} {}", show(&now)),
            Ok(Change::Gone(it)) => println!("- {table} {}", show(&it)),
            Ok(_) => println!("! {table}: notifications were lost; what differs comes next"),
            Err(error) => println!("! {table}: {error}"),
        }
    }
}

fn or_none<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn link(link: &Link<'static>) -> String {
    let state = link.operstate.map_or(String::new(), |state| format!("{state:?}"));
    let name = link.ifname.clone().unwrap_or_default();
    format!("{} {name} mtu {} {state}", link.index(), or_none(link.mtu))
}

fn address(address: &Address<'static>) -> String {
    let local = address.local.as_ref().or(address.address.as_ref()).and_then(Addr::ip);
    format!("{}/{} on {}", or_none(local), address.header.prefixlen, address.header.index)
}

fn route(route: &RouteEntry<'static>) -> String {
    let destination = route.destination().map_or_else(|| "default".to_owned(), |net| net.to_string());
    let gateway = route.gateway.as_ref().and_then(Addr::ip);
    format!("{destination} via {} on {} in table {}", or_none(gateway), or_none(route.oif), route.table())
}

fn neighbour(neighbour: &Neighbour<'static>) -> String {
    let dst = neighbour.dst.as_ref().and_then(Addr::ip);
    let lladdr = or_none(neighbour.lladdr.as_ref());
    format!("{} at {lladdr} on {} {:?}", or_none(dst), neighbour.header.ifindex, neighbour.header.state)
}

fn main() -> Result<(), Error> {
    let (links, addresses) = (follow::links().start()?, follow::addresses().start()?);
    let (routes, neighbours) = (follow::routes().start()?, follow::neighbours().start()?);
    thread::scope(|scope| {
        scope.spawn(|| print("link", links, link));
        scope.spawn(|| print("address", addresses, address));
        scope.spawn(|| print("route", routes, route));
        scope.spawn(|| print("neighbour", neighbours, neighbour));
    });
    Ok(())
}
