//! Connections: ask, tell, list, listen; blocking, without a runtime, and without a thread unless told.
//!
//! ```
//! use netlink_core::{connection::Connection, protocol::Route, request::Request};
//!
//! // RTM_GETLINK with an empty `struct ifinfomsg`, spoken by hand: families declare their requests.
//! let mut connection = Connection::<Route>::open()?;
//! for link in connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16]))? {
//!     println!("{} bytes about a link", link?.body.len());
//! }
//! # Ok::<(), netlink_core::error::Error>(())
//! ```
//!
//! # What is where
//!
//! | to | there is |
//! |---|---|
//! | get one reply; change something | [`ask`](Connection::ask); [`tell`](Connection::tell) |
//! | list, an entry at a time without an allocation | [`dump`](Connection::dump), [`Replies::next_borrowed`], [`Replies::for_each_borrowed`] |
//! | list very much, in two threads | [`Replies::read_ahead`] |
//! | list all at once, and again where something changed meanwhile | [`list`](Connection::list) |
//! | get several replies, or the notification of one's own change | [`replies`](Connection::replies), [`Request::echo`] |
//! | send thousands of requests in a few system calls, or all of them or none | [`batch`](Connection::batch), [`transaction`](batch::Batch::transaction) |
//! | listen | [`join`](Connection::join), [`events`](Connection::events) |
//! | know a table of the kernel's at any time, also after losses | [`Follow`] |
//! | limit the time | [`Request::deadline`], [`set_timeout`](Connection::set_timeout) |
//! | end a wait from elsewhere | [`canceller`](Connection::canceller) |
//! | know why the kernel refuses, by field | [`Refused`](crate::error::Refused) and its [`report`](crate::error::Refused::report) |
//! | know what it says with a success: warnings, cookies | [`said`](Connection::said), [`remarks`](batch::Report::remarks) |
//! | know what was lost, late or foreign | [`statistics`](Connection::statistics), [`Incoming::Lost`] |
//! | set options and buffer sizes, filter in the kernel, give the descriptor away | [`socket`](Connection::socket): a [`Socket`] |
//! | be in another network namespace, or listen to all | [`open_in`](Connection::open_in), [`SocketOption::ListenAllNsid`], [`Envelope::nsid`](crate::exchange::Envelope::nsid) |
//! | test without a kernel, record and replay | `sim`, with the feature of that name |
//! | do without this socket | [`exchange`](crate::exchange) |
//!
//! # When it goes wrong
//!
//! Each request ends in one way, and none waits for ever. What the kernel refuses was not done; of what has no answer,
//! nobody knows.
//!
//! ```
//! use netlink_core::{
//!     Errno, Error, NlFamily,
//!     generic::{Controller, Family},
//! };
//!
//! let mut controller = Controller::connect()?;
//! let absent = Family { name: Some("absent".into()), ..Family::default() };
//! match controller.ask(Controller::GET_FAMILY.with(&absent)) {
//!     Ok(family) => println!("its number is {:?}", family.id),
//!     Err(Error::Refused(refused)) => {
//!         assert_eq!(refused.errno(), Errno::NOENT);
//!         println!("{refused}"); // one line
//!         println!("{}", refused.report()); // the request field by field
//!     }
//!     Err(Error::Timeout | Error::Overrun) => println!("it may have been carried out"),
//!     Err(error) => return Err(error),
//! }
//!
//! let mut families = controller.dump(Controller::GET_FAMILY.with(&Family::default()))?;
//! for family in &mut families {
//!     match family {
//!         Ok(family) => println!("{:?}", family.name),
//!         Err(Error::Decode(error)) => println!("one entry is damaged, and the others come: {error}"),
//!         Err(Error::Interrupted) => println!("something changed meanwhile: an entry may be missing or double"),
//!         Err(error) => return Err(error), // the list ends early
//!     }
//! }
//! # drop(families);
//! # Ok::<(), Error>(())
//! ```
//!
//! A request goes to a connection of its protocol, or is not compiled:
//!
//! ```compile_fail,E0271
//! use netlink_core::{
//!     Connection,
//!     generic::{Controller, Family},
//!     protocol::Route,
//! };
//!
//! let mut connection = Connection::<Route>::open()?;
//! connection.ask(Controller::GET_FAMILY.with(&Family::default()))?;
//! # Ok::<(), netlink_core::Error>(())
//! ```
//!
//! # What it costs
//!
//! Beside `sendto` and `recvfrom` by hand with messages put together before, as
//! `cargo bench -p netlink-core --bench roundtrip` printed it on one busy machine with Linux 6.18 (microseconds for one
//! request, the fastest of many runs):
//!
//! | | by hand | here |
//! |---|--:|--:|
//! | request, reply and acknowledgement | 2.132 | 2.373 |
//! | request and acknowledgement | 0.819 | 1.016 |
//! | batch of 1000 routes, the last acknowledged | 0.629 | 0.701 |
//! | batch of 1000 routes, each acknowledged | 1.018 | 1.160 |

mod ahead;
pub(crate) mod backlog;
pub mod batch;
mod events;
mod expected;
mod families;
pub(crate) mod follow;
pub(crate) mod line;
mod replies;
mod statistics;
#[cfg(test)]
mod tests;

