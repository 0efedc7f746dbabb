//! Batches: thousands of requests in few system calls, and one outcome for each.

pub(crate) mod gather;
mod report;

use std::{fmt, time::Duration};

pub use report::{Failure, Fate, Report};

use crate::{
    errno::Errno,
    error::Error,
    exchange::{Acks, Room, Window},
    operation::{Asks, NlFamily},
    protocol::IsProtocol,
    request::IntoRequest,
    socket::{Socket, SocketOption},
    spare,
};
use gather::Gather;

use super::{Connection, line::Line};

/// Many requests, sent together: made by [`Connection::batch`].
///
/// Requests are written one behind the other into one buffer, which is sent whenever it is full: as much as the socket's
/// send buffer takes, and no more requests than have room for their answers in its receive buffer, even if all fail. Of
/// what goes well only the last request of each datagram is acknowledged. The memory does not grow with the number of
/// requests, but for failures.
///
/// The kernel carries requests out in order, each for itself: a failure does not keep it from those behind. Replies and
/// echoes are thrown away.
///
/// ```
/// use netlink_core::{connection::Connection, errno::Errno, protocol::Route, request::Request};
///
/// let mut connection = Connection::<Route>::open()?;
/// let mut batch = connection.batch();
/// for index in [1_i32, 1_000_000, 1] {
///     // RTM_GETLINK of an interface.
///     let mut header = [0; 16];
///     header[4..8].copy_from_slice(&index.to_ne_bytes());
///     batch.add(Request::raw(Route, 18).add_bytes(&header))?;
/// }
/// let report = batch.finish();
///
/// assert_eq!((report.sent(), report.done()), (3, 2));
/// let [failure] = report.failures() else { panic!() };
/// assert_eq!((failure.index, failure.error.errno()), (Some(1), Some(Errno::NODEV)));
/// # Ok::<(), netlink_core::error::Error>(())
/// ```
#[must_use = "what was added last is sent by `finish`"]
pub struct Batch<'c, P> {
    connection: &'c mut Connection<P>,
    gather: Gather,
    acks: Acks,
    timeout: Option<Duration>,
}

/// What fits into the buffers of a socket, and which requests are acknowledged.
pub(crate) fn limits(socket: &Socket) -> (Room, Acks) {
    // A socket that does not tell gets what the kernel gives at least.
    let send = socket.send_buffer().unwrap_or(4608);
    let receive = socket.receive_buffer().unwrap_or(2304);
    // Where losses are not told, no word about a request says nothing.
    let hidden = socket.option(SocketOption::NoEnobufs).unwrap_or(false);
    let acks = if hidden { Acks::Each } else { Acks::Last };
    // The notifications of the changes may want room, too.
    let answers = if socket.is_member() { receive / 4 } else { receive };
    (Room::of_buffers(send, answers), acks)
}

impl<P: IsProtocol> Connection<P> {
    /// Begins to send many requests at once.
    pub fn batch(&mut self) -> Batch<'_, P> {
        let (room, acks) = limits(self.socket());
        let gather = Gather::new(room, acks);
        Batch { gather, acks, timeout: self.timeout, connection: self }
    }
}

