//! Requests on their way into a datagram, and outcomes on their way into the report: what all shells share.

use std::{io, time::Duration};

use crate::{
    errno::Errno,
    error::{Asked, Error},
    exchange::{Acks, Outcome, Room, Window},
    socket::Socket,
};

use super::{
    super::Number,
    report::{Failure, Report},
};

/// Collects requests until a datagram is full, and what became of them.
#[derive(Debug)]
pub(crate) struct Gather {
    window: Window,
    /// Of each request in the window.
    asked: Vec<Asked>,
    /// The generic family that all requests in the window are of, and the number that they have; `None` within if they
    /// are of several, or if somebody else says the number.
    family: Option<Option<(&'static str, u16)>>,
    /// How long to wait, at most, for the answers to the window; `None` without end.
    wait: Option<Option<Duration>>,
    acks: Acks,
    /// How many requests may go with one datagram, whatever the buffers allow.
    pub(crate) most: usize,
    pub(crate) enclosed: bool,
    pub(crate) stop_at_error: bool,
    pub(crate) stopped: bool,
    pub(crate) report: Report,
}

impl Gather {
    pub(crate) fn new(room: Room, acks: Acks) -> Self {
        Self {
            window: Window::new(room, acks),
            acks,
            most: usize::MAX,
            asked: Vec::new(),
            family: None,
            wait: None,
            enclosed: false,
            stop_at_error: false,
            stopped: false,
            report: Report::default(),
        }
    }

    pub(crate) fn acknowledge_each(&mut self) {
        self.acks = Acks::Each;
        self.window.set_limits(self.window.room(), self.acks);
    }

    pub(crate) fn enclose(&mut self, opening: &[u8], closing: Vec<u8>) {
        self.window.enclose(opening, closing);
        self.enclosed = true;
    }

    /// Whether a request of so many bytes can be added to what is there.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        self.window.has_room(bytes) && (self.asked.len() < self.most || self.enclosed)
    }

    /// Makes sure that there is room for a request of so many bytes. For a transaction, the send buffer grows.
    pub(crate) fn make_room(&mut self, socket: &Socket, bytes: usize) -> Result<(), Error> {
        if self.enclosed && !self.has_room(bytes) {
            // The kernel doubles what it is told, so that this is not done for each request anew.
            let room = self.window.room();
            let send = socket.set_send_buffer(room.datagram.saturating_add(bytes))?;
            let room = Room { datagram: Room::of_buffers(send, 0).datagram, ..room };
            self.window.set_limits(room, self.acks);
        }
        if self.has_room(bytes) { Ok(()) } else { Err(Error::Io(Errno::MSGSIZE.into())) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Takes note of the family of the next request.
    pub(crate) fn note_family(&mut self, name: &'static str, number: Number) {
        let family = match number {
            Number::Resolved(id) => Some((name, id)),
            Number::Given(_) => None,
        };
        let known = self.family.unwrap_or(family);
        self.family = Some(known.zip(family).filter(|(known, new)| known.0 == new.0).map(|(known, new)| {
            // No family has 0: the numbers differ.
            (name, if known.1 == new.1 { new.1 } else { 0 })
        }));
    }

    /// The name of the family of all requests, if it is one.
    pub(crate) fn family(&self) -> Option<&'static str> {
        self.family.flatten().map(|(name, _)| name)
    }

    /// Gives the requests in the window the number that their family has by now.
    pub(crate) fn renumber(&mut self, window: &mut Window, current: u16) {
        if let Some(Some((_, number))) = &mut self.family {
            if *number != current {
                *number = current;
                window.renew(current);
            }
        }
    }

    /// The family of the requests that were sent, and its number, if the kernel may not know it under that any more:
    /// its module was loaded again. Nothing of the window was carried out then.
    pub(crate) fn outdated(&self, window: &Window) -> Option<(&'static str, u16)> {
        let unheard_of = window.all_refused(|refused| refused.errno() == Errno::NOENT && refused.ext_ack().is_empty());
        self.family.flatten().filter(|_| unheard_of)
    }

    /// Takes a request, and gives its number.
    pub(crate) fn push(&mut self, bytes: &[u8], asked: Asked, wait: Option<Duration>) -> usize {
        self.window.push(bytes);
        self.asked.push(asked);
        self.wait = Some(match self.wait {
            Some(longest) => longest.and_then(|longest| Some(longest.max(wait?))),
            None => wait,
        });
        self.count()
    }

    /// Counts a request that is not going to be sent.
    pub(crate) fn skip(&mut self) -> usize {
        self.count()
    }

    fn count(&mut self) -> usize {
        self.report.added += 1;
        self.report.added - 1
    }

    pub(crate) fn take_failures(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.report.failures)
    }

    /// What is to be sent, and how long to wait for the answers. It comes back to [`absorb`](Self::absorb).
    pub(crate) fn take(&mut self) -> (Window, Option<Duration>) {
        let empty = Window::new(self.window.room(), self.acks);
        (std::mem::replace(&mut self.window, empty), self.wait.take().flatten())
    }

    /// Takes note of what became of the requests that were sent. An error is that of all requests about which the
    /// window itself says nothing.
    pub(crate) fn absorb(&mut self, mut window: Window, result: Result<(), Error>) {
        let base = self.report.sent;
        let before = self.report.failures.len();
        let overrun = matches!(result, Err(Error::Overrun));
        for (index, outcome) in window.take_outcomes() {
            let error = match outcome {
                Outcome::Refused(mut refused) => {
                    if let Some(asked) = index.and_then(|index| self.asked.get(index)) {
                        refused.locate(*asked);
                    }
                    refused.into()
                }
                Outcome::TimedOut => Error::Timeout,
                Outcome::Overrun => Error::Overrun,
                Outcome::Completed(_) => continue,
            };
            self.report.failures.push(Failure { index: index.map(|index| base + index), error });
        }
        if let Err(error) = result {
            // Who called back, or cannot reach the kernel, does not want the rest to be sent.
            self.stopped |= matches!(error, Error::Cancelled | Error::Io(_));
            let unknown = window.unknown().map(|index| Failure { index: Some(base + index), error: again(&error) });
            self.report.failures.extend(unknown);
            self.report.failures[before..].sort_by_key(|failure| failure.index);
        }
        self.report.remarks.extend(window.take_remarks().map(|(index, said)| (base + index, said)));
        let failed = self.report.failures.len() > before;
        self.report.failed += self.report.failures.len() - before;
        self.report.taken_back |= self.enclosed && failed;
        self.stopped |= self.stop_at_error && failed;
        self.report.sent += self.asked.len();
        self.asked.clear();
        self.family = None;
        window.clear();
        if overrun {
            // Something else takes the room: notifications of these very changes, most probably.
            let room = window.room();
            window.set_limits(Room { answers: room.answers / 2, ..room }, self.acks);
        }
        self.window = window;
    }
}

/// The same error for another request. Errors of a whole datagram are few.
fn again(error: &Error) -> Error {
    match error {
        Error::Cancelled => Error::Cancelled,
        Error::Timeout => Error::Timeout,
        Error::UnknownFamily { name } => Error::UnknownFamily { name: name.clone() },
        Error::Io(error) => Error::Io(match Errno::from_io_error(error) {
            Some(errno) => errno.into(),
            None => io::Error::new(error.kind(), error.to_string()),
        }),
        _ => Error::Overrun,
    }
}
