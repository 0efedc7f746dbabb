//! The receiving half: what each message of a datagram means.

use std::time::Instant;

use crate::{
    errno::Errno,
    error::Refused,
    spare,
    wire::{DecodeError, Message, MessageFlags, MessageHeader, Messages, message_at},
};

use super::{
    Completion, Damage, Envelope, Event, Exchange, Expect, FIRST_DATA_TYPE, Finished, Outcome, Pending, Reading,
    ext_ack::Answer,
    rules::{NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP, NLMSG_OVERRUN},
};

/// The message that a datagram consists of, if its length leaves the header out.
fn whole<'a>(reading: &Reading, datagram: &'a [u8]) -> Option<Message<'a>> {
    let message = Message::whole(datagram).ok().filter(|_| reading.at == 0 && reading.envelope.group == 0)?;
    let len = usize::try_from(message.header().len).ok()?;
    (len.checked_add(MessageHeader::SIZE) == Some(datagram.len())).then_some(message)
}

impl Exchange {
    /// Begins with a datagram. `None` if it is from somebody without a say here, which is counted.
    #[inline]
    pub fn open(&mut self, envelope: Envelope) -> Option<Reading> {
        if envelope.sender != 0 && !self.rules.peers && self.rules.framed {
            self.skip_foreign();
            return None;
        }
        Some(Reading { envelope, at: 0, last: None, dump: None, ended: false })
    }

    /// Counts a datagram of which nobody can say who sent it.
    pub fn skip_foreign(&mut self) {
        self.counters.foreign += 1;
    }

