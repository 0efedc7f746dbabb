//! Sockets: open, send, receive, and nothing else. What is in a datagram is not looked at here.
//!
//! ```
//! use std::time::{Duration, Instant};
//! use netlink_core::protocol::Protocol;
//! use netlink_core::socket::{ReceiveBuffer, Socket};
//!
//! # fn main() -> std::io::Result<()> {
//! let socket = Socket::open(Protocol::ROUTE)?;
//! let deadline = Some(Instant::now() + Duration::from_secs(5));
//!
//! // RTM_GETLINK with NLM_F_REQUEST | NLM_F_DUMP and an empty `struct ifinfomsg`: list all links.
//! let mut request = Vec::new();
//! request.extend(32_u32.to_ne_bytes());
//! request.extend(18_u16.to_ne_bytes());
//! request.extend(0x301_u16.to_ne_bytes());
//! request.extend([0; 24]);
//! socket.send(&request, 0, deadline)?;
//!
//! let mut buffer = ReceiveBuffer::new();
//! let datagram = socket.receive(&mut buffer, deadline)?;
//! assert!(datagram.is_from_kernel());
//! println!("{} bytes of links", datagram.bytes.len());
//! # Ok(())
//! # }
//! ```

mod canceller;
mod control;
mod descriptor;
mod end;
mod filter;
mod namespace;
mod options;
mod process;
mod receive;
mod statistics;
mod sys;
#[cfg(test)]
mod tests;

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub use canceller::Canceller;
pub use filter::{Filter, Instruction};
pub use namespace::Namespace;
pub use options::SocketOption;
pub use receive::{Datagram, ReceiveBuffer, ReceiveError};
pub use statistics::Statistics;

use crate::errno::Errno;
use crate::protocol::Protocol;
#[cfg(feature = "sim")]
use crate::sim::Recorder;
use end::End;
use statistics::Tally;
#[cfg(test)]
pub(crate) use sys::tests::in_child;
pub(crate) use sys::without_signals;
#[cfg(feature = "sim")]
pub(crate) use sys::{Ready, Received, eventfd, wait};

/// A netlink socket, bound to a port id of the kernel's choice.
///
/// It belongs to the network namespace of the thread that opened it, and is closed on `exec`. One reader at a time: two
/// would take parts of each other's answers.
///
/// After a fork, parent and child have the same socket and the same queue. The child's [`send`](Socket::send) fails for
/// that reason; a child that takes the socket over, as daemons do, says so by converting it to [`OwnedFd`] and back.
#[derive(Debug)]
#[doc(alias = "AF_NETLINK")]
#[doc(alias = "sockaddr_nl")]
pub struct Socket {
    end: End,
    protocol: Protocol,
    port: u32,
    /// The process that opened it: its id, and its [identity](process::identity).
    opener: (u32, u32),
    /// It was made elsewhere, and may be connected with somebody else than the kernel.
    foreign: bool,
    /// It has been a member of a group.
    member: AtomicBool,
    tally: Tally,
    canceller: OnceLock<Canceller>,
    #[cfg(feature = "sim")]
    recorder: Option<Recorder>,
}

/// How long a receive waits.
#[derive(Clone, Copy, Debug)]
enum Wait {
    Never,
    Until(Option<Instant>),
}

impl Socket {
    /// Opens a socket and binds it; [`SocketOption::Pktinfo`] is on. Most protocols need no privilege for that.
    ///
    /// # Errors
    ///
    /// `EPROTONOSUPPORT` if the kernel does not have the protocol, `EAFNOSUPPORT` if it has no netlink at all, `EMFILE`
    /// if the process has too many open files.
    ///
    /// ```
    /// use netlink_core::errno::Errno;
    /// use netlink_core::protocol::Protocol;
    /// use netlink_core::socket::Socket;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// assert_ne!(socket.port(), 0);
    ///
    /// let error = Socket::open(Protocol::from_raw(31)).unwrap_err();
    /// assert_eq!(Errno::from_io_error(&error), Some(Errno::PROTONOSUPPORT));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "NETLINK_PKTINFO")]
    pub fn open(protocol: Protocol) -> io::Result<Self> {
        let fd = sys::socket(protocol)?;
        sys::bind(fd.as_fd())?;
        let socket = Self::of_bound(fd, protocol)?;
        #[cfg(feature = "sim")]
        let socket = socket.recorded_where_wanted()?;
        Ok(socket)
    }

    fn of_bound(fd: OwnedFd, protocol: Protocol) -> io::Result<Self> {
        let port = sys::port(fd.as_fd())?.ok_or(Errno::AFNOSUPPORT)?;
        Self::of_end(End::Kernel(fd), protocol, port)
    }

    /// The socket of a simulated kernel.
    #[cfg(feature = "sim")]
    pub(crate) fn simulated(end: crate::sim::End, protocol: Protocol, port: u32) -> io::Result<Self> {
        Self::of_end(End::Simulated(end), protocol, port)
    }

