//! Requests: built by value, sent by a connection, or taken as bytes.

mod flags;
mod lookup;
mod raw;

use std::{fmt, marker::PhantomData, time::Duration};

pub use raw::RawMessage;

use crate::{
    error::Asked,
    exchange::FIRST_DATA_TYPE,
    operation::{Begins, FamilyKind, Marker, NlFamily, Operation, RawOperation, ReplyAs, Undeclared},
    protocol::IsProtocol,
    schema::Kind,
    spare,
    wire::{Body, Encode, EncodeError, EncodeErrorKind, Fixed, MessageFlags, MessageHeader, TYPE_MASK, Value, Writer},
};
pub use lookup::Lookup;
pub(crate) use lookup::Unfilled;

/// A request: an operation of the family `F`, of the kind `K`, with a body of type `B`.
///
/// Made by [`Operation::with`], or by [`Request::raw`] for what nobody declared; sent by a
/// [`Connection`](crate::connection::Connection). What does not fit its place is told when the bytes are needed, and
/// nothing is sent then.
///
/// # Errors
///
/// None of the methods fails, except those that give the bytes.
#[must_use = "a request does nothing until a connection sends it"]
pub struct Request<F, K, B> {
    out: Writer,
    /// The name of the operation.
    name: &'static str,
    id: u16,
    reply_id: Option<u16>,
    also_id: Option<u16>,
    begins: Begins,
    flags: MessageFlags,
    family_id: Option<u16>,
    wait: Wait,
    /// What the declaration says of the body.
    body: Kind,
    /// What is to be asked for before it is sent.
    lookup: Option<Lookup<F>>,
    marker: Marker<(F, K, B)>,
}

impl<F, K, B> Clone for Request<F, K, B> {
    fn clone(&self) -> Self {
        Self { out: self.out.clone(), lookup: self.lookup.clone(), marker: PhantomData, ..*self }
    }
}

/// How long to wait for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// As long as the connection says.
    Default,
    /// So long.
    Limited(Duration),
    /// Without end.
    Forever,
}

impl Wait {
    /// How long that is, where the connection says this.
    pub(crate) fn or(self, default: Option<Duration>) -> Option<Duration> {
        match self {
            Self::Default => default,
            Self::Limited(timeout) => Some(timeout),
            Self::Forever => None,
        }
    }
}

impl<P: IsProtocol> Request<Undeclared<P>, RawOperation, &'static [u8]> {
    /// A request that nobody declared: a message type, and whatever is added to it. The answers are
    /// [raw messages](RawMessage).
    ///
    /// ```
    /// use netlink_core::{connection::Connection, protocol::Route, request::Request, wire::Attrs};
    ///
    /// // RTM_GETLINK: a `struct ifinfomsg` of 16 bytes, and IFLA_IFNAME.
    /// let request = Request::raw(Route, 18).add_bytes(&[0; 16]).add_attr(3, b"lo\0");
    /// let mut connection = Connection::<Route>::open()?;
    /// let link = connection.ask(request)?;
    ///
    /// assert_eq!(link.header.kind, 16); // RTM_NEWLINK
    /// let mut attrs = Attrs::new(&link.body[16..]);
    /// assert!(attrs.any(|attr| attr.is_ok_and(|attr| attr.id() == 3 && attr.payload == b"lo\0")));
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn raw(protocol: P, message_type: u16) -> Self {
        let _ = protocol;
        Self::new("raw", message_type, None)
    }
}

impl<F: NlFamily, K, B> Request<F, K, B> {
    fn new(name: &'static str, id: u16, reply_id: Option<u16>) -> Self {
        let mut out = Writer::with_buffer(spare::take());
        out.bytes(&[0; MessageHeader::SIZE]);
        if let FamilyKind::Generic { version } = F::INFO.kind {
            match u8::try_from(id) {
                Ok(command) => out.bytes(&[command, version, 0, 0]),
                Err(_) => out.fail(EncodeErrorKind::Invalid("commands of generic families are numbers up to 255")),
            }
        }
        Self {
            out,
            name,
            id,
            reply_id,
            also_id: None,
            begins: Begins::Any,
            flags: MessageFlags::REQUEST,
            family_id: None,
            wait: Wait::Default,
            body: Kind::Opaque,
            lookup: None,
            marker: PhantomData,
        }
    }

