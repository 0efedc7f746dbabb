//! The conversation with the kernel as a state machine.
//!
//! It is fed with datagrams and with the time, and says what they mean: replies, ends, refusals, notifications,
//! losses. All rules about sequence numbers, senders, acknowledgements and dumps are here, and no file descriptor:
//! whoever has a transport of their own (an async runtime, a simulated kernel, a capture) drives it directly.
//!
//! ```
//! use std::time::Instant;
//! use netlink_core::{
//!     exchange::{Envelope, Event, Exchange, Expect, Outcome, Rules},
//!     protocol::Route,
//!     wire::{MessageFlags, MessageHeader},
//! };
//!
//! let now = Instant::now();
//! let mut exchange = Exchange::new(Rules::of::<Route>(), 4711);
//! let flags = MessageFlags::REQUEST | MessageFlags::ACK;
//! let request = MessageHeader { len: 16, kind: 18, flags, ..MessageHeader::default() };
//! let seq = exchange.start(request.to_bytes().to_vec(), Expect::Ack, None, now)?;
//! let sent = exchange.request(seq).unwrap(); // to be sent to the kernel
//!
//! // The kernel's acknowledgement: error 0, and the header of the request.
//! let header = MessageHeader { len: 36, kind: 2, seq, port: 4711, ..MessageHeader::default() };
//! let mut datagram = header.to_bytes().to_vec();
//! datagram.extend([0; 4]);
//! datagram.extend(sent);
//!
//! let mut reading = exchange.open(Envelope::default()).unwrap();
//! let Some(Event::Finished(end)) = exchange.next_event(&mut reading, &datagram, now) else { panic!() };
//! assert!(matches!(end.outcome, Outcome::Completed(_)));
//! # Ok::<(), netlink_core::exchange::StartError>(())
//! ```

mod batch;
mod event;
mod ext_ack;
mod mirror;
mod receive;
mod rules;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    error, fmt,
    time::{Duration, Instant},
};

pub use batch::{Acks, Room, Window};
pub use event::{Completion, Counters, Damage, Envelope, Event, Finished, Outcome};
pub use ext_ack::ExtAck;
pub use mirror::{Change, ListEnd, Mirror};
pub use rules::{FIRST_DATA_TYPE, Rules};

use crate::wire::{MessageFlags, MessageHeader};

/// What kind of answer a request is going to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// An acknowledgement; replies may come before it.
    Ack,
    /// A reply, and an acknowledgement if the request asks for one.
    Reply,
    /// Any number of replies that `NLMSG_DONE` ends.
    Dump,
}

/// Why a request cannot be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartError {
    /// The answer to an earlier dump has not been received to its end, and the kernel has one dump a socket.
    DumpRunning {
        /// The number of the earlier request.
        seq: u32,
    },
    /// The request has not even the 16 bytes of a message header.
    NoHeader,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DumpRunning { seq } => write!(f, "dump {seq} has not been received to its end"),
            Self::NoHeader => f.write_str("the request has no message header"),
        }
    }
}

impl error::Error for StartError {}

/// A request in flight.
#[derive(Debug)]
struct Pending {
    seq: u32,
    expect: Expect,
    /// The request as it was sent: offsets in errors count from its start.
    request: Vec<u8>,
    /// Notifications of the change come as replies.
    echo: bool,
    /// No acknowledgement is due: it has come, or was not asked for.
    acked: bool,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    so_far: Completion,
    /// The flags of all replies.
    flags: MessageFlags,
    /// Replies may have been lost.
    doubtful: bool,
}

impl Pending {
    /// Takes note of a reply.
    #[inline]
    fn count_reply(&mut self, flags: MessageFlags) {
        self.so_far.replies += 1;
        self.flags |= flags;
    }

    /// Whether its replies are parts of one answer, and nobody knows how many there are.
    fn has_parts(&self) -> bool {
        self.flags.contains(MessageFlags::MULTI)
    }

