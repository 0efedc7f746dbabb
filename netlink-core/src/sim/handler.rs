//! What the test says about operations, and the way from types to bytes.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::{call::Call, kernel::Kernel, refusal::Refusal};
use crate::{
    errno::Errno,
    operation::{Asks, Begins, Dumps, FamilyKind, NlFamily, Operation},
    protocol::{IsProtocol, Protocol},
    schema::Kind,
    wire::{Body, Decode, Encode, Message, MessageHeader, Writer},
};

/// Which requests a handler answers: protocol, generic family, number, and whether they are for a list.
pub(super) type Key = (Protocol, Option<&'static str>, u16, bool);

/// What answers the requests of an operation; several may have the same key if their bodies begin differently.
#[derive(Clone)]
pub(super) struct Handler {
    /// The number of replies.
    pub(super) reply_id: u16,
    /// With which byte the bodies of requests begin.
    pub(super) begins: Begins,
    /// What stands between the message header and the body of a reply.
    pub(super) second: Vec<u8>,
    /// What the declaration says of the request.
    pub(super) request: Kind,
    run: Arc<Mutex<Run>>,
}

type Run = dyn FnMut(Message<'_>, &mut Call) -> Result<Vec<Vec<u8>>, Refusal> + Send;

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler").field("reply_id", &self.reply_id).finish_non_exhaustive()
    }
}

impl Handler {
    /// The bodies of the replies.
    pub(super) fn run(&self, call: &mut Call) -> Result<Vec<Vec<u8>>, Refusal> {
        let request = call.request().to_vec();
        let message = Message::whole(&request).map_err(|_| Errno::INVAL)?;
        self.run.lock().unwrap_or_else(PoisonError::into_inner)(message, call)
    }

    /// The message type of replies to a request of this type.
    pub(super) fn reply_kind(&self, asked: u16) -> u16 {
        if self.second.is_empty() { self.reply_id } else { asked }
    }
}

impl Kernel {
    /// Answers the requests of an operation about one object.
    ///
    /// The function is given the request and the [`Call`], and gives the reply; `()` for operations that have none. The
    /// acknowledgement follows by itself. A generic family is registered if it was not. The function may speak with this
    /// kernel, but must not ask for what it is just answering.
    ///
    /// # Panics
    ///
    /// The socket that asks panics if the reply does not fit its declaration.
    pub fn on<F, K, H>(&self, operation: Operation<F, K>, mut handler: H)
    where
        F: NlFamily,
        K: Asks,
        H: FnMut(<K::Request as Body>::Of<'_>, &mut Call) -> Result<<K::Reply as Body>::Of<'static>, Refusal>,
        H: Send + 'static,
    {
        self.on_many(operation, move |request, call| Ok(vec![handler(request, call)?]));
    }

    /// As [`on`](Self::on), with any number of replies: none, or several, which then are marked as parts of one answer.
    pub fn on_many<F, K, H>(&self, operation: Operation<F, K>, mut handler: H)
    where
        F: NlFamily,
        K: Asks,
        H: FnMut(<K::Request as Body>::Of<'_>, &mut Call) -> Result<Vec<<K::Reply as Body>::Of<'static>>, Refusal>,
        H: Send + 'static,
    {
        let has_reply = !matches!(K::Reply::LAYOUT, Kind::Empty);
        self.register::<F, K>(operation, false, K::Request::LAYOUT, move |message, call| {
            let replies = handler(decode::<F, K::Request>(message)?, call)?;
            Ok(if has_reply { replies.iter().map(encode).collect() } else { Vec::new() })
        });
    }

    /// Answers the requests of an operation for a list. The function gives all entries; the kernel cuts them into parts.
    ///
    /// # Panics
    ///
    /// As for [`on`](Self::on).
    pub fn on_dump<F, K, H, I>(&self, operation: Operation<F, K>, mut handler: H)
    where
        F: NlFamily,
        K: Dumps,
        H: FnMut(<K::Request as Body>::Of<'_>, &mut Call) -> Result<I, Refusal>,
        H: Send + 'static,
        I: IntoIterator<Item = <K::Item as Body>::Of<'static>>,
    {
        self.register::<F, K>(operation, true, K::Request::LAYOUT, move |message, call| {
            let entries = handler(decode::<F, K::Request>(message)?, call)?;
            Ok(entries.into_iter().map(|entry| encode(&entry)).collect())
        });
    }

    fn register<F: NlFamily, K>(
        &self,
        operation: Operation<F, K>,
        dump: bool,
        request: Kind,
        run: impl FnMut(Message<'_>, &mut Call) -> Result<Vec<Vec<u8>>, Refusal> + Send + 'static,
    ) {
        let (name, second) = match F::INFO.kind {
            FamilyKind::Raw => (None, Vec::new()),
            FamilyKind::Generic { .. } => {
                self.know::<F>();
                (Some(F::INFO.name), second_header::<F>(operation.reply_id()))
            }
        };
        let (reply_id, begins) = (operation.reply_id(), operation.begins());
        let handler = Handler { reply_id, begins, second, request, run: Arc::new(Mutex::new(run)) };
        let key = (F::Protocol::PROTOCOL, name, operation.request_id(), dump);
        let mut state = self.state();
        let handlers = state.handlers.entry(key).or_default();
        handlers.retain(|other| other.begins != begins);
        handlers.push(handler);
    }
}

/// `struct genlmsghdr`, if it is a generic family.
pub(super) fn second_header<F: NlFamily>(id: u16) -> Vec<u8> {
    match F::INFO.kind {
        FamilyKind::Raw => Vec::new(),
        // Commands have 8 bits.
        FamilyKind::Generic { version } => vec![id as u8, version, 0, 0],
    }
}

/// The bytes of a body.
///
/// # Panics
///
/// If something does not fit its place.
pub(super) fn encode(body: &impl Encode) -> Vec<u8> {
    let mut out = Writer::new();
    body.encode_into(&mut out);
    out.finish().unwrap_or_else(|error| panic!("the simulated kernel cannot say that: {error}"))
}

/// The request; what its declaration cannot read is refused at that place.
fn decode<'a, F: NlFamily, B: Body>(message: Message<'a>) -> Result<B::Of<'a>, Refusal> {
    let header = F::INFO.kind.header_len();
    let decoded = B::Of::decode_message(message, header);
    decoded.map_err(|error| {
        let refusal = Refusal::new(Errno::INVAL).message("Attribute failed policy validation");
        if error.offset() < MessageHeader::SIZE + header { refusal } else { refusal.at_offset(error.offset()) }
    })
}
