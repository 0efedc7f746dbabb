//! Batches: thousands of requests in few system calls, and one outcome for each.

pub(crate) mod gather;
mod report;
pub(crate) mod settings;

use std::{fmt, time::Duration};

pub use report::{Failure, Fate, Report};

use crate::{
    error::Error,
    exchange::{Acks, Room, Window},
    operation::{Asks, NlFamily},
    protocol::IsProtocol,
    request::IntoRequest,
    socket::{Socket, SocketOption},
    spare,
};
use gather::Gather;
use settings::settings;

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
/// Requests of a generic family whose module was loaded again are sent anew with its new number, where all of a datagram
/// are of this family, so that the order stays. Among requests of other families they fail with `ENOENT`: nothing of
/// them was carried out, and the next request asks for the number.
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
        Batch { gather: Gather::new(room, acks), timeout: self.timeout, connection: self }
    }
}

impl<P: IsProtocol> Batch<'_, P> {
    settings!();

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
    /// Where a field is to be [looked up](crate::request::Request::look_up), such as a link by its name, what was added
    /// before is sent first, too, unless it is a transaction: that costs as much as requests one by one.
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
        if request.has_lookup() {
            // What it asks for may be what was added before.
            if !self.gather.enclosed {
                self.flush();
            }
            if self.gather.stopped {
                return Ok(self.gather.skip());
            }
        }
        let number = self.connection.resolve(&mut request)?;
        let asked = request.asked();
        let wait = request.wait().or(self.timeout);
        let bytes = request.take_bytes(0, 0)?;
        if !self.gather.has_room(bytes.len()) {
            // A transaction cannot be divided.
            if !self.gather.enclosed {
                self.flush();
            }
            self.gather.make_room(self.connection.socket(), bytes.len())?;
        }
        self.gather.note_family(R::Family::INFO.name, number);
        let index = if self.gather.stopped { self.gather.skip() } else { self.gather.push(&bytes, asked, wait) };
        spare::give_back(bytes);
        Ok(index)
    }

    /// Sends what is left, waits for the answers, and tells what became of each request.
    pub fn finish(mut self) -> Report {
        self.flush();
        self.gather.report
    }

    fn flush(&mut self) {
        if self.gather.is_empty() || self.gather.stopped {
            return;
        }
        let (mut window, timeout) = self.gather.take();
        let line = &mut self.connection.line;
        if let Some((current, _)) = self.gather.family().and_then(|name| line.families.get(name)) {
            self.gather.renumber(&mut window, current);
        }
        let (mut window, mut result) = line.carry_out(window, timeout);
        if let Some((family, old)) = self.gather.outdated(&window) {
            match line.renewed(family, timeout) {
                Ok(new) if new != old => {
                    window.renew(new);
                    (window, result) = line.carry_out(window, timeout);
                }
                Err(error @ Error::UnknownFamily { .. }) => {
                    window.renew(old);
                    result = Err(error);
                }
                _ => {}
            }
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