    pub(crate) fn of(operation: &Operation<F, K>, body: &B::Of<'_>) -> Self
    where
        B: Body,
    {
        let mut request = Self::new(operation.name(), operation.request_id(), Some(operation.reply_id()));
        request.body = B::LAYOUT;
        (request.also_id, request.begins) = (operation.also_id(), operation.begins());
        body.encode_into(&mut request.out);
        request
    }

    /// Waits at most so long for the answer; of a dump, for each part of it.
    pub fn deadline(mut self, timeout: Duration) -> Self {
        self.wait = Wait::Limited(timeout);
        self
    }

    /// Waits without end for the answer.
    pub fn no_deadline(mut self) -> Self {
        self.wait = Wait::Forever;
        self
    }

    /// Gives the message type of the generic family, for whoever does not send through a connection, which finds it
    /// out by itself.
    pub fn family_id(mut self, id: u16) -> Self {
        self.family_id = Some(id);
        self
    }

    /// Adds an attribute. `id` is its number, at most `0x3fff`: flag bits are the matter of the value.
    pub fn add_attr<'v, V: Value<'v>>(mut self, id: u16, value: &V) -> Self {
        if id > TYPE_MASK {
            // Sent as it is, it would be another attribute with flags that nobody meant.
            self.out.fail(EncodeErrorKind::Invalid("numbers of attributes have 14 bits: up to 0x3fff"));
        }
        self.out.pad();
        value.emit(id, &mut self.out);
        self
    }

    /// Adds a C struct, and zeros up to the next multiple of 4 bytes.
    pub fn add_struct(mut self, value: &impl Fixed) -> Self {
        value.write(&mut self.out);
        self.out.pad();
        self
    }

    /// Adds bytes as they are.
    pub fn add_bytes(mut self, bytes: &[u8]) -> Self {
        self.out.bytes(bytes);
        self
    }

    /// The message as it would be sent, with this sequence number and port id: for whoever brings a transport of their
    /// own. The flags are `REQUEST` and what was set; a list needs [`MessageFlags::DUMP`], an acknowledgement
    /// [`ack`](Self::ack).
    ///
    /// # Errors
    ///
    /// A value does not fit its place, the message type is one of those below 16 that the kernel takes for control
    /// messages, or it is the one of a generic family and was not [given](Self::family_id). A field is to be
    /// [looked up](Self::look_up), which only connections do.
    ///
    /// ```
    /// use netlink_core::{protocol::Route, request::Request, wire::MessageFlags};
    ///
    /// let request = Request::raw(Route, 18).flags(MessageFlags::DUMP).add_bytes(&[0; 16]);
    /// let bytes = request.to_bytes(1, 0)?;
    /// assert_eq!(bytes[..8], [32, 0, 0, 0, 18, 0, 1, 3]);
    /// # Ok::<(), netlink_core::wire::EncodeError>(())
    /// ```
    pub fn to_bytes(mut self, seq: u32, port: u32) -> Result<Vec<u8>, EncodeError> {
        self.take_bytes(seq, port)
    }

    /// As [`to_bytes`](Self::to_bytes); the request is of no use afterwards.
    pub(crate) fn take_bytes(&mut self, seq: u32, port: u32) -> Result<Vec<u8>, EncodeError> {
        let out = &mut self.out;
        if self.lookup.is_some() {
            const OPEN: &str = "a field is to be looked up, which a connection does when it sends the request";
            out.fail(EncodeErrorKind::Invalid(OPEN));
        }
        let kind = match F::INFO.kind {
            FamilyKind::Raw => self.id,
            FamilyKind::Generic { .. } => self.family_id.unwrap_or_else(|| {
                const UNKNOWN: &str = "the kernel's number for the generic family is missing: give it with `family_id`";
                out.fail(EncodeErrorKind::Invalid(UNKNOWN));
                0
            }),
        };
        if kind < FIRST_DATA_TYPE && F::Protocol::CONTROL {
            const CONTROL: &str = "message types below 16 are control messages, which the kernel ignores";
            out.fail(EncodeErrorKind::Invalid(CONTROL));
        }
        let len = u32::try_from(out.len()).unwrap_or_else(|_| {
            out.fail(EncodeErrorKind::TooLong { limit: u32::MAX as usize, found: out.len() });
            0
        });
        let mut bytes = out.take()?;
        let header = MessageHeader { len, kind, flags: self.flags, seq, port }.to_bytes();
        bytes[..header.len()].copy_from_slice(&header);
        Ok(bytes)
    }

    /// Has the reply or the entries of a list read as something else than the operation declares: as a message with the
    /// few fields that matter. That takes less time, and the program does not contain how to read all others.
    ///
    /// ```
    /// use netlink_core::{NlFamily, NlMessage, generic::{Controller, Family}, wire::Text};
    ///
    /// #[derive(NlMessage, Debug, Default)]
    /// #[nl(subset_of = Family<'_>)]
    /// struct Name<'a> {
    ///     name: Option<Text<'a>>,
    /// }
    ///
    /// let mut controller = Controller::connect()?;
    /// let mut families = controller.dump(Controller::GET_FAMILY.with(&Family::default()).reply_as::<Name>())?;
    /// assert!(families.any(|family| family.is_ok_and(|family| family.name == Some("nlctrl".into()))));
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn reply_as<T: Body>(self) -> Request<F, K::As, B>
    where
        K: ReplyAs<T>,
    {
        self.retyped()
    }

    /// The same request; what is said of its answer and its body is another matter.
    fn retyped<K2, B2>(self) -> Request<F, K2, B2> {
        let Self { out, name, id, reply_id, also_id, begins, flags, family_id, wait, body, lookup, marker: _ } = self;
        Request { out, name, id, reply_id, also_id, begins, flags, family_id, wait, body, lookup, marker: PhantomData }
    }

    /// Has a field filled in when a connection sends the request: with a field of what another request is answered with
    /// then. That is how a request names a link where the kernel wants its index.
    ///
    /// The connection sends the question first, and waits for its answer as long as for that of this request. Between the
    /// two, somebody else may change what was asked for. A [batch](crate::connection::batch::Batch) sends what was added
    /// before, so that this is carried out when the question is asked.
    ///
    /// ```
    /// use netlink_core::{NlFamily, generic::{Controller, Family}, request::Lookup};
    ///
    /// let named = Family { name: Some("nlctrl".into()), ..Family::default() };
    /// let numbered = Family { id: Some(0), ..Family::default() };
    /// let lookup = Lookup::new("id", Controller::GET_FAMILY.with(&named), "id");
    /// let request = Controller::GET_FAMILY.with(&numbered).look_up(lookup);
    ///
    /// let mut controller = Controller::connect()?;
    /// assert_eq!(controller.ask(request)?.name.as_deref(), Some("nlctrl"));
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn look_up(mut self, lookup: Lookup<F>) -> Self {
        self.lookup = Some(match self.lookup.take() {
            Some(before) => before.and(lookup),
            None => lookup,
        });
        self
    }

    /// What is to be asked for before it is sent, and what is filled in with the answers.
    pub(crate) fn take_lookup(&mut self) -> Option<(Lookup<F>, Unfilled<'_>)> {
        let lookup = self.lookup.take()?;
        let (body, header) = (self.body, F::INFO.kind.header_len());
        Some((lookup, Unfilled { out: &mut self.out, body, header, wait: self.wait }))
    }

    pub(crate) fn has_lookup(&self) -> bool {
        self.lookup.is_some()
    }

    pub(crate) fn set_flags(&mut self, flags: MessageFlags) {
        self.flags |= flags;
    }

    pub(crate) fn set_family_id(&mut self, id: u16) {
        self.family_id = Some(id);
    }

    pub(crate) fn given_family_id(&self) -> Option<u16> {
        self.family_id
    }

    pub(crate) fn expected_reply(&self) -> Option<u16> {
        self.reply_id
    }

    pub(crate) fn also_expected(&self) -> Option<u16> {
        self.also_id
    }

    pub(crate) fn begins(&self) -> Begins {
        self.begins
    }

    /// What errors need to know of it.
    pub(crate) fn asked(&self) -> Asked {
        Asked { operation: self.name, body: self.body, header: F::INFO.kind.header_len() }
    }

    pub(crate) fn wait(&self) -> Wait {
        self.wait
    }
}

/// What a connection can send: a request, or a builder that becomes one when it is sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request",
    label = "neither a `Request` nor what becomes one",
    note = "requests are made from operations: `Family::OPERATION.with(&body)`",
    note = "what is still being described becomes one by a method that says what shall be done, such as `add`"
)]
pub trait IntoRequest {
    /// The family that the request is for.
    type Family: NlFamily;
    /// The kind of operation.
    type Operation;
    /// What is sent.
    type Body;

    /// The request.
    fn into_request(self) -> Request<Self::Family, Self::Operation, Self::Body>;
}

impl<F: NlFamily, K, B> IntoRequest for Request<F, K, B> {
    type Family = F;
    type Operation = K;
    type Body = B;

    fn into_request(self) -> Self {
        self
    }
}

impl<F: NlFamily, K, B> fmt::Debug for Request<F, K, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("family", &F::INFO.name)
            .field("name", &self.name)
            .field("id", &self.id)
            .field("flags", &self.flags)
            .field("len", &self.out.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{protocol::Route, wire::NESTED};

    #[test]
    fn flags_are_no_part_of_an_attributes_number() {
        let with = |id| Request::raw(Route, 18).add_attr(id, &1_u32).to_bytes(1, 0);
        assert_eq!(with(TYPE_MASK).unwrap()[18..20], TYPE_MASK.to_ne_bytes());
        for id in [TYPE_MASK + 1, NESTED | 1, u16::MAX] {
            assert!(with(id).is_err(), "{id:#x}");
        }
    }
}
