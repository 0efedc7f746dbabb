//! Prints what changes in links, addresses, routes and neighbours, like `ip monitor`. Notifications that the kernel could
//! not deliver are no gap for long: it says so, and what differs comes after all. Needs no privilege.
//!
//! ```sh
//! cargo run -p protocols --example monitor
//! ```

use std::{
    env,
    fmt::Display,
    io::{self, Write},
    process::ExitCode,
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

use netlink_core::{Error, exchange::Change};
use protocols::route::{address::Address, follow, ip::Addr, link::Link, neighbour::Neighbour, routes::RouteEntry};

const USAGE: &str = "usage: monitor

  + it is new        ~ it has changed        - it is gone
  ! notifications were lost; what differs is told next";

/// Sends what changes in a table, a line each, but not what was there at the beginning; until nobody wants to know.
fn send<T>(
    lines: &Sender<String>,
    table: &str,
    changes: impl Iterator<Item = Result<Change<T>, Error>>,
    show: fn(&T) -> String,
) {
    let mut started = false;
    for change in changes {
        let line = match change {
            Ok(Change::Synced) => {
                started = true;
                continue;
            }
            Err(error) => format!("! {table}: {error}"),
            Ok(Change::Gap) => format!("! {table}: notifications were lost; what differs comes next"),
            Ok(_) if !started => continue,
            Ok(Change::New(it)) => format!("+ {table} {}", show(&it)),
            Ok(Change::Changed { now, .. }) => format!("~ {table} {}", show(&now)),
            Ok(Change::Gone(it)) => format!("- {table} {}", show(&it)),
            Ok(_) => continue,
        };
        if lines.send(line).is_err() {
            return;
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

/// What changes from here on in the namespace of this thread.
pub(crate) fn watch() -> Result<Receiver<String>, Error> {
    let (links, addresses) = (follow::links().start()?, follow::addresses().start()?);
    let (routes, neighbours) = (follow::routes().start()?, follow::neighbours().start()?);
    let (first, lines) = mpsc::channel();
    let (second, third, fourth) = (first.clone(), first.clone(), first.clone());
    thread::spawn(move || send(&first, "link", links, link));
    thread::spawn(move || send(&second, "address", addresses, address));
    thread::spawn(move || send(&third, "route", routes, route));
    thread::spawn(move || send(&fourth, "neighbour", neighbours, neighbour));
    Ok(lines)
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    match env::args().nth(1).as_deref() {
        None => {
            for line in watch()? {
                writeln!(out, "{line}")?;
            }
        }
        Some("--help" | "-h") => writeln!(out, "{USAGE}")?,
        Some(other) => return Err(format!("what is `{other}`?\n{USAGE}").into()),
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.downcast_ref().is_some_and(gone) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("monitor: {error}");
            ExitCode::FAILURE
        }
    }
}

fn gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