    /// What is known after it was carried out, with the flags of the message that says so.
    fn completion(&mut self, flags: MessageFlags) -> Completion {
        let flags = self.flags | flags;
        Completion {
            interrupted: flags.contains(MessageFlags::DUMP_INTR),
            filtered: flags.contains(MessageFlags::DUMP_FILTERED),
            ..std::mem::take(&mut self.so_far)
        }
    }
}

/// How far the reading of one datagram has come. The bytes stay with the caller.
#[derive(Clone, Debug)]
pub struct Reading {
    envelope: Envelope,
    at: usize,
    /// The request that the message before belonged to.
    last: Option<u32>,
    /// The dump that the message before was a part of.
    dump: Option<u32>,
    ended: bool,
}

/// One end of the conversation on one socket: see the [module](self).
#[derive(Debug)]
pub struct Exchange {
    rules: Rules,
    port: u32,
    next_seq: u32,
    /// In the order in which they were sent, which is the order of most answers.
    pending: VecDeque<Pending>,
    /// Requests that were sent together.
    windows: Vec<Window>,
    /// A dump that nobody waits for, though the kernel goes on with it.
    abandoned: Option<u32>,
    /// Requests that ended by other means than a message.
    over: VecDeque<Finished>,
    draining: bool,
    counters: Counters,
}

impl Exchange {
    /// A conversation on the socket with this port id.
    pub fn new(rules: Rules, port: u32) -> Self {
        Self {
            rules,
            port,
            next_seq: 1,
            pending: VecDeque::new(),
            windows: Vec::new(),
            abandoned: None,
            over: VecDeque::new(),
            draining: false,
            counters: Counters::default(),
        }
    }

    /// Uses this sequence number for the next request, unless it is 0 or taken.
    pub fn set_next_seq(&mut self, seq: u32) {
        self.next_seq = seq;
    }

    /// The socket's port id.
    pub fn port(&self) -> u32 {
        self.port
    }

    /// What was skipped so far.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// A number that no request in flight has, for a message to which no answer is expected.
    #[inline]
    pub fn allocate_seq(&mut self) -> u32 {
        loop {
            let seq = self.next_seq;
            self.next_seq = seq.wrapping_add(1);
            // Notifications have 0, so that it would match them.
            let taken = self.pending.iter().any(|pending| pending.seq == seq) || self.is_in_window(seq);
            if seq != 0 && self.abandoned != Some(seq) && !taken {
                return seq;
            }
        }
    }

    /// Takes a request up: gives it a number, and puts number and port into its header. To be sent is what
    /// [`request`](Self::request) gives then; if that fails, [`forget`](Self::forget) it.
    ///
    /// `timeout` counts from now; for dumps from the latest part of the answer.
    ///
    /// # Errors
    ///
    /// The request has no header, or it is a dump and there is one already.
    pub fn start(
        &mut self,
        mut request: Vec<u8>,
        expect: Expect,
        timeout: Option<Duration>,
        now: Instant,
    ) -> Result<u32, StartError> {
        if let (Expect::Dump, Some(seq)) = (expect, self.running_dump()) {
            return Err(StartError::DumpRunning { seq });
        }
        let seq = self.allocate_seq();
        let Some(bytes) = request.first_chunk_mut() else { return Err(StartError::NoHeader) };
        let header = MessageHeader { seq, port: self.port, ..MessageHeader::from_bytes(bytes) };
        *bytes = header.to_bytes();
        self.pending.push_back(Pending {
            seq,
            expect,
            request,
            echo: header.flags.contains(MessageFlags::ECHO),
            acked: !header.flags.contains(MessageFlags::ACK),
            timeout,
            deadline: timeout.and_then(|timeout| now.checked_add(timeout)),
            so_far: Completion::default(),
            flags: MessageFlags::NONE,
            doubtful: false,
        });
        Ok(seq)
    }

    /// The bytes of a request in flight.
    pub fn request(&self, seq: u32) -> Option<&[u8]> {
        self.pending.iter().find(|pending| pending.seq == seq).map(|pending| &*pending.request)
    }

