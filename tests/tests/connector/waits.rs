//! How long a watch waits.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
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

/// Says that it is over, however the test ends.
struct Stops<'a>(&'a AtomicBool);

impl Drop for Stops<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A wait ends in time though threads come and go meanwhile, which are events, and no programs. Where others start
/// programs, waits end with these: it takes one in which none starts.
#[test]
fn events_that_nobody_wants_do_not_prolong_the_wait() {
    const TIMEOUT: Duration = Duration::from_millis(30);
    let Some(_alone) = alone() else { return };
    let mut execs = Execs::watch().unwrap();
    execs.set_timeout(Some(TIMEOUT));
    let (stop, made, begun) = (AtomicBool::new(false), AtomicUsize::new(0), Instant::now());
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                thread::spawn(|| {}).join().unwrap();
                made.fetch_add(1, Ordering::Relaxed);
            }
        });
        let _stops = Stops(&stop);
        loop {
            let (wait, before) = (Instant::now(), made.load(Ordering::Relaxed));
            let seen = execs.next().unwrap();
            let (waited, meanwhile) = (wait.elapsed(), made.load(Ordering::Relaxed) - before);
            assert!(waited < LONG, "{seen:?} after {waited:?}");
            match seen {
                Err(Error::Timeout) => {
                    assert!(waited >= TIMEOUT, "{waited:?}");
                    if meanwhile > 1 {
                        break;
                    }
                }
                Ok(Seen::Exec(_) | Seen::Lost(_)) => {}
                other => panic!("{other:?}"),
            }
            if begun.elapsed() > LONG {
                netlink_tests::skip!("needs a machine on which no program starts for {TIMEOUT:?}: let it rest");
            }
        }
    });
}
