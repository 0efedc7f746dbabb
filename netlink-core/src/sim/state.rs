//! What a simulated kernel consists of, behind its lock: sockets, the time, and what is under way.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    fs::File,
    time::Duration,
};

use libc::c_int;

use super::{
    family::Families,
    faults::{Dice, Faults},
    handler::{Handler, Key},
    kernel::DatagramHandler,
    record::{Next, Script},
    sock::{Address, Sock},
};
use crate::{
    errno::Errno,
    exchange::Envelope,
    protocol::Protocol,
    socket::{Received, SocketOption},
};

/// What happens at the end of a batch.
pub(super) type BatchEnd = Box<dyn FnMut(bool) + Send>;

/// What a datagram is, for the rules of its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A reply or an acknowledgement: lost where the receive buffer is full.
    Answer,
    /// A notification: likewise.
    Event,
    /// A part of a list: made only where there is room.
    Part,
    /// What the test sends as it is: nothing goes wrong with it, except that there may be no room.
    Raw,
}

#[derive(Default)]
pub(super) struct State {
    /// Since the kernel was made.
    pub(super) time: Duration,
    /// How much of that is due to another clock.
    #[cfg(feature = "tokio")]
    pub(super) followed: Duration,
    socks: BTreeMap<Address, Sock>,
    /// What is delivered later: by time, and in order.
    agenda: BTreeMap<(Duration, u64), Parcel>,
    parcels: u64,
    next_port: u32,
    pub(super) datagram_handlers: HashMap<Protocol, DatagramHandler>,
    pub(super) handlers: HashMap<Key, Vec<Handler>>,
    pub(super) batch_end: Option<BatchEnd>,
    pub(super) families: Families,
    pub(super) faults: Faults,
    pub(super) dice: Dice,
    /// What is still to come, if it is a replayed conversation.
    pub(super) script: Option<Script>,
    /// Options that this kernel is too old for.
    pub(super) lacking: Vec<SocketOption>,
}

/// A datagram under way.
#[derive(Debug)]
struct Parcel {
    to: Address,
    part: bool,
    envelope: Envelope,
    bytes: Vec<u8>,
}

impl State {
    pub(super) fn open(&mut self, protocol: Protocol, port: Option<u32>, event: File) -> Address {
        // Like those of a process's second socket: nothing that anybody could take for a process id.
        self.next_port = self.next_port.wrapping_sub(1) | 1 << 31;
        let address = (protocol, port.unwrap_or(self.next_port));
        self.socks.insert(address, Sock::new(event));
        address
    }

    pub(super) fn close(&mut self, address: Address) {
        self.socks.remove(&address);
        self.agenda.retain(|_, parcel| parcel.to != address);
    }

    pub(super) fn sock(&mut self, address: Address) -> Option<&mut Sock> {
        self.socks.get_mut(&address)
    }

    /// Whether the kernel takes a datagram from this socket.
    pub(super) fn may_send(&mut self, from: Address, len: usize) -> Result<(), Errno> {
        let limit = self.sock(from).ok_or(Errno::BADF)?.send_buffer - 32;
        match len {
            0 => Err(Errno::NODATA),
            len if len > limit => Err(Errno::MSGSIZE),
            _ => Ok(()),
        }
    }

    /// From one socket to another, past the kernel.
    pub(super) fn between(&mut self, (protocol, sender): Address, to_port: u32, bytes: &[u8]) -> Result<(), Errno> {
        let sock = self.sock((protocol, to_port)).ok_or(Errno::CONNREFUSED)?;
        if sock.is_full() {
            return Err(Errno::AGAIN);
        }
        sock.push(Envelope { sender, ..Envelope::default() }, bytes.to_vec());
        Ok(())
    }

    /// Delivers a datagram of the kernel, now or later; or loses it.
    pub(super) fn deliver(
        &mut self,
        to: Address,
        role: Role,
        mut delay: Duration,
        mut envelope: Envelope,
        mut bytes: Vec<u8>,
    ) {
        let mut at = self.time.saturating_add(delay);
        if role != Role::Raw {
            if !self.spoil(to, role, &mut delay, &mut envelope, &mut bytes) {
                return;
            }
            self.delay(to, delay);
            at = self.sock(to).map_or(at, |sock| sock.not_before).max(self.time);
        }
        let parcel = Parcel { to, part: role == Role::Part, envelope, bytes };
        if at > self.time {
            self.parcels += 1;
            self.agenda.insert((at, self.parcels), parcel);
        } else {
            self.hand_over(parcel);
        }
    }

    fn hand_over(&mut self, Parcel { to, part, envelope, bytes }: Parcel) {
        match self.sock(to) {
            Some(sock) if part => sock.push(envelope, bytes),
            Some(sock) => {
                sock.deliver(envelope, bytes);
            }
            None => {}
        }
    }

