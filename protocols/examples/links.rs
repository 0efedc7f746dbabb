//! The links of this network namespace, one on a line, as `ip -br link` shows them; `--json` shows all of them, with every
//! attribute. Needs no privilege.
//!
//! ```sh
//! cargo run -p protocols --example links
//! cargo run -p protocols --example links -- --json
//! ```

use std::{
    collections::HashMap,
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use netlink_core::{IntoOwned, NlEnum, NlFamily, schema};
use protocols::route::{
    Route,
    link::{self, Link, LinkFlags, OperState},
};

const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const CYAN: &str = "\x1b[36m";
const YELLOW: &str = "\x1b[33m";

/// Text in a colour, in a column of at least so many characters.
fn painted(text: &str, colour: &str, width: usize) -> String {
    match io::stdout().is_terminal() {
        true => format!("{colour}{text:<width$}\x1b[0m"),
        false => format!("{text:<width$}"),
    }
}

fn state(link: &Link<'_>) -> String {
    let (text, colour) = match link.operstate {
        Some(OperState::Up) => ("UP".to_owned(), GREEN),
        Some(OperState::Down) => ("DOWN".to_owned(), RED),
        Some(state) => (state.name().unwrap_or("other").to_uppercase(), ""),
        None => ("-".to_owned(), ""),
    };
    painted(&text, colour, 15)
}

/// The name, and that of the link below, which may be in another namespace.
fn name(link: &Link<'_>, names: &HashMap<u32, String>) -> String {
    let name = link.ifname.clone().unwrap_or_default().to_string();
    match link.link {
        Some(below) if below != link.index() && below != 0 => match names.get(&below) {
            Some(other) if link.link_netnsid.is_none() => format!("{name}@{other}"),
            _ => format!("{name}@if{below}"),
        },
        _ => name,
    }
}

fn flags(link: &Link<'_>) -> String {
    let flags = (link.header.flags - LinkFlags::RUNNING).iter_names().map(|(name, _)| name);
    format!("<{}>", flags.collect::<Vec<_>>().join(","))
}

fn show() -> Result<(), Box<dyn Error>> {
    let mut route = Route::connect()?;
    let mut links = Vec::new();
    for link in route.dump(link::list())? {
        links.push(link?.into_owned());
    }
    let mut out = io::stdout().lock();
    if env::args().any(|argument| argument == "--json") {
        let nodes: Result<Vec<_>, _> = links.iter().map(schema::to_node).collect();
        let text: Vec<String> = nodes?.iter().map(schema::Node::to_json).collect();
        // Whoever reads has gone, if this fails.
        let _ = writeln!(out, "[{}]", text.join(",\n"));
        return Ok(());
    }
    let names = links.iter().map(|link| (link.index(), link.ifname.clone().unwrap_or_default().to_string())).collect();
    for link in &links {
        let name = painted(&name(link, &names), CYAN, 16);
        let address = link.address.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "{name} {} {} {}", state(link), painted(&address, YELLOW, 17), flags(link));
    }
    Ok(())
}

fn main() -> ExitCode {
    match show() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("links: {error}");
            ExitCode::FAILURE
        }
    }
}
