//! Lists: the kernel sends a part now, and the next one whenever a part has been received.

use std::collections::VecDeque;

use super::{message::Asked, refusal::Refusal};
use crate::wire::{MessageFlags, MessageHeader};

/// `NLMSG_GOODSIZE` with pages of 4 KiB: the size of the first part.
const GOODSIZE: usize = 4096 - SKB_OVERHEAD;

/// The largest part, whatever is offered.
const LARGEST: usize = 32 * 1024 - SKB_OVERHEAD;

/// `struct skb_shared_info`, for which the kernel leaves room.
const SKB_OVERHEAD: usize = 320;

/// Where an interruption shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// In every part from this entry on, and at the end.
    From(usize),
    /// Only at the end.
    End,
}

/// A list of which the end has not been sent.
#[derive(Debug)]
pub(super) struct Dump {
    pub(super) asked: Asked,
    /// Whole messages.
    pub(super) entries: VecDeque<Vec<u8>>,
    /// How many have been sent.
    pub(super) sent: usize,
    pub(super) filtered: bool,
    pub(super) interruption: Option<Interruption>,
    pub(super) end: Refusal,
    /// The most entries of a part.
    pub(super) most: usize,
    /// The end comes in a datagram of its own.
    pub(super) end_apart: bool,
}

impl Dump {
    fn flags(&self, end: bool) -> MessageFlags {
        let mut flags = MessageFlags::MULTI;
        if self.filtered {
            flags |= MessageFlags::DUMP_FILTERED;
        }
        let interrupted = match self.interruption {
            Some(Interruption::From(entry)) => end || self.sent >= entry,
            Some(Interruption::End) => end,
            None => false,
        };
        if interrupted { flags | MessageFlags::DUMP_INTR } else { flags }
    }

    /// The next datagram, for a socket that offered so many bytes at most; and whether it was the last one.
    pub(super) fn part(&mut self, offered: usize) -> (Vec<u8>, bool) {
        let room = offered.clamp(GOODSIZE, LARGEST);
        let mut part = Vec::new();
        let mut entries = 0;
        while let Some(entry) = self.entries.front() {
            let fits = part.len() + entry.len() <= room;
            if !part.is_empty() && (!fits || entries == self.most) {
                return (part, false);
            }
            let flags = self.flags(false);
            let Some(mut entry) = self.entries.pop_front() else { break };
            self.sent += 1;
            // What does not fit into an empty part is left out, and nobody is told.
            if fits {
                entry[6..8].copy_from_slice(&flags.bits().to_ne_bytes());
                part.extend(entry);
                entries += 1;
            }
        }
        let left = room - part.len();
        if !part.is_empty() && (self.end_apart || left < MessageHeader::SIZE + 4) {
            return (part, false);
        }
        part.extend(self.asked.done(&self.end, self.flags(true), left));
        (part, true)
    }
}
