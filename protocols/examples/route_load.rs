//! Makes many routes: `cargo run --release -p protocols --example route_load -- [--via GATEWAY] [--dev LINK] N [BATCH]`.
//! Needs `CAP_NET_ADMIN`.
//!
//! N routes to networks of 16 addresses, from 32.0.0.0/28 upwards, at most BATCH of them at a time. Without a gateway,
//! it is the one after the first address of the network namespace, and the link is that of the address.

use std::{
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    net::{IpAddr, Ipv4Addr},
    process::ExitCode,
    time::Instant,
};

use netlink_core::{Connection, NlFamily, protocol};
use protocols::route::{Route, address, ip::IpNet, link::Link, routes};

#[derive(Default)]
struct Options {
    via: Option<Ipv4Addr>,
    dev: Option<String>,
    count: u32,
    batch: Option<usize>,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options::default();
    let (mut words, mut numbers) = (env::args().skip(1), Vec::new());
    while let Some(word) = words.next() {
        match &*word {
            "--via" => options.via = Some(words.next().ok_or("--via needs an address")?.parse()?),
            "--dev" => options.dev = Some(words.next().ok_or("--dev needs the name of a link")?),
            number => numbers.push(number.parse::<u32>()?),
        }
    }
    match numbers[..] {
        [count] => options.count = count,
        [count, batch] => (options.count, options.batch) = (count, Some(batch.max(1) as usize)),
        _ => return Err("how many? route_load [--via GATEWAY] [--dev LINK] N [BATCH]".into()),
    }
    Ok(options)
}

/// The address after the first one that is not the loopback's, and the link.
fn neighbour(route: &mut Connection<protocol::Route>) -> Result<(Ipv4Addr, u32), Box<dyn Error>> {
    for address in route.list(address::list().v4(), 5)?.entries {
        match address.net().map(IpNet::addr) {
            Some(IpAddr::V4(addr)) if !addr.is_loopback() => {
                return Ok((Ipv4Addr::from(u32::from(addr).wrapping_add(1)), address.header.index));
            }
            _ => {}
        }
    }
    Err("no link has an address of IPv4".into())
}

fn progress(done: u32, count: u32) {
    let width = u64::from(done) * 50 / u64::from(count.max(1));
    let bar = "#".repeat(width as usize);
    let _ = write!(io::stderr(), "\r[{bar:50}] {done}");
}

fn run() -> Result<(), Box<dyn Error>> {
    let Options { via, dev, count, batch } = options()?;
    let mut route = Route::connect()?;
    let (gateway, mut index) = match via {
        Some(gateway) => (gateway, None),
        None => neighbour(&mut route).map(|(gateway, index)| (gateway, Some(index)))?,
    };
    if let Some(name) = &dev {
        let link = route.ask(Route::GET_LINK.with(&Link { ifname: Some(name.as_str().into()), ..Link::default() }))?;
        index = Some(link.header.index.try_into()?);
    }
    let shown = io::stderr().is_terminal();
    let start = Instant::now();
    let mut requests = route.batch();
    if let Some(batch) = batch {
        requests = requests.window(batch);
    }
    for number in 0..count {
        let dst = Ipv4Addr::from(0x2000_0000_u32.wrapping_add(number << 4));
        let network = IpNet::new(dst, 28).ok_or("an address has fewer than 28 bits")?;
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
    println!("{:.3} s, {} failures", start.elapsed().as_secs_f64(), report.failures().len());
    match report.failures().first() {
        Some(failure) => Err(format!("the first of them: {}", failure.error).into()),
        None => Ok(()),
    }
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
