//! Counts links, addresses and routes, all three at a time over one connection, and prints then what there is and what
//! changes in links and addresses, in one task without threads. Needs no privilege.
//!
//! ```sh
//! cargo run -p protocols --features tokio --example monitor_tokio
//! ```

use std::{
    env,
    fmt::Display,
    io::{self, Write},
    process::ExitCode,
};

use netlink_core::{
    Error,
    exchange::Change,
    tokio::{connect, follow},
};
use protocols::route::{
    Route,
    address::{self, Address},
    follow::{addresses, links},
    ip::Addr,
    link::{self, Link},
    routes,
};

const USAGE: &str = "usage: monitor_tokio

  = it is there        + it is new        ~ it has changed        - it is gone
  ! notifications were lost; what differs is told next";

/// How many there are.
pub(crate) async fn count() -> Result<String, Error> {
    let route = connect::<Route>().await?;
    // Whoever waits receives for all three.
    let links = async { route.list(link::list(), 5).await };
    let addresses = async { route.list(address::list(), 5).await };
    let routes = async { route.list(routes::list(), 5).await };
    let (links, addresses, routes) = tokio::try_join!(links, addresses, routes)?;
    let [links, addresses, routes] = [links.entries.len(), addresses.entries.len(), routes.entries.len()];
    Ok(format!("{links} links, {addresses} addresses, {routes} routes"))
}

/// A line about a change; none about the end of the list, after which everything is a change.
fn line<T>(change: Change<T>, listed: &mut bool, show: impl Fn(&T) -> String) -> Option<String> {
    match change {
        Change::New(it) => Some(format!("{} {}", if *listed { '+' } else { '=' }, show(&it))),
        Change::Changed { now, .. } => Some(format!("~ {}", show(&now))),
        Change::Gone(it) => Some(format!("- {}", show(&it))),
        Change::Gap => Some("! notifications were lost; what differs comes next".to_owned()),
        Change::Synced => {
            *listed = true;
            None
        }
        _ => None,
    }
}

fn or_none(value: Option<impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn name(link: &Link<'_>) -> String {
    link.ifname.as_ref().map_or_else(|| link.index().to_string(), ToString::to_string)
}

fn show_link(link: &Link<'_>) -> String {
    let state = link.operstate.map_or(String::new(), |state| format!("{state:?}"));
    format!("link {} mtu {} {state}", name(link), or_none(link.mtu))
}

/// Tells what there is and what changes, until a line is not wanted any more.
pub(crate) async fn watch(mut tell: impl FnMut(String) -> io::Result<()>) -> Result<(), Box<dyn std::error::Error>> {
    let mut links = follow(links()).await?;
    let mut addresses = follow(addresses()).await?;
    let (mut links_listed, mut addresses_listed) = (false, false);
    loop {
        // The future that is not ready is dropped, and loses nothing by that.
        let told = tokio::select! {
            change = links.next_change() => {
                let Some(change) = change else { return Ok(()) };
                line(change?, &mut links_listed, |link| show_link(link))
            }
            change = addresses.next_change(), if links_listed => {
                let Some(change) = change else { return Ok(()) };
                line(change?, &mut addresses_listed, |address: &Address<'_>| {
                    let local = address.local.as_ref().or(address.address.as_ref()).and_then(Addr::ip);
                    let index = address.header.index;
                    // The copy of the links has the name, without asking anybody.
                    let link = links.objects().get(&(index as i32)).map_or_else(|| index.to_string(), name);
                    format!("address {}/{} on {link}", or_none(local), address.header.prefixlen)
                })
            }
        };
        if let Some(told) = told {
            tell(told)?;
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    match env::args().nth(1).as_deref() {
        None => {
            writeln!(out, "{}", count().await?)?;
            watch(|line| writeln!(out, "{line}")).await?;
        }
        Some("--help" | "-h") => writeln!(out, "{USAGE}")?,
        Some(other) => return Err(format!("what is `{other}`?\n{USAGE}").into()),
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.downcast_ref().is_some_and(gone) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("monitor_tokio: {error}");
            ExitCode::FAILURE
        }
    }
}

fn gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
