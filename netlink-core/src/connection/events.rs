//! Notifications.

use std::{fmt, time::Duration};

use crate::{
    error::{Error, Refused},
    exchange::Envelope,
    generic::resolve::FamilyCache,
    operation::{NlFamily, Notifies, Operation},
    wire::{Body, Message, MessageHeader},
};

use super::{
    Expected,
    backlog::Entry,
    line::{Line, Unasked},
};

/// Reads the notifications of a [`Connection`](super::Connection), in the order in which they arrived, those included
/// that came while something else was waited for.
pub struct Events<'c> {
    line: &'c mut Line,
    timeout: Option<Duration>,
    /// What is lent.
    stored: Option<Entry>,
}

/// One thing that arrived without being asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Incoming<'a> {
    /// A notification.
    Notification(Notification<'a>),
    /// A datagram of a protocol without messages, such as uevents. Any process may send one: the envelope tells who
    /// did.
    Text {
        /// The bytes.
        bytes: &'a [u8],
        /// Where it comes from.
        envelope: Envelope,
    },
    /// Something is missing here, because the receive buffer was full or a datagram was damaged. What comes next is
    /// whole again; ask anew for the state of things.
    #[doc(alias = "ENOBUFS")]
    Lost,
    /// The kernel refused a request that was sent without waiting for an answer, or that had timed out.
    Refused {
        /// The number that [`send`](super::Connection::send) gave.
        seq: u32,
        /// The refusal.
        refused: Refused,
    },
}

impl<'c> Events<'c> {
    pub(super) fn new(line: &'c mut Line) -> Self {
        Self { line, timeout: None, stored: None }
    }

    /// Waits at most so long for each; then [`next_event`](Self::next_event) gives [`Error::Timeout`], and can be
    /// called again. Without this it waits without end.
    ///
    /// What has arrived is given also after that time. Of datagrams that are skipped, such as those of a foreign
    /// process, no more than 64 are taken then, so that nobody can make it wait longer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Waits for the next; `None` when a [`Canceller`](crate::socket::Canceller) called the reader back.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] if nothing came in the time set, [`Error::Io`] if the socket is broken. Losses are no
    /// errors, but [`Incoming::Lost`] at their place.
    ///
    /// ```
    /// use std::time::Duration;
    /// use netlink_core::{connection::Connection, error::Error, protocol::Route};
    ///
    /// let mut connection = Connection::<Route>::open()?;
    /// connection.join_number(1)?; // RTNLGRP_LINK
    /// let mut events = connection.events().timeout(Duration::from_millis(1));
    /// match events.next_event() {
    ///     Some(Err(Error::Timeout)) => {} // no link changed
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn next_event(&mut self) -> Option<Result<Incoming<'_>, Error>> {
        let until = self.timeout.and_then(|timeout| self.line.socket.now().checked_add(timeout));
        match self.line.unasked(until) {
            Ok(Some(unasked)) => Some(self.lend(unasked)),
            Ok(None) => Some(Err(Error::Timeout)),
            Err(Error::Cancelled) => None,
            Err(error) => Some(Err(error)),
        }
    }

    fn lend(&mut self, unasked: Unasked) -> Result<Incoming<'_>, Error> {
        let families = &self.line.families;
        Ok(match unasked {
            Unasked::Message(place, envelope) => {
                let message = self.line.message(&place)?;
                Incoming::Notification(Notification { message, envelope, families })
            }
            Unasked::Unframed(place, envelope) => Incoming::Text { bytes: self.line.bytes(&place), envelope },
            Unasked::Refused { seq, refused } => Incoming::Refused { seq, refused },
            Unasked::Lost => Incoming::Lost,
            Unasked::Stored(entry) => Incoming::stored(entry, &mut self.stored, families)?,
        })
    }
}

impl<'a> Incoming<'a> {
    /// What was put aside, lent from where it is kept now.
    pub(crate) fn stored(entry: Entry, place: &'a mut Option<Entry>, families: &'a FamilyCache) -> Result<Self, Error> {
        Ok(match entry {
            Entry::Refused { seq, refused } => Incoming::Refused { seq, refused },
            Entry::Lost => Incoming::Lost,
            entry => match place.insert(entry) {
                Entry::Message { bytes, envelope } => {
                    let message = Message::whole(bytes)?;
                    Incoming::Notification(Notification { message, envelope: *envelope, families })
                }
                Entry::Unframed { bytes, envelope } => Incoming::Text { bytes, envelope: *envelope },
                Entry::Refused { .. } | Entry::Lost => Incoming::Lost,
            },
        })
    }
}

impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// A message that the kernel sent without being asked.
#[derive(Clone, Copy)]
pub struct Notification<'a> {
    message: Message<'a>,
    envelope: Envelope,
    families: &'a FamilyCache,
}

impl<'a> Notification<'a> {
    /// The message header. Its number and port are those of whoever caused the notification.
    pub fn header(&self) -> MessageHeader {
        self.message.header()
    }

    /// The whole message.
    pub fn message(&self) -> Message<'a> {
        self.message
    }

    /// The number of the multicast group it was sent to; 0 for this connection alone.
    pub fn group(&self) -> u32 {
        self.envelope.group
    }

    /// Where it comes from.
    pub fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// Whether it is a notification, or a reply, of this operation.
    ///
    /// A generic family is known by a number that the connection has to have asked for: by
    /// [`NlFamily::connect`], [`family_id`](super::Connection::family_id),
    /// [`join`](super::Connection::join) with a named group, or a request. Where it has not, or has
    /// [forgotten](super::Connection::forget_families) it, this is false for every message of the family.
    pub fn is<F: NlFamily, K>(&self, operation: Operation<F, K>) -> bool {
        self.expected(&operation).check(self.message).is_ok()
    }

    /// The body, as that of an operation.
    ///
    /// # Errors
    ///
    /// [`Error::Unexpected`] or [`Error::Foreign`] if it is one of another operation, or of a generic family whose number the connection does
    /// not know (see [`is`](Self::is)); [`Error::Decode`] if it is damaged.
    pub fn decode<F: NlFamily, K: Notifies>(
        &self,
        operation: Operation<F, K>,
    ) -> Result<<K::Body as Body>::Of<'a>, Error> {
        self.expected(&operation).decode::<K::Body>(self.message)
    }

    fn expected<F: NlFamily, K>(&self, operation: &Operation<F, K>) -> Expected {
        // A family that this connection never asked for has no number, and no message can be of it.
        let family_id = self.families.get(F::INFO.name).map_or(0, |(id, _)| id);
        Expected::unasked(operation, family_id)
    }
}

impl fmt::Debug for Notification<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification").field("group", &self.group()).field("message", &self.message).finish()
    }
}
