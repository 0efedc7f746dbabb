//! What the programs have in common: the jobs, and what they print.

use std::{env, net::Ipv4Addr, time::Instant};

/// What to do.
pub enum Job {
    /// List the IPv4 routes.
    Routes,
    /// List the links.
    Links,
    /// Make so many routes over this interface.
    Insert { count: u32, index: u32 },
}

/// The gateway of the routes that are made.
pub const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 99, 0, 2);

/// The destination of a route that is made: a /28 from 32.0.0.0 upwards.
pub fn destination(n: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(0x2000_0000 + 16 * n)
}

/// What was read: to be compared with what the others read.
#[derive(Default)]
pub struct Tally {
    pub count: u64,
    pub sum: u64,
}

impl Tally {
    /// A route, with everything that has to be decoded for this.
    pub fn route(&mut self, dst: u32, prefix: u8, oif: u32, gateway: u32, priority: u32, table: u32) {
        self.count += 1;
        for part in [dst, u32::from(prefix), oif, gateway, priority, table] {
            self.sum = self.sum.wrapping_add(u64::from(part));
        }
    }

    /// A link.
    pub fn link(&mut self, index: u32, name_len: usize, mtu: u32) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(u64::from(index) + name_len as u64 + u64::from(mtu));
    }
}

/// Does what the command line says, and prints a count, a sum and the seconds that it took.
pub fn run(work: impl FnOnce(Job) -> Tally) {
    let words: Vec<String> = env::args().skip(1).collect();
    let number = |n: usize| words.get(n).and_then(|word| word.parse().ok()).expect("a number");
    let job = match words.first().map(String::as_str) {
        Some("routes") => Job::Routes,
        Some("links") => Job::Links,
        Some("insert") => Job::Insert { count: number(1), index: number(2) },
        _ => panic!("routes, links, or insert COUNT INDEX"),
    };
    let start = Instant::now();
    let tally = work(job);
    println!("{} {} {:.6}", tally.count, tally.sum, start.elapsed().as_secs_f64());
}
