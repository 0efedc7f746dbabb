//! The thread that reads ahead: when there is one, what it may hold, and that it ends.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::{
    connection::ahead::{Ahead, BUFFERS, SHORT, Source},
    protocol::Protocol,
    socket::{ReceiveBuffer, ReceiveError, Socket, in_child},
};

/// A socket in whose queue are so many datagrams, each with its number, and the beginning of reading ahead.
fn queue(count: u8) -> (Arc<Socket>, Ahead) {
    let (socket, other) = (Socket::open(Protocol::USERSOCK).unwrap(), Socket::open(Protocol::USERSOCK).unwrap());
    for number in 0..count {
        other.send(&[number], socket.port(), None).unwrap();
    }
    let socket = Arc::new(socket);
    let mut ahead = Ahead::new(Arc::clone(&socket), 0);
    let mut buffer = ReceiveBuffer::with_size(0);
    for _ in 0..SHORT {
        assert!(ahead.next(&mut buffer).is_none() && !ahead.is_over());
        assert_eq!(owners(&socket), 1);
        ahead.count();
    }
    (socket, ahead)
}

/// Who has the socket: its owner and the thread, which come from the same place.
fn owners(socket: &Arc<Socket>) -> usize {
    Arc::strong_count(socket) - 1
}

/// Waits until the thread does: one that fills all buffers goes on when half of them are empty.
fn wait_until_full(ahead: &Ahead) {
    let begun = Instant::now();
    while ahead.waiting() < BUFFERS - 1 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it holds {}", ahead.waiting());
        thread::yield_now();
    }
    thread::sleep(Duration::from_millis(20));
}

/// The numbers that are left, in order.
fn rest(ahead: &mut Ahead, buffer: &mut ReceiveBuffer) -> Vec<u8> {
    let next = std::iter::from_fn(|| {
        let (envelope, len) = ahead.next(buffer)?.unwrap();
        assert!(envelope.sender != 0 && len == 1);
        Some(buffer.bytes()[0])
    });
    next.collect()
}

#[test]
fn everything_comes_in_order_into_memory_that_is_used_again() {
    let (_socket, mut ahead) = queue(100);
    let mut buffer = ReceiveBuffer::with_size(0);
    let mut places = BTreeSet::new();
    for number in 0..100 {
        let (_, len) = ahead.next(&mut buffer).unwrap().unwrap();
        assert_eq!((len, buffer.bytes()[0]), (1, number));
        assert!(ahead.waiting() <= BUFFERS && ahead.has_begun());
        places.insert(buffer.bytes().as_ptr());
    }
    assert!((2..=BUFFERS + 1).contains(&places.len()), "{}", places.len());
    assert!(ahead.next(&mut buffer).is_none() && ahead.is_over());
}

#[test]
fn no_more_is_taken_than_there_are_buffers_and_all_of_it_is_left_behind() {
    let (socket, mut ahead) = queue(100);
    let mut buffer = ReceiveBuffer::with_size(0);
    assert!(ahead.next(&mut buffer).unwrap().is_ok());
    assert_eq!(buffer.bytes()[0], 0);
    wait_until_full(&ahead);
    ahead.stop();
    assert!((BUFFERS - 1..=BUFFERS).contains(&ahead.waiting()) && !ahead.is_over());
    let mut all = rest(&mut ahead, &mut buffer);
    assert!(ahead.is_over());
    while let Ok(datagram) = socket.try_receive(&mut buffer) {
        all.push(datagram.bytes[0]);
    }
    assert_eq!(all, (1..100).collect::<Vec<u8>>());
}

#[test]
fn it_ends_with_its_owner_and_the_thread_too() {
    let (socket, mut ahead) = queue(100);
    assert!(ahead.next(&mut ReceiveBuffer::with_size(0)).unwrap().is_ok());
    wait_until_full(&ahead);
    drop(ahead);
    // The thread would have its part of it.
    assert_eq!(Arc::strong_count(&socket), 1);
}

#[test]
fn who_is_cancelled_gets_nothing_until_that_is_over() {
    let (socket, mut ahead) = queue(100);
    let mut buffer = ReceiveBuffer::with_size(0);
    assert!(ahead.next(&mut buffer).unwrap().is_ok());
    let canceller = socket.canceller().unwrap();
    canceller.cancel();
    for _ in 0..2 {
        assert_eq!(ahead.next(&mut buffer).unwrap().unwrap_err(), ReceiveError::Cancelled);
    }
    canceller.reset();
    let mut all = rest(&mut ahead, &mut buffer);
    while let Ok(datagram) = socket.try_receive(&mut buffer) {
        all.push(datagram.bytes[0]);
    }
    assert_eq!(all, (1..100).collect::<Vec<u8>>());
}

#[test]
fn a_child_has_no_such_thread_and_does_not_wait_for_it() {
    static AHEAD: Mutex<Option<Ahead>> = Mutex::new(None);
    let (_socket, mut ahead) = queue(100);
    assert!(ahead.next(&mut ReceiveBuffer::with_size(0)).unwrap().is_ok());
    *AHEAD.lock().unwrap() = Some(ahead);
    let none_over_dropped = in_child(|| {
        let mut ahead = AHEAD.lock().unwrap().take().unwrap();
        let none = ahead.next(&mut ReceiveBuffer::with_size(0)).is_none();
        let over = ahead.is_over();
        drop(ahead);
        u32::from(none) + 2 * u32::from(over) + 4
    });
    assert_eq!(none_over_dropped, 7);
    assert!(AHEAD.lock().unwrap().take().unwrap().next(&mut ReceiveBuffer::with_size(0)).unwrap().is_ok());
}
