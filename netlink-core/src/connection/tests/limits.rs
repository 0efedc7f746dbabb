//! Nobody can make a wait longer than it should be by sending what is not waited for.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::*;
use crate::{
    connection::line::AFTERWARDS,
    protocol::{Protocol, UserSock},
    wire::MessageHeader,
};

const TIMEOUT: Duration = Duration::from_millis(200);

/// When the flood ends, so that a test that fails does end.
const FLOOD: Duration = Duration::from_secs(20);

/// A connection that everybody can send to, and that takes it for foreign, as those with the kernel do.
fn deaf() -> Connection<UserSock> {
    let mut connection = Connection::<UserSock>::open().unwrap();
    let rules = Rules { peers: false, ..Rules::of::<UserSock>() };
    connection.line.exchange = Exchange::new(rules, connection.socket().port());
    connection
}

fn notification() -> [u8; 16] {
    MessageHeader { len: 16, kind: 20, ..MessageHeader::default() }.to_bytes()
}

/// Does something while others send to that port as fast as they can, and gives what it gave, and how long it took.
fn flooded<R>(port: u32, wait: impl FnOnce() -> R) -> (R, Duration) {
    let (flowing, stop) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let (socket, begun) = (Socket::open(Protocol::USERSOCK).unwrap(), Instant::now());
                while !stop.load(Ordering::Relaxed) && begun.elapsed() < FLOOD {
                    // Without waiting for room.
                    if socket.send(&notification(), port, Some(begun)).is_err() {
                        flowing.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
        while !flowing.load(Ordering::Relaxed) {
            thread::yield_now();
        }
        let begun = Instant::now();
        let result = wait();
        let took = begun.elapsed();
        stop.store(true, Ordering::Relaxed);
        (result, took)
    })
}

#[test]
fn a_flood_of_foreign_datagrams_does_not_prolong_the_wait_for_events() {
    let mut connection = deaf();
    let ((), took) = flooded(connection.socket().port(), || {
        let mut events = connection.events().timeout(TIMEOUT);
        let event = events.next_event();
        assert!(matches!(event, Some(Err(Error::Timeout))), "{event:?}");
    });
    assert!(connection.counters().foreign > 0);
    assert!(took >= TIMEOUT && took < FLOOD, "{took:?}");
}

#[test]
fn a_flood_does_not_hold_a_request_beyond_its_deadline() {
    for listens in [false, true] {
        let mut connection = if listens { Connection::<UserSock>::open().unwrap() } else { deaf() };
        let (port, now) = (connection.socket().port(), Instant::now());
        // Nobody answers requests of this protocol.
        let line = &mut connection.line;
        let seq = line.exchange.start(notification().to_vec(), Expect::Ack, Some(TIMEOUT), now).unwrap();
        let (result, took) = flooded(port, || line.acknowledged(seq));
        assert!(matches!(result, Err(Error::Timeout)), "{result:?}");
        assert!(took < FLOOD, "{took:?}");
    }
}

#[test]
fn after_the_time_what_is_queued_is_given_but_not_everything_is_skipped() {
    let mut connection = deaf();
    let stranger = Socket::open(Protocol::USERSOCK).unwrap();
    let port = connection.socket().port();
    for _ in 0..AFTERWARDS + 10 {
        stranger.send(&notification(), port, None).unwrap();
    }
    let mut events = connection.events().timeout(Duration::ZERO);
    assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
    let skipped = connection.counters().foreign;
    assert_eq!(usize::try_from(skipped).unwrap(), AFTERWARDS);
    // The rest is taken by the next one, and does not hide what is behind it.
    connection.line.exchange = Exchange::new(Rules::of::<UserSock>(), port);
    for _ in 0..10 {
        let mut events = connection.events().timeout(Duration::ZERO);
        assert!(matches!(events.next_event(), Some(Ok(Incoming::Notification(_)))));
    }
    let mut events = connection.events().timeout(Duration::ZERO);
    assert!(matches!(events.next_event(), Some(Err(Error::Timeout))));
}

#[test]
fn the_time_limit_is_that_of_the_request_or_else_of_the_connection() {
    let mut connection = Links::connect().unwrap();
    connection.set_timeout(Some(TIMEOUT));
    assert_eq!(Links::GET.with(&lo()).wait().or(connection.timeout), Some(TIMEOUT));
    assert_eq!(Links::GET.with(&lo()).deadline(Duration::ZERO).wait().or(connection.timeout), Some(Duration::ZERO));
    assert_eq!(Links::GET.with(&lo()).no_deadline().wait().or(connection.timeout), None);
}