    /// What the next part of the datagram means; `None` at its end. `datagram` are the same bytes each time.
    #[inline]
    pub fn next_event<'a>(&mut self, reading: &mut Reading, datagram: &'a [u8], now: Instant) -> Option<Event<'a>> {
        if let Some(seq) = reading.dump {
            if let Some(message) = self.next_part(reading, datagram, seq) {
                return Some(Event::Reply { seq, message });
            }
        }
        self.next_of_any_kind(reading, datagram, now)
    }

    /// The next message, if it is a part of this dump, as the one before was, which has put off the deadline: the short
    /// way for what most messages of a long list are.
    #[inline]
    pub(crate) fn next_part<'a>(&mut self, reading: &mut Reading, datagram: &'a [u8], seq: u32) -> Option<Message<'a>> {
        if reading.dump != Some(seq) || !self.over.is_empty() {
            return None;
        }
        let (message, next) = message_at(datagram, reading.at)?;
        let header = message.header();
        if header.seq != seq || header.kind < FIRST_DATA_TYPE || !self.is_unicast(&header, 0) {
            return None;
        }
        let pending = self.pending.front_mut().filter(|pending| pending.seq == seq)?;
        pending.count_reply(header.flags);
        reading.at = next;
        Some(message)
    }

    fn next_of_any_kind<'a>(&mut self, reading: &mut Reading, datagram: &'a [u8], now: Instant) -> Option<Event<'a>> {
        loop {
            if let Some(finished) = self.over.pop_front() {
                return Some(Event::Finished(finished));
            }
            if reading.ended {
                return None;
            }
            if !self.rules.framed {
                reading.ended = true;
                return Some(Event::Unframed { bytes: datagram, envelope: reading.envelope });
            }
            if self.rules.short_lengths {
                if let Some(message) = whole(reading, datagram) {
                    reading.at = datagram.len();
                    return self.message(reading, message, now);
                }
            }
            let start = reading.at;
            let mut messages = Messages::starting_at(datagram, start);
            let event = match messages.next() {
                Some(Ok(message)) => {
                    reading.at = messages.offset();
                    self.message(reading, message, now)
                }
                Some(Err(error)) => self.damaged(reading, datagram.get(start..).unwrap_or_default(), error, now),
                None => self.end(reading),
            };
            if event.is_some() {
                return event;
            }
        }
    }

    /// The end of the datagram, which may be an early one: cut between two messages.
    fn end<'a>(&mut self, reading: &mut Reading) -> Option<Event<'a>> {
        reading.ended = true;
        let length = reading.envelope.truncated?;
        self.counters.damaged += 1;
        let seq = reading.last.or_else(|| self.only_request(reading.envelope));
        let seq = seq.or_else(|| self.doubt(reading.envelope));
        Some(Event::Damaged { seq, damage: Damage::Truncated { length } })
    }

    /// A message that is not there as a whole.
    fn damaged<'a>(
        &mut self,
        reading: &mut Reading,
        rest: &'a [u8],
        error: DecodeError,
        now: Instant,
    ) -> Option<Event<'a>> {
        reading.ended = true;
        self.counters.damaged += 1;
        let cut = Message::whole(rest).ok();
        // Of an error that repeats a long request, the number comes first: it must not get lost with the rest.
        let error_number = cut.filter(|message| message.header().kind == NLMSG_ERROR && message.body().len() >= 4);
        if let (Some(message), Some(_), true) = (error_number, reading.envelope.truncated, self.rules.control) {
            return self.message(reading, message, now);
        }
        let named = cut.and_then(|message| self.find(&message.header(), reading.envelope.group));
        let seq = named.map(|index| self.pending[index].seq).or(reading.last);
        let seq = seq.or_else(|| self.only_request(reading.envelope));
        let seq = seq.or_else(|| self.doubt(reading.envelope));
        let damage = match reading.envelope.truncated {
            Some(length) => Damage::Truncated { length },
            None => Damage::Malformed(error),
        };
        Some(Event::Damaged { seq, damage })
    }

    /// The request that an unreadable answer must belong to.
    #[inline]
    fn only_request(&self, envelope: Envelope) -> Option<u32> {
        let alone = self.pending.len() == 1 && self.windows.is_empty() && envelope.group == 0;
        self.pending.front().filter(|_| alone).map(|pending| pending.seq)
    }

    /// A damaged datagram to this socket alone of which nobody can say whose it was: it may have had a part of any answer
    /// in it. Of lists, which say nothing of a missing part by themselves, there is at most one.
    fn doubt(&mut self, envelope: Envelope) -> Option<u32> {
        if envelope.group != 0 {
            return None;
        }
        self.pending.iter_mut().for_each(|pending| pending.doubtful = true);
        let window = self.doubt_windows();
        let dump = self.pending.iter().find(|pending| pending.expect == Expect::Dump);
        dump.map(|dump| dump.seq).or(window)
    }

    /// Whether a message was sent to this socket alone, as answers are.
    ///
    /// Some families leave the port of their answers 0. That is no risk where the group is 0: nobody but the kernel
    /// sends, and it sends to this socket.
    #[inline]
    pub(super) fn is_unicast(&self, header: &MessageHeader, group: u32) -> bool {
        group == 0 && (header.port == self.port || header.port == 0)
    }

    /// The request that a message answers.
    ///
    /// The number alone says nothing: notifications carry number and port of whoever caused them, to every listener,
    /// and are told from answers by their group. Echoes have the group too, and come only to who asked for them.
    #[inline]
    fn find(&self, header: &MessageHeader, group: u32) -> Option<usize> {
        let index = self.pending.iter().position(|pending| pending.seq == header.seq)?;
        let echo = self.pending[index].echo && header.port == self.port;
        (self.is_unicast(header, group) || echo).then_some(index)
    }

    #[inline]
    fn message<'a>(&mut self, reading: &mut Reading, message: Message<'a>, now: Instant) -> Option<Event<'a>> {
        let header = message.header();
        let group = reading.envelope.group;
        if !self.rules.control {
            return Some(Event::Notification { message, envelope: reading.envelope });
        }
        if let Some(index) = self.find_window(&header, group) {
            return self.message_of_window(reading, index, message);
        }
        reading.dump = None;
        let answers = self.find(&header, group);
        reading.last = answers.map(|index| self.pending[index].seq);
        match header.kind {
            NLMSG_ERROR | NLMSG_DONE => self.answer(answers, message, group),
            NLMSG_OVERRUN => Some(Event::Lost),
            NLMSG_NOOP..FIRST_DATA_TYPE | 0 => {
                self.counters.ignored += 1;
                None
            }
            FIRST_DATA_TYPE.. => match answers {
                Some(index) => {
                    let pending = &self.pending[index];
                    reading.dump = (pending.expect == Expect::Dump && group == 0).then_some(pending.seq);
                    Some(self.reply(index, message, now))
                }
                None => self.unasked(message, reading.envelope),
            },
        }
    }

    /// A message for a request of a batch.
    fn message_of_window<'a>(
        &mut self,
        reading: &mut Reading,
        index: usize,
        message: Message<'a>,
    ) -> Option<Event<'a>> {
        let header = message.header();
        (reading.last, reading.dump) = (None, None);
        match header.kind {
            NLMSG_ERROR | NLMSG_DONE => match Answer::parse(&message) {
                Ok(answer) => self.window_answer(index, header.seq, answer).map(Event::Finished),
                Err(error) => {
                    self.counters.damaged += 1;
                    Some(Event::Damaged { seq: self.doubt_windows(), damage: Damage::Malformed(error) })
                }
            },
            NLMSG_OVERRUN => Some(Event::Lost),
            0..FIRST_DATA_TYPE => {
                self.counters.ignored += 1;
                None
            }
            FIRST_DATA_TYPE.. => Some(Event::Reply { seq: header.seq, message }),
        }
    }

    fn reply<'a>(&mut self, index: usize, message: Message<'a>, now: Instant) -> Event<'a> {
        let flags = message.header().flags;
        let pending = &mut self.pending[index];
        let seq = pending.seq;
        pending.count_reply(flags);
        match pending.expect {
            Expect::Dump => pending.deadline = pending.timeout.and_then(|timeout| now.checked_add(timeout)),
            Expect::Reply if pending.acked && !flags.contains(MessageFlags::MULTI) => {
                let completion = pending.completion(MessageFlags::NONE);
                if let Some(pending) = self.take(index) {
                    spare::give_back(pending.request);
                }
                self.over.push_back(Finished { seq, outcome: Outcome::Completed(completion) });
            }
            Expect::Ack | Expect::Reply => {}
        }
        Event::Reply { seq, message }
    }

    /// The request is over.
    #[inline]
    fn take(&mut self, index: usize) -> Option<Pending> {
        // Mostly it is the only one.
        if index == 0 { self.pending.pop_front() } else { self.pending.remove(index) }
    }

    /// A data message that is no reply to a request in flight.
    fn unasked<'a>(&mut self, message: Message<'a>, envelope: Envelope) -> Option<Event<'a>> {
        let header = message.header();
        let unicast = envelope.sender == 0 && self.is_unicast(&header, envelope.group);
        if unicast && self.abandoned == Some(header.seq) {
            self.counters.late += 1;
            return None;
        }
        // Families that speak to one listener without being asked use the number 0, or (taskstats) a number of their own
        // and the port 0.
        if !unicast || header.seq == 0 || header.port == 0 {
            return Some(Event::Notification { message, envelope });
        }
        self.counters.late += 1;
        Some(Event::Unmatched { message, refused: None })
    }

    /// `NLMSG_ERROR` and `NLMSG_DONE`.
    #[inline]
    fn answer<'a>(&mut self, index: Option<usize>, message: Message<'a>, group: u32) -> Option<Event<'a>> {
        let header = message.header();
        let answer = match Answer::parse(&message) {
            Ok(answer) => answer,
            Err(error) => {
                self.counters.damaged += 1;
                let seq = index.map(|index| self.pending[index].seq);
                return Some(Event::Damaged { seq, damage: Damage::Malformed(error) });
            }
        };
        let Some(index) = index else { return self.unmatched(message, answer, group) };
        let pending = &mut self.pending[index];
        if header.kind == NLMSG_ERROR && answer.errno == 0 {
            pending.acked = true;
            let waits = match pending.expect {
                Expect::Ack => false,
                Expect::Reply => pending.so_far.replies == 0,
                Expect::Dump => true,
            };
            if waits && self.rules.late_replies {
                pending.so_far.ext_ack = answer.ext_ack;
                return None;
            }
        }
        let mut pending = self.take(index)?;
        // That a list has a gap, the kernel says by other means: it goes on with one only where there is room.
        let doubtful = pending.doubtful && pending.expect == Expect::Reply;
        let outcome = match answer.errno {
            0 if doubtful && (pending.has_parts() || pending.so_far.replies == 0) => Outcome::Overrun,
            0 => {
                let completion = pending.completion(header.flags);
                spare::give_back(pending.request);
                let ext_ack = answer.ext_ack.or(completion.ext_ack);
                Outcome::Completed(Completion { ext_ack, ..completion })
            }
            errno => {
                let echoed = answer.echo.filter(|echo| **echo != *pending.request).map(Into::into);
                let refused = Refused::new(Errno::from_raw(errno), answer.ext_ack, pending.request);
                Outcome::Refused(refused.echoed_as(echoed))
            }
        };
        Some(Event::Finished(Finished { seq: pending.seq, outcome }))
    }

    /// The end of something that nobody waits for.
    fn unmatched<'a>(&mut self, message: Message<'a>, answer: Answer<'_>, group: u32) -> Option<Event<'a>> {
        let header = message.header();
        self.counters.late += 1;
        if self.abandoned == Some(header.seq) && self.is_unicast(&header, group) {
            self.abandoned = None;
            return None;
        }
        let errno = Some(answer.errno).filter(|errno| *errno != 0);
        // Without a request to walk over, the kernel's own repetition of it has to do.
        let echoed = || message.body().get(4..).filter(|_| header.kind == NLMSG_ERROR).unwrap_or_default().to_vec();
        let refused = errno.map(|errno| Refused::new(Errno::from_raw(errno), answer.ext_ack, echoed()));
        Some(Event::Unmatched { message, refused })
    }
}
