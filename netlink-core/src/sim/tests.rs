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
    assert_eq!((datagram.bytes, datagram.truncated), (&[7; 40][..], Some(90_000)));
    // Shorter than the buffer is long, too.
    kernel.deliver(&socket, Duration::ZERO, Envelope { truncated: Some(50), ..KERNEL }, [8; 40]);
    let datagram = socket.receive(&mut buffer, None).unwrap();
    assert_eq!((datagram.bytes, datagram.truncated), (&[8; 40][..], Some(50)));
}

/// What is written, for the test to read.
#[derive(Clone, Default)]
struct Paper(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const GET: crate::operation::Operation<crate::operation::Undeclared<Route>, crate::operation::RawOperation> =
    crate::operation::Operation::new("get", 18, 16);

/// A request, a list, and one that is refused; with a number that begins somewhere else.
fn converse(socket: Socket, skip: bool) -> Vec<String> {
    let mut connection = Connection::<Route>::with_socket(socket).unwrap();
    let mut told = Vec::new();
    if skip {
        // Uses up numbers, and is not sent.
        for _ in 0..3 {
            assert!(connection.send(GET.with(&&vec![0; 400_000][..])).is_err());
        }
    }
    told.push(format!("{:?}", connection.ask(GET.with(&&b"one\0"[..])).map(|reply| reply.body.len())));
    for entry in connection.dump(GET.with(&&[][..])).unwrap() {
        told.push(format!("{:?}", entry.map(|entry| entry.body.len())));
    }
    told.push(format!("{:?}", connection.tell(GET.with(&&b"two\0"[..]).deadline(Duration::from_secs(20)))));
    told
}

#[test]
fn a_recorded_conversation_is_replayed_with_errors_and_times() {
    let kernel = Kernel::new();
    kernel.on(GET, |wanted, call| {
        call.delay(Duration::from_secs(3));
        match wanted {
            b"one\0" => Ok(crate::request::RawMessage { body: vec![7; 50].into(), ..Default::default() }),
            _ => Err(Refusal::new(Errno::NODEV).message("gone")),
        }
    });
    kernel.on_dump(GET, |_, _| {
        let entry = |len| crate::request::RawMessage { body: vec![7; len].into(), ..Default::default() };
        Ok((1..100).map(move |count| entry(4 * count)))
    });
    let paper = Paper::default();
    let mut socket = kernel.socket(Protocol::ROUTE).unwrap();
    socket.record(paper.clone()).unwrap();
    kernel.fail(&socket, Errno::NOBUFS);
    let begun = socket.now();
    let told = converse(socket, false);
    assert_eq!(told.len(), 101, "{told:?}");
    let took = kernel.now() - begun;
    assert!(took >= Duration::from_secs(3));
    let recording = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    assert!(recording.contains(" ! 105\n"), "{recording}");

    // Once more, on paper; and with other numbers of requests.
    for skip in [false, true] {
        let again = Paper::default();
        let mut socket = Socket::replay(recording.as_bytes()).unwrap();
        socket.record(again.clone()).unwrap();
        assert_eq!(converse(socket, skip), told);
        if !skip {
            assert_eq!(String::from_utf8(again.0.lock().unwrap().clone()).unwrap(), recording);
        }
    }
}

#[test]
fn another_course_than_the_recorded_one_shows_the_difference() {
    let recording = "netlink 0 port 9\n5 > 0 14000000120005000100000009000000aabbccdd # a request\n7 ! 105\n";
    let socket = Socket::replay(recording.as_bytes()).unwrap();
    assert_eq!((socket.port(), socket.protocol()), (9, Protocol::ROUTE));
    let send = |bytes: &[u8]| {
        let words = catch_unwind(AssertUnwindSafe(|| socket.send(bytes, 0, None).unwrap()));
        words.err().and_then(|words| words.downcast_ref::<String>().cloned())
    };
    let request = |flags: u8, last: u8| {
        let header = [0x14, 0, 0, 0, 0x12, 0, flags, 0, 77, 0, 0, 0, 9, 0, 0, 0];
        [&header[..], &[0xaa, 0xbb, 0xcc, last]].concat()
    };
    let difference = send(&request(5, 0xde)).unwrap();
    assert!(difference.contains("differs from the recording at byte 19"), "{difference}");
    assert!(difference.contains("aabbccdd") && difference.contains("aabbccde"), "{difference}");

    let socket = Socket::replay(recording.as_bytes()).unwrap();
    socket.send(&request(5, 0xdd), 0, None).unwrap();
    assert_eq!(socket.receive(&mut ReceiveBuffer::new(), None), Err(ReceiveError::Overrun));
    for (text, line) in
        [("", 1), ("netlink 0\n", 1), ("netlink 0 port 9\n\n5 > 0 1\n", 3), ("netlink 0 port 9\nx ! 1", 2)]
    {
        let error = Socket::replay(text.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("line {line} ")), "{error}");
    }
}
