//! What can go wrong, at random and yet each time the same.

use std::time::Duration;

use super::{
    dump::{Dump, Interruption},
    message::{NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP, NLMSG_OVERRUN, message},
    refusal::Refusal,
    sock::Address,
    state::{Role, State},
};
use crate::{
    errno::Errno,
    exchange::Envelope,
    wire::{MessageFlags, MessageHeader},
};

/// How often what goes wrong, in thousandths. All of it happens to programs that run for long enough; the same seed and
/// the same requests give the same faults.
///
/// ```
/// use netlink_core::sim::{Faults, Kernel};
///
/// let kernel = Kernel::new();
/// let mut faults = Faults::none(7);
/// faults.overrun = 100; // each tenth answer
/// kernel.set_faults(faults);
/// kernel.set_faults(Faults::all(7, 20)); // everything, each time with a chance of 2 %
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Faults {
    /// Where the random numbers begin.
    pub seed: u64,
    /// The longest delay.
    pub longest_delay: Duration,
    /// An answer or a notification arrives late, and everything after it too.
    pub late: u16,
    /// The receive buffer counts as full: the datagram is lost, and everything until the queue is empty.
    pub overrun: u16,
    /// The kernel has no memory for an answer or a notification: it is lost, and the socket is told.
    pub unallocated: u16,
    /// An answer is lost, and nobody is told: as after an overrun, or of a kernel that never answers.
    pub lost: u16,
    /// The end of a datagram is missing, as where the buffer was too small.
    pub cut: u16,
    /// A message claims a length that makes no sense.
    pub damaged: u16,
    /// An error number has no minus.
    pub positive: u16,
    /// Before the answer there are messages that mean nothing: `NLMSG_NOOP`, reserved types.
    pub noise: u16,
    /// Before the answer the kernel says that it lost something: `NLMSG_OVERRUN`.
    pub overrun_message: u16,
    /// Before the answer another process sends one that it made up.
    pub foreign: u16,
    /// Before the answer there is one to a request of long ago.
    pub stray: u16,
    /// A list is refused with `EBUSY`.
    pub busy: u16,
    /// Something changes while a list is made.
    pub interrupted: u16,
    /// A list ends early, with `EIO` in its `NLMSG_DONE`.
    pub broken_off: u16,
    /// The end of a list comes in a datagram of its own, and its parts are small.
    pub small_parts: u16,
    /// The kernel has no memory for the next part of a list: the socket is told, and the list stands still until
    /// something else is received.
    pub stalled: u16,
    /// A finished list leaves `EINVAL` for the next call.
    pub leftover: u16,
    /// Sending fails with `ENOBUFS`.
    pub send: u16,
}

impl Faults {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none(seed: u64) -> Self {
        Self::all(seed, 0)
    }

    /// Everything goes wrong, each thing with this chance.
    #[must_use]
    pub fn all(seed: u64, thousandths: u16) -> Self {
        Self {
            seed,
            longest_delay: Duration::from_secs(10),
            late: thousandths,
            overrun: thousandths,
            unallocated: thousandths,
            lost: thousandths,
            cut: thousandths,
            damaged: thousandths,
            positive: thousandths,
            noise: thousandths,
            overrun_message: thousandths,
            foreign: thousandths,
            stray: thousandths,
            busy: thousandths,
            interrupted: thousandths,
            broken_off: thousandths,
            small_parts: thousandths,
            stalled: thousandths,
            leftover: thousandths,
            send: thousandths,
        }
    }
}

impl Default for Faults {
    fn default() -> Self {
        Self::none(0)
    }
}

/// A source of random numbers: splitmix64.
#[derive(Debug, Default)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap_or(usize::MAX) % limit.max(1)
    }
}

impl State {
    pub(super) fn faults_hit(&mut self, chance: impl FnOnce(&Faults) -> u16) -> bool {
        let chance = chance(&self.faults);
        chance > 0 && self.dice.below(1000) < usize::from(chance)
    }

