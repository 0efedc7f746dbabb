//! What all users of a connection share, and how it moves: who waits receives for all.

use std::{sync::Arc, task::Waker, time::Duration};

use tokio::time::Instant;

use crate::{
    connection::backlog::Backlog,
    error::Error,
    exchange::{Completion, Envelope, Event, Exchange, Expect, ExtAck, Outcome, Window},
    generic::resolve::{FamilyCache, rejoin},
    socket::{Datagram, ReceiveBuffer, ReceiveError, Socket},
    wire::Message,
};

use super::mail::{Mail, remember};

/// How many datagrams one task receives before others have their turn: about 2 MiB.
pub(super) const BURST: usize = 64;

/// How many waiting notifications are put aside before a request is sent.
const MAKE_ROOM: usize = 1024;

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiter {
    /// For the answer to a request.
    Answer(u32),
    /// For notifications: the reader with this number.
    Events(u64),
    /// For the end of another's list, to begin one.
    Turn,
}

/// How far one got without waiting.
#[derive(Debug)]
pub(super) enum Progress<T> {
    Found(T),
    Failed(Error),
    /// There may be more, but it is the turn of others.
    Busy,
    /// Nothing is left in the queue.
    Empty,
    /// What is left is better left there until then, or until its reader is ready for it.
    Full(Instant),
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) exchange: Exchange,
    buffer: ReceiveBuffer,
    pub(super) mail: Mail,
    pub(super) backlog: Backlog,
    listeners: Vec<(u64, Waker)>,
    next_listener: u64,
    dump_waiter: Option<Waker>,
    pub(super) families: Arc<FamilyCache>,
    pub(super) timeout: Option<Duration>,
    /// Notifications may fill the queue.
    pub(super) joined: bool,
    closed: bool,
    /// What the kernel said with the latest success.
    pub(super) said: ExtAck,
    /// To be woken when the lock is released.
    pub(super) rung: Vec<Waker>,
}

impl State {
    pub(super) fn new(socket: &Socket, exchange: Exchange) -> Self {
        Self {
            exchange,
            buffer: ReceiveBuffer::new(),
            mail: Mail::default(),
            backlog: Backlog::default(),
            listeners: Vec::new(),
            next_listener: 0,
            dump_waiter: None,
            families: Arc::default(),
            timeout: Some(crate::connection::DEFAULT_TIMEOUT),
            joined: socket.groups().map_or(true, |groups| !groups.is_empty()),
            closed: false,
            said: ExtAck::default(),
            rung: Vec::new(),
        }
    }

    pub(super) fn families_mut(&mut self) -> &mut FamilyCache {
        Arc::make_mut(&mut self.families)
    }

    /// Receives until `look` finds something, or nothing is left; then `waker` is going to be woken.
    pub(super) fn drive<T>(
        &mut self,
        socket: &Socket,
        waiter: Waiter,
        waker: &Waker,
        look: &mut dyn FnMut(&mut Self) -> Option<T>,
    ) -> Progress<T> {
        for _ in 0..BURST {
            if let Some(found) = look(self) {
                return Progress::Found(found);
            }
            if self.closed {
                return Progress::Failed(Error::Cancelled);
            }
            if let Some(until) = self.full_until(waiter) {
                self.register(waiter, waker);
                return Progress::Full(until);
            }
            match self.receive(socket) {
                Ok(true) => {}
                // The kernel goes on with a dump whenever a part of it is received: without parts, it is over.
                Ok(false) if waiter == Waiter::Turn && self.is_dump_forsaken() => self.exchange.dump_over(),
                Ok(false) => {
                    self.register(waiter, waker);
                    return Progress::Empty;
                }
                Err(error) => return Progress::Failed(error),
            }
        }
        Progress::Busy
    }

    /// Until when the rest of a list is to be left in the kernel: nobody but the one who asks for an answer, which is
    /// behind it in the queue, is in so much of a hurry that the list's reader may be drowned for it.
    fn full_until(&self, waiter: Waiter) -> Option<Instant> {
        if let Waiter::Answer(_) = waiter {
            return None;
        }
        let until = self.mail.full_until(self.exchange.running_dump()?)?;
        Some(until).filter(|until| Instant::now() < *until)
    }

