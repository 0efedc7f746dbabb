//! Socket and state machine together, without types: the only loop that receives.

mod unasked;

use std::{
    ops::Range,
    sync::Arc,
    time::{Duration, Instant},
};

pub(super) use unasked::Unasked;

use crate::{
    errno::Errno,
    error::Error,
    exchange::{Completion, Event, Exchange, Expect, ExtAck, Outcome, Reading},
    generic::resolve::{FamilyCache, rejoin},
    socket::{ReceiveBuffer, ReceiveError, Socket},
    wire::Message,
};

use super::{
    ahead::{self, Source},
    backlog::Backlog,
};

/// How many datagrams of an abandoned dump are received at once: about 2 MiB.
const DRAIN: usize = 64;

/// How many waiting notifications are put aside before a request is sent.
const MAKE_ROOM: usize = 1024;

/// How many datagrams that turn out to be nothing are received after the time is over.
pub(super) const AFTERWARDS: usize = 64;

/// Asks for the number of a family.
pub(super) type Renew = fn(&mut Line, &str, Option<Duration>) -> Result<u16, Error>;

#[derive(Debug)]
pub(crate) struct Line {
    pub(super) socket: Arc<Socket>,
    pub(super) exchange: Exchange,
    pub(super) buffer: ReceiveBuffer,
    /// What another thread receives meanwhile, where that is wanted.
    pub(super) ahead: Option<Box<dyn Source>>,
    /// The second buffer, for when a reply must stay while its acknowledgement is received.
    spare: Option<ReceiveBuffer>,
    at_hand: Option<AtHand>,
    kept: Option<Place>,
    pub(super) backlog: Backlog,
    pub(super) families: FamilyCache,
    /// How the number of a family is asked for anew, from the first one on: programs without generic families do not
    /// contain it.
    pub(super) renew: Option<Renew>,
    /// A time not long ago.
    clock: Instant,
    /// What the kernel said with the latest success.
    pub(super) said: Option<Box<ExtAck>>,
}

/// A datagram that has not been worked through.
#[derive(Debug)]
struct AtHand {
    reading: Reading,
    len: usize,
    received: Instant,
}

/// How long to wait for a datagram.
#[derive(Clone, Copy, Debug)]
enum Patience {
    None,
    Until(Option<Instant>),
}

/// Where a message is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    range: Range<usize>,
    in_spare: bool,
}

/// What happened to a request.
#[derive(Debug)]
pub(super) enum Step {
    Reply(Place),
    /// A part of the answer is lost, and the rest still comes.
    Problem(Error),
    Finished(Outcome),
}

/// Where a part of the buffer is in it.
#[inline]
fn place_in(buffer: &[u8], part: &[u8]) -> Place {
    let start = (part.as_ptr() as usize).saturating_sub(buffer.as_ptr() as usize);
    Place { range: start..start + part.len(), in_spare: false }
}

impl Line {
    pub(super) fn new(socket: Socket, exchange: Exchange) -> Self {
        Self {
            clock: socket.now(),
            socket: Arc::new(socket),
            exchange,
            buffer: ReceiveBuffer::new(),
            ahead: None,
            spare: None,
            at_hand: None,
            kept: None,
            backlog: Backlog::default(),
            families: FamilyCache::default(),
            renew: None,
            said: None,
        }
    }

    #[inline]
    pub(super) fn bytes(&self, place: &Place) -> &[u8] {
        let buffer = if place.in_spare { self.spare.as_ref() } else { Some(&self.buffer) };
        buffer.and_then(|buffer| buffer.bytes().get(place.range.clone())).unwrap_or_default()
    }

