//! Ten thousand conversations with each shell, and with the state machine alone, in which everything goes wrong that can.
//! Whatever happens: each request has one outcome, which is true; nothing hangs (the time is that of the simulation, and
//! a wait that nothing can end panics), nothing panics, memory is bounded, and afterwards the connection works.
//!
//! A conversation that fails is one number: `CHAOS_SEED=17 cargo test -p netlink-tests --test chaos` repeats it alone.

#[allow(clippy::duplicate_mod)]
mod blocking;
mod in_flight;
mod items;
#[allow(clippy::duplicate_mod, clippy::large_futures)]
mod tokio;

use std::env;

use in_flight::in_flight;

/// How many conversations there are.
const CONVERSATIONS: u64 = 10_000;

/// They are spread over so many tests, which run beside each other.
const SHARES: u64 = 4;

/// The most memory that one may take, in bytes: two receive buffers of 1 MiB, notifications put aside
/// (1 MiB), requests.
const MEMORY: u64 = 6 << 20;

fn share(number: u64, converse: fn(u64)) {
    let alone = env::var("CHAOS_SEED").ok().map(|seed| seed.parse().expect("CHAOS_SEED is a number"));
    let seeds = match alone {
        Some(seed) => seed..seed + 1,
        None => CONVERSATIONS / SHARES * number..CONVERSATIONS / SHARES * (number + 1),
    };
    for seed in seeds {
        let tell = Named(seed);
        let memory = allocation_counter::measure(|| converse(seed));
        assert!(memory.bytes_max < MEMORY, "{} bytes of memory", memory.bytes_max);
        drop(tell);
    }
}

/// Says which conversation it was, if it fails.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("conversation {0}: repeat it with CHAOS_SEED={0}", self.0);
        }
    }
}

macro_rules! ten_thousand {
    ($($test:ident: $share:literal, $converse:path;)*) => {
        $(#[test] fn $test() { share($share, $converse); })*
    };
}

ten_thousand! {
    conversations_that_block_a: 0, blocking::run;
    conversations_that_block_b: 1, blocking::run;
    conversations_that_block_c: 2, blocking::run;
    conversations_that_block_d: 3, blocking::run;
    conversations_with_tokio_a: 0, tokio::run;
    conversations_with_tokio_b: 1, tokio::run;
    conversations_with_tokio_c: 2, tokio::run;
    conversations_with_tokio_d: 3, tokio::run;
    conversations_of_the_state_machine_a: 0, in_flight;
    conversations_of_the_state_machine_b: 1, in_flight;
    conversations_of_the_state_machine_c: 2, in_flight;
    conversations_of_the_state_machine_d: 3, in_flight;
}
