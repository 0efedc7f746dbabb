//! Many requests in one datagram, and one outcome for each.

use std::time::{Duration, Instant};

use crate::{
    errno::Errno,
    error::Refused,
    wire::{MessageFlags, MessageHeader},
};

use super::{
    Exchange, Finished, Outcome,
    event::Completion,
    ext_ack::{Answer, ExtAck},
};

/// The memory that one answer takes in the receive queue besides the request that it may repeat: `struct sk_buff`.
const PER_ANSWER: usize = 256;

/// What the kernel allocates for an answer in one piece: its own bookkeeping, the headers, and room for words and places.
const IN_ONE_PIECE: usize = 320 + 36 + 256;

/// What the kernel takes of the send buffer for itself.
const SEND_OVERHEAD: usize = 32;

/// How much fits: into one datagram, and into the queue for the answers.
///
/// ```
/// use netlink_core::exchange::Room;
///
/// // What Linux gives to a socket at first.
/// let room = Room::of_buffers(212_992, 212_992);
/// assert_eq!(room.datagram, 212_960);
/// assert_eq!(room.answers / Room::answer(60), 166);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Room {
    /// The longest datagram that can be sent, in bytes.
    pub datagram: usize,
    /// The memory that answers may take, in bytes as the kernel counts them.
    pub answers: usize,
}

impl Room {
    /// What fits into buffers of these sizes, as the kernel tells them ([`SO_SNDBUF`] and [`SO_RCVBUF`]).
    ///
    /// [`SO_SNDBUF`]: crate::socket::Socket::send_buffer
    /// [`SO_RCVBUF`]: crate::socket::Socket::receive_buffer
    pub const fn of_buffers(send: usize, receive: usize) -> Self {
        Self { datagram: send.saturating_sub(SEND_OVERHEAD), answers: receive }
    }

    /// The most memory that the answer to a request of so many bytes takes: the kernel counts what it allocates, which
    /// is a power of two, and a refusal may repeat the whole request.
    pub const fn answer(request: usize) -> usize {
        (IN_ONE_PIECE.saturating_add(request)).next_power_of_two().saturating_add(PER_ANSWER)
    }
}

/// Which requests of a batch are acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acks {
    /// The last of each datagram. The kernel goes through a datagram in order, and says what it refuses in any case: no
    /// word about a request before the last means that it was carried out.
    Last,
    /// Each, with what the kernel has to say about it. It costs a message for each.
    Each,
}

/// Where a request is in the datagram.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    end: usize,
    answered: bool,
}

/// Requests that are sent as one datagram, and what became of each.
///
/// Filled by [`push`](Self::push), taken up by [`Exchange::start_window`], which gives the requests numbers in a row:
/// an answer finds its request without a search. To the exchange it is one request with the number of its first; when
/// that is [over](super::Event::Finished), [`Exchange::take_window`] gives it back with the
/// [outcomes](Self::take_outcomes). After [`clear`](Self::clear) its memory is used again.
#[derive(Debug)]
pub struct Window {
    room: Room,
    acks: Acks,
    buffer: Vec<u8>,
    entries: Vec<Entry>,
    /// The first entry opens a transaction, and there is a message that closes it.
    enclosed: bool,
    /// That message, until it is the last entry.
    closing: Vec<u8>,
    /// The requests have their numbers, and the last entry is the closing message.
    sealed: bool,
    /// The memory that the answers may take.
    answers: usize,
    first: u32,
    /// How many are not answered, those that open and close a transaction not counted.
    unanswered: usize,
    /// Notifications of the changes come as replies.
    echo: bool,
    /// An answer may be lost, nobody knows whose.
    doubtful: bool,
    over: bool,
    deadline: Option<Instant>,
    outcomes: Vec<(Option<usize>, Outcome)>,
    remarks: Vec<(usize, ExtAck)>,
}

