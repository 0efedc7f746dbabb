//! Messages to and from one user of the connector: a part of the kernel, or a module of one's own.

use std::{
    marker::PhantomData,
    time::{Duration, Instant},
};

use netlink_core::{
    Connection, Error, NlStruct, Request,
    connection::Incoming,
    protocol::{Connector, Protocol},
    socket::{Canceller, Socket},
    wire::{Context, Decode, DecodeError, EncodeErrorKind, MessageHeader, Value, Writer},
};

use super::{CallbackId, CnMsg, MAX_PAYLOAD};

/// The message type of everything on the connector: data, although elsewhere it says that something is done.
#[doc(alias = "NLMSG_DONE")]
const MESSAGE: u16 = 3;

/// A conversation with one user of the connector.
///
/// ```no_run
/// use netlink_core::NlStruct;
/// use protocols::connector::{CallbackId, Channel, Received};
///
/// /// What a module of one's own takes and gives.
/// #[derive(NlStruct, Debug)]
/// struct Reading {
///     sensor: u32,
///     celsius: i32,
/// }
///
/// let mut channel = Channel::open(CallbackId { idx: 0x10, val: 1 })?;
/// channel.send(&Reading { sensor: 7, celsius: 0 }, 0)?;
/// if let Some(Received::Message(message)) = channel.receive::<Reading>().transpose()? {
///     println!("{:?} answers {}", message.data, message.ack);
/// }
/// # Ok::<(), netlink_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Channel {
    connection: Connection<Connector>,
    id: CallbackId,
    seq: u32,
    timeout: Option<Duration>,
}

/// What came over a channel.
///
/// ```
/// use protocols::connector::{CnMsg, Received};
///
/// let received = Received::Message(CnMsg::<&[u8]>::default());
/// assert_ne!(received, Received::Lost);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received<M> {
    /// A message.
    Message(M),
    /// Messages are missing here, because the receive buffer was full. How many is not known.
    #[doc(alias = "ENOBUFS")]
    Lost,
}

/// A payload on its way to the kernel.
struct Payload<'v, 'p, P> {
    value: &'v P,
    marker: PhantomData<&'p ()>,
}

impl<'a, 'p, P: Value<'p>> Value<'a> for Payload<'_, 'p, P> {
    fn from_payload(payload: &'a [u8], cx: &Context<'_, 'a>) -> Result<Self, DecodeError> {
        Err(cx.invalid(payload, "only to be sent"))
    }

    fn to_payload(&self, out: &mut Writer) {
        let start = out.len();
        self.value.to_payload(out);
        let found = out.len() - start;
        if found > MAX_PAYLOAD {
            out.fail(EncodeErrorKind::TooLong { limit: MAX_PAYLOAD, found });
        }
    }
}

/// How many messages that nobody wants are passed over after the time is over.
const AFTERWARDS: u32 = 1024;

/// The end of a wait. What is queued counts also afterwards, but who keeps the queue full does not put the end off.
#[derive(Debug)]
pub(super) struct Limit {
    until: Option<Instant>,
    afterwards: u32,
}

impl Limit {
    /// A wait that begins now.
    pub(super) fn new(timeout: Option<Duration>) -> Self {
        Self { until: timeout.and_then(|timeout| Instant::now().checked_add(timeout)), afterwards: 0 }
    }

    /// What is left of the time.
    fn remaining(&self) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    /// To be called for each message that is passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`]: these were enough.
    pub(super) fn passed_over(&mut self) -> Result<(), Error> {
        if self.remaining().is_some_and(|left| left.is_zero()) {
            if self.afterwards == AFTERWARDS {
                return Err(Error::Timeout);
            }
            self.afterwards += 1;
        }
        Ok(())
    }
}

impl Channel {
    /// Opens a channel. It receives what is sent to it alone; [`join`](Self::join) adds what is sent to everybody.
    ///
    /// # Errors
    ///
    /// `EPROTONOSUPPORT` if the kernel has no connector (`CONFIG_CONNECTOR`).
    pub fn open(id: CallbackId) -> Result<Self, Error> {
        Self::with_socket(Socket::open(Protocol::CONNECTOR)?, id)
    }

    /// Uses a socket that was opened elsewhere: with other options, or of a simulated kernel.
    ///
    /// # Errors
    ///
    /// The socket is one of another protocol, or its options cannot be set.
    pub fn with_socket(socket: Socket, id: CallbackId) -> Result<Self, Error> {
        Ok(Self { connection: Connection::with_socket(socket)?, id, seq: 0, timeout: None })
    }