    /// Takes back a request that could not be sent.
    pub fn forget(&mut self, seq: u32) {
        self.pending.retain(|pending| pending.seq != seq);
    }

    /// Stops waiting for a request that was sent. What still comes for it is thrown away and counted.
    pub fn abandon(&mut self, seq: u32) {
        if let Some(index) = self.pending.iter().position(|pending| pending.seq == seq) {
            self.remove(index);
        }
        self.over.retain(|finished| finished.seq != seq);
    }

    /// The dump that has not ended, abandoned or not: the kernel refuses a second one until then.
    #[inline]
    pub fn running_dump(&self) -> Option<u32> {
        let dump = self.pending.iter().find(|pending| pending.expect == Expect::Dump);
        self.abandoned.or(dump.map(|dump| dump.seq))
    }

    /// Starts the clock of a request anew: its owner was busy, and waits only from now on.
    pub fn touch(&mut self, seq: u32, now: Instant) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.seq == seq) {
            pending.deadline = pending.timeout.and_then(|timeout| now.checked_add(timeout));
        }
    }

    /// The earliest time at which a request is over unless something comes; then call [`poll`](Self::poll).
    #[inline]
    pub fn deadline(&self) -> Option<Instant> {
        let single = self.pending.iter().filter_map(|pending| pending.deadline).min();
        single.into_iter().chain(self.window_deadline()).min()
    }

    /// Requests that ended without a message: by time or by loss. To be called until `None`.
    pub fn poll(&mut self, now: Instant) -> Option<Finished> {
        let late = |pending: &Pending| pending.deadline.is_some_and(|deadline| deadline <= now);
        if let Some(Pending { seq, .. }) = self.pending.iter().position(late).and_then(|index| self.remove(index)) {
            self.over.push_back(Finished { seq, outcome: Outcome::TimedOut });
        }
        if !self.windows.is_empty() {
            let late = |window: &Window| window.deadline().is_some_and(|deadline| deadline <= now);
            self.close_windows(late, || Outcome::TimedOut);
        }
        self.over.pop_front()
    }

    /// Takes note of `ENOBUFS`: messages were lost. The kernel drops everything from there on until the queue is
    /// empty, so receive without waiting until nothing is left, and then call [`drained`](Self::drained).
    pub fn overrun(&mut self) {
        self.counters.overruns += 1;
        self.draining = true;
        // A refusal may be among what is lost, though the last acknowledgement of the batch still comes.
        self.doubt_windows();
        self.pending.iter_mut().for_each(|pending| pending.doubtful = true);
    }

    /// Whether the queue has to be emptied without waiting: see [`overrun`](Self::overrun).
    #[inline]
    pub fn is_draining(&self) -> bool {
        self.draining
    }

    /// Takes note that nothing is left in the queue. True after an overrun: this is the place of the gap among the
    /// notifications, but for those that the kernel queued while the last one before the gap was read: they come in front
    /// of it. What has not been answered by now is not going to be, and ends with [`Outcome::Overrun`].
    pub fn drained(&mut self) -> bool {
        if !self.draining {
            return false;
        }
        self.draining = false;
        // The kernel answers within the call that sends, and goes on with a dump when a part of it is received; only
        // where other threads answer something may still come.
        if !self.rules.late_replies {
            while let Some(Pending { seq, .. }) = self.remove(0) {
                self.over.push_back(Finished { seq, outcome: Outcome::Overrun });
            }
            self.close_windows(|_| true, || Outcome::Overrun);
        }
        true
    }

    /// Takes note that nothing is left in the queue though a dump has not ended. The kernel goes on with a dump
    /// whenever a part of it is received: one without parts is over, or never will be, and then the kernel refuses the
    /// next one.
    pub fn dump_over(&mut self) {
        self.abandoned = None;
    }

    /// Takes a request out of the books whose answer may still come.
    fn remove(&mut self, index: usize) -> Option<Pending> {
        let pending = self.pending.remove(index)?;
        if pending.expect == Expect::Dump {
            self.abandoned = Some(pending.seq);
        }
        Some(pending)
    }
}
