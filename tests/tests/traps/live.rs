//! Traps that the running kernel shows, in a network namespace of their own or without changing anything. Others are shown
//! by the tests beside the code: `connection/tests`, `socket/tests.rs`, `tests/connector`.

use std::{
    os::fd::AsRawFd,
    process::Command,
    sync::{Mutex, PoisonError},
};

use netlink_core::{
    protocol::Protocol,
    socket::{ReceiveBuffer, ReceiveError, Socket},
};
use netlink_tests::{netns, require};

use crate::{declared::link, raw};

/// Runs a test in a network namespace of its own, while no other such test runs.
pub(crate) fn alone_in_namespace(test: impl FnOnce() + Send + 'static) {
    static ONE: Mutex<()> = Mutex::new(());
    let _alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    netns::run(test);
}

/// `RTM_NEWADDR` with an address on the loopback device: `struct ifaddrmsg`, `IFA_LOCAL`.
fn new_address(flags: u16, seq: u32, address: [u8; 4]) -> Vec<u8> {
    let body = [&[2, 32, 0, 0, 1, 0, 0, 0][..], &[8, 0, 2, 0], &address].concat();
    raw::request(20, flags, seq, &&body[..])
}

fn address(number: u32) -> [u8; 4] {
    (0x0a00_0000 + number).to_be_bytes()
}

/// So many addresses on the loopback device.
fn addresses() -> usize {
    netns::output("ip", &["-4", "-o", "address", "show", "dev", "lo"]).lines().count()
}

#[test]
fn trap_07_live_what_is_no_request_is_acknowledged_and_ignored() {
    let socket = Socket::open(Protocol::ROUTE).unwrap();
    for (kind, flags) in [(18, 0x4), (2, 0x5)] {
        socket.send(&raw::request(kind, flags, 1, &link(1)), 0, None).unwrap();
        assert_eq!(raw::told(&raw::datagrams(&socket)[0]), [(2, 0x100, 1)]);
    }
}

#[test]
fn trap_11_live_the_first_part_is_small_and_the_others_follow_the_buffer() {
    if require::tool("ip").is_none() {
        return;
    }
    netns::run(|| {
        let socket = Socket::open(Protocol::ROUTE).unwrap();
        for number in 1..=2000 {
            socket.send(&new_address(0x601, number, address(number)), 0, None).unwrap();
        }
        assert!(raw::datagrams(&socket).is_empty());
        let body = [2_u8, 0, 0, 0, 0, 0, 0, 0];
        socket.send(&raw::request(22, 0x301, 1, &&body[..]), 0, None).unwrap();
        let parts = raw::datagrams(&socket);
        let sizes: Vec<usize> = parts.iter().map(Vec::len).collect();
        assert!(sizes[0] <= 4096 && sizes[1] > 30_000 && sizes.iter().all(|size| *size <= 32 * 1024), "{sizes:?}");
        let entries = parts.iter().flat_map(|part| raw::told(part)).filter(|(kind, ..)| *kind == 20).count();
        assert_eq!(entries, 2000);
    });
}

#[test]
fn trap_19_live_acknowledgements_are_lost_and_the_requests_are_carried_out() {
    if require::tool("ip").is_none() {
        return;
    }
    netns::run(|| {
        let socket = Socket::open(Protocol::ROUTE).unwrap();
        socket.set_receive_buffer(0).unwrap();
        let requests: Vec<u8> = (1..=400).flat_map(|number| new_address(0x605, number, address(number))).collect();
        socket.send(&requests, 0, None).unwrap();
        let mut buffer = ReceiveBuffer::new();
        assert_eq!(socket.receive(&mut buffer, Some(socket.now())).map(drop), Err(ReceiveError::Overrun));
        assert!(raw::datagrams(&socket).len() < 400);
        assert_eq!(addresses(), 400);
    });
}

#[test]
fn trap_25_live_a_program_that_is_started_does_not_have_the_socket() {
    let socket = Socket::open(Protocol::ROUTE).unwrap();
    let name = std::fs::read_link(format!("/proc/self/fd/{}", socket.as_raw_fd())).unwrap();
    let output = Command::new("ls").args(["-l", "/proc/self/fd"]).output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    assert!(listed.contains(" -> ") && !listed.contains(name.to_str().unwrap()), "{listed}");
}
