//! Makes many routes: `cargo run --release -p protocols --example route_load -- [--via GATEWAY] [--dev LINK] N [BATCH]`.
//! Needs `CAP_NET_ADMIN`.
//!
//! N routes to networks of 16 addresses, from 32.0.0.0/28 upwards, at most BATCH of them at a time. Without a gateway,
//! it is the one after the first address of the link, or of the network namespace, and the link is that of the address.

use std::{
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    net::{IpAddr, Ipv4Addr},
    process::ExitCode,
    str::FromStr,
    time::Instant,
};

use netlink_core::{Connection, NlFamily, protocol};
use protocols::route::{Route, address, ip::IpNet, link, routes};

const USAGE: &str = "usage: route_load [--via GATEWAY] [--dev LINK] N [BATCH]

  N      how many routes, to 32.0.0.0/28 and upwards; at most 201326592
  BATCH  how many of them are on their way at a time";

/// Networks of 16 addresses from 32.0.0.0 up to 223.255.255.255, behind which there are no hosts.
const MAX_COUNT: u32 = (0xe000_0000 - FIRST) >> 4;

const FIRST: u32 = 0x2000_0000;

/// What is wanted of this program.
#[derive(Debug, Default)]
pub(crate) struct Options {
    via: Option<Ipv4Addr>,
    dev: Option<String>,
    count: u32,
    batch: Option<usize>,
    help: bool,
}

impl Options {
    /// From the words behind the name of the program.
    pub(crate) fn of(words: impl IntoIterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        let (mut words, mut numbers) = (words.into_iter(), Vec::new());
        while let Some(word) = words.next() {
            match &*word {
                "--via" => options.via = Some(value(words.next(), "GATEWAY", "an address of IPv4")?),
                "--dev" => options.dev = Some(words.next().ok_or("LINK is missing behind --dev")?),
                "--help" | "-h" => return Ok(Self { help: true, ..options }),
                number => numbers.push(value(Some(number.to_owned()), "N or BATCH", "a number")?),
            }
        }
        match numbers[..] {
            [count] if count <= MAX_COUNT => options.count = count,
            [count, batch] if count <= MAX_COUNT && batch > 0 => {
                (options.count, options.batch) = (count, Some(usize::try_from(batch)?));
            }
            _ => return Err(USAGE.into()),
        }
        Ok(options)
    }
}

fn value<T: FromStr>(word: Option<String>, name: &str, what: &str) -> Result<T, Box<dyn Error>> {
    let word = word.unwrap_or_default();
    word.parse().map_err(|_| format!("{name} must be {what}, not `{word}`\n{USAGE}").into())
}

/// The address after the first one that is not the loopback's, and the link.
fn neighbour(route: &mut Connection<protocol::Route>, link: Option<u32>) -> Result<(Ipv4Addr, u32), Box<dyn Error>> {
    for address in route.list(address::list().v4(), 5)?.entries {
        match address.net().map(IpNet::addr) {
            Some(IpAddr::V4(addr)) if !addr.is_loopback() && link.is_none_or(|link| link == address.header.index) => {
                return Ok((Ipv4Addr::from(u32::from(addr).wrapping_add(1)), address.header.index));
            }
            _ => {}
        }
    }
    Err("the gateway is not given with --via, and no link has an address of IPv4".into())
}

fn progress(done: u32, count: u32) {
    let width = u64::from(done) * 50 / u64::from(count.max(1));
    let bar = "#".repeat(width as usize);
    let _ = write!(io::stderr(), "\r[{bar:50}] {done}");
}

/// Makes them, and says in how many seconds, and how many could not be made.
pub(crate) fn load(
    route: &mut Connection<protocol::Route>,
    options: &Options,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let Options { via, ref dev, count, batch, .. } = *options;
    let mut index = match dev {
        Some(name) => Some(route.ask(link::get(name)).map_err(|error| format!("{name}: {error}"))?.index()),
        None => None,
    };
    let gateway = match via {
        Some(gateway) => gateway,
        None => {
            let (gateway, of) = neighbour(route, index)?;
            index = Some(of);
            gateway
        }
    };
    let shown = io::stderr().is_terminal();
    let start = Instant::now();
    let mut requests = route.batch();
    if let Some(batch) = batch {
        requests = requests.window(batch);
    }
    for number in 0..count {
        let network =
            IpNet::new(Ipv4Addr::from(FIRST + (number << 4)), 28).ok_or("an address has fewer than 28 bits")?;
        let mut add = routes::add(network).via(gateway);
        add.body.oif = index;
        requests.add(add)?;
        if shown && number % 4096 == 0 {
            progress(number, count);
        }
    }
    let report = requests.finish();
    if shown {
        progress(count, count);
        eprintln!();
    }
    writeln!(out, "{:.3} s, {} failures", start.elapsed().as_secs_f64(), report.failures().len())?;
    match report.failures().first() {
        Some(failure) => Err(format!("the first of them: {}", failure.error).into()),
        None => Ok(()),
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = Options::of(env::args().skip(1))?;
    if options.help {
        writeln!(io::stdout(), "{USAGE}")?;
        return Ok(());
    }
    load(&mut Route::connect()?, &options, &mut io::stdout())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("route_load: {error}");
            ExitCode::FAILURE
        }
    }
}