    /// Lets everything to a socket arrive no earlier than then.
    pub(super) fn delay(&mut self, to: Address, delay: Duration) {
        let at = self.time.saturating_add(delay);
        if let Some(sock) = self.sock(to) {
            sock.not_before = sock.not_before.max(at);
        }
    }

    /// Gives the next datagram to a socket, and goes on with its list if there is room now.
    pub(super) fn receive(&mut self, of: Address, buffer: &mut [u8]) -> Result<Received, Errno> {
        let received = self.sock(of).ok_or(Errno::BADF)?.receive(buffer);
        if received.is_ok() {
            self.continue_dump(of);
        }
        if received.as_ref().err() != Some(&Errno::AGAIN) {
            self.feed(of);
        }
        if let Some(sock) = self.sock(of) {
            sock.settle();
        }
        received
    }

    /// In a replayed conversation: lets the next thing arrive that was received then.
    pub(super) fn feed(&mut self, of: Address) {
        match self.script.as_mut().and_then(Script::next) {
            Some(Next::Deliver(delay, envelope, bytes)) => self.deliver(of, Role::Raw, delay, envelope, bytes),
            Some(Next::Fail(errno)) => {
                if let Some(sock) = self.sock(of) {
                    sock.fail(errno);
                }
            }
            None => {}
        }
    }

    /// Sends the next part of a list, if there is one and room for it.
    pub(super) fn continue_dump(&mut self, of: Address) {
        let may = self.sock(of).is_some_and(|sock| sock.dump.is_some() && sock.is_half_empty());
        if !may {
            return;
        }
        if self.faults_hit(|faults| faults.stalled) {
            if let Some(sock) = self.sock(of) {
                sock.fail(Errno::NOBUFS);
            }
            return;
        }
        let leaves_error = self.faults_hit(|faults| faults.leftover);
        let Some(sock) = self.sock(of) else { return };
        let Some(dump) = &mut sock.dump else { return };
        let (part, last) = dump.part(sock.largest_offer);
        if last {
            sock.dump = None;
            if leaves_error {
                sock.fail(Errno::INVAL);
            }
        }
        self.deliver(of, Role::Part, Duration::ZERO, Envelope::default(), part);
    }

    /// Delivers a datagram to all members of a group but one.
    pub(super) fn multicast(&mut self, protocol: Protocol, except: Option<u32>, envelope: Envelope, bytes: &[u8]) {
        let listens = |sock: &Sock| sock.listens(envelope.group, envelope.nsid);
        let members = self.socks.iter().filter(|((of, _), sock)| *of == protocol && listens(sock));
        let members: Vec<Address> = members.map(|(address, _)| *address).collect();
        for member in members.into_iter().filter(|(_, port)| Some(*port) != except) {
            self.deliver(member, Role::Event, Duration::ZERO, envelope, bytes.to_vec());
        }
    }

    /// The time of the next delivery.
    #[cfg(feature = "tokio")]
    pub(super) fn next_delivery(&self) -> Option<Duration> {
        self.agenda.first_key_value().map(|((at, _), _)| *at)
    }

    /// Lets time pass up to the next delivery, but no more than `most`; false if there is neither.
    pub(super) fn pass_time(&mut self, most: Option<Duration>) -> bool {
        let limit = most.map(|most| self.time.saturating_add(most));
        let next =
            self.agenda.first_key_value().map(|((at, _), _)| *at).filter(|at| limit.is_none_or(|end| *at <= end));
        let Some(until) = next.or(limit) else { return false };
        self.advance_to(until);
        true
    }

    pub(super) fn advance_to(&mut self, time: Duration) {
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= time) {
            self.time = self.time.max(entry.key().0);
            let parcel = entry.remove();
            self.hand_over(parcel);
        }
        self.time = self.time.max(time);
    }

    pub(super) fn set_option(&mut self, of: Address, level: c_int, name: c_int, value: c_int) -> Result<(), Errno> {
        self.knows(level, name)?;
        self.sock(of).ok_or(Errno::BADF)?.set_option(level, name, value)
    }

    pub(super) fn option(&mut self, of: Address, level: c_int, name: c_int) -> Result<Vec<u32>, Errno> {
        self.knows(level, name)?;
        self.sock(of).ok_or(Errno::BADF)?.option(of, level, name)
    }

    fn knows(&self, level: c_int, name: c_int) -> Result<(), Errno> {
        let lacking = level == libc::SOL_NETLINK && self.lacking.iter().any(|option| option.number() == name);
        if lacking { Err(Errno::NOPROTOOPT) } else { Ok(()) }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("time", &self.time).field("socks", &self.socks).finish_non_exhaustive()
    }
}
