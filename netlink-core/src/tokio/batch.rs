//! Batches: many requests in few system calls, and one outcome for each.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    connection::batch::{Report, gather::Gather, limits, settings::settings},
    error::Error,
    exchange::{Acks, Room, Window},
    operation::{Asks, NlFamily},
    protocol::IsProtocol,
    request::IntoRequest,
};

use super::{
    Connection,
    line::Line,
    shared::{Limit, Shared},
};

/// Many requests, sent together: as the blocking [`Batch`](crate::connection::batch::Batch). Made by
/// [`Connection::batch`].
///
/// The kernel carries out all requests of a datagram within one system call: for large batches, use a handle that is
/// [offloaded](Connection::offloaded).
///
/// A future of it that is dropped while it waits stops the batch: what was under way is among the failures, as
/// [`Error::Cancelled`].
#[must_use = "what was added last is sent by `finish`"]
pub struct Batch<'c, P> {
    connection: &'c Connection<P>,
    gather: Gather,
    timeout: Option<Duration>,
}

impl<P: IsProtocol> Connection<P> {
    /// Begins to send many requests at once.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{errno::Errno, protocol::Route, request::Request, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// let mut batch = connection.batch();
    /// for index in [1_i32, 1_000_000, 1] {
    ///     // RTM_GETLINK of an interface.
    ///     let mut header = [0; 16];
    ///     header[4..8].copy_from_slice(&index.to_ne_bytes());
    ///     batch.add(Request::raw(Route, 18).add_bytes(&header)).await?;
    /// }
    /// let report = batch.finish().await;
    /// assert_eq!((report.sent(), report.done()), (3, 2));
    /// assert_eq!(report.failures()[0].error.errno(), Some(Errno::NODEV));
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch(&self) -> Batch<'_, P> {
        let (room, acks) = limits(self.socket());
        let timeout = self.line.shared.with(|state, _| state.timeout);
        Batch { connection: self, gather: Gather::new(room, acks), timeout }
    }
}

impl<P: IsProtocol> Batch<'_, P> {
    settings!();

    /// Makes one transaction of the batch, of the kind that nftables has: `opening` goes before all requests and
    /// `closing` behind, in one datagram, and the kernel carries out either all or none.
    ///
    /// As [the other](crate::connection::batch::Batch::transaction), with what is said there of failures. Nothing is
    /// sent before [`finish`](Self::finish); dropped before that, or while [`add`](Self::add) waits, nothing happens.
    ///
    /// # Errors
    ///
    /// One of the two messages cannot be encoded, or its family not be found.
    ///
    /// ```
    /// # #[cfg(feature = "sim")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::{Netfilter, Protocol}, request::Request, sim::Kernel, tokio::Connection};
    ///
    /// let kernel = Kernel::new();
    /// let connection = Connection::<Netfilter>::with_socket(kernel.socket(Protocol::NETFILTER)?)?;
    /// // NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END, with a struct nfgenmsg that names the subsystem nftables.
    /// let envelope = |kind| Request::raw(Netfilter, kind).add_bytes(&[0, 0, 0, 10]);
    /// let mut batch = connection.batch().transaction(envelope(16), envelope(17)).await?;
    /// batch.add(Request::raw(Netfilter, 0x0a00).add_bytes(&[2, 0, 0, 0])).await?; // NFT_MSG_NEWTABLE
    /// let report = batch.finish().await;
    /// assert_eq!((report.sent(), report.done()), (1, 0)); // this kernel has no handler for it
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "sim"))]
    /// # fn main() {}
    /// ```
    #[doc(alias = "NFNL_MSG_BATCH_BEGIN")]
    #[doc(alias = "NFNL_MSG_BATCH_END")]
    pub async fn transaction<O, C>(mut self, opening: O, closing: C) -> Result<Self, Error>
    where
        O: IntoRequest<Family: NlFamily<Protocol = P>>,
        C: IntoRequest<Family: NlFamily<Protocol = P>>,
    {
        let (opening, _) = self.connection.resolve(opening.into_request()).await?;
        let (closing, _) = self.connection.resolve(closing.into_request()).await?;
        self.gather.enclose(&opening.to_bytes(0, 0)?, closing.to_bytes(0, 0)?);
        Ok(self)
    }

    /// Adds a request, and gives its number, counted from 0. If the buffer is full, what was added before is sent
    /// first, and the answers are waited for; also, unless it is a transaction, where a field of this one is to be
    /// [looked up](crate::request::Request::look_up).
    ///
    /// # Errors
    ///
    /// This request is not added, and the batch can be used on: a value does not fit its place, the family cannot be
    /// found, or ([`Error::Io`] with `EMSGSIZE`) it is longer than the socket's send buffer takes. What happens to the
    /// requests sent is told by the [report](Self::finish) only.
    pub async fn add<R>(&mut self, request: R) -> Result<usize, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let request = request.into_request();
        if request.has_lookup() {
            // What it asks for may be what was added before.
            if !self.gather.enclosed {
                self.flush().await;
            }
            if self.gather.stopped {
                return Ok(self.gather.skip());
            }
        }
        let (request, number) = self.connection.resolve(request).await?;
        let (asked, wait) = (request.asked(), request.wait().or(self.timeout));
        let bytes = request.to_bytes(0, 0)?;
        if !self.gather.has_room(bytes.len()) {
            // A transaction cannot be divided.
            if !self.gather.enclosed {
                self.flush().await;
            }
            self.gather.make_room(self.connection.socket(), bytes.len())?;
        }
        self.gather.note_family(R::Family::INFO.name, number);
        Ok(if self.gather.stopped { self.gather.skip() } else { self.gather.push(&bytes, asked, wait) })
    }

    /// Sends what is left, waits for the answers, and tells what became of each request.
    pub async fn finish(mut self) -> Report {
        self.flush().await;
        self.gather.report
    }

    async fn flush(&mut self) {
        if self.gather.is_empty() || self.gather.stopped {
            return;
        }
        let line = &self.connection.line;
        let (mut window, timeout) = self.gather.take();
        let current = |name| line.shared.with(|state, _| state.families.get(name).map(|(id, _)| id));
        if let Some(current) = self.gather.family().and_then(current) {
            self.gather.renumber(&mut window, current);
        }
        let mut flight =
            Flight { gather: &mut self.gather, shared: &line.shared, at: At::Ground(window), result: None };
        let mut result = flight.fly(line, timeout).await;
        if let Some((family, old)) = flight.outdated() {
            match line.renewed(family, timeout).await {
                Ok(new) if new != old => {
                    flight.renew(new);
                    result = flight.fly(line, timeout).await;
                }
                Err(error @ Error::UnknownFamily { .. }) => {
                    flight.renew(old);
                    result = Err(error);
                }
                _ => {}
            }
        }
        flight.result = Some(result);
    }
}

