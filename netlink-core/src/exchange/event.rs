//! What comes out of a conversation.

use crate::{
    error::{Error, Refused},
    wire::{DecodeError, Message},
};

use super::ext_ack::ExtAck;

/// What is known of a datagram besides its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The port id of the sender, 0 for the kernel: from the address, which nobody can forge, not from the header.
    pub sender: u32,
    /// The multicast group it was sent to, 0 for none.
    pub group: u32,
    /// The network namespace it comes from, if that is not the socket's own.
    pub nsid: Option<i32>,
    /// The real length in bytes, if only the beginning was received.
    pub truncated: Option<usize>,
}

/// One thing that happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A reply, one of possibly many, to a request in flight.
    Reply {
        /// The number of the request.
        seq: u32,
        /// The reply.
        message: Message<'a>,
    },
    /// A request is over; nothing more comes for it.
    Finished(Finished),
    /// A message that answers nothing: a notification.
    Notification {
        /// The message.
        message: Message<'a>,
        /// Where it comes from.
        envelope: Envelope,
    },
    /// A datagram of a protocol that has no messages.
    Unframed {
        /// The bytes.
        bytes: &'a [u8],
        /// Where it comes from.
        envelope: Envelope,
    },
    /// An answer to a request that is not in flight: it came after the request had timed out, or the request was sent
    /// without waiting for an answer. It is counted, too.
    Unmatched {
        /// The answer.
        message: Message<'a>,
        /// What it says, if it is an error.
        refused: Option<Refused>,
    },
    /// The rest of a datagram could not be used.
    Damaged {
        /// The request that the lost part most probably belonged to.
        seq: Option<u32>,
        /// What is wrong.
        damage: Damage,
    },
    /// The sender says that it lost messages.
    Lost,
}

/// What is wrong with a datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// Lengths that make no sense.
    Malformed(DecodeError),
    /// The datagram was longer than the receive buffer.
    Truncated {
        /// Its real length in bytes.
        length: usize,
    },
}

impl From<Damage> for Error {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Malformed(error) => Self::Decode(error),
            Damage::Truncated { length } => Self::Truncated { length },
        }
    }
}

/// How a request ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// The number of the request.
    pub seq: u32,
    /// How it ended.
    pub outcome: Outcome,
}

/// The ways in which a request can end.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// It was carried out, and the answer is complete.
    Completed(Completion),
    /// The kernel refused it, or gave up in the middle of the answer.
    Refused(Refused),
    /// Messages were lost, the answer among them: nobody knows whether the request was carried out.
    Overrun,
    /// No answer, or not all of it, within the time.
    TimedOut,
}

/// What is known after a request was carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completion {
    /// What the kernel had to say all the same: warnings and cookies.
    pub ext_ack: Option<Box<ExtAck>>,
    /// What was listed changed meanwhile: something may be missing or double.
    pub interrupted: bool,
    /// The kernel filtered the list as asked; without this, it may have ignored the filter.
    pub filtered: bool,
    /// The number of replies.
    pub replies: u64,
}

/// What a conversation skipped. The numbers only grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Datagrams from other processes, where only the kernel has a say.
    pub foreign: u64,
    /// Answers to requests that were no longer, or never, waited for.
    pub late: u64,
    /// Control messages without a meaning: `NLMSG_NOOP`, and types that the kernel reserves.
    pub ignored: u64,
    /// How often the receive buffer was full.
    pub overruns: u64,
    /// Datagrams whose rest was malformed or did not fit into the buffer.
    pub damaged: u64,
}
