//! How long a watch waits.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use netlink_core::Error;
use protocols::connector::{Execs, Seen, proc::Events};

use crate::{LONG, alone, only};

#[test]
fn a_canceller_ends_a_waiting_watch_at_once() {
    let Some(_alone) = alone() else { return };
    // Of nobody's making: sessions begin seldom, and the wait has no end.
    let mut watch = only(Events::SID);
    watch.set_timeout(None);
    let canceller = watch.canceller().unwrap();
    let waiting = thread::spawn(move || {
        while watch.next().is_some() {}
        Instant::now()
    });
    thread::sleep(Duration::from_millis(100));
    let cancelled = Instant::now();
    canceller.cancel();
    let delay = waiting.join().unwrap().duration_since(cancelled);
    println!("ended after {delay:?}");
    assert!(delay < LONG, "{delay:?}");
}

#[test]
fn a_watch_for_programs_can_be_ended_as_well() {
    let Some(_alone) = alone() else { return };
    let execs = Execs::watch().unwrap();
    let canceller = execs.canceller().unwrap();
    let waiting = thread::spawn(move || execs.for_each(drop));
    canceller.cancel();
    waiting.join().unwrap();
}

#[test]
fn events_that_nobody_wants_do_not_prolong_the_wait() {
    const TIMEOUT: Duration = Duration::from_millis(300);
    let Some(_alone) = alone() else { return };
    let mut execs = Execs::watch().unwrap();
    execs.set_timeout(Some(TIMEOUT));
    let (stop, begun) = (AtomicBool::new(false), Instant::now());
    thread::scope(|scope| {
        // Threads are events, and no programs.
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) && begun.elapsed() < LONG {
                thread::spawn(|| {}).join().unwrap();
                thread::sleep(TIMEOUT / 10);
            }
        });
        let mut waits = Vec::new();
        loop {
            let wait = Instant::now();
            let seen = execs.next().unwrap();
            waits.push(wait.elapsed());
            match seen {
                // Somebody else's.
                Ok(Seen::Exec(_) | Seen::Lost(_)) if begun.elapsed() < LONG => {}
                Err(Error::Timeout) => break,
                Ok(Seen::Exec(_)) => {
                    stop.store(true, Ordering::Relaxed);
                    netlink_tests::skip!("needs a machine on which no program starts for {TIMEOUT:?}: let it rest");
                }
                other => {
                    stop.store(true, Ordering::Relaxed);
                    panic!("{other:?} after {waits:?}");
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        let longest = waits.into_iter().max().unwrap();
        assert!((TIMEOUT..LONG).contains(&longest), "{longest:?}");
    });
}