    fn register(&mut self, waiter: Waiter, waker: &Waker) {
        match waiter {
            Waiter::Answer(seq) => self.mail.register(seq, waker),
            Waiter::Turn => remember(&mut self.dump_waiter, waker),
            Waiter::Events(id) => match self.listeners.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => known.clone_from(waker),
                None => self.listeners.push((id, waker.clone())),
            },
        }
    }

    /// Receives one datagram without waiting, and gives everybody their part of it; false if there is none.
    fn receive(&mut self, socket: &Socket) -> Result<bool, Error> {
        match socket.receive(&mut self.buffer, Some(socket.now())) {
            Ok(datagram) => {
                let Datagram { sender, group, nsid, truncated, .. } = datagram;
                let len = datagram.bytes.len();
                self.distribute(socket, len, Envelope { sender, group, nsid, truncated });
            }
            Err(ReceiveError::Timeout) => {
                if !self.exchange.drained() {
                    return Ok(false);
                }
                self.lost();
                while let Some(finished) = self.exchange.poll(socket.now()) {
                    self.mail.finish(finished.seq, finished.outcome, &mut self.rung);
                }
                self.ring_dump_waiter();
            }
            Err(ReceiveError::Overrun) => self.exchange.overrun(),
            Err(ReceiveError::UnknownSender) => self.exchange.skip_foreign(),
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }

    fn distribute(&mut self, socket: &Socket, len: usize, envelope: Envelope) {
        let Some(mut reading) = self.exchange.open(envelope) else { return };
        let now = socket.now();
        let dump = self.exchange.running_dump();
        let (mut unasked, rung) = (false, &mut self.rung);
        let datagram = self.buffer.bytes().get(..len).unwrap_or_default();
        loop {
            if let Some(seq) = dump {
                let exchange = &mut self.exchange;
                self.mail.replies(seq, || exchange.next_part(&mut reading, datagram, seq), rung);
            }
            let Some(event) = self.exchange.next_event(&mut reading, datagram, now) else { break };
            match event {
                Event::Reply { seq, message } => self.mail.reply(seq, message.bytes(), rung),
                Event::Finished(finished) => self.mail.finish(finished.seq, finished.outcome, rung),
                Event::Damaged { seq: Some(seq), damage } if self.mail.has(seq) => {
                    self.mail.problem(seq, damage.into(), rung);
                }
                Event::Unmatched { refused: None, .. } => {}
                event => {
                    unasked = true;
                    match event {
                        Event::Notification { message, envelope } => {
                            notified(&mut self.families, &mut self.backlog, socket, message, envelope);
                        }
                        Event::Unframed { bytes, envelope } => self.backlog.unframed(bytes, envelope),
                        Event::Unmatched { message, refused: Some(refused) } => {
                            self.backlog.refused(message.header().seq, refused);
                        }
                        _ => self.backlog.lost(),
                    }
                }
            }
        }
        if unasked {
            self.ring_listeners();
        }
        if dump.is_some() && self.exchange.running_dump().is_none() {
            self.ring_dump_waiter();
        }
    }

    fn lost(&mut self) {
        self.backlog.lost();
        self.ring_listeners();
    }

    fn ring_listeners(&mut self) {
        self.rung.extend(self.listeners.drain(..).map(|(_, waker)| waker));
    }

    fn ring_dump_waiter(&mut self) {
        self.rung.extend(self.dump_waiter.take());
    }

    /// Those who left the rest of a list in the kernel may go on: its reader has taken what there was.
    pub(super) fn ring_patient(&mut self) {
        self.ring_listeners();
        self.ring_dump_waiter();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Ends all waiting, now and later.
    pub(super) fn close(&mut self) {
        self.closed = true;
        self.rung.extend(self.mail.owners());
        self.ring_patient();
    }

    /// A number for a reader of notifications.
    pub(super) fn listener(&mut self) -> u64 {
        self.next_listener += 1;
        self.next_listener
    }

    pub(super) fn forget_listener(&mut self, id: u64) {
        self.listeners.retain(|(known, _)| *known != id);
    }

    /// Takes a request up, and gives its number. What it is told is the state of things before the first poll.
    pub(super) fn start(&mut self, socket: &Socket, request: Vec<u8>, expect: Expect) -> Result<(u32, Vec<u8>), Error> {
        if self.closed {
            return Err(Error::Cancelled);
        }
        self.make_room(socket);
        // Who waits keeps the time: nobody is late whose owner is not looking.
        let started = self.exchange.start(request, expect, None, socket.now());
        let seq = started.map_err(|_| Error::Io(crate::errno::Errno::BUSY.into()))?;
        self.mail.open(seq, expect != Expect::Ack);
        Ok((seq, self.exchange.request(seq).unwrap_or_default().to_vec()))
    }

    /// Takes up requests that go together; gives the number of the first, and the datagram.
    pub(super) fn start_window(&mut self, socket: &Socket, window: Window) -> (u32, Vec<u8>) {
        self.make_room(socket);
        let first = self.exchange.start_window(window, None, socket.now());
        self.mail.open(first, false);
        let bytes = self.exchange.window(first).map_or_else(Vec::new, |window| window.bytes().to_vec());
        (first, bytes)
    }

    /// Gives them back, whatever became of them.
    pub(super) fn take_window(&mut self, first: u32) -> Option<Window> {
        self.mail.close(first);
        self.exchange.take_window(first)
    }

    /// Takes notifications out of the queue: if it is full, the kernel drops the answer too.
    pub(super) fn make_room(&mut self, socket: &Socket) {
        if self.joined {
            self.empty_queue(socket);
        }
    }

    /// Receives what is there, and what comes of that.
    pub(super) fn empty_queue(&mut self, socket: &Socket) {
        for _ in 0..MAKE_ROOM {
            if !self.receive(socket).is_ok_and(|received| received) {
                break;
            }
        }
    }

    /// Receives the answer to a request that was just sent, of a list the first part, so that it is no burden for the
    /// queue.
    pub(super) fn catch_up(&mut self, socket: &Socket, seq: u32) {
        let is_dump = self.exchange.running_dump() == Some(seq);
        for _ in 0..BURST {
            let there = if is_dump { self.mail.has_news(seq) } else { self.mail.is_finished(seq) };
            if there || !self.receive(socket).is_ok_and(|received| received) {
                break;
            }
        }
    }

    /// Takes back a request that could not be sent.
    pub(super) fn forget(&mut self, seq: u32) {
        self.mail.close(seq);
        self.exchange.forget(seq);
        self.ring_dump_waiter();
    }

    /// Stops waiting for a request, if it is not over.
    pub(super) fn abandon(&mut self, seq: u32) {
        if self.mail.close(seq) {
            self.exchange.abandon(seq);
            self.ring_dump_waiter();
        }
    }

    /// There is no dump, as far as one knows.
    pub(super) fn is_dump_over(&self) -> bool {
        self.exchange.running_dump().is_none()
    }

    /// Nobody waits for the dump, though the kernel may go on with it.
    fn is_dump_forsaken(&self) -> bool {
        self.exchange.running_dump().is_some_and(|seq| self.exchange.request(seq).is_none())
    }

    /// Ends a dump whose end does not come, and whose owner does not look.
    pub(super) fn give_up_dump(&mut self) {
        if self.is_dump_forsaken() {
            // Somebody fills the queue, so that one never sees it empty.
            self.exchange.dump_over();
        } else if let Some(seq) = self.exchange.running_dump() {
            self.mail.finish(seq, Outcome::TimedOut, &mut self.rung);
            self.exchange.abandon(seq);
        }
    }

    pub(super) fn end(&mut self, outcome: Outcome) -> Result<Completion, Error> {
        match outcome {
            Outcome::Completed(mut completion) => {
                self.said = completion.ext_ack.take().map_or_else(ExtAck::default, |said| *said);
                Ok(completion)
            }
            Outcome::Refused(refused) => Err(refused.into()),
            Outcome::Overrun => Err(Error::Overrun),
            Outcome::TimedOut => Err(Error::Timeout),
        }
    }
}

/// Puts a notification aside, and heeds what the controller tells.
fn notified(
    families: &mut Arc<FamilyCache>,
    backlog: &mut Backlog,
    socket: &Socket,
    message: Message<'_>,
    envelope: Envelope,
) {
    let shown = families.shows(message);
    // Readers of notifications have the old numbers, and keep them for what they lend.
    let told = if families.is_empty() { None } else { Arc::make_mut(families).told(message) };
    if let Some(groups) = told {
        rejoin(socket, &groups);
        backlog.lost();
    }
    if shown {
        backlog.message(message.bytes(), envelope);
    }
}
