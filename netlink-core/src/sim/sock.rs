//! The kernel's end of a simulated socket: its queue, and what the kernel does when that is full.

use std::{
    collections::{BTreeSet, VecDeque},
    fs::File,
    io::{Read, Write},
    time::Duration,
};

use libc::c_int;

use super::dump::Dump;
use crate::{errno::Errno, exchange::Envelope, protocol::Protocol, socket::Received, socket::SocketOption as Opt};

/// A protocol and a port id.
pub(super) type Address = (Protocol, u32);

/// What a datagram costs beside its bytes: the kernel counts the memory of its `struct sk_buff` too.
const OVERHEAD: usize = 576;

/// `SOCK_MIN_RCVBUF` and `SOCK_MIN_SNDBUF` of a kernel on a 64-bit machine.
const SMALLEST_RECEIVE: usize = 2304;
const SMALLEST_SEND: usize = 4608;

/// `net.core.rmem_default` and `net.core.wmem_default`.
const DEFAULT_BUFFER: usize = 212_992;

/// The kernel's end of a socket.
#[derive(Debug)]
pub(super) struct Sock {
    event: File,
    signalled: bool,
    queue: VecDeque<Queued>,
    /// The memory of what is queued.
    used: usize,
    receive_buffer: usize,
    pub(super) send_buffer: usize,
    /// Messages were lost: everything is dropped until the queue is empty.
    congested: bool,
    error: Option<Errno>,
    drops: u32,
    /// By the number of the option.
    options: u32,
    groups: BTreeSet<u32>,
    /// The largest buffer that was offered to a datagram.
    pub(super) largest_offer: usize,
    /// The list that has not ended.
    pub(super) dump: Option<Dump>,
    /// Nothing of the kernel arrives before this, since it comes after something that is late.
    pub(super) not_before: Duration,
}

#[derive(Debug)]
struct Queued {
    bytes: Vec<u8>,
    envelope: Envelope,
}

impl Queued {
    fn charge(&self) -> usize {
        self.bytes.len().next_multiple_of(64) + OVERHEAD
    }
}

impl Sock {
    pub(super) fn new(event: File) -> Self {
        Self {
            event,
            signalled: false,
            queue: VecDeque::new(),
            used: 0,
            receive_buffer: DEFAULT_BUFFER,
            send_buffer: DEFAULT_BUFFER,
            congested: false,
            error: None,
            drops: 0,
            options: 0,
            groups: BTreeSet::new(),
            largest_offer: 0,
            dump: None,
            not_before: Duration::ZERO,
        }
    }

    pub(super) fn is_readable(&self) -> bool {
        self.error.is_some() || !self.queue.is_empty()
    }

