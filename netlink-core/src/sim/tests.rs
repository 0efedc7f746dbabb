use std::{
    os::fd::OwnedFd,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::Duration,
};

use super::*;
use crate::{
    connection::Connection,
    errno::Errno,
    exchange::Envelope,
    protocol::{Protocol, Route},
    socket::{ReceiveBuffer, ReceiveError, Socket, SocketOption, wait},
};
use std::os::fd::AsFd;

const KERNEL: Envelope = Envelope { sender: 0, group: 0, nsid: None, truncated: None };

fn pair() -> (Kernel, Socket, ReceiveBuffer) {
    let kernel = Kernel::new();
    let socket = kernel.socket(Protocol::ROUTE).unwrap();
    (kernel, socket, ReceiveBuffer::with_size(0))
}

#[test]
fn the_descriptor_is_readable_exactly_while_something_is_there() {
    let (kernel, socket, mut buffer) = pair();
    let readable = |socket: &Socket| wait(Some(socket.as_fd()), None, Some(Duration::ZERO)).unwrap().socket;
    assert!(!readable(&socket));
    for _ in 0..2 {
        kernel.deliver(&socket, Duration::ZERO, KERNEL, *b"ab");
    }
    kernel.fail(&socket, Errno::NOMEM);
    assert!(readable(&socket));
    assert_eq!(socket.receive(&mut buffer, None), Err(ReceiveError::Io(Errno::NOMEM)));
    for _ in 0..2 {
        assert!(readable(&socket));
        assert_eq!(socket.receive(&mut buffer, None).unwrap().bytes, b"ab");
    }
    assert!(!readable(&socket));
}

#[test]
fn time_passes_up_to_the_delivery_or_the_deadline() {
    let (kernel, socket, mut buffer) = pair();
    let start = socket.now();
    kernel.deliver(&socket, Duration::from_secs(7), KERNEL, *b"late");
    let deadline = Some(start + Duration::from_secs(5));
    assert_eq!(socket.receive(&mut buffer, deadline), Err(ReceiveError::Timeout));
    assert_eq!(socket.now(), start + Duration::from_secs(5));
    assert_eq!(socket.receive(&mut buffer, None).unwrap().bytes, b"late");
    assert_eq!(socket.now(), start + Duration::from_secs(7));
    kernel.deliver(&socket, Duration::from_secs(1), KERNEL, *b"x");
    kernel.advance(Duration::from_secs(1));
    assert!(socket.receive(&mut buffer, Some(start)).is_ok());
}

#[test]
fn a_hang_panics_and_a_canceller_prevents_it() {
    let (_kernel, socket, mut buffer) = pair();
    let hang = catch_unwind(AssertUnwindSafe(|| socket.receive(&mut buffer, None).map(drop)));
    let words = hang.unwrap_err();
    assert!(words.downcast_ref::<String>().is_some_and(|words| words.contains("a hang")));

    let canceller = socket.canceller().unwrap();
    thread::scope(|scope| {
        let reader = scope.spawn(|| socket.receive(&mut ReceiveBuffer::new(), None).map(drop));
        canceller.cancel();
        assert_eq!(reader.join().unwrap(), Err(ReceiveError::Cancelled));
    });
}

#[test]
fn a_full_queue_is_an_overrun_that_lasts_until_it_is_empty() {
    let (kernel, socket, mut buffer) = pair();
    let size = socket.set_receive_buffer(0).unwrap();
    let send = || kernel.deliver(&socket, Duration::ZERO, KERNEL, vec![0; size / 2]);
    for _ in 0..5 {
        send();
    }
    assert_eq!(socket.drops().unwrap(), 3);
    assert_eq!(socket.receive(&mut buffer, None), Err(ReceiveError::Overrun));
    assert!(socket.receive(&mut buffer, None).is_ok());
    send(); // There would be room, but the queue has not been empty.
    assert!(socket.receive(&mut buffer, None).is_ok());
    assert_eq!(socket.receive(&mut buffer, Some(socket.now())), Err(ReceiveError::Timeout));
    assert_eq!(socket.drops().unwrap(), 4);
    send();
    assert!(socket.receive(&mut buffer, None).is_ok());

    socket.set_option(SocketOption::NoEnobufs, true).unwrap();
    for _ in 0..5 {
        send();
    }
    assert_eq!(socket.drops().unwrap(), 7);
    assert!(socket.receive(&mut buffer, None).is_ok());
}

#[test]
fn options_groups_and_sizes_are_those_of_a_socket() {
    let (kernel, socket, mut buffer) = pair();
    assert!(socket.option(SocketOption::Pktinfo).unwrap() && !socket.option(SocketOption::ExtAck).unwrap());
    for group in [33, 1] {
        socket.join(group).unwrap();
    }
    assert_eq!(socket.groups().unwrap(), [1, 33]);
    assert!(socket.join(0).is_err());
    let told = |group, nsid| kernel.multicast(Protocol::ROUTE, Envelope { group, nsid, ..KERNEL }, b"event");
    told(33, None);
    told(2, None);
    told(1, Some(5));
    assert_eq!(socket.receive(&mut buffer, None).unwrap().group, 33);
    assert!(socket.set_option(SocketOption::ListenAllNsid, true).unwrap());
    told(1, Some(6));
    let datagram = socket.receive(&mut buffer, None).unwrap();
    assert_eq!((datagram.group, datagram.nsid), (1, Some(6)));
    // The mask of the address, without the option: only up to 32.
    socket.set_option(SocketOption::Pktinfo, false).unwrap();
    for (group, seen) in [(1, 1), (33, 0)] {
        told(group, None);
        assert_eq!(socket.receive(&mut buffer, None).unwrap().group, seen);
    }

    let limit = socket.set_send_buffer(8192).unwrap() - 32;
    assert!(socket.send(&vec![0; limit + 1], 0, None).is_err());
    kernel.lack(SocketOption::ExtAck);
    assert!(!socket.set_option(SocketOption::ExtAck, true).unwrap());
    let connection = Connection::<Route>::with_socket(socket).unwrap();
    assert!(connection.socket().option(SocketOption::CapAck).unwrap());
}

#[test]
fn sockets_speak_with_each_other_and_a_descriptor_alone_is_no_socket() {
    let (kernel, socket, mut buffer) = pair();
    let other = kernel.socket(Protocol::ROUTE).unwrap();
    assert_ne!(socket.port(), other.port());
    other.send(b"forged", socket.port(), None).unwrap();
    let datagram = socket.receive(&mut buffer, None).unwrap();
    assert_eq!((datagram.bytes, datagram.sender), (&b"forged"[..], other.port()));
    let port = other.port();
    assert!(Socket::try_from(OwnedFd::from(other)).is_err());
    let error = socket.send(b"nobody", port, None).unwrap_err();
    assert_eq!(Errno::from_io_error(&error), Some(Errno::CONNREFUSED));
}

#[test]
fn a_datagram_can_be_cut_short() {
    let (kernel, socket, mut buffer) = pair();
    kernel.deliver(&socket, Duration::ZERO, Envelope { truncated: Some(90_000), ..KERNEL }, [7; 40]);
    let datagram = socket.receive(&mut buffer, None).unwrap();
    assert_eq!((datagram.bytes[0], datagram.truncated), (7, Some(90_000)));
}
