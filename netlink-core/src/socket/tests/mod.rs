mod queue;

use std::fs::File;
use std::net::{Ipv4Addr, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::thread;

use super::sys::tests::{closes_on_exec, in_child, interrupt, let_signals_interrupt};
use super::*;

const RTM_NEWLINK: u16 = 16;
const RTM_GETLINK: u16 = 18;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const REQUEST: u16 = 0x1;
const REQUEST_DUMP: u16 = 0x301;
const RTNLGRP_IPV4_MCADDR: u32 = 37;

/// `RTM_GETLINK` with a `struct ifinfomsg` in which only the index is set.
fn get_link(flags: u16, seq: u32, index: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(32_u32.to_ne_bytes());
    bytes.extend(RTM_GETLINK.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(seq.to_ne_bytes());
    bytes.extend(0_u32.to_ne_bytes());
    bytes.extend([0; 4]);
    bytes.extend(index.to_ne_bytes());
    bytes.extend([0; 8]);
    bytes
}

/// Type and sequence number of each message in a datagram.
fn messages(mut bytes: &[u8]) -> Vec<(u16, u32)> {
    let mut found = Vec::new();
    while bytes.len() >= 16 {
        let length = u32::from_ne_bytes(bytes[..4].try_into().unwrap()) as usize;
        let kind = u16::from_ne_bytes(bytes[4..6].try_into().unwrap());
        let seq = u32::from_ne_bytes(bytes[8..12].try_into().unwrap());
        found.push((kind, seq));
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    found
}

fn within(milliseconds: u64) -> Option<Instant> {
    Some(Instant::now() + Duration::from_millis(milliseconds))
}

fn errno(error: &io::Error) -> Option<Errno> {
    Errno::from_io_error(error)
}

fn route() -> Socket {
    Socket::open(Protocol::ROUTE).unwrap()
}

fn between_processes() -> (Socket, Socket) {
    (Socket::open(Protocol::USERSOCK).unwrap(), Socket::open(Protocol::USERSOCK).unwrap())
}

#[test]
fn sockets_and_cancellers_may_be_shared_between_threads() {
    fn shared<T: Send + Sync + std::fmt::Debug>() {}
    shared::<Socket>();
    shared::<Canceller>();
    shared::<ReceiveBuffer>();
}

#[test]
fn trap_24_the_kernel_chooses_the_port() {
    let (first, second) = (route(), route());
    assert_ne!(first.port(), 0);
    assert_ne!(second.port(), 0);
    assert_ne!(first.port(), second.port());
}

#[test]
fn trap_25_the_socket_and_its_canceller_are_closed_on_exec() {
    let socket = route();
    assert!(closes_on_exec(socket.as_fd()));
    assert!(closes_on_exec(socket.canceller().unwrap().event()));
}

#[test]
fn trap_25_a_forked_child_cannot_send_until_it_takes_the_socket_over() {
    let mut socket = route();
    // What a child sees: another process opened it.
    socket.opener.1 = socket.opener.1.wrapping_add(1);
    let error = socket.send(&get_link(REQUEST, 1, 1), 0, None).unwrap_err();
    assert!(error.to_string().contains("through a fork"), "{error}");
    let socket = Socket::try_from(OwnedFd::from(socket)).unwrap();
    socket.send(&get_link(REQUEST, 1, 1), 0, None).unwrap();
}

#[test]
fn trap_25_a_real_child_is_refused_and_the_parent_goes_on() {
    static SHARED: OnceLock<Socket> = OnceLock::new();
    let socket = SHARED.get_or_init(route);
    let refused = in_child(|| {
        let error = SHARED.get().map(|socket| socket.send(&get_link(REQUEST, 4, 1), 0, None));
        u32::from(matches!(error, Some(Err(error)) if error.to_string().contains("through a fork")))
    });
    assert_eq!(refused, 1);
    socket.send(&get_link(REQUEST, 5, 1), 0, None).unwrap();
    let mut buffer = ReceiveBuffer::new();
    assert_eq!(messages(socket.receive(&mut buffer, within(5000)).unwrap().bytes)[0].1, 5);
}

#[test]
fn a_protocol_that_the_kernel_does_not_have_is_told_by_its_errno() {
    for number in [31, 32, 1000, u16::MAX] {
        let error = Socket::open(Protocol::from_raw(number)).unwrap_err();
        assert_eq!(errno(&error), Some(Errno::PROTONOSUPPORT));
    }
}

#[test]
fn a_dump_of_links_is_answered_by_the_kernel() {
    let socket = route();
    let mut buffer = ReceiveBuffer::new();
    socket.send(&get_link(REQUEST_DUMP, 7, 0), 0, within(5000)).unwrap();
    let mut all = Vec::new();
    while all.last() != Some(&(NLMSG_DONE, 7)) {
        let datagram = socket.receive(&mut buffer, within(5000)).unwrap();
        assert!(datagram.is_from_kernel());
        assert_eq!((datagram.group, datagram.nsid, datagram.truncated), (0, None, None));
        all.extend(messages(datagram.bytes));
    }
    assert!(all.len() > 1);
    assert!(all[..all.len() - 1].iter().all(|&message| message == (RTM_NEWLINK, 7)));
}

#[test]
fn what_is_queued_is_received_even_after_the_deadline() {
    let socket = route();
    socket.send(&get_link(REQUEST, 3, u32::MAX >> 1), 0, Some(Instant::now())).unwrap();
    let mut buffer = ReceiveBuffer::new();
    let datagram = socket.receive(&mut buffer, Some(Instant::now())).unwrap();
    assert_eq!(messages(datagram.bytes)[0], (NLMSG_ERROR, 3));
}

#[test]
fn trap_30_groups_above_32_can_be_joined_listed_and_left() {
    let socket = route();
    assert!(socket.groups().unwrap().is_empty());
    for group in [33, 1, 32] {
        socket.join(group).unwrap();
    }
    assert_eq!(socket.groups().unwrap(), [1, 32, 33]);
    socket.leave(32).unwrap();
    socket.leave(32).unwrap();
    assert_eq!(socket.groups().unwrap(), [1, 33]);
    for group in [0, 10_000, u32::MAX] {
        assert_eq!(errno(&socket.join(group).unwrap_err()), Some(Errno::INVAL));
    }
}

#[test]
fn k2_the_group_of_an_event_is_told_above_32_too() {
    let socket = route();
    match socket.join(RTNLGRP_IPV4_MCADDR) {
        Err(error) if errno(&error) == Some(Errno::INVAL) => return, // An older kernel has no such group.
        other => other.unwrap(),
    }
    let listener = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    match listener.join_multicast_v4(&Ipv4Addr::new(239, 77, 66, 55), &Ipv4Addr::LOCALHOST) {
        Err(error) if errno(&error) == Some(Errno::NODEV) => return, // The loopback device is down.
        other => other.unwrap(),
    }
    let mut buffer = ReceiveBuffer::new();
    let datagram = socket.receive(&mut buffer, within(5000)).unwrap();
    assert!(datagram.is_from_kernel());
    assert_eq!(datagram.group, RTNLGRP_IPV4_MCADDR);
}

#[test]
fn a_deadline_ends_the_wait_and_not_before() {
    let socket = route();
    let mut buffer = ReceiveBuffer::new();
    let start = Instant::now();
    assert_eq!(socket.receive(&mut buffer, within(50)), Err(ReceiveError::Timeout));
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(50) && waited < Duration::from_secs(5), "{waited:?}");
}

#[test]
fn signals_do_not_end_the_wait_and_do_not_prolong_it() {
    let_signals_interrupt();
    let reader = thread::spawn(|| {
        let start = Instant::now();
        let result = route().receive(&mut ReceiveBuffer::new(), within(200)).map(drop);
        (result, start.elapsed())
    });
    while !reader.is_finished() {
        interrupt(&reader);
        thread::sleep(Duration::from_millis(10));
    }
    let (result, waited) = reader.join().unwrap();
    assert_eq!(result, Err(ReceiveError::Timeout));
    assert!(waited >= Duration::from_millis(200) && waited < Duration::from_secs(5), "{waited:?}");
}

#[test]
fn trap_28_a_waiting_reader_is_called_back_and_stays_so_until_reset() {
    let socket = route();
    let canceller = socket.canceller().unwrap();
    thread::scope(|scope| {
        let reader = scope.spawn(|| socket.receive(&mut ReceiveBuffer::new(), within(10_000)).map(drop));
        thread::sleep(Duration::from_millis(50));
        assert!(!reader.is_finished());
        let start = Instant::now();
        canceller.cancel();
        assert_eq!(reader.join().unwrap(), Err(ReceiveError::Cancelled));
        assert!(start.elapsed() < Duration::from_secs(5));
    });

    let mut buffer = ReceiveBuffer::new();
    socket.send(&get_link(REQUEST, 1, 1), 0, None).unwrap();
    for _ in 0..3 {
        assert_eq!(socket.receive(&mut buffer, None), Err(ReceiveError::Cancelled));
        canceller.clone().cancel();
    }
    assert!(socket.canceller().unwrap().is_cancelled());
    canceller.reset();
    assert!(!canceller.is_cancelled());
    assert_eq!(messages(socket.receive(&mut buffer, within(5000)).unwrap().bytes)[0].1, 1);
    assert_eq!(socket.receive(&mut buffer, within(1)), Err(ReceiveError::Timeout));
    canceller.cancel();
    assert_eq!(socket.receive(&mut buffer, None), Err(ReceiveError::Cancelled));
}

#[test]
fn trap_12_a_truncated_datagram_tells_its_length_and_the_next_one_fits() {
    let (sender, receiver) = between_processes();
    let mut buffer = ReceiveBuffer::with_size(0);
    assert_eq!(buffer.size(), 32 * 1024);
    let large: Vec<u8> = (0..50_000_u32).map(|number| number as u8).collect();
    for _ in 0..2 {
        sender.send(&large, receiver.port(), None).unwrap();
    }

    let cut = receiver.receive(&mut buffer, within(5000)).unwrap();
    assert_eq!(cut.truncated, Some(50_000));
    assert_eq!(cut.bytes, &large[..32 * 1024]);
    assert_eq!(buffer.size(), 64 * 1024);

    let whole = receiver.receive(&mut buffer, within(5000)).unwrap();
    assert_eq!(whole.truncated, None);
    assert_eq!(whole.bytes, large);
}

#[test]
fn trap_23_a_foreign_sender_is_seen_for_what_it_is() {
    let (sender, receiver) = between_processes();
    // The header claims port 0, the kernel.
    sender.send(&get_link(REQUEST, 1, 1), receiver.port(), None).unwrap();
    let mut buffer = ReceiveBuffer::new();
    let datagram = receiver.receive(&mut buffer, within(5000)).unwrap();
    assert_eq!(datagram.sender, sender.port());
    assert!(!datagram.is_from_kernel());
    assert_eq!(datagram.group, 0);
}

#[test]
fn a_full_receiver_is_waited_for_until_the_deadline_or_a_cancel() {
    let (sender, receiver) = between_processes();
    receiver.set_receive_buffer(0).unwrap();
    let part = [7; 1000];
    let full = loop {
        match sender.send(&part, receiver.port(), Some(Instant::now())) {
            Ok(()) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(errno(&full), Some(Errno::TIMEDOUT));
    let start = Instant::now();
    let late = sender.send(&part, receiver.port(), within(30)).unwrap_err();
    assert_eq!(errno(&late), Some(Errno::TIMEDOUT));
    assert!(start.elapsed() >= Duration::from_millis(30));

    let canceller = sender.canceller().unwrap();
    canceller.cancel();
    let cancelled = sender.send(&part, receiver.port(), None).unwrap_err();
    assert_eq!(errno(&cancelled), Some(Errno::CANCELED));
    canceller.reset();

    thread::scope(|scope| {
        let waiting = scope.spawn(|| sender.send(&part, receiver.port(), within(10_000)));
        thread::sleep(Duration::from_millis(20));
        let mut buffer = ReceiveBuffer::new();
        while receiver.receive(&mut buffer, within(200)).is_ok() {}
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn what_cannot_be_sent_is_told_by_its_errno() {
    let (sender, receiver) = between_processes();
    let limit = sender.set_send_buffer(8192).unwrap();
    let too_long = sender.send(&vec![0; limit - 31], receiver.port(), None).unwrap_err();
    assert_eq!(errno(&too_long), Some(Errno::MSGSIZE));
    sender.send(&vec![0; limit - 32], receiver.port(), None).unwrap();

    // Greater than every process id, and less than what the kernel takes where that is used: a port that was closed would
    // stay open as long as a child of another test has it.
    let nobody = sender.send(&[0; 16], 0x7fff_ff00, None).unwrap_err();
    assert_eq!(errno(&nobody), Some(Errno::CONNREFUSED));
}

#[test]
fn trap_18_an_overrun_is_typed_and_trap_21_counted_even_where_it_is_hidden() {
    for hidden in [false, true] {
        let socket = route();
        socket.set_receive_buffer(0).unwrap();
        assert!(socket.set_option(SocketOption::NoEnobufs, hidden).unwrap());
        for seq in 1..=100 {
            socket.send(&get_link(REQUEST, seq, 1), 0, None).unwrap();
        }
        assert!(socket.drops().unwrap() > 0);

        let mut buffer = ReceiveBuffer::new();
        let first = socket.receive(&mut buffer, within(5000)).map(drop);
        assert_eq!(first, if hidden { Ok(()) } else { Err(ReceiveError::Overrun) });
        // What is left can still be read, and then the socket works again.
        while socket.receive(&mut buffer, Some(Instant::now())).is_ok() {}
        socket.send(&get_link(REQUEST, 101, 1), 0, None).unwrap();
        assert_eq!(messages(socket.receive(&mut buffer, within(5000)).unwrap().bytes)[0].1, 101);
    }
}

#[test]
fn options_are_taken_and_read_back() {
    let socket = route();
    assert!(socket.option(SocketOption::Pktinfo).unwrap());
    use SocketOption::{BroadcastError, CapAck, ExtAck, GetStrictChk, NoEnobufs};
    for option in [ExtAck, CapAck, GetStrictChk, NoEnobufs, BroadcastError] {
        assert!(!socket.option(option).unwrap());
        assert!(socket.set_option(option, true).unwrap());
        assert!(socket.option(option).unwrap());
        assert!(socket.set_option(option, false).unwrap());
        assert!(!socket.option(option).unwrap());
    }
    match socket.set_option(SocketOption::ListenAllNsid, true) {
        Ok(taken) => assert!(taken),
        Err(error) => assert_eq!(errno(&error), Some(Errno::PERM)),
    }
}

#[test]
fn buffer_sizes_are_those_the_kernel_has() {
    let socket = route();
    assert_eq!(socket.set_receive_buffer(50_000).unwrap(), 100_000);
    assert_eq!(socket.receive_buffer().unwrap(), 100_000);
    assert_eq!(socket.set_send_buffer(50_000).unwrap(), 100_000);
    assert_eq!(socket.send_buffer().unwrap(), 100_000);
    // Far too small and far too large are the kernel's own limits.
    assert!(socket.set_receive_buffer(0).unwrap() > 0);
    assert!(socket.set_receive_buffer(usize::MAX).unwrap() > 100_000);
}

#[test]
fn a_descriptor_becomes_a_socket_only_if_it_is_one_of_netlink() {
    let file = OwnedFd::from(File::open("/dev/null").unwrap());
    assert_eq!(errno(&Socket::try_from(file).unwrap_err()), Some(Errno::NOTSOCK));

    let (stream, _other) = UnixStream::pair().unwrap();
    let error = Socket::try_from(OwnedFd::from(stream)).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);

    let unbound = sys::socket(Protocol::GENERIC).unwrap();
    assert_eq!(sys::port(unbound.as_fd()), Ok(Some(0)));
    let socket = Socket::try_from(unbound).unwrap();
    assert_ne!(socket.port(), 0);
    assert_eq!(socket.protocol(), Protocol::GENERIC);
    assert!(socket.option(SocketOption::Pktinfo).unwrap());

    let (port, raw) = (socket.port(), socket.as_raw_fd());
    let again = Socket::try_from(OwnedFd::from(socket)).unwrap();
    assert_eq!((again.port(), again.as_raw_fd()), (port, raw));
}

#[test]
fn receive_errors_keep_their_errno() {
    for (error, expected) in [
        (ReceiveError::Timeout, Errno::TIMEDOUT),
        (ReceiveError::Cancelled, Errno::CANCELED),
        (ReceiveError::Overrun, Errno::NOBUFS),
        (ReceiveError::Io(Errno::INVAL), Errno::INVAL),
    ] {
        assert!(!error.to_string().is_empty());
        assert_eq!(errno(&error.into()), Some(expected));
    }
    assert_eq!(ReceiveError::from(Errno::NOBUFS), ReceiveError::Overrun);
}