use std::{io, marker::PhantomData, time::Duration};

pub use events::{Events, Incoming, Notification};
pub(crate) use expected::{Expected, Number, Outgoing};
pub use follow::{Follow, Following};
pub use replies::{Listing, Replies};
pub use statistics::Statistics;

use crate::{
    error::Error,
    exchange::{Counters, Exchange, Expect, ExtAck, Rules},
    operation::{Asks, Dumps, MulticastGroup, NlFamily},
    protocol::IsProtocol,
    request::{IntoRequest, Request},
    socket::{Canceller, Socket, SocketOption},
    wire::{Body, IntoOwned},
};
use line::Line;

/// How long a connection waits for an answer unless told otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection with the kernel, or with whoever speaks the protocol `P`.
///
/// Extended acknowledgements, short acknowledgements and (for [`Route`](crate::protocol::Route)) strict checking of
/// requests are on where the kernel has them.
///
/// One request at a time. Notifications that arrive meanwhile wait for [`events`](Self::events), up to 1 MiB of them;
/// what is too much is told there as [lost](Incoming::Lost). To follow a busy group, use a connection of its own.
#[derive(Debug)]
pub struct Connection<P> {
    line: Line,
    timeout: Option<Duration>,
    protocol: PhantomData<P>,
}

/// Checks a socket, turns on what every connection wants, and gives the state of its conversation.
pub(crate) fn prepare<P: IsProtocol>(socket: &Socket) -> Result<Exchange, Error> {
    if socket.protocol() != P::PROTOCOL {
        let text = format!("a socket for {} where one for {} is needed", socket.protocol(), P::PROTOCOL);
        return Err(Error::Io(io::Error::new(io::ErrorKind::InvalidInput, text)));
    }
    let strict = (P::PROTOCOL == crate::protocol::Protocol::ROUTE).then_some(SocketOption::GetStrictChk);
    for option in [SocketOption::ExtAck, SocketOption::CapAck].into_iter().chain(strict) {
        // Old kernels lack some of them, and everything works without.
        socket.set_option(option, true)?;
    }
    Ok(Exchange::new(Rules::of::<P>(), socket.port()))
}

impl<P: IsProtocol> Connection<P> {
    /// Opens a connection, in the network namespace of the calling thread. Most protocols need no privilege for that.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] with `EPROTONOSUPPORT` if the kernel lacks the protocol.
    pub fn open() -> Result<Self, Error> {
        Self::with_socket(Socket::open(P::PROTOCOL)?)
    }

    /// Uses a socket that was opened elsewhere: in another network namespace, or with other options.
    ///
    /// # Errors
    ///
    /// The socket is one of another protocol, or its options cannot be set.
    pub fn with_socket(socket: Socket) -> Result<Self, Error> {
        let exchange = prepare::<P>(&socket)?;
        Ok(Self { line: Line::new(socket, exchange), timeout: Some(DEFAULT_TIMEOUT), protocol: PhantomData })
    }