impl<P: IsProtocol> Batch<'_, P> {
    /// Asks for an acknowledgement of each request, not only of the last of each datagram: for what the kernel has to
    /// say about requests that it carries out ([`Report::remarks`]). It costs a message for each.
    ///
    /// It is so from the beginning where the socket hides losses ([`SocketOption::NoEnobufs`]).
    pub fn acknowledge_each(mut self) -> Self {
        self.acks = Acks::Each;
        self.gather.set_limits(self.gather.room(), self.acks);
        self
    }

    /// Sends nothing more once a request has failed, or its answer is lost.
    ///
    /// The kernel looks at all requests of a datagram: those behind the failure that went with it are carried out. A
    /// smaller [window](Self::window) makes them fewer, a window of 1 leaves none.
    pub fn stop_at_error(mut self) -> Self {
        self.gather.stop_at_error = true;
        self
    }

    /// Sends at most so many requests in one datagram, at least one. Without it, the socket's buffers alone say how many.
    /// A [transaction](Self::transaction) is not divided all the same.
    pub fn window(mut self, requests: usize) -> Self {
        self.gather.most = requests.max(1);
        self
    }

    /// Waits at most so long for the answers to each datagram, instead of as long as the connection says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Makes one transaction of the batch, of the kind that nftables has: `opening` goes before all requests and
    /// `closing` behind, in one datagram, and the kernel carries out either all or none.
    ///
    /// If something fails, that is among the [failures](Report::failures), and all the rest was
    /// [taken back](Fate::TakenBack). What the kernel says of the enclosing messages, or of the transaction as a whole,
    /// is a failure without an index. `ERESTART` means that somebody else changed something meanwhile: build the
    /// transaction anew.
    ///
    /// Nothing is sent before [`finish`](Self::finish), since a transaction cannot be divided; the send buffer grows
    /// with it if the process may do that, and an empty one is not sent at all.
    ///
    /// # Errors
    ///
    /// One of the two messages cannot be encoded, or its family not be found.
    ///
    /// # Panics
    ///
    /// Never.
    #[doc(alias = "NFNL_MSG_BATCH_BEGIN")]
    #[doc(alias = "NFNL_MSG_BATCH_END")]
    pub fn transaction<O, C>(mut self, opening: O, closing: C) -> Result<Self, Error>
    where
        O: IntoRequest<Family: NlFamily<Protocol = P>>,
        C: IntoRequest<Family: NlFamily<Protocol = P>>,
    {
        let (mut opening, mut closing) = (opening.into_request(), closing.into_request());
        self.connection.resolve(&mut opening)?;
        self.connection.resolve(&mut closing)?;
        self.gather.enclose(&opening.to_bytes(0, 0)?, closing.to_bytes(0, 0)?);
        Ok(self)
    }

    /// Adds a request, and gives its number, counted from 0. If the buffer is full, what was added before is sent
    /// first, and the answers are waited for.
    ///
    /// The time limit of a request counts for all that are sent with it; the longest one does.
    ///
    /// # Errors
    ///
    /// This request is not added, and the batch can be used on: a value does not fit its place, the family cannot be
    /// found, or ([`Error::Io`] with `EMSGSIZE`) it is longer than the socket's
    /// [send buffer](crate::socket::Socket::set_send_buffer) takes. What happens to the requests sent is told by the
    /// [report](Self::finish) only.
    pub fn add<R>(&mut self, request: R) -> Result<usize, Error>
    where
        R: IntoRequest<Family: NlFamily<Protocol = P>, Operation: Asks<Request = R::Body>>,
    {
        let mut request = request.into_request();
        self.connection.resolve(&mut request)?;
        let asked = request.asked();
        let wait = request.wait().or(self.timeout);
        let bytes = request.take_bytes(0, 0)?;
        if !self.gather.has_room(bytes.len()) {
            self.make_room(bytes.len())?;
        }
        let index = if self.gather.stopped { self.gather.skip() } else { self.gather.push(&bytes, asked, wait) };
        spare::give_back(bytes);
        Ok(index)
    }

    /// Sends what is left, waits for the answers, and tells what became of each request.
    pub fn finish(mut self) -> Report {
        self.flush();
        self.gather.report
    }

    /// How many requests were added so far.
    pub fn added(&self) -> usize {
        self.gather.report.added
    }

    /// Whether nothing more is sent: something failed, and the batch was to [stop](Self::stop_at_error) then, the
    /// socket broke, or a [`Canceller`](crate::socket::Canceller) called it back. Requests are counted on.
    pub fn is_stopped(&self) -> bool {
        self.gather.stopped
    }

    /// The failures so far, which are not in the [report](Self::finish) then: to keep the memory small where many are
    /// expected. The latest requests may not have been sent yet.
    pub fn take_failures(&mut self) -> Vec<Failure> {
        self.gather.take_failures()
    }

    fn make_room(&mut self, bytes: usize) -> Result<(), Error> {
        if !self.gather.enclosed {
            self.flush();
        } else {
            // The kernel doubles what it is told, so that this is not done for each request anew.
            let size = self.gather.room().datagram.saturating_add(bytes);
            let send = self.connection.socket().set_send_buffer(size)?;
            let room = Room { datagram: Room::of_buffers(send, 0).datagram, ..self.gather.room() };
            self.gather.set_limits(room, self.acks);
        }
        if self.gather.has_room(bytes) { Ok(()) } else { Err(Error::Io(Errno::MSGSIZE.into())) }
    }

    fn flush(&mut self) {
        if self.gather.is_empty() || self.gather.stopped {
            return;
        }
        let (window, timeout) = self.gather.take();
        let (window, result) = self.connection.line.carry_out(window, timeout);
        if let Err(Error::Overrun) = result {
            // Something else takes the room: notifications of these very changes, most probably.
            let Room { answers, .. } = self.gather.room();
            self.gather.set_limits(Room { answers: answers / 2, ..self.gather.room() }, self.acks);
        }
        self.gather.absorb(window, result);
    }
}

impl Line {
    /// Sends requests together, and waits until nothing more is to come for any of them. What the result says is true of
    /// the requests about which the window says nothing.
    fn carry_out(&mut self, window: Window, timeout: Option<Duration>) -> (Window, Result<(), Error>) {
        if let Err(error) = self.end_dump(timeout) {
            return (window, Err(error));
        }
        self.make_room();
        let now = self.look_at_clock();
        let first = self.exchange.start_window(window, timeout, now);
        let deadline = timeout.and_then(|timeout| now.checked_add(timeout));
        let bytes = self.exchange.window(first).map_or(&[][..], Window::bytes);
        let sent = self.socket.send(bytes, 0, deadline).map_err(Error::Io);
        let result = sent.and_then(|()| self.acknowledged(first));
        // It is there: nobody else takes it.
        let window = self.exchange.take_window(first);
        (window.unwrap_or_else(|| Window::new(Room::of_buffers(0, 0), Acks::Last)), result)
    }
}

impl<P> fmt::Debug for Batch<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("report", &self.gather.report).finish_non_exhaustive()
    }
}