    /// Makes the descriptor readable if and only if the socket is.
    fn signal(&mut self) {
        let readable = self.is_readable();
        if readable != self.signalled {
            self.signalled = readable;
            // An event is never full and, when it is read, never empty here.
            let _ = match readable {
                true => self.event.write(&1_u64.to_ne_bytes()),
                false => self.event.read(&mut [0; 8]),
            };
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.used > self.receive_buffer
    }

    /// Whether there is room for the next part of a list.
    pub(super) fn is_half_empty(&self) -> bool {
        self.used <= self.receive_buffer / 2
    }

    /// The memory of what is queued, in bytes.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// Puts a datagram of the kernel into the queue, or loses it. A queue may exceed its size by the last datagram.
    pub(super) fn deliver(&mut self, envelope: Envelope, bytes: Vec<u8>) -> bool {
        if self.is_full() || self.congested {
            self.overrun();
            return false;
        }
        self.push(envelope, bytes);
        true
    }

    pub(super) fn push(&mut self, envelope: Envelope, bytes: Vec<u8>) {
        let queued = Queued { bytes, envelope };
        self.used += queued.charge();
        self.queue.push_back(queued);
        self.signal();
    }

    /// A datagram is lost.
    pub(super) fn overrun(&mut self) {
        if !self.has(Opt::NoEnobufs) && !self.congested {
            self.congested = true;
            self.fail(Errno::NOBUFS);
        }
        self.drops = self.drops.wrapping_add(1);
    }

    /// The next call reports an error.
    pub(super) fn fail(&mut self, errno: Errno) {
        self.error = Some(errno);
        self.signal();
    }

    pub(super) fn receive(&mut self, buffer: &mut [u8]) -> Result<Received, Errno> {
        if let Some(errno) = self.error.take() {
            self.signal();
            return Err(errno);
        }
        let queued = self.queue.pop_front().ok_or(Errno::AGAIN)?;
        self.used -= queued.charge();
        self.largest_offer = self.largest_offer.max(buffer.len());
        self.signal();

        let Queued { bytes, envelope } = queued;
        let fits = bytes.len().min(buffer.len());
        buffer[..fits].copy_from_slice(&bytes[..fits]);
        let mask = match envelope.group {
            group @ 1..=32 => 1 << (group - 1),
            _ => 0,
        };
        Ok(Received {
            length: envelope.truncated.unwrap_or(0).max(bytes.len()),
            sender: Some((envelope.sender, mask)),
            group: self.has(Opt::Pktinfo).then_some(envelope.group),
            nsid: envelope.nsid.filter(|_| self.has(Opt::ListenAllNsid)),
            cut: envelope.truncated.map(|_| fits),
        })
    }

    /// After each attempt to receive. Where messages were lost, the kernel takes new ones once the queue is empty.
    pub(super) fn settle(&mut self) {
        self.congested &= !self.queue.is_empty();
    }

    /// Whether a multicast message of this group, and perhaps of another network namespace, is for this socket.
    pub(super) fn listens(&self, group: u32, nsid: Option<i32>) -> bool {
        self.groups.contains(&group) && (nsid.is_none() || self.has(Opt::ListenAllNsid))
    }

    pub(super) fn has(&self, option: Opt) -> bool {
        self.options & bit(option.number()) != 0
    }

    pub(super) fn set_option(&mut self, level: c_int, name: c_int, value: c_int) -> Result<(), Errno> {
        let size = || usize::try_from(value).unwrap_or(0).min(c_int::MAX as usize / 2) * 2;
        match (level, name) {
            (libc::SOL_SOCKET, libc::SO_RCVBUF | libc::SO_RCVBUFFORCE) => {
                self.receive_buffer = size().max(SMALLEST_RECEIVE);
            }
            (libc::SOL_SOCKET, libc::SO_SNDBUF | libc::SO_SNDBUFFORCE) => self.send_buffer = size().max(SMALLEST_SEND),
            (libc::SOL_NETLINK, libc::NETLINK_ADD_MEMBERSHIP | libc::NETLINK_DROP_MEMBERSHIP) => {
                let group = u32::try_from(value).ok().filter(|group| (1..=MOST_GROUPS).contains(group));
                let group = group.ok_or(Errno::INVAL)?;
                if name == libc::NETLINK_ADD_MEMBERSHIP {
                    self.groups.insert(group);
                } else {
                    self.groups.remove(&group);
                }
            }
            (libc::SOL_NETLINK, name) if value != 0 => self.options |= bit(name),
            (libc::SOL_NETLINK, name) => self.options &= !bit(name),
            _ => return Err(Errno::NOPROTOOPT),
        }
        Ok(())
    }

    pub(super) fn option(&self, (protocol, _): Address, level: c_int, name: c_int) -> Result<Vec<u32>, Errno> {
        let word = |value: usize| vec![u32::try_from(value).unwrap_or(u32::MAX)];
        Ok(match (level, name) {
            (libc::SOL_SOCKET, libc::SO_DOMAIN) => vec![libc::AF_NETLINK as u32],
            (libc::SOL_SOCKET, libc::SO_PROTOCOL) => vec![u32::from(protocol.raw())],
            (libc::SOL_SOCKET, libc::SO_RCVBUF) => word(self.receive_buffer),
            (libc::SOL_SOCKET, libc::SO_SNDBUF) => word(self.send_buffer),
            (libc::SOL_SOCKET, libc::SO_MEMINFO) => {
                let mut words = vec![0; libc::SK_MEMINFO_DROPS as usize + 1];
                words[libc::SK_MEMINFO_RMEM_ALLOC as usize] = word(self.used)[0];
                words[libc::SK_MEMINFO_RCVBUF as usize] = word(self.receive_buffer)[0];
                words[libc::SK_MEMINFO_SNDBUF as usize] = word(self.send_buffer)[0];
                words[libc::SK_MEMINFO_DROPS as usize] = self.drops;
                words
            }
            (libc::SOL_NETLINK, libc::NETLINK_LIST_MEMBERSHIPS) => {
                let last = self.groups.last().copied().unwrap_or(1);
                let mut words = vec![0; last.div_ceil(32) as usize];
                for group in self.groups.iter().map(|group| group - 1) {
                    words[group as usize / 32] |= 1 << (group % 32);
                }
                words
            }
            (libc::SOL_NETLINK, name) => vec![u32::from(self.options & bit(name) != 0)],
            _ => return Err(Errno::NOPROTOOPT),
        })
    }
}

/// More groups than any protocol has.
const MOST_GROUPS: u32 = 1024;

fn bit(option: c_int) -> u32 {
    u32::try_from(option).ok().and_then(|option| 1_u32.checked_shl(option)).unwrap_or(0)
}