    #[inline]
    pub(super) fn message(&self, place: &Place) -> Result<Message<'_>, Error> {
        Ok(Message::whole(self.bytes(place))?)
    }

    /// Sends a request whose answer is going to be waited for.
    pub(super) fn start(&mut self, request: Vec<u8>, expect: Expect, timeout: Option<Duration>) -> Result<u32, Error> {
        if expect == Expect::Dump {
            self.end_dump(timeout)?;
        }
        self.make_room();
        let now = self.look_at_clock();
        let started = self.exchange.start(request, expect, timeout, now);
        let seq = started.map_err(|_| Error::Io(Errno::BUSY.into()))?;
        let bytes = self.exchange.request(seq).unwrap_or_default();
        let deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        if let Err(error) = self.socket.send(bytes, 0, deadline) {
            self.exchange.forget(seq);
            return Err(Error::Io(error));
        }
        Ok(seq)
    }

    /// Sends a message to which no answer is waited for.
    pub(super) fn send(&self, bytes: &[u8], timeout: Option<Duration>) -> Result<(), Error> {
        let deadline = timeout.and_then(|timeout| self.socket.now().checked_add(timeout));
        Ok(self.socket.send(bytes, 0, deadline)?)
    }

    /// The next part of a dump, if it is the next message of the datagram at hand.
    #[inline]
    pub(super) fn next_part(&mut self, seq: u32) -> Option<Place> {
        let at_hand = self.at_hand.as_mut()?;
        let datagram = self.buffer.bytes().get(..at_hand.len)?;
        let message = self.exchange.next_part(&mut at_hand.reading, datagram, seq)?;
        Some(place_in(datagram, message.bytes()))
    }

    /// Waits for the next thing that happens to a request. After an error the request is abandoned.
    pub(super) fn step(&mut self, seq: u32) -> Result<Step, Error> {
        let (mut waited, mut queued) = (false, 0);
        loop {
            if let Some(step) = self.work(seq) {
                return Ok(step);
            }
            // The kernel has mostly answered before `send` returned, and what is there is had without a clock. But who
            // keeps the queue full must not put the end off.
            let due = self.exchange.deadline().is_some_and(|deadline| deadline <= self.clock);
            if queued < AFTERWARDS && !due {
                queued += 1;
                if self.receive_or_abandon(Patience::None, seq)? {
                    continue;
                }
            }
            queued = 0;
            let now = self.look_at_clock();
            if !waited && self.exchange.running_dump() == Some(seq) {
                // Whoever reads a list may take any time over an entry: that is not the kernel's delay.
                self.exchange.touch(seq, now);
            }
            waited = true;
            while let Some(finished) = self.exchange.poll(now) {
                if finished.seq == seq {
                    return Ok(Step::Finished(finished.outcome));
                }
            }
            self.receive_or_abandon(Patience::Until(self.exchange.deadline()), seq)?;
        }
    }

    #[inline]
    fn receive_or_abandon(&mut self, patience: Patience, seq: u32) -> Result<bool, Error> {
        self.receive(patience).inspect_err(|_| self.exchange.abandon(seq))
    }

    pub(super) fn look_at_clock(&mut self) -> Instant {
        self.clock = self.socket.now();
        self.clock
    }

    /// Goes on with the datagram at hand up to the next thing that concerns the request.
    fn work(&mut self, seq: u32) -> Option<Step> {
        while let Some(at_hand) = &mut self.at_hand {
            let datagram = self.buffer.bytes().get(..at_hand.len).unwrap_or_default();
            match self.exchange.next_event(&mut at_hand.reading, datagram, at_hand.received) {
                None => self.at_hand = None,
                Some(Event::Reply { seq: of, message }) if of == seq => {
                    return Some(Step::Reply(place_in(datagram, message.bytes())));
                }
                Some(Event::Finished(finished)) if finished.seq == seq => {
                    return Some(Step::Finished(finished.outcome));
                }
                Some(Event::Damaged { seq: of, damage }) if of == Some(seq) => {
                    return Some(Step::Problem(damage.into()));
                }
                Some(Event::Notification { message, envelope }) => {
                    if let Some(groups) = self.families.told(message) {
                        rejoin(&self.socket, &groups);
                        self.backlog.lost();
                    }
                    if self.families.shows(message) {
                        self.backlog.message(message.bytes(), envelope);
                    }
                }
                Some(Event::Unframed { bytes, envelope }) => self.backlog.unframed(bytes, envelope),
                Some(Event::Unmatched { message, refused: Some(refused) }) => {
                    self.backlog.refused(message.header().seq, refused);
                }
                Some(Event::Damaged { .. } | Event::Lost) => self.backlog.lost(),
                Some(Event::Reply { .. } | Event::Finished(_) | Event::Unmatched { .. }) => {}
            }
        }
        None
    }

    /// Receives one datagram; false if none came until then. The one before must have been worked through.
    #[inline]
    fn receive(&mut self, patience: Patience) -> Result<bool, Error> {
        self.keep();
        let from_ahead = if self.ahead.is_some() { self.receive_ahead() } else { None };
        let received = from_ahead.unwrap_or_else(|| {
            ahead::received(match patience {
                Patience::Until(until) if !self.exchange.is_draining() => self.socket.receive(&mut self.buffer, until),
                _ => self.socket.try_receive(&mut self.buffer),
            })
        });
        match received {
            Ok((envelope, len)) => {
                if let Some(ahead) = &mut self.ahead {
                    ahead.count();
                }
                // Only the parts of a dump put a deadline off.
                let dump = self.exchange.running_dump().is_some();
                let received = if dump { self.socket.now() } else { self.clock };
                self.at_hand = self.exchange.open(envelope).map(|reading| AtHand { reading, len, received });
            }
            Err(ReceiveError::Timeout) => {
                if self.exchange.drained() {
                    self.backlog.lost();
                }
                return Ok(false);
            }
            Err(ReceiveError::Overrun) => self.exchange.overrun(),
            Err(ReceiveError::UnknownSender) => self.exchange.skip_foreign(),
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }

    /// Puts the buffer aside if it has a reply that is still needed.
    #[inline]
    fn keep(&mut self) {
        if let Some(kept) = self.kept.as_mut().filter(|kept| !kept.in_spare) {
            let size = self.buffer.size();
            let spare = self.spare.get_or_insert_with(|| ReceiveBuffer::with_size(size));
            std::mem::swap(&mut self.buffer, spare);
            kept.in_spare = true;
        }
    }

    /// Waits until a request is over, and gives its only reply, if it has one.
    pub(super) fn single(&mut self, seq: u32) -> Result<Option<Place>, Error> {
        self.kept = None;
        let result = self.wait_for_single(seq);
        let kept = self.kept.take();
        result.map(|()| kept)
    }

    fn wait_for_single(&mut self, seq: u32) -> Result<(), Error> {
        let mut problem = None;
        loop {
            match self.step(seq)? {
                Step::Reply(_) if self.kept.is_some() => problem = Some(Error::ManyReplies),
                Step::Reply(place) => self.kept = Some(place),
                Step::Problem(error) => problem = problem.or(Some(error)),
                Step::Finished(outcome) => {
                    return match (self.end(outcome), problem) {
                        (Ok(_), Some(problem)) => Err(problem),
                        // The reply is there, and all that is missing is its acknowledgement.
                        (Err(Error::Overrun | Error::Timeout), None) if self.kept.is_some() => Ok(()),
                        (result, _) => result.map(|_| ()),
                    };
                }
            }
        }
    }

    /// Waits until a request is over; replies do not matter.
    pub(super) fn acknowledged(&mut self, seq: u32) -> Result<(), Error> {
        loop {
            if let Step::Finished(outcome) = self.step(seq)? {
                return self.end(outcome).map(|_| ());
            }
        }
    }

    #[inline]
    pub(super) fn end(&mut self, outcome: Outcome) -> Result<Completion, Error> {
        match outcome {
            Outcome::Completed(mut completion) => {
                self.said = completion.ext_ack.take();
                Ok(completion)
            }
            Outcome::Refused(refused) => Err(refused.into()),
            Outcome::Overrun => Err(Error::Overrun),
            Outcome::TimedOut => Err(Error::Timeout),
        }
    }

    /// Gives a request up that is not over, and empties the queue of most dumps: enough for the rest to be no burden.
    pub(super) fn abandon(&mut self, seq: u32) {
        self.exchange.abandon(seq);
        for _ in 0..DRAIN {
            if self.exchange.running_dump().is_none() || !self.drain_one() {
                break;
            }
        }
    }

    /// Receives an abandoned dump to its end, since the kernel refuses a second one until then.
    pub(super) fn end_dump(&mut self, timeout: Option<Duration>) -> Result<(), Error> {
        let deadline = timeout.and_then(|timeout| self.socket.now().checked_add(timeout));
        while let Some(seq) = self.exchange.running_dump() {
            // One whose reader was forgotten rather than dropped still waits for its data.
            self.exchange.abandon(seq);
            if !self.drain_one() {
                self.exchange.dump_over();
            }
            if deadline.is_some_and(|deadline| deadline < self.socket.now()) {
                return Err(Error::Timeout);
            }
        }
        Ok(())
    }

    /// Receives what is there, and what comes of that.
    pub(super) fn empty_queue(&mut self, timeout: Option<Duration>) {
        let deadline = timeout.and_then(|timeout| self.socket.now().checked_add(timeout));
        while self.drain_one() && deadline.is_none_or(|deadline| self.socket.now() <= deadline) {}
    }

    /// Takes notifications out of the queue: if it is full, the kernel drops the answer too.
    pub(super) fn make_room(&mut self) {
        for _ in 0..MAKE_ROOM {
            if !self.socket.is_member() || !self.drain_one() {
                break;
            }
        }
    }

    /// Works through one more datagram without waiting; false if there is none.
    fn drain_one(&mut self) -> bool {
        // No request has the number 0: all that comes is put aside or thrown away.
        while self.work(0).is_some() {}
        let received = self.receive(Patience::None);
        while self.work(0).is_some() {}
        received.is_ok_and(|received| received)
    }
}