impl<P> fmt::Debug for Batch<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("report", &self.gather.report).finish_non_exhaustive()
    }
}

/// A datagram full of requests. Wherever it ends, its requests get into the report.
struct Flight<'g> {
    gather: &'g mut Gather,
    shared: &'g Arc<Shared>,
    at: At,
    /// What is true of the requests about which the window says nothing.
    result: Option<Result<(), Error>>,
}

/// Where the requests are.
enum At {
    Ground(Window),
    /// In the books, under this number.
    Air(u32),
}

impl Flight<'_> {
    /// Sends the requests, and waits until nothing more is to come for any of them. What the result says is true of the
    /// requests about which the window says nothing.
    async fn fly(&mut self, line: &Line, timeout: Option<Duration>) -> Result<(), Error> {
        // Answers and the parts of a list share the queue.
        let _turn = line.shared.turn(timeout).await?;
        let (first, bytes) = self.take_off();
        let limit = Limit::new(timeout);
        line.send(bytes, timeout).await?;
        let (_, outcome) = line.shared.answer(first, limit).await?;
        line.shared.with(|state, _| state.end(outcome)).map(|_| ())
    }

    fn take_off(&mut self) -> (u32, Vec<u8>) {
        let window = self.window();
        let (first, bytes) = self.shared.with(|state, socket| state.start_window(socket, window));
        self.at = At::Air(first);
        (first, bytes)
    }

    /// Takes the requests out of the books, if they are there.
    fn window(&mut self) -> Window {
        let empty = || Window::new(Room::of_buffers(0, 0), Acks::Last);
        match std::mem::replace(&mut self.at, At::Ground(empty())) {
            At::Ground(window) => window,
            // They are there: nobody else takes them.
            At::Air(first) => self.shared.with(|state, _| state.take_window(first)).unwrap_or_else(empty),
        }
    }

    /// See [`Gather::outdated`].
    fn outdated(&mut self) -> Option<(&'static str, u16)> {
        let window = self.window();
        let outdated = self.gather.outdated(&window);
        self.at = At::Ground(window);
        outdated
    }

    fn renew(&mut self, kind: u16) {
        if let At::Ground(window) = &mut self.at {
            window.renew(kind);
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let window = self.window();
        self.gather.absorb(window, self.result.take().unwrap_or(Err(Error::Cancelled)));
    }
}
