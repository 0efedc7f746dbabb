//! Connections for the runtime [tokio](https://docs.rs/tokio): as [`connection`](crate::connection), but many requests at a time.
//!
//! ```
//! use netlink_core::{protocol::Route, request::Request, tokio::Connection};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), netlink_core::Error> {
//! let connection = Connection::<Route>::open()?;
//!
//! // RTM_GETLINK of the links 1 and 2, spoken by hand: families declare their requests.
//! let link = |index: u8| {
//!     connection.ask(Request::raw(Route, 18).add_bytes(&[0, 0, 0, 0, index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
//! };
//! let (first, second) = tokio::join!(link(1), link(2));
//! println!("{} bytes about the first link", first?.body.len());
//! println!("the second: {second:?}");
//! # Ok(())
//! # }
//! ```
//!
//! # How it works
//!
//! There is no task behind a connection, and nothing is spawned: whoever waits receives what has come, and gives the
//! others their part of it. The kernel has usually queued the answer before the request is sent, so that most requests
//! are done when they are first polled.
//!
//! Every future may be dropped at any time, and the connection stays usable. A request that was sent is carried out
//! nevertheless, and its answer is thrown away; until the first poll, nothing is sent.
//!
//! The kernel has one dump a socket: a second one waits for the end of the first, of which up to 1 MiB are put aside for
//! its reader meanwhile. A reader that is not ready for the rest within a second, or while others ask for something,
//! gets up to 16 MiB, and then [`Error::FellBehind`]. Who asks something for each entry of a long list should use a
//! connection of its own for that.
//!
//! # What is where
//!
//! What a [`Connection`] is asked for has the names that it has [without a runtime](crate::connection#what-is-where). Where
//! that has a canceller, this is [closed](Connection::close), or the future is dropped.
//!
//! # Where it blocks
//!
//! The kernel carries out a request within the system call that sends it, under the locks of its subsystem. That takes
//! microseconds for most, and as long as it takes for some: a link of a kind whose module has to be loaded, a thousand
//! of anything, or anything at all while someone else holds the lock. [`Connection::offloaded`] is a handle on the same
//! connection that sends from a thread for blocking work. The parts of a dump are made when the one before is received,
//! which may wait for the same locks.

mod batch;
mod events;
mod families;
mod follow;
mod line;
mod mail;
mod replies;
mod shared;
mod state;
mod statistics;

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

pub use batch::Batch;
pub use events::Events;
pub use follow::{Following, follow, follow_on};
pub use replies::Replies;

use crate::{
    connection::{Expected, Listing, Outgoing, prepare},
    error::Error,
    exchange::{Counters, Expect, ExtAck},
    operation::{Asks, Dumps, FamilyKind, NlFamily},
    protocol::IsProtocol,
    request::{IntoRequest, Request},
    socket::Socket,
    wire::{Body, IntoOwned},
};
use line::{Line, Ticket};
use shared::Shared;

/// Opens a connection to speak with a family, and makes sure that the kernel has it:
/// [`NlFamily::connect`] for tokio.
///
/// # Errors
///
/// The kernel lacks the protocol or the generic family.
///
/// # Panics
///
/// As for [`Connection::open`].
///
/// ```
/// use netlink_core::generic::{Controller, Family};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), netlink_core::Error> {
/// let controller = netlink_core::tokio::connect::<Controller>().await?;
/// let wanted = Family { name: Some("nlctrl".into()), ..Family::default() };
/// let family = controller.ask(Controller::GET_FAMILY.with(&wanted)).await?;
/// assert_eq!(family.id, Some(16));
/// # Ok(())
/// # }
/// ```
pub async fn connect<F: NlFamily>() -> Result<Connection<F::Protocol>, Error> {
    let connection = Connection::open()?;
    if let FamilyKind::Generic { .. } = F::INFO.kind {
        connection.family_id::<F>().await?;
    }
    Ok(connection)
}

/// A connection with the kernel, or with whoever speaks the protocol `P`: a handle, whose clones are the same connection.
///
/// As with the blocking [`Connection`](crate::Connection), extended acknowledgements, short acknowledgements and (for
/// [`Route`](crate::protocol::Route)) strict checking of requests are on where the kernel has them.
///
/// Any number of requests at a time, from any number of tasks. Notifications wait for [`events`](Self::events), up to 1
/// MiB of them; what is too much is told there as [lost](crate::connection::Incoming::Lost). To follow a busy group, use
/// a connection of its own.
pub struct Connection<P> {
    line: Line,
    protocol: PhantomData<P>,
}

