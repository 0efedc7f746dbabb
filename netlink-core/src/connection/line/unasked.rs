//! What comes in without being asked for.

use std::time::Instant;

use super::{AFTERWARDS, Line, Patience, Place, place_in};
use crate::{
    connection::backlog::Entry,
    error::{Error, Refused},
    exchange::{Envelope, Event},
    generic::resolve::rejoin,
};

/// What came in while nothing was asked.
#[derive(Debug)]
pub(in crate::connection) enum Unasked {
    /// It came earlier.
    Stored(Entry),
    Message(Place, Envelope),
    Unframed(Place, Envelope),
    Refused {
        seq: u32,
        refused: Refused,
    },
    Lost,
}

impl Line {
    /// Waits for something that nobody asked for; `None` if nothing came in time.
    pub(in crate::connection) fn unasked(&mut self, until: Option<Instant>) -> Result<Option<Unasked>, Error> {
        let mut afterwards = 0;
        loop {
            if let Some(entry) = self.backlog.pop() {
                return Ok(Some(Unasked::Stored(entry)));
            }
            if let Some(unasked) = self.next_unasked() {
                return Ok(Some(unasked));
            }
            // What is queued counts, but who keeps the queue full must not put the end off.
            if until.is_some_and(|until| until <= self.socket.now()) {
                if afterwards == AFTERWARDS {
                    return Ok(None);
                }
                afterwards += 1;
            }
            let draining = self.exchange.is_draining();
            if !self.receive(Patience::Until(until))? && !draining {
                return Ok(None);
            }
        }
    }

    fn next_unasked(&mut self) -> Option<Unasked> {
        while let Some(at_hand) = &mut self.at_hand {
            let datagram = self.buffer.bytes().get(..at_hand.len).unwrap_or_default();
            match self.exchange.next_event(&mut at_hand.reading, datagram, at_hand.received) {
                None => self.at_hand = None,
                Some(Event::Notification { message, envelope }) => {
                    let shown = self.families.shows(message);
                    if let Some(groups) = self.families.told(message) {
                        rejoin(&self.socket, &groups);
                        if !shown {
                            return Some(Unasked::Lost);
                        }
                        self.backlog.lost();
                    }
                    if shown {
                        return Some(Unasked::Message(place_in(datagram, message.bytes()), envelope));
                    }
                }
                Some(Event::Unframed { bytes, envelope }) => {
                    return Some(Unasked::Unframed(place_in(datagram, bytes), envelope));
                }
                Some(Event::Unmatched { message, refused: Some(refused) }) => {
                    return Some(Unasked::Refused { seq: message.header().seq, refused });
                }
                Some(Event::Damaged { .. } | Event::Lost) => return Some(Unasked::Lost),
                Some(Event::Reply { .. } | Event::Finished(_) | Event::Unmatched { .. }) => {}
            }
        }
        None
    }
}