    /// How long to wait for an answer (of a dump, for each part of it) where the request says nothing; `None` waits
    /// without end. At first it is [`DEFAULT_TIMEOUT`].
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// Sends a request and waits for its reply, which borrows from the connection's receive buffer.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the kernel refuses it, [`Error::NoReply`] if it acknowledges it without a reply, and the
    /// others.
    pub fn ask<R>(&mut self, request: R) -> Result<<<R::Operation as Asks>::Reply as Body>::Of<'_>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let (seq, mut expected) = self.start(request.into_request(), Expect::Reply)?;
        let place = self.line.reply(seq, &mut expected)?;
        expected.decode::<<R::Operation as Asks>::Reply>(self.line.message(&place)?)
    }

    /// Sends a request and waits for its acknowledgement. Replies are thrown away.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the kernel refuses it, and the others.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, errno::Errno, protocol::Route, request::Request};
    ///
    /// let mut connection = Connection::<Route>::open()?;
    /// // RTM_GETLINK of an interface that does not exist.
    /// let request = Request::raw(Route, 18).add_bytes(&[0; 16]).add_attr(3, b"absent0\0");
    /// let error = connection.tell(request).unwrap_err();
    /// assert_eq!(error.errno(), Some(Errno::NODEV));
    /// assert!(error.to_string().starts_with("No such device (ENODEV)"));
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn tell<R>(&mut self, request: R) -> Result<(), Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let (seq, mut expected) = self.start(request.into_request(), Expect::Ack)?;
        let Err(error) = self.line.acknowledged(seq) else { return Ok(()) };
        let again = self.line.again(error, &mut expected).and_then(|seq| self.line.acknowledged(seq));
        again.map_err(|error| expected.locate(error))
    }

    /// Sends a request for a list, and gives the entries as they arrive.
    ///
    /// # Errors
    ///
    /// The request could not be sent. What the kernel has to say comes from the list.
    pub fn dump<R>(&mut self, request: R) -> Result<Replies<'_, <R::Operation as Dumps>::Item>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Dumps<Request = R::Body>>,
    {
        let (seq, expected) = self.start(request.into_request(), Expect::Dump)?;
        Ok(Replies::new(&mut self.line, seq, expected))
    }

    /// Sends a request for a list, and gives all of it at once. If something changes meanwhile, it asks again: at most so
    /// often in all.
    ///
    /// # Errors
    ///
    /// The request could not be sent, or the kernel refused it or gave up. That something changed at each attempt is no
    /// error: [`Listing::interrupted`] tells it.
    ///
    /// ```
    /// use netlink_core::{NlFamily, generic::{Controller, Family}};
    ///
    /// let mut controller = Controller::connect()?;
    /// let families = controller.list(Controller::GET_FAMILY.with(&Family::default()), 5)?;
    /// assert!(!families.interrupted);
    /// assert!(families.entries.iter().any(|family| family.name.as_deref() == Some("nlctrl")));
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn list<R, I>(&mut self, request: R, attempts: u32) -> Result<Listing<I::Of<'static>>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Dumps<Request = R::Body, Item = I>>,
        I: Body,
        for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
    {
        let request = request.into_request();
        let mut left = attempts;
        loop {
            let listing = self.dump(request.clone())?.listing()?;
            left = left.saturating_sub(1);
            if !listing.interrupted || left == 0 {
                return Ok(listing);
            }
        }
    }

    /// Sends a request that is no list, and gives all replies up to the acknowledgement: for operations that answer
    /// with several messages, and for echoes.
    ///
    /// # Errors
    ///
    /// The request could not be sent. What the kernel has to say comes with the replies.
    pub fn replies<R>(&mut self, request: R) -> Result<Replies<'_, <R::Operation as Asks>::Reply>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let (seq, expected) = self.start(request.into_request(), Expect::Reply)?;
        Ok(Replies::new(&mut self.line, seq, expected))
    }

    /// Sends a request without waiting for anything, and gives its sequence number.
    ///
    /// If the kernel refuses it, [`events`](Self::events) tells so. The time limit, of the request or the connection,
    /// is one for sending.
    ///
    /// # Errors
    ///
    /// The request could not be sent.
    pub fn send<R>(&mut self, request: R) -> Result<u32, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>>,
    {
        let mut request = request.into_request();
        self.resolve(&mut request)?;
        let timeout = request.wait().or(self.timeout);
        let seq = self.line.exchange.allocate_seq();
        let bytes = request.to_bytes(seq, self.line.exchange.port())?;
        self.line.send(&bytes, timeout)?;
        Ok(seq)
    }

    /// Becomes a member of a multicast group: its notifications come from [`events`](Self::events).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownGroup`] or [`Error::UnknownFamily`] if the kernel has none of that name; [`Error::Io`] with
    /// `EPERM` for groups that need privilege, and as for [`family_id`](Self::family_id).
    pub fn join<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<(), Error> {
        self.join_group(group)
    }

    /// Ends the membership in a group. Notifications that have arrived stay.
    ///
    /// # Errors
    ///
    /// As for [`join`](Self::join).
    pub fn leave<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<(), Error> {
        self.leave_group(group)
    }

    /// As [`join`](Self::join), for a group that nobody declared. Numbers count from 1.
    ///
    /// Nothing is asked for here: for [`Notification::is`] and [`decode`](Notification::decode) to know the messages of
    /// a generic family, ask for its [number](Self::family_id) too.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]: `EINVAL` if there is no such group, `EPERM` if it needs privilege.
    pub fn join_number(&mut self, group: u32) -> Result<(), Error> {
        self.line.socket.join(group)?;
        self.noted_controller(group, true);
        Ok(())
    }

    /// As [`leave`](Self::leave), for a group that nobody declared.
    ///
    /// # Errors
    ///
    /// As for [`join_number`](Self::join_number).
    pub fn leave_number(&mut self, group: u32) -> Result<(), Error> {
        self.noted_controller(group, false);
        if self.line.is_needed::<P>(group) {
            return Ok(());
        }
        Ok(self.line.socket.leave(group)?)
    }

    /// Reads notifications.
    pub fn events(&mut self) -> Events<'_> {
        Events::new(&mut self.line)
    }

    /// A handle with which another thread can call back whoever waits on this connection.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        Ok(self.line.socket.canceller()?)
    }

    /// The socket, for its options and buffer sizes.
    pub fn socket(&self) -> &Socket {
        &self.line.socket
    }

    /// What was skipped so far: foreign senders, late answers, and so on.
    pub fn counters(&self) -> Counters {
        self.line.exchange.counters()
    }

    /// What the kernel had to say with the latest success: a warning, or a cookie.
    pub fn said(&self) -> &ExtAck {
        self.line.said.as_deref().unwrap_or(ExtAck::NOTHING)
    }

    fn start<F, K, B>(&mut self, mut request: Request<F, K, B>, expect: Expect) -> Result<(u32, Expected), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        let number = self.resolve(&mut request)?;
        let Outgoing { bytes, expected, timeout } = Outgoing::new(request, number, expect, self.timeout)?;
        Ok((self.line.start(bytes, expect, timeout)?, expected))
    }
}