    /// Receives what this user of the connector sends to everybody.
    ///
    /// # Errors
    ///
    /// `EPERM` without `CAP_NET_ADMIN`, which process events need only before Linux 6.6; `EINVAL` if `idx` is larger
    /// than the kernel's groups (32 today), which means that it is never sent to everybody.
    pub fn join(&mut self) -> Result<(), Error> {
        self.connection.join_number(self.id.idx)
    }

    /// Waits at most so long in [`receive`](Self::receive), which then gives [`Error::Timeout`] and can be called
    /// again; `None`, as at first, waits without end. What has arrived is given also after that time, unless it is behind
    /// very many messages of others.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// Sends a message, and gives its sequence number. `ack` is free for the user: an answer carries it plus one.
    ///
    /// # Errors
    ///
    /// The payload cannot be sent: the path to its field begins with `CnMsg.data`, and is no more than that if the
    /// payload is longer than [`MAX_PAYLOAD`] bytes. `ECONNREFUSED` in a network namespace other than the initial one.
    /// If nobody has registered for the id, the kernel drops the message without a word.
    pub fn send<'p, P: Value<'p>>(&mut self, payload: &P, ack: u32) -> Result<u32, Error> {
        self.seq = self.seq.wrapping_add(1);
        let data = Payload { value: payload, marker: PhantomData };
        let message = CnMsg { id: self.id, seq: self.seq, ack, len: 0, flags: 0, data };
        self.connection.send(Request::raw(Connector, MESSAGE).add_bytes(&message.to_bytes()?))?;
        Ok(self.seq)
    }

    /// Waits for the next message from this user of the connector; `None` when a [`Canceller`] called the reader back.
    ///
    /// # Errors
    ///
    /// The message is not what `P` declares: the next one is not affected. Or the socket is broken.
    pub fn receive<P: for<'a> Value<'a>>(&mut self) -> Option<Result<Received<CnMsg<P>>, Error>> {
        self.receive_with(|body| CnMsg::decode_at(body, MessageHeader::SIZE))
    }

    /// As [`receive`](Self::receive), with a function that reads the bytes of the message, its `cn_msg` included, where
    /// they are: for payloads that borrow.
    ///
    /// # Errors
    ///
    /// As for [`receive`](Self::receive).
    pub fn receive_with<R>(
        &mut self,
        read: impl FnOnce(&[u8]) -> Result<R, DecodeError>,
    ) -> Option<Result<Received<R>, Error>> {
        let mut limit = self.limit();
        self.receive_until(&mut limit, read)
    }

    /// A wait that begins now.
    pub(super) fn limit(&self) -> Limit {
        Limit::new(self.timeout)
    }

    /// As [`receive_with`](Self::receive_with). What is passed over does not put the end off.
    pub(super) fn receive_until<R>(
        &mut self,
        limit: &mut Limit,
        read: impl FnOnce(&[u8]) -> Result<R, DecodeError>,
    ) -> Option<Result<Received<R>, Error>> {
        loop {
            let mut events = self.connection.events();
            if let Some(left) = limit.remaining() {
                events = events.timeout(left);
            }
            let notification = match events.next_event()? {
                Ok(Incoming::Notification(notification)) => notification,
                Ok(_) => return Some(Ok(Received::Lost)),
                Err(error) => return Some(Err(error)),
            };
            let body = notification.message().body();
            match CnMsg::<&[u8]>::decode_at(body, MessageHeader::SIZE) {
                Ok(message) if message.id != self.id => {
                    if let Err(error) = limit.passed_over() {
                        return Some(Err(error));
                    }
                }
                Ok(_) => return Some(read(body).map(Received::Message).map_err(Error::from)),
                Err(error) => return Some(Err(error.into())),
            }
        }
    }

    /// A handle with which another thread can call back whoever waits on this channel.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.connection.canceller()
    }

    /// The socket, for its options and buffer sizes.
    pub fn socket(&self) -> &Socket {
        self.connection.socket()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_does_not_put_the_end_off() {
        let mut over = Limit::new(Some(Duration::ZERO));
        assert!((0..AFTERWARDS).all(|_| over.passed_over().is_ok()));
        assert!(matches!(over.passed_over(), Err(Error::Timeout)));
        for timeout in [None, Some(Duration::from_secs(3600)), Some(Duration::MAX)] {
            let mut limit = Limit::new(timeout);
            assert!((0..3 * AFTERWARDS).all(|_| limit.passed_over().is_ok()), "{timeout:?}");
        }
    }
}
