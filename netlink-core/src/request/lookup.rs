//! Fields that are filled in with the answer to another request.

use std::{borrow::Cow, fmt, time::Duration};

use super::{IntoRequest, Request, Wait};
use crate::{
    connection::line::Line,
    error::Error,
    operation::{Asks, NlFamily},
    schema::{self, Kind},
    wire::{Body, EncodeErrorKind, Message, MessageHeader, Writer},
};

/// A field of a request, and the question whose answer it is filled in with: see [`Request::look_up`].
pub struct Lookup<F>(Box<Open<F>>);

struct Open<F> {
    question: Request<F, (), ()>,
    fill: Fill,
    next: Option<Lookup<F>>,
    /// How a connection that blocks asks. It comes with the question, so that programs without questions do not contain it.
    ask: Ask<F>,
}

/// Asks a question and all behind it, with the time limit of the connection, and fills the fields in.
type Ask<F> = fn(&mut Line, Lookup<F>, Unfilled<'_>, Option<Duration>) -> Result<(), Error>;

/// Which field is filled in with which one of the reply.
#[derive(Clone)]
pub(crate) struct Fill {
    to: Cow<'static, str>,
    /// What the declaration says of the reply.
    reply: Kind,
    from: &'static str,
}

/// A request of which fields are to be filled in.
pub(crate) struct Unfilled<'r> {
    pub(super) out: &'r mut Writer,
    pub(super) body: Kind,
    /// The number of bytes between message header and body.
    pub(super) header: usize,
    pub(super) wait: Wait,
}

impl<F> Clone for Lookup<F> {
    fn clone(&self) -> Self {
        let Open { question, fill, next, ask } = &*self.0;
        Self(Box::new(Open { question: question.clone(), fill: fill.clone(), next: next.clone(), ask: *ask }))
    }
}

impl<F> fmt::Debug for Lookup<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fill { to, from, .. } = &self.0.fill;
        f.debug_struct("Lookup").field("to", to).field("from", from).finish_non_exhaustive()
    }
}

impl<F: NlFamily> Lookup<F> {
    /// `to` is the field of the request, and `from` the one of the reply to the question; both as
    /// [`Place::path`](crate::schema::Place::path) has them, without the name of the type: `header.index`,
    /// `link_info.data.link`. Both must be there and equally long. What the request has there already does not matter.
    ///
    /// ```
    /// use netlink_core::{generic::{Controller, Family}, request::Lookup};
    ///
    /// let named = Family { name: Some("nlctrl".into()), ..Family::default() };
    /// let lookup = Lookup::new("id", Controller::GET_FAMILY.with(&named), "id");
    /// ```
    pub fn new<R>(to: impl Into<Cow<'static, str>>, question: R, from: &'static str) -> Self
    where
        R: IntoRequest<Family = F, Operation: Asks<Request = R::Body>>,
    {
        let reply = <<R::Operation as Asks>::Reply as Body>::LAYOUT;
        let question = question.into_request().retyped();
        Self(Box::new(Open { question, fill: Fill { to: to.into(), reply, from }, next: None, ask: Line::look_up }))
    }
}

impl<F> Lookup<F> {
    /// Both fields of a request, one after the other.
    pub fn and(self, mut other: Self) -> Self {
        let mut end = &mut other.0.next;
        while let Some(next) = end {
            end = &mut next.0.next;
        }
        *end = Some(self);
        other
    }

    pub(crate) fn ask(self, line: &mut Line, unfilled: Unfilled<'_>, timeout: Option<Duration>) -> Result<(), Error> {
        (self.0.ask)(line, self, unfilled, timeout)
    }

    /// The question, what becomes of its answer, and what is to be asked next.
    pub(crate) fn step(self) -> (Request<F, (), ()>, Fill, Option<Self>) {
        (self.0.question, self.0.fill, self.0.next)
    }
}

impl Unfilled<'_> {
    /// Has a question wait as long as the request, unless it says how long.
    pub(crate) fn limit<F>(&self, question: &mut Request<F, (), ()>) {
        if question.wait == Wait::Default {
            question.wait = self.wait;
        }
    }

    /// Fills a field in with the answer.
    pub(crate) fn fill(&mut self, fill: Fill, answer: Message<'_>) {
        const NOT_THERE: &str =
            "the field to be looked up is missing in the request or in the reply, or of another size";
        let Fill { to, reply, from } = fill;
        let told = answer.body().get(self.header..).unwrap_or_default();
        let value = schema::payload_of(reply, told, from).and_then(|place| told.get(place));
        let body = self.out.written().get_mut(MessageHeader::SIZE + self.header..).unwrap_or_default();
        let place = schema::payload_of(self.body, body, &to).and_then(|place| body.get_mut(place));
        match (place, value) {
            (Some(place), Some(value)) if place.len() == value.len() => place.copy_from_slice(value),
            _ => self.out.fail(EncodeErrorKind::Invalid(NOT_THERE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        generic::{Controller, Family},
        request::{Lookup, Request},
        wire::{Message, NlMessage},
    };

    /// The request after the answer has come.
    fn filled(to: &'static str, from: &'static str) -> Result<Vec<u8>, String> {
        let asked = Family { id: Some(0), name: Some("sensors".into()), ..Family::default() };
        let answer = Family { id: Some(77), version: Some(2), ..Family::default() };
        let question = Controller::GET_FAMILY.with(&Family::default());
        let mut request = Controller::GET_FAMILY.with(&asked).look_up(Lookup::new(to, question, from)).family_id(16);
        let answer = Controller::GET_FAMILY.with(&answer).family_id(16).to_bytes(1, 0).unwrap();
        let (lookup, mut unfilled) = request.take_lookup().unwrap();
        unfilled.fill(lookup.step().1, Message::whole(&answer).unwrap());
        request.to_bytes(1, 0).map_err(|error| error.to_string())
    }

    #[test]
    fn a_field_gets_what_the_reply_has() {
        let bytes = filled("id", "id").unwrap();
        assert_eq!(Family::decode(&bytes[20..]).unwrap().id, Some(77));
        for (to, from) in [("maxattr", "id"), ("id", "maxattr"), ("id", "version"), ("", "id"), ("name.x", "id")] {
            assert!(filled(to, from).unwrap_err().contains("looked up"), "{to} from {from}");
        }
    }

    #[test]
    fn who_has_nobody_to_look_it_up_is_told_so() {
        let body = Family { id: Some(0), ..Family::default() };
        let question = Controller::GET_FAMILY.with(&body);
        let request: Request<_, _, _> =
            Controller::GET_FAMILY.with(&body).look_up(Lookup::new("id", question, "id")).family_id(16);
        let error = request.clone().to_bytes(1, 0).unwrap_err().to_string();
        assert!(error.contains("looked up"), "{error}");
        assert!(request.reply_as::<Family<'static>>().to_bytes(1, 0).is_err());
    }
}
