//! Batches: many requests in few system calls, and one outcome for each.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    connection::batch::{Failure, Report, gather::Gather, limits},
    errno::Errno,
    error::Error,
    exchange::{Acks, Room, Window},
    operation::{Asks, NlFamily},
    protocol::IsProtocol,
    request::IntoRequest,
};

use super::{
    Connection,
    shared::{Shared, after},
};

/// Many requests, sent together: as the blocking [`Batch`](crate::connection::batch::Batch), of which it has all but
/// transactions. Made by [`Connection::batch`].
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
    acks: Acks,
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
        Batch { connection: self, gather: Gather::new(room, acks), acks, timeout }
    }
}

impl<P: IsProtocol> Batch<'_, P> {
    /// Asks for an acknowledgement of each request: for what the kernel has to say about those that it carries out.
    pub fn acknowledge_each(mut self) -> Self {
        self.acks = Acks::Each;
        self.gather.set_limits(self.gather.room(), self.acks);
        self
    }

    /// Sends nothing more once a request has failed, or its answer is lost. Those behind it in the same datagram are
    /// carried out.
    pub fn stop_at_error(mut self) -> Self {
        self.gather.stop_at_error = true;
        self
    }

    /// Sends at most so many requests in one datagram, at least one.
    pub fn window(mut self, requests: usize) -> Self {
        self.gather.most = requests.max(1);
        self
    }

    /// Waits at most so long for the answers to each datagram, instead of as long as the connection says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a request, and gives its number, counted from 0. If the buffer is full, what was added before is sent
    /// first, and the answers are waited for.
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
        let (request, _) = self.connection.resolve(request.into_request()).await?;
        let (asked, wait) = (request.asked(), request.wait().or(self.timeout));
        let bytes = request.to_bytes(0, 0)?;
        if !self.gather.has_room(bytes.len()) {
            self.flush().await;
        }
        if !self.gather.has_room(bytes.len()) {
            return Err(Error::Io(Errno::MSGSIZE.into()));
        }
        Ok(if self.gather.stopped { self.gather.skip() } else { self.gather.push(&bytes, asked, wait) })
    }

    /// Sends what is left, waits for the answers, and tells what became of each request.
    pub async fn finish(mut self) -> Report {
        self.flush().await;
        self.gather.report
    }

    /// How many requests were added so far.
    pub fn added(&self) -> usize {
        self.gather.report.added()
    }

    /// Whether nothing more is sent. Requests are counted on.
    pub fn is_stopped(&self) -> bool {
        self.gather.stopped
    }

    /// The failures so far, which are not in the [report](Self::finish) then.
    pub fn take_failures(&mut self) -> Vec<Failure> {
        self.gather.take_failures()
    }

    async fn flush(&mut self) {
        if self.gather.is_empty() || self.gather.stopped {
            return;
        }
        let line = &self.connection.line;
        let (window, timeout) = self.gather.take();
        let mut flight =
            Flight { gather: &mut self.gather, shared: &line.shared, at: At::Ground(window), result: None };
        let result = async {
            // Answers and the parts of a list share the queue.
            let _turn = line.shared.turn(timeout).await?;
            let (first, bytes) = flight.take_off();
            let until = after(timeout);
            line.send(bytes, timeout).await?;
            let (_, outcome) = line.shared.answer(first, until).await?;
            line.shared.with(|state, _| state.end(outcome)).map(|_| ())
        }
        .await;
        let overrun = matches!(result, Err(Error::Overrun));
        flight.result = Some(result);
        drop(flight);
        if overrun {
            // Something else takes the room: notifications of these very changes, most probably.
            let Room { answers, .. } = self.gather.room();
            self.gather.set_limits(Room { answers: answers / 2, ..self.gather.room() }, self.acks);
        }
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
    fn take_off(&mut self) -> (u32, Vec<u8>) {
        let empty = Window::new(Room::of_buffers(0, 0), Acks::Last);
        let At::Ground(window) = std::mem::replace(&mut self.at, At::Ground(empty)) else { return (0, Vec::new()) };
        let (first, bytes) = self.shared.with(|state, socket| state.start_window(socket, window));
        self.at = At::Air(first);
        (first, bytes)
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let empty = Window::new(Room::of_buffers(0, 0), Acks::Last);
        let window = match std::mem::replace(&mut self.at, At::Ground(empty)) {
            At::Ground(window) => Some(window),
            At::Air(first) => self.shared.with(|state, _| state.take_window(first)),
        };
        if let Some(window) = window {
            self.gather.absorb(window, self.result.take().unwrap_or(Err(Error::Cancelled)));
        }
    }
}