impl<P: IsProtocol> Connection<P> {
    /// Opens a connection, in the network namespace of the calling thread. Most protocols need no privilege for that.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] with `EPROTONOSUPPORT` if the kernel lacks the protocol, and without a number outside of a runtime.
    ///
    /// # Panics
    ///
    /// Where I/O is not enabled in the runtime. Every wait with a time limit panics where time is not enabled in it.
    /// Both are in those that `#[tokio::main]` makes; a [`Builder`](::tokio::runtime::Builder) needs `enable_all`.
    pub fn open() -> Result<Self, Error> {
        Self::with_socket(Socket::open(P::PROTOCOL)?)
    }

    /// Uses a socket that was opened elsewhere: in another network namespace, or with other options.
    ///
    /// # Errors
    ///
    /// The socket is one of another protocol, or its options cannot be set, or there is no runtime here.
    ///
    /// # Panics
    ///
    /// As for [`open`](Self::open).
    pub fn with_socket(socket: Socket) -> Result<Self, Error> {
        let exchange = prepare::<P>(&socket)?;
        let shared = Arc::new(Shared::new(socket, exchange)?);
        Ok(Self { line: Line { shared, elsewhere: false }, protocol: PhantomData })
    }

    /// A handle on the same connection that sends from a [thread for blocking work](::tokio::task::spawn_blocking):
    /// for requests that take the kernel so long that other tasks should not wait for it.
    ///
    /// Once such a request is under way it is carried out, also if its future is dropped.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{errno::Errno, protocol::Route, request::Request, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// // RTM_NEWLINK of a kind that does not exist: the kernel looks for a module of that name.
    /// let request = Request::raw(Route, 16).create().add_bytes(&[0; 16]).add_attr(18, &[12, 0, 1, 0, b'a', b'b', b's', b'e', b'n', b't', b'0', 0]);
    /// let error = connection.offloaded().tell(request).await.unwrap_err();
    /// assert!(matches!(error.errno(), Some(Errno::OPNOTSUPP | Errno::PERM)), "{error}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn offloaded(&self) -> Self {
        Self { line: Line { elsewhere: true, ..self.line.clone() }, protocol: PhantomData }
    }

    /// How long to wait for an answer (of a dump, for each part of it) where the request says nothing; `None` waits
    /// without end. At first it is [`DEFAULT_TIMEOUT`](crate::connection::DEFAULT_TIMEOUT). Clones have the same.
    ///
    /// Time is that of [`tokio::time`], which tests can pause.
    pub fn set_timeout(&self, timeout: Option<Duration>) {
        self.line.shared.with(|state, _| state.timeout = timeout);
    }

    /// Sends a request and waits for its reply, which owns its data. Replies that cannot are read with
    /// [`replies`](Self::replies) and [`next_borrowed`](Replies::next_borrowed).
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the kernel refuses it, [`Error::NoReply`] if it acknowledges it without a reply, and the
    /// others.
    pub async fn ask<R>(&self, request: R) -> Result<<<R::Operation as Asks>::Reply as Body>::Of<'static>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
        for<'a> <<R::Operation as Asks>::Reply as Body>::Of<'a>:
            IntoOwned<Owned = <<R::Operation as Asks>::Reply as Body>::Of<'static>>,
    {
        let (ticket, mut expected) = self.start(request.into_request(), Expect::Reply).await?;
        let single = self.line.answer(ticket, &mut expected).await.map_err(|error| expected.locate(error))?;
        Ok(expected.decode::<<R::Operation as Asks>::Reply>(single.message()?)?.into_owned())
    }

    /// Sends a request and waits for its acknowledgement. Replies are thrown away.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the kernel refuses it, and the others.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{errno::Errno, protocol::Route, request::Request, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// // RTM_GETLINK of an interface that does not exist.
    /// let request = Request::raw(Route, 18).add_bytes(&[0; 16]).add_attr(3, b"absent0\0");
    /// let error = connection.tell(request).await.unwrap_err();
    /// assert_eq!(error.errno(), Some(Errno::NODEV));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn tell<R>(&self, request: R) -> Result<(), Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let (ticket, mut expected) = self.start(request.into_request(), Expect::Ack).await?;
        self.line.answer(ticket, &mut expected).await.map_err(|error| expected.locate(error))?;
        Ok(())
    }

    /// Sends a request for a list, when the list before is over, and gives the entries as they arrive.
    ///
    /// # Errors
    ///
    /// The request could not be sent. What the kernel has to say comes from the list.
    pub async fn dump<R>(&self, request: R) -> Result<Replies<'_, <R::Operation as Dumps>::Item>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Dumps<Request = R::Body>>,
        <R::Operation as Dumps>::Item: Body,
    {
        self.detached_dump(request.into_request()).await
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
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{generic::{Controller, Family}, tokio};
    ///
    /// let controller = tokio::connect::<Controller>().await?;
    /// let families = controller.list(Controller::GET_FAMILY.with(&Family::default()), 5).await?;
    /// assert!(families.entries.iter().any(|family| family.name.as_deref() == Some("nlctrl")));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list<R, I>(&self, request: R, attempts: u32) -> Result<Listing<I::Of<'static>>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Dumps<Request = R::Body, Item = I>>,
        I: Body,
        for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
    {
        let request = request.into_request();
        let mut left = attempts;
        loop {
            let listing = self.detached_dump(request.clone()).await?.listing().await?;
            left = left.saturating_sub(1);
            if !listing.interrupted || left == 0 {
                return Ok(listing);
            }
        }
    }

    /// A list that does not borrow from the connection.
    async fn detached_dump<F, K, B>(&self, request: Request<F, K, B>) -> Result<Replies<'static, K::Item>, Error>
    where
        F: NlFamily<Protocol = P>,
        K: Dumps<Request = B>,
    {
        let (ticket, expected) = self.start(request, Expect::Dump).await?;
        Ok(Replies::new(self.line.clone(), ticket, expected))
    }

    /// Sends a request that is no list, and gives all replies up to the acknowledgement: for operations that answer
    /// with several messages, for echoes, and for replies that borrow.
    ///
    /// # Errors
    ///
    /// The request could not be sent. What the kernel has to say comes with the replies.
    pub async fn replies<R>(&self, request: R) -> Result<Replies<'_, <R::Operation as Asks>::Reply>, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
        <R::Operation as Asks>::Reply: Body,
    {
        let (ticket, expected) = self.start(request.into_request(), Expect::Reply).await?;
        Ok(Replies::new(self.line.clone(), ticket, expected))
    }

    /// Sends a request without waiting for anything, and gives its sequence number.
    ///
    /// If the kernel refuses it, [`events`](Self::events) tells so. The time limit, of the request or the connection,
    /// is one for sending.
    ///
    /// # Errors
    ///
    /// The request could not be sent.
    pub async fn send<R>(&self, request: R) -> Result<u32, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>>,
    {
        let (request, _) = self.resolve(request.into_request()).await?;
        let (timeout, seq, port) = self
            .line
            .shared
            .with(|state, _| (request.wait().or(state.timeout), state.exchange.allocate_seq(), state.exchange.port()));
        self.line.send(request.to_bytes(seq, port)?, timeout).await?;
        Ok(seq)
    }

    /// Reads notifications.
    pub fn events(&self) -> Events<'_> {
        Events::new(&self.line.shared)
    }

    /// Ends all waiting on this connection, now and later: requests give [`Error::Cancelled`], and
    /// [events](Events::next_event) and lists end, after what has arrived. The socket is closed with the last handle.
    pub fn close(&self) {
        self.line.shared.with(|state, _| state.close());
    }

    /// The socket, for its options and buffer sizes. Who receives from it takes what others wait for.
    pub fn socket(&self) -> &Socket {
        self.line.shared.socket()
    }

    /// What was skipped so far: foreign senders, late answers, and so on.
    pub fn counters(&self) -> Counters {
        self.line.shared.with(|state, _| state.exchange.counters())
    }

    /// What the kernel had to say with the latest success: a warning, or a cookie. With several requests at a time, that
    /// may be the success of any.
    pub fn said(&self) -> ExtAck {
        self.line.shared.with(|state, _| state.said.clone())
    }

    async fn start<F, K, B>(&self, request: Request<F, K, B>, expect: Expect) -> Result<(Ticket, Expected), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        let (request, number) = self.resolve(request).await?;
        let usual = self.line.shared.with(|state, _| state.timeout);
        let Outgoing { bytes, expected, timeout } = Outgoing::new(request, number, expect, usual)?;
        Ok((self.line.start(bytes, expect, timeout).await?, expected))
    }
}

impl<P> Clone for Connection<P> {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), protocol: PhantomData }
    }
}

impl<P: IsProtocol> fmt::Debug for Connection<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("socket", self.socket()).finish_non_exhaustive()
    }
}