impl Window {
    /// An empty one.
    pub fn new(room: Room, acks: Acks) -> Self {
        Self {
            room,
            acks,
            buffer: Vec::new(),
            entries: Vec::new(),
            enclosed: false,
            closing: Vec::new(),
            sealed: false,
            answers: 0,
            first: 0,
            unanswered: 0,
            echo: false,
            doubtful: false,
            over: false,
            deadline: None,
            outcomes: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Puts one message in front of all requests, and one behind them, which are no requests of the batch: what opens
    /// and closes a transaction, of which the kernel does all or nothing. For an empty window.
    ///
    /// Neither is acknowledged: Linux before 6.10 does not acknowledge them, asked to or not.
    #[doc(alias = "NFNL_MSG_BATCH_BEGIN")]
    #[doc(alias = "NFNL_MSG_BATCH_END")]
    pub fn enclose(&mut self, opening: &[u8], closing: Vec<u8>) {
        self.clear();
        self.append(opening);
        self.unanswered = 0;
        (self.enclosed, self.closing) = (true, closing);
    }

    /// Forgets the requests and what became of them, and keeps the memory. Nothing encloses it any more.
    pub fn clear(&mut self) {
        let used = std::mem::replace(self, Self::new(self.room, self.acks));
        let Self { mut buffer, mut entries, mut outcomes, mut remarks, .. } = used;
        buffer.clear();
        entries.clear();
        outcomes.clear();
        remarks.clear();
        (self.buffer, self.entries, self.outcomes, self.remarks) = (buffer, entries, outcomes, remarks);
    }

    /// Changes how much fits, and which requests are acknowledged.
    pub fn set_limits(&mut self, room: Room, acks: Acks) {
        (self.room, self.acks) = (room, acks);
    }

    /// How much fits.
    pub fn room(&self) -> Room {
        self.room
    }

    /// Whether a request of so many bytes fits beside the others. Into an empty window fits whatever fits into a
    /// datagram.
    pub fn has_room(&self, bytes: usize) -> bool {
        let sent = self.buffer.len().saturating_add(bytes.next_multiple_of(4)).saturating_add(self.closing.len());
        let answers = self.answers.saturating_add(Room::answer(bytes));
        // A transaction cannot be divided, so that its answers have to fit however many there are.
        let answers_fit = answers <= self.room.answers || self.is_empty() || self.enclosed;
        sent <= self.room.datagram && answers_fit
    }

    /// Appends a whole message.
    pub fn push(&mut self, request: &[u8]) {
        self.append(request);
    }

    fn append(&mut self, message: &[u8]) {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(message);
        self.entries.push(Entry { start, end: self.buffer.len(), answered: false });
        self.buffer.resize(self.buffer.len().next_multiple_of(4), 0);
        self.answers = self.answers.saturating_add(Room::answer(message.len()));
        self.unanswered += 1;
    }

    /// How many requests it has, without those that enclose them.
    pub fn len(&self) -> usize {
        self.inner().len()
    }

    /// Whether it has no requests.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The datagram. It can be sent once the window is [started](Exchange::start_window).
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// What did not go well, in the order of the requests, which are counted from 0 within the window; `None` for the
    /// messages that enclose it. Requests that are not in there were carried out, or, in a transaction with a mistake,
    /// taken back.
    pub fn take_outcomes(&mut self) -> impl Iterator<Item = (Option<usize>, Outcome)> {
        // Here, and not where they come in: a program without batches does not contain how to sort.
        self.outcomes.sort_by_key(|(index, _)| *index);
        self.outcomes.drain(..)
    }

    /// What the kernel said about requests that it carried out: warnings and cookies.
    pub fn take_remarks(&mut self) -> impl Iterator<Item = (usize, ExtAck)> {
        self.remarks.drain(..)
    }

    /// The requests of a window given up early about which nothing is known.
    pub fn unknown(&self) -> impl Iterator<Item = usize> {
        let inner = self.inner();
        let offset = inner.start;
        inner.filter(|at| !self.over && !self.entries[*at].answered).map(move |at| at - offset)
    }

    /// Whether the kernel refused all requests, and this is true of each refusal.
    pub(crate) fn all_refused(&self, how: impl Fn(&Refused) -> bool) -> bool {
        let refused = |(_, outcome): &(_, Outcome)| matches!(outcome, Outcome::Refused(refused) if how(refused));
        !self.is_empty() && self.outcomes.len() == self.len() && self.outcomes.iter().all(refused)
    }

    /// Makes the same requests ready to be sent once more, under this message type.
    pub(crate) fn renew(&mut self, kind: u16) {
        for entry in &mut self.entries {
            entry.answered = false;
            if let Some(bytes) = self.buffer.get_mut(entry.start + 4..entry.start + 6) {
                bytes.copy_from_slice(&kind.to_ne_bytes());
            }
        }
        self.outcomes.clear();
        self.remarks.clear();
        (self.unanswered, self.doubtful, self.over) = (self.len(), false, false);
    }

    /// The entries that are requests.
    fn inner(&self) -> std::ops::Range<usize> {
        usize::from(self.enclosed)..self.entries.len() - usize::from(self.enclosed && self.sealed)
    }

    /// Gives the requests their numbers.
    fn seal(&mut self, first: u32, port: u32) {
        if self.enclosed {
            let closing = std::mem::take(&mut self.closing);
            self.append(&closing);
            self.unanswered -= 1;
        }
        (self.first, self.sealed) = (first, true);
        let inner = self.inner();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(bytes) = self.buffer.get_mut(entry.start..).and_then(<[u8]>::first_chunk_mut) else { continue };
            let mut header = MessageHeader::from_bytes(bytes);
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            (header.seq, header.port) = (first.wrapping_add(number), port);
            if !inner.contains(&at) {
                header.flags = MessageFlags::from_bits(header.flags.bits() & !MessageFlags::ACK.bits());
            } else if self.acks == Acks::Each || at + 1 == inner.end {
                header.flags |= MessageFlags::ACK;
            }
            self.echo |= header.flags.contains(MessageFlags::ECHO);
            *bytes = header.to_bytes();
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    fn count(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    fn contains(&self, seq: u32) -> bool {
        seq.wrapping_sub(self.first) < self.count()
    }

    /// Takes note of what the kernel says about a request; true if nothing more is to come for any of them.
    #[inline]
    fn answer(&mut self, seq: u32, answer: Answer<'_>) -> bool {
        let inner = self.inner();
        let at = seq.wrapping_sub(self.first) as usize;
        let Some(entry) = self.entries.get_mut(at).filter(|entry| !entry.answered) else { return false };
        entry.answered = true;
        let index = inner.contains(&at).then(|| at - inner.start);
        self.unanswered -= usize::from(index.is_some());
        if answer.errno != 0 {
            let request = self.buffer.get(entry.start..entry.end).unwrap_or_default().to_vec();
            let echoed = answer.echo.filter(|echo| **echo != *request).map(Into::into);
            let refused = Refused::new(Errno::from_raw(answer.errno), answer.ext_ack, request).echoed_as(echoed);
            self.outcomes.push((index, Outcome::Refused(refused)));
        } else if let (Some(index), Some(ext_ack)) = (index, answer.ext_ack) {
            self.remarks.push((index, *ext_ack));
        }
        match (index, self.acks) {
            // The transaction is refused as a whole, mostly without a word about the requests.
            (None, _) => answer.errno != 0,
            (Some(_), Acks::Each) => self.unanswered == 0,
            (Some(_), Acks::Last) => at + 1 == inner.end,
        }
    }

    /// Ends it; `lost` is what became of requests without an answer, where that does not mean success.
    fn close(&mut self, lost: Option<fn() -> Outcome>) {
        let lost = lost.or(self.doubtful.then_some(|| Outcome::Overrun));
        let taken_back = self.enclosed && !self.outcomes.is_empty();
        if let Some(outcome) = lost.filter(|_| !taken_back) {
            let unknown: Vec<usize> = self.unknown().collect();
            self.outcomes.extend(unknown.into_iter().map(|index| (Some(index), outcome())));
        }
        self.over = true;
    }
}

impl Exchange {
    /// Takes requests up that are to be sent as one datagram, gives them numbers, and returns the first of these: the
    /// [`bytes`](Window::bytes) of the [`window`](Self::window) of that number are what to send. If that fails,
    /// [take](Self::take_window) it back.
    ///
    /// `timeout` counts from now. A window without requests is over at once.
    pub fn start_window(&mut self, mut window: Window, timeout: Option<Duration>, now: Instant) -> u32 {
        let first = self.allocate_seqs(window.count().saturating_add(u32::from(window.enclosed)));
        window.seal(first, self.port);
        window.deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        if window.is_empty() {
            window.close(None);
            self.over.push_back(Finished { seq: first, outcome: Outcome::Completed(Completion::default()) });
        }
        self.windows.push(window);
        first
    }

    /// The requests that were taken up under this number.
    pub fn window(&self, first: u32) -> Option<&Window> {
        self.windows.iter().find(|window| window.first == first)
    }

    /// Gives requests back, over or not. What still comes for them is thrown away and counted.
    pub fn take_window(&mut self, first: u32) -> Option<Window> {
        let index = self.windows.iter().position(|window| window.first == first)?;
        self.over.retain(|finished| finished.seq != first);
        Some(self.windows.swap_remove(index))
    }

    /// So many numbers in a row, none of which a request in flight has.
    fn allocate_seqs(&mut self, count: u32) -> u32 {
        loop {
            // Notifications have 0.
            let first = if self.next_seq.checked_add(count).is_none() { 1 } else { self.next_seq.max(1) };
            let within = |seq: &u32| seq.wrapping_sub(first) < count;
            let single = self.pending.iter().map(|pending| pending.seq).chain(self.abandoned).find(within);
            // A range that overlaps has the beginning of the other in it, or the other way round.
            let overlaps = |window: &&Window| within(&window.first) || window.contains(first);
            let ranges = self.windows.iter().find(overlaps).map(|window| window.first + (window.count() - 1));
            match single.or(ranges) {
                None => {
                    self.next_seq = first.wrapping_add(count);
                    return first;
                }
                Some(taken) => self.next_seq = taken.wrapping_add(1),
            }
        }
    }

    /// Whether a request in one of the windows has this number.
    #[inline]
    pub(super) fn is_in_window(&self, seq: u32) -> bool {
        self.windows.iter().any(|window| window.contains(seq))
    }

    /// The window, still waited for, that a message answers: see [`find`](Self::find).
    #[inline]
    pub(super) fn find_window(&self, header: &MessageHeader, group: u32) -> Option<usize> {
        let index = self.windows.iter().position(|window| window.contains(header.seq) && !window.over)?;
        let echo = self.windows[index].echo && header.port == self.port;
        (self.is_unicast(header, group) || echo).then_some(index)
    }

    pub(super) fn window_answer(&mut self, index: usize, seq: u32, answer: Answer<'_>) -> Option<Finished> {
        let window = self.windows.get_mut(index)?;
        window.answer(seq, answer).then(|| {
            window.close(None);
            Finished { seq: window.first, outcome: Outcome::Completed(Completion::default()) }
        })
    }

    /// Takes note that something is lost that may have been an answer; the number of one window that it concerns.
    pub(super) fn doubt_windows(&mut self) -> Option<u32> {
        let mut concerned = None;
        for window in self.windows.iter_mut().filter(|window| !window.over) {
            window.doubtful = true;
            concerned = Some(window.first);
        }
        concerned
    }

    /// Ends all windows that meet a condition, without an answer.
    pub(super) fn close_windows(&mut self, condition: impl Fn(&Window) -> bool, outcome: fn() -> Outcome) {
        for window in self.windows.iter_mut().filter(|window| !window.over && condition(window)) {
            window.close(Some(outcome));
            self.over.push_back(Finished { seq: window.first, outcome: outcome() });
        }
    }

    #[inline]
    pub(super) fn window_deadline(&self) -> Option<Instant> {
        self.windows.iter().filter(|window| !window.over).filter_map(Window::deadline).min()
    }
}