    fn of_end(end: End, protocol: Protocol, port: u32) -> io::Result<Self> {
        let opener = (std::process::id(), process::identity());
        let member = AtomicBool::new(false);
        let socket = Self {
            end,
            protocol,
            port,
            opener,
            member,
            tally: Tally::default(),
            foreign: false,
            canceller: OnceLock::new(),
            #[cfg(feature = "sim")]
            recorder: None,
        };
        socket.set_option(SocketOption::Pktinfo, true)?;
        Ok(socket)
    }

    #[cfg(feature = "sim")]
    pub(crate) fn set_recorder(&mut self, recorder: Recorder) {
        self.recorder = Some(recorder);
    }

    /// The time by which deadlines are measured: that of the machine. On a socket of a simulated kernel it is the time
    /// of the simulation, which passes only where somebody waits.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use netlink_core::{protocol::Protocol, socket::{ReceiveBuffer, ReceiveError, Socket}};
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// let deadline = socket.now() + Duration::from_millis(1);
    /// let mut buffer = ReceiveBuffer::new();
    /// assert_eq!(socket.receive(&mut buffer, Some(deadline)), Err(ReceiveError::Timeout));
    /// assert!(socket.now() >= deadline);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    #[inline]
    pub fn now(&self) -> Instant {
        self.end.now()
    }

    /// Takes note of the time that an async runtime keeps, and says when something arrives by itself, if that is known: a
    /// simulated kernel has no other time then.
    #[cfg(feature = "tokio")]
    pub(crate) fn follow(&self, now: Instant) -> Option<Instant> {
        self.end.follow(now)
    }

    /// How long until the deadline, `None` if there is none.
    fn remaining(&self, deadline: Option<Instant>) -> Option<Duration> {
        deadline.map(|deadline| deadline.saturating_duration_since(self.now()))
    }

    /// The protocol it was opened for.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// The socket's port id: the address to which the kernel and other processes send, unique within the protocol and
    /// the network namespace. It is not a process id, though it often looks like one.
    #[must_use]
    #[doc(alias = "nl_pid")]
    pub fn port(&self) -> u32 {
        self.port
    }