    /// Sends what a request gets beside its answer.
    pub(super) fn make_noise(&mut self, to: Address, request: MessageHeader) {
        let (_, port) = to;
        let of = (request.seq, port);
        let send = |state: &mut Self, sender: u32, bytes: Vec<u8>| {
            let envelope = Envelope { sender, ..Envelope::default() };
            state.deliver(to, Role::Raw, Duration::ZERO, envelope, bytes);
        };
        let success = [0; 20];
        if self.faults_hit(|faults| faults.noise) {
            let reserved = [NLMSG_NOOP, 5, 15, 0][self.dice.below(4)];
            send(self, 0, message(reserved, MessageFlags::NONE, of, &[]));
        }
        if self.faults_hit(|faults| faults.overrun_message) {
            send(self, 0, message(NLMSG_OVERRUN, MessageFlags::NONE, of, &[]));
        }
        if self.faults_hit(|faults| faults.foreign) {
            let kind = [NLMSG_ERROR, NLMSG_DONE, 16][self.dice.below(3)];
            send(self, 2_227_522_248, message(kind, MessageFlags::NONE, of, &[&success]));
        }
        if self.faults_hit(|faults| faults.stray) {
            let seq = request.seq.wrapping_sub(1 << 20);
            send(self, 0, message(NLMSG_ERROR, MessageFlags::CAPPED, (seq, port), &[&success]));
        }
    }

    /// Decides what goes wrong with a list.
    pub(super) fn disturb(&mut self, dump: &mut Dump) {
        let entries = dump.entries.len();
        if self.faults_hit(|faults| faults.interrupted) {
            let at = self.dice.below(entries + 1);
            dump.interruption = Some(if at == entries { Interruption::End } else { Interruption::From(at) });
        }
        if self.faults_hit(|faults| faults.broken_off) {
            dump.entries.truncate(self.dice.below(entries + 1));
            dump.end = Refusal::new(Errno::IO).message("broken off");
        }
        if self.faults_hit(|faults| faults.small_parts) {
            dump.most = 1 + self.dice.below(3);
            dump.end_apart = self.dice.below(2) == 0;
        }
    }

    /// Decides what becomes of a datagram: false if it does not arrive.
    pub(super) fn spoil(
        &mut self,
        to: Address,
        role: Role,
        delay: &mut Duration,
        envelope: &mut Envelope,
        bytes: &mut Vec<u8>,
    ) -> bool {
        // Parts of lists are made only where there is room for them.
        if role != Role::Part {
            if self.faults_hit(|faults| faults.overrun) {
                if let Some(sock) = self.sock(to) {
                    sock.overrun();
                }
                return false;
            }
            if self.faults_hit(|faults| faults.unallocated) {
                if let Some(sock) = self.sock(to) {
                    sock.fail(Errno::NOBUFS);
                }
                return false;
            }
            if self.faults_hit(|faults| faults.lost) {
                return false;
            }
        }
        if self.faults_hit(|faults| faults.late) {
            let most = usize::try_from(self.faults.longest_delay.as_micros()).unwrap_or(usize::MAX);
            let micros = self.dice.below(most);
            *delay += Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
        }
        let header = bytes.first_chunk().map(MessageHeader::from_bytes);
        let errno = bytes.get_mut(16..20).filter(|_| header.is_some_and(|header| header.kind == NLMSG_ERROR));
        if let Some(errno) = errno.filter(|errno| errno[3] & 0x80 != 0).map(|errno| errno.to_vec()) {
            if self.faults_hit(|faults| faults.positive) {
                let number = errno.first_chunk().copied().map_or(0, i32::from_ne_bytes);
                bytes[16..20].copy_from_slice(&number.saturating_abs().to_ne_bytes());
            }
        }
        if self.faults_hit(|faults| faults.cut) {
            let len = bytes.len();
            bytes.truncate(self.dice.below(len));
            envelope.truncated = Some(len);
        }
        if self.faults_hit(|faults| faults.damaged) && bytes.len() >= 4 {
            let nonsense = [0, 15, 0x7fff_ffff_u32][self.dice.below(3)];
            bytes[..4].copy_from_slice(&nonsense.to_ne_bytes());
        }
        true
    }
}
