//! The floor: a loop written by hand around `recv`, which reads the fields that are wanted and nothing else.

use std::{mem, os::fd::RawFd};

use common::{GATEWAY, Job, Tally, destination, run};

const RTM_GETLINK: u16 = 18;
const RTM_NEWROUTE: u16 = 24;
const RTM_GETROUTE: u16 = 26;

fn check(result: isize) -> usize {
    usize::try_from(result).unwrap_or_else(|_| panic!("{}", std::io::Error::last_os_error()))
}

fn open() -> RawFd {
    let on: libc::c_int = 1;
    unsafe {
        let fd = libc::socket(libc::AF_NETLINK, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::NETLINK_ROUTE);
        assert!(fd >= 0);
        for option in [libc::NETLINK_CAP_ACK, libc::NETLINK_EXT_ACK, libc::NETLINK_GET_STRICT_CHK] {
            libc::setsockopt(fd, libc::SOL_NETLINK, option, (&raw const on).cast(), 4);
        }
        fd
    }
}

fn send(fd: RawFd, bytes: &[u8]) {
    assert_eq!(check(unsafe { libc::send(fd, bytes.as_ptr().cast(), bytes.len(), 0) }), bytes.len());
}

fn receive(fd: RawFd, buffer: &mut [u8]) -> usize {
    check(unsafe { libc::recv(fd, buffer.as_mut_ptr().cast(), buffer.len(), 0) })
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_ne_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn header(out: &mut Vec<u8>, len: u32, kind: u16, flags: u16, seq: u32) {
    out.extend(len.to_ne_bytes());
    out.extend(kind.to_ne_bytes());
    out.extend(flags.to_ne_bytes());
    out.extend(seq.to_ne_bytes());
    out.extend([0; 4]);
}

/// Calls a function with each message of a list.
fn dump(kind: u16, body: &[u8], mut each: impl FnMut(&[u8])) {
    let fd = open();
    let mut request = Vec::new();
    header(&mut request, 16 + body.len() as u32, kind, 0x301, 1);
    request.extend(body);
    send(fd, &request);
    let mut buffer = vec![0; 32 * 1024];
    loop {
        let len = receive(fd, &mut buffer);
        let mut rest = &buffer[..len];
        while rest.len() >= 16 {
            let len = u32_at(rest, 0) as usize;
            match u16_at(rest, 4) {
                2 => panic!("error {}", u32_at(rest, 16) as i32),
                3 => return,
                _ => each(&rest[16..len]),
            }
            rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
        }
    }
}

/// Calls a function with the number and payload of each attribute.
fn attributes(mut rest: &[u8], mut each: impl FnMut(u16, &[u8])) {
    while rest.len() >= 4 {
        let len = usize::from(u16_at(rest, 0));
        each(u16_at(rest, 2) & 0x3fff, &rest[4..len]);
        rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
}

fn list_routes() -> Tally {
    let mut tally = Tally::default();
    let mut body = [0; 12];
    body[0] = libc::AF_INET as u8;
    dump(RTM_GETROUTE, &body, |message| {
        let (mut dst, mut oif, mut gateway, mut priority, mut table) = (0, 0, 0, 0, u32::from(message[4]));
        attributes(&message[12..], |id, payload| match id {
            1 => dst = u32_at(payload, 0).swap_bytes(),
            4 => oif = u32_at(payload, 0),
            5 => gateway = u32_at(payload, 0).swap_bytes(),
            6 => priority = u32_at(payload, 0),
            15 => table = u32_at(payload, 0),
            _ => {}
        });
        tally.route(dst, message[1], oif, gateway, priority, table);
    });
    tally
}

fn list_links() -> Tally {
    let mut tally = Tally::default();
    dump(RTM_GETLINK, &[0; 16], |message| {
        let (mut name, mut mtu) = (0, 0);
        attributes(&message[16..], |id, payload| match id {
            3 => name = payload.len() - 1,
            4 => mtu = u32_at(payload, 0),
            _ => {}
        });
        tally.link(u32_at(message, 4), name, mtu);
    });
    tally
}

/// Prebuilt datagrams of 64 messages, each acknowledged.
fn insert(count: u32, index: u32) -> Tally {
    const BATCH: u32 = 64;
    let fd = open();
    let mut datagrams = Vec::new();
    for first in (0..count).step_by(BATCH as usize) {
        let mut datagram = Vec::new();
        for n in first..count.min(first + BATCH) {
            header(&mut datagram, 16 + 12 + 24, RTM_NEWROUTE, 0x605, n + 1);
            datagram.extend([libc::AF_INET as u8, 28, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0]);
            for (id, payload) in [(1_u16, destination(n).octets()), (5, GATEWAY.octets()), (4, index.to_ne_bytes())] {
                datagram.extend(8_u16.to_ne_bytes());
                datagram.extend(id.to_ne_bytes());
                datagram.extend(payload);
            }
        }
        datagrams.push(datagram);
    }
    let start = std::time::Instant::now();
    let mut buffer = vec![0; 32 * 1024];
    let (mut made, mut answered) = (0, 0);
    for datagram in &datagrams {
        send(fd, datagram);
        let sent = (datagram.len() / 52) as u32 + answered;
        while answered < sent {
            let len = receive(fd, &mut buffer);
            let mut rest = &buffer[..len];
            while rest.len() >= 16 {
                answered += 1;
                made += u64::from(u32_at(rest, 16) == 0);
                rest = rest.get((u32_at(rest, 0) as usize).next_multiple_of(4)..).unwrap_or_default();
            }
        }
    }
    // What was prebuilt is not part of the measurement.
    println!("{made} 0 {:.6}", start.elapsed().as_secs_f64());
    mem::forget(datagrams);
    std::process::exit(0);
}

fn main() {
    run(|job| match job {
        Job::Routes => list_routes(),
        Job::Links => list_links(),
        Job::Insert { count, index } => insert(count, index),
    });
}