    /// Sends one datagram: to the kernel if `to_port` is 0, otherwise to the socket with that port id.
    ///
    /// The kernel carries out a request within this call, and it takes as long as that takes. The deadline bounds
    /// another wait: that for room in the receive queue of another process; `None` waits without end. At least one
    /// attempt is made, also when the deadline has passed.
    ///
    /// # Errors
    ///
    /// - `EMSGSIZE`: `bytes` has more than the [send buffer](Socket::set_send_buffer) less 32 bytes. Nothing was sent.
    /// - `ECONNREFUSED`: nobody has that port id.
    /// - `EPERM`: the protocol allows unprivileged processes to speak with the kernel only.
    /// - `ENODATA`: `bytes` is empty.
    /// - `ETIMEDOUT`, `ECANCELED`: the deadline passed, or the socket was [cancelled](Canceller::cancel), before there
    ///   was room. Nothing was sent.
    /// - Without a number: this process has the socket through a fork, or the kernel took only a part of the bytes.
    #[inline]
    pub fn send(&self, bytes: &[u8], to_port: u32, deadline: Option<Instant>) -> io::Result<()> {
        if !self.is_ours() {
            return Err(self.not_ours());
        }
        // The address costs time, and the kernel is where datagrams go without one.
        let to_port = Some(to_port).filter(|port| *port != 0 || self.foreign);
        let mut pause = Duration::from_millis(1);
        loop {
            match self.end.send(bytes, to_port) {
                Ok(sent) if sent == bytes.len() => {
                    #[cfg(feature = "sim")]
                    if let Some(recorder) = &self.recorder {
                        recorder.sent(self.now(), to_port.unwrap_or(0), bytes)?;
                    }
                    return Ok(());
                }
                Ok(sent) => {
                    let text = format!("only {sent} of {} bytes were sent", bytes.len());
                    return Err(io::Error::new(io::ErrorKind::WriteZero, text));
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    self.wait_for_room(pause, deadline)?;
                    pause = (pause * 2).min(Duration::from_millis(50));
                }
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Whether this process opened it, or took it over.
    #[inline]
    pub(crate) fn is_ours(&self) -> bool {
        process::identity() == self.opener.1
    }

    #[cold]
    fn not_ours(&self) -> io::Error {
        let (process, opener) = (std::process::id(), self.opener.0);
        let text = "has it through a fork: open another";
        io::Error::other(format!("the netlink socket is process {opener}'s, and process {process} {text}"))
    }

    /// Waits a little. It is the queue of another socket that is full, about which `poll` on this one says nothing: it
    /// would call it writable all the time.
    fn wait_for_room(&self, pause: Duration, deadline: Option<Instant>) -> Result<(), Errno> {
        let left = self.remaining(deadline);
        if left.is_some_and(|left| left.is_zero()) {
            return Err(Errno::TIMEDOUT);
        }
        let pause = left.map_or(pause, |left| left.min(pause));
        let canceller = self.canceller.get();
        if canceller.is_some_and(Canceller::is_cancelled) {
            return Err(Errno::CANCELED);
        }
        let ready = self.end.wait(false, canceller.map(Canceller::event), Some(pause))?;
        if ready.cancelled { Err(Errno::CANCELED) } else { Ok(()) }
    }

    /// Receives one datagram into the buffer. What is in the queue is taken at once, otherwise it waits until the
    /// deadline; `None` waits without end, and a deadline that has passed does not wait.
    ///
    /// A datagram from another process than the kernel is returned like any other: look at its
    /// [`sender`](Datagram::sender).
    ///
    /// # Errors
    ///
    /// See [`ReceiveError`]: most are about the moment, and the socket can be used on.
    ///
    /// ```
    /// use std::time::Instant;
    /// use netlink_core::protocol::Protocol;
    /// use netlink_core::socket::{ReceiveBuffer, ReceiveError, Socket};
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// let mut buffer = ReceiveBuffer::new();
    /// let nothing = socket.receive(&mut buffer, Some(Instant::now()));
    /// assert_eq!(nothing, Err(ReceiveError::Timeout));
    /// # Ok(())
    /// # }
    /// ```
    pub fn receive<'b>(
        &self,
        buffer: &'b mut ReceiveBuffer,
        deadline: Option<Instant>,
    ) -> Result<Datagram<'b>, ReceiveError> {
        self.receive_within(buffer, Wait::Until(deadline))
    }

    /// As [`receive`](Self::receive), without waiting, and without a look at the clock.
    ///
    /// # Errors
    ///
    /// [`ReceiveError::Timeout`] if there is nothing in the queue, and the others.
    #[inline]
    pub fn try_receive<'b>(&self, buffer: &'b mut ReceiveBuffer) -> Result<Datagram<'b>, ReceiveError> {
        self.receive_within(buffer, Wait::Never)
    }

    #[inline]
    fn receive_within<'b>(&self, buffer: &'b mut ReceiveBuffer, wait: Wait) -> Result<Datagram<'b>, ReceiveError> {
        // A socket that is in no group gets nothing from one.
        let in_full = self.is_member();
        let canceller = self.canceller.get();
        buffer.settle();
        let mut leftover = true;
        let received = loop {
            if canceller.is_some_and(Canceller::is_cancelled) {
                return Err(ReceiveError::Cancelled);
            }
            // First without waiting: the kernel has usually queued the answer before `send` returned.
            match self.end.receive(&mut buffer.bytes, in_full) {
                Ok(received) => break received,
                Err(Errno::INTR) => continue,
                Err(Errno::AGAIN) => {}
                // What a list that has ended may leave behind for whoever receives next. It is over with being told.
                Err(Errno::INVAL) if leftover => {
                    leftover = false;
                    continue;
                }
                Err(errno) => {
                    #[cfg(feature = "sim")]
                    if let Some(recorder) = &self.recorder {
                        recorder.failed(self.now(), errno)?;
                    }
                    if errno == Errno::NOBUFS {
                        self.look_at_queue();
                    }
                    return Err(errno.into());
                }
            }
            let Wait::Until(deadline) = wait else { return Err(ReceiveError::Timeout) };
            let left = self.remaining(deadline);
            if left.is_some_and(|left| left.is_zero()) {
                return Err(ReceiveError::Timeout);
            }
            let ready = self.end.wait(true, canceller.map(Canceller::event), left)?;
            if ready.cancelled {
                return Err(ReceiveError::Cancelled);
            }
            self.look_at_queue();
        };
        #[cfg(feature = "sim")]
        if let Some(recorder) = &self.recorder {
            recorder.received(self.now(), &received, &buffer.bytes)?;
        }
        let kept = received.kept(buffer.bytes.len());
        let truncated = (received.length > kept).then_some(received.length);
        buffer.grow(received.length);
        if self.tally.received(truncated.is_some()) {
            self.look_at_queue();
        }
        let (sender, mask) = received.sender.ok_or(ReceiveError::UnknownSender)?;
        // Where Pktinfo was turned off, the address still tells the groups up to 32.
        let by_mask = if mask == 0 { 0 } else { mask.trailing_zeros() + 1 };
        Ok(Datagram {
            bytes: &buffer.bytes[..kept],
            sender,
            group: received.group.unwrap_or(by_mask),
            nsid: received.nsid,
            truncated,
        })
    }

    /// Whether somebody has called back whoever waits on this socket.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.canceller.get().is_some_and(Canceller::is_cancelled)
    }

    /// Whether it has been a member of a group.
    #[inline]
    pub(crate) fn is_member(&self) -> bool {
        self.member.load(Ordering::Relaxed)
    }

    /// A handle with which another thread can end the waiting of this socket.
    ///
    /// Make it before the waiting begins: a `receive` that is under way when the first one is made does not know of it.
    ///
    /// # Errors
    ///
    /// `EMFILE` or `ENFILE` if there are too many open files: the first canceller of a socket needs one (an `eventfd`).
    pub fn canceller(&self) -> io::Result<Canceller> {
        if let Some(canceller) = self.canceller.get() {
            return Ok(canceller.clone());
        }
        let canceller = Canceller::new()?;
        Ok(self.canceller.get_or_init(|| canceller).clone())
    }
}
