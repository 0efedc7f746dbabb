//! The links of this network namespace, one on a line, as `ip -br link` shows them, or with their addresses, as
//! `ip -br addr` does. `--json` has every attribute of them instead. Needs no privilege.
//!
//! ```sh
//! cargo run -p protocols --example links
//! cargo run -p protocols --example links -- addr
//! cargo run -p protocols --example links -- addr --json
//! ```

use std::{
    collections::HashMap,
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    net::IpAddr,
    process::ExitCode,
};

use netlink_core::{
    Connection, IntoOwned, NlEnum, NlFamily, protocol,
    schema::{self, Node},
};
use protocols::route::{
    Route,
    address::{self, Address},
    ip::Addr,
    link::{self, Link, LinkFlags, OperState},
};

const USAGE: &str = "usage: links [link | addr] [--json]

  link    links with their own addresses; so it is without a word, too
  addr    links with their IP addresses
  --json  every attribute";

/// What is wanted of this program.
#[derive(Debug, Default)]
pub(crate) struct Options {
    addresses: bool,
    json: bool,
    help: bool,
    /// Whether a terminal shows it.
    pub(crate) colours: bool,
}

impl Options {
    /// From the words behind the name of the program.
    pub(crate) fn of(words: impl IntoIterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        for word in words {
            match &*word {
                "link" => options.addresses = false,
                "addr" => options.addresses = true,
                "--json" => options.json = true,
                "--help" | "-h" => options.help = true,
                other => return Err(format!("what is `{other}`?\n{USAGE}").into()),
            }
        }
        Ok(options)
    }

    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colours && !colour.is_empty() { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn name(&self, link: &Link<'_>, below: Option<&Link<'_>>) -> String {
        let name = link.ifname.clone().unwrap_or_default();
        let full = match (below, link.link) {
            (Some(below), _) => format!("{name}@{}", below.ifname.clone().unwrap_or_default()),
            // One in another namespace.
            (None, Some(below)) if below != 0 && below != link.index() => format!("{name}@if{below}"),
            _ => name.to_string(),
        };
        self.painted(CYAN, &format!("{full:<16}"))
    }

    fn state(&self, link: &Link<'_>) -> String {
        let state = link.operstate.unwrap_or(OperState::Unknown);
        let colour = match state {
            OperState::Up => GREEN,
            OperState::Down => RED,
            _ => "",
        };
        let name = state.name().unwrap_or("other").replace('-', "").to_uppercase();
        self.painted(colour, &format!("{name:<14}"))
    }

    fn address(&self, address: &Address<'_>) -> String {
        let ip = |addr: Option<&Addr<'_>>| {
            let ip = addr.and_then(Addr::ip)?;
            Some(self.painted(if matches!(ip, IpAddr::V4(_)) { MAGENTA } else { BLUE }, &ip.to_string()))
        };
        let (here, there) = (ip(address.local.as_ref()), ip(address.address.as_ref()));
        let both = match (here, there) {
            (Some(here), Some(there)) if here != there => format!("{here} peer {there}"),
            (here, there) => here.or(there).unwrap_or_default(),
        };
        let metric = address.rt_priority.map_or_else(String::new, |metric| format!(" metric {metric}"));
        format!("{both}/{}{metric}", address.header.prefixlen)
    }
}

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BLUE: &str = "34";
const MAGENTA: &str = "35";
const CYAN: &str = "36";

fn flags(link: &Link<'_>, below: Option<&Link<'_>>) -> String {
    let flags = link.header.flags;
    let no_carrier = flags.contains(LinkFlags::UP) && !flags.contains(LinkFlags::RUNNING);
    let below_is_down = below.is_some_and(|below| !below.header.flags.contains(LinkFlags::UP));
    let names = (flags - LinkFlags::RUNNING).iter_names().map(|(name, _)| name);
    let names = no_carrier.then_some("NO-CARRIER").into_iter().chain(names).chain(below_is_down.then_some("M-DOWN"));
    format!("<{}>", names.collect::<Vec<_>>().join(","))
}

/// Shows the links of the namespace that the connection is in.
pub(crate) fn show(
    route: &mut Connection<protocol::Route>,
    options: &Options,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut links = Vec::new();
    for link in route.dump(link::list())? {
        links.push(link?.into_owned());
    }
    let mut addresses: HashMap<u32, Vec<Address<'static>>> = HashMap::new();
    if options.addresses {
        for address in route.dump(address::list())? {
            let address = address?;
            addresses.entry(address.header.index).or_default().push(address);
        }
    }
    let of = |link: &Link<'_>| addresses.get(&link.index()).map_or(&[][..], Vec::as_slice);
    if options.json {
        let mut nodes = Vec::new();
        for link in &links {
            let mut node = schema::to_node(link)?;
            if let (Node::Map(entries), true) = (&mut node, options.addresses) {
                let list = of(link).iter().map(schema::to_node).collect::<Result<_, _>>()?;
                if let Node::Map(more) = Node::map([("addresses", Node::List(list))]) {
                    entries.extend(more);
                }
            }
            nodes.push(node);
        }
        writeln!(out, "{}", Node::List(nodes).to_json())?;
        return Ok(());
    }
    let by_index: HashMap<u32, &Link<'_>> = links.iter().map(|link| (link.index(), link)).collect();
    for link in &links {
        let here = link.link.filter(|below| *below != link.index() && link.link_netnsid.is_none());
        let below = here.and_then(|below| by_index.get(&below)).copied();
        let end = if options.addresses {
            of(link).iter().map(|address| options.address(address)).collect::<Vec<_>>().join(" ")
        } else {
            let address = link.address.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{} {}", options.painted(YELLOW, &address), flags(link, below))
        };
        writeln!(out, "{} {} {end}", options.name(link, below), options.state(link))?;
    }
    Ok(())
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let options = Options { colours: out.is_terminal(), ..Options::of(env::args().skip(1))? };
    if options.help {
        writeln!(out, "{USAGE}")?;
        return Ok(());
    }
    show(&mut Route::connect()?, &options, &mut out)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.downcast_ref().is_some_and(gone) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("links: {error}");
            ExitCode::FAILURE
        }
    }
}

fn gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
