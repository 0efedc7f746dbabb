//! Fields that are filled in with the answer to another request.

use std::borrow::Cow;

use super::{Request, Wait};
use crate::{
    operation::NlFamily,
    schema::{self, Kind},
    wire::{EncodeErrorKind, Message, MessageHeader, Writer},
};

/// A question that is asked before a request is sent.
pub(crate) struct Lookup<F> {
    pub(super) question: Request<F, (), ()>,
    pub(super) fill: Fill,
    pub(super) next: Option<Box<Self>>,
}

/// Which field is filled in with which one of the reply.
#[derive(Clone)]
pub(crate) struct Fill {
    pub(super) to: Cow<'static, str>,
    /// What the declaration says of the reply.
    pub(super) reply: Kind,
    pub(super) from: &'static str,
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
        Self { question: self.question.clone(), fill: self.fill.clone(), next: self.next.clone() }
    }
}

impl<F: NlFamily> Lookup<F> {
    /// The question, what becomes of its answer, and what is to be asked next.
    pub(crate) fn step(self) -> (Request<F, (), ()>, Fill, Option<Box<Self>>) {
        (self.question, self.fill, self.next)
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
        request::Request,
        wire::{Message, NlMessage},
    };

    /// The request after the answer has come.
    fn filled(to: &'static str, from: &'static str) -> Result<Vec<u8>, String> {
        let asked = Family { id: Some(0), name: Some("sensors".into()), ..Family::default() };
        let answer = Family { id: Some(77), version: Some(2), ..Family::default() };
        let question = Controller::GET_FAMILY.with(&Family::default());
        let mut request = Controller::GET_FAMILY.with(&asked).look_up(to, question, from).family_id(16);
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
        let request: Request<_, _, _> = Controller::GET_FAMILY.with(&body).look_up("id", question, "id").family_id(16);
        let error = request.clone().to_bytes(1, 0).unwrap_err().to_string();
        assert!(error.contains("looked up"), "{error}");
        assert!(request.reply_as::<Family<'static>>().to_bytes(1, 0).is_err());
    }
}
