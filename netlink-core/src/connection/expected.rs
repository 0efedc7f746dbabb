//! What goes out, and what must come back.

use std::time::Duration;

use crate::{
    errno::Errno,
    error::{Asked, Error},
    exchange::Expect,
    operation::{Begins, FamilyKind, NlFamily, Operation},
    request::Request,
    trace::Span,
    wire::{Body, Decode, Message, MessageFlags, MessageHeader},
};

/// A request as a connection sends it, but for its sequence number.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) bytes: Vec<u8>,
    pub(crate) expected: Expected,
    pub(crate) timeout: Option<Duration>,
}

impl Outgoing {
    /// Of a request whose family has this number, on a connection that usually waits so long.
    pub(crate) fn new<F: NlFamily, K, B>(
        mut request: Request<F, K, B>,
        number: Number,
        expect: Expect,
        timeout: Option<Duration>,
    ) -> Result<Self, Error> {
        let timeout = request.wait().or(timeout);
        // A dump is never acknowledged, whatever it asks for: its end does that.
        let flags = if expect == Expect::Dump { MessageFlags::DUMP } else { MessageFlags::ACK };
        request.set_flags(flags);
        let (asked, id, also) = (request.asked(), request.expected_reply(), request.also_expected());
        let begins = request.begins();
        let bytes = request.take_bytes(0, 0)?;
        let body = bytes.get(MessageHeader::SIZE + asked.header..).unwrap_or_default();
        let expected = Expected {
            kind: F::INFO.kind,
            id,
            also,
            begins,
            family: F::INFO.name,
            number,
            span: Span::request(F::INFO.name, asked.operation, asked.body, body),
            asked: Some(asked),
            expect,
            timeout,
            persisted: false,
        };
        Ok(Self { bytes, expected, timeout })
    }
}

/// The message type of a generic family, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    /// From whoever made the request; 0 for families that are not generic.
    Given(u16),
    /// From the controller, some time ago.
    Resolved(u16),
}

impl Number {
    fn get(self) -> u16 {
        match self {
            Self::Given(id) | Self::Resolved(id) => id,
        }
    }
}

/// What a reply must be, and where its body starts.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    kind: FamilyKind,
    /// Message type or command; `None` for any.
    id: Option<u16>,
    /// Another one that it may be instead.
    also: Option<u16>,
    /// With which byte the body begins.
    begins: Begins,
    /// The name of the family, and its message type if it is generic.
    pub(crate) family: &'static str,
    number: Number,
    /// What was asked, and how.
    asked: Option<Asked>,
    pub(crate) expect: Expect,
    pub(crate) timeout: Option<Duration>,
    /// It was asked anew since the kernel was busy.
    persisted: bool,
    span: Span,
}

impl Expected {
    /// A message that nobody asked for.
    pub(crate) fn unasked<F: NlFamily, K>(operation: &Operation<F, K>, number: u16) -> Self {
        let (kind, number) = (F::INFO.kind, Number::Given(number));
        Self {
            kind,
            id: Some(operation.reply_id()),
            also: None,
            begins: operation.begins(),
            family: F::INFO.name,
            number,
            asked: None,
            expect: Expect::Ack,
            timeout: None,
            persisted: false,
            span: Span::none(),
        }
    }

    /// Names the fields of the request that a refusal is about.
    pub(crate) fn locate(&self, error: Error) -> Error {
        let error = match self.asked {
            Some(asked) => error.locate(asked),
            None => error,
        };
        self.span.failed(&error);
        error
    }

    /// Whether a message has the number of the operation, but is of another one, by what its body begins with.
    #[inline]
    pub(crate) fn is_foreign(&self, message: Message<'_>) -> bool {
        self.other_beginning(message).is_some() && self.check_number(message).is_ok()
    }

    #[inline]
    pub(crate) fn check(&self, message: Message<'_>) -> Result<(), Error> {
        self.check_number(message)?;
        match self.other_beginning(message) {
            Some(begins) => Err(Error::Foreign { number: self.id.unwrap_or_default(), begins }),
            None => Ok(()),
        }
    }

    /// What a body begins with, if it is that of another operation.
    #[inline]
    fn other_beginning(&self, message: Message<'_>) -> Option<u8> {
        if self.begins == Begins::Any {
            return None;
        }
        let first = message.body().get(self.kind.header_len()).copied();
        first.filter(|_| !self.begins.allows(first))
    }

    #[inline]
    fn check_number(&self, message: Message<'_>) -> Result<(), Error> {
        let found = message.header().kind;
        let same =
            |expected, found| if expected == found { Ok(()) } else { Err(Error::Unexpected { expected, found }) };
        let Some(id) = self.id else { return Ok(()) };
        let one_of_both = |found| if self.also == Some(found) { Ok(()) } else { same(id, found) };
        match self.kind {
            FamilyKind::Raw => one_of_both(found),
            FamilyKind::Generic { .. } => {
                same(self.number.get(), found)?;
                // A message without a command is damaged, which decoding tells better.
                message.body().first().map_or(Ok(()), |command| one_of_both(u16::from(*command)))
            }
        }
    }

    /// As [`decode`](Self::decode), the entry of a list, where it is read from.
    #[inline]
    pub(crate) fn decode_entry<'a, I: Body>(&self, message: Message<'a>, entry: &mut Option<Result<I::Of<'a>, Error>>) {
        if let Err(error) = self.check(message) {
            *entry = Some(Err(error));
            return;
        }
        self.span.reply(I::LAYOUT, message.body().get(self.kind.header_len()..).unwrap_or_default());
        I::Of::decode_entry(message, self.kind.header_len(), entry);
    }

    pub(crate) fn decode<'a, I: Body>(&self, message: Message<'a>) -> Result<I::Of<'a>, Error> {
        self.check(message)?;
        self.span.reply(I::LAYOUT, message.body().get(self.kind.header_len()..).unwrap_or_default());
        Ok(I::Of::decode_message(message, self.kind.header_len())?)
    }

    /// A request for a list that was refused because of another list, of which nothing came any more: the kernel had no
    /// memory for the next part, and went on with it only when this refusal was received.
    pub(crate) fn busy(&mut self, error: &Error) -> Option<Vec<u8>> {
        let Error::Refused(refused) = error else { return None };
        let busy = refused.errno() == Errno::BUSY && self.expect == Expect::Dump;
        // Once is enough.
        (busy && !std::mem::replace(&mut self.persisted, true)).then(|| refused.request().to_vec())
    }

    /// Whether a request may have been refused because the kernel no longer has the family under its number: the module
    /// was loaded again.
    pub(crate) fn may_be_outdated(&self, error: &Error) -> bool {
        // Families use the errno for reasons of their own, too; the kernel itself has nothing to add to it.
        let Error::Refused(refused) = error else { return false };
        matches!(self.number, Number::Resolved(_)) && refused.errno() == Errno::NOENT && refused.ext_ack().is_empty()
    }

    /// The refused request with the number that the family has by now. The error is given back if that is the same.
    pub(crate) fn renumbered(&mut self, error: Error, new: u16) -> Result<Vec<u8>, Error> {
        let Error::Refused(refused) = &error else { return Err(error) };
        let mut request = refused.request().to_vec();
        if new == self.number.get() || request.len() < MessageHeader::SIZE {
            return Err(error);
        }
        request[4..6].copy_from_slice(&new.to_ne_bytes());
        // Once is enough.
        self.number = Number::Given(new);
        Ok(request)
    }
}
