//! What a simulated kernel consists of, behind its lock: sockets, the time, and what is under way.

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    time::Duration,
};

use libc::c_int;

use super::{
    kernel::DatagramHandler,
    sock::{Address, Sock},
};
use crate::{errno::Errno, exchange::Envelope, protocol::Protocol, socket::SocketOption};

#[derive(Debug, Default)]
pub(super) struct State {
    /// Since the kernel was made.
    pub(super) time: Duration,
    socks: BTreeMap<Address, Sock>,
    /// What is delivered later: by time, and in order.
    agenda: BTreeMap<(Duration, u64), Parcel>,
    parcels: u64,
    next_port: u32,
    pub(super) datagram_handlers: HashMap<Protocol, DatagramHandler>,
    /// Options that this kernel is too old for.
    pub(super) lacking: Vec<SocketOption>,
}

/// A datagram under way.
#[derive(Debug)]
struct Parcel {
    to: Address,
    envelope: Envelope,
    bytes: Vec<u8>,
}

impl State {
    pub(super) fn open(&mut self, protocol: Protocol, event: File) -> Address {
        // Like those of a process's second socket: nothing that anybody could take for a process id.
        self.next_port = self.next_port.wrapping_sub(1) | 1 << 31;
        let address = (protocol, self.next_port);
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

    /// Delivers a datagram of the kernel, now or later.
    pub(super) fn deliver(&mut self, to: Address, delay: Duration, envelope: Envelope, bytes: Vec<u8>) {
        if !delay.is_zero() {
            self.parcels += 1;
            let at = self.time.saturating_add(delay);
            self.agenda.insert((at, self.parcels), Parcel { to, envelope, bytes });
        } else if let Some(sock) = self.sock(to) {
            sock.deliver(envelope, bytes);
        }
    }

    /// Delivers a datagram to all members of a group but one, now or later.
    pub(super) fn multicast(
        &mut self,
        protocol: Protocol,
        except: Option<u32>,
        delay: Duration,
        envelope: Envelope,
        bytes: &[u8],
    ) {
        let listens = |sock: &Sock| sock.listens(envelope.group, envelope.nsid);
        let members = self.socks.iter().filter(|((of, _), sock)| *of == protocol && listens(sock));
        let members: Vec<Address> = members.map(|(address, _)| *address).collect();
        for member in members.into_iter().filter(|(_, port)| Some(*port) != except) {
            self.deliver(member, delay, envelope, bytes.to_vec());
        }
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
            let Parcel { to, envelope, bytes } = entry.remove();
            self.deliver(to, Duration::ZERO, envelope, bytes);
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
