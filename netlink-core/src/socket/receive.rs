//! What a socket receives, where it is put, and why there may be nothing.

use std::error::Error;
use std::fmt;
use std::io;

use crate::errno::Errno;

/// The memory that datagrams are received into, to be used again and again.
///
/// The kernel cuts the parts of a dump to the largest buffer that the socket ever offered, up to 32 KiB, and leaves out
/// objects that do not fit, without saying so: no buffer is smaller than [`MINIMUM`](ReceiveBuffer::MINIMUM). What is
/// larger than the buffer arrives truncated, and the next receive offers as much as was missing.
///
/// The size costs address space only: pages that no datagram has touched are not backed by memory.
///
/// ```
/// use netlink_core::socket::ReceiveBuffer;
///
/// assert_eq!(ReceiveBuffer::new().size(), 1024 * 1024);
/// assert_eq!(ReceiveBuffer::with_size(1).size(), ReceiveBuffer::MINIMUM);
/// ```
pub struct ReceiveBuffer {
    pub(super) bytes: Vec<u8>,
    /// The size the next receive should offer; growing waits until then, since a datagram may still borrow the bytes.
    wanted: usize,
}

impl ReceiveBuffer {
    /// The smallest size, 32 KiB: below it the kernel omits objects from dumps.
    pub const MINIMUM: usize = 32 * 1024;

    /// The size of [`new`](ReceiveBuffer::new), 1 MiB.
    pub const DEFAULT: usize = 1024 * 1024;

    /// A buffer of the [default](ReceiveBuffer::DEFAULT) size.
    #[must_use]
    pub fn new() -> Self {
        Self::with_size(Self::DEFAULT)
    }

    /// A buffer of so many bytes, but never fewer than [`MINIMUM`](ReceiveBuffer::MINIMUM).
    #[must_use]
    pub fn with_size(bytes: usize) -> Self {
        let size = bytes.max(Self::MINIMUM);
        // `vec!` of zeros asks for zeroed pages instead of writing them.
        Self { bytes: vec![0; size], wanted: size }
    }

    /// How many bytes the next receive offers.
    #[must_use]
    pub fn size(&self) -> usize {
        self.wanted
    }

    /// What was received last, and old bytes behind it.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Makes the buffer as large as it should be by now.
    pub(super) fn settle(&mut self) {
        if self.bytes.len() < self.wanted {
            self.bytes = vec![0; self.wanted];
        }
    }

    /// Takes note of a datagram that was larger than the buffer.
    pub(crate) fn grow(&mut self, length: usize) {
        if length > self.wanted {
            self.wanted = length.checked_next_power_of_two().unwrap_or(length);
        }
    }
}

impl Default for ReceiveBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ReceiveBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiveBuffer").field("size", &self.wanted).finish_non_exhaustive()
    }
}

/// One received datagram: usually one netlink message or several.
///
/// ```
/// use std::time::{Duration, Instant};
/// use netlink_core::protocol::Protocol;
/// use netlink_core::socket::{ReceiveBuffer, Socket};
///
/// # fn main() -> std::io::Result<()> {
/// let (here, there) = (Socket::open(Protocol::USERSOCK)?, Socket::open(Protocol::USERSOCK)?);
/// here.send(b"hello", there.port(), None)?;
///
/// let mut buffer = ReceiveBuffer::new();
/// let datagram = there.receive(&mut buffer, Some(Instant::now() + Duration::from_secs(5)))?;
/// assert_eq!(datagram.bytes, b"hello");
/// assert_eq!(datagram.sender, here.port());
/// assert!(!datagram.is_from_kernel());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Datagram<'b> {
    /// The bytes, as many as fitted. May be empty.
    pub bytes: &'b [u8],
    /// The port id of the sender, 0 for the kernel: the only thing that proves who sent it, since the message's own
    /// header is the sender's to forge.
    #[doc(alias = "nl_pid")]
    pub sender: u32,
    /// The number of the multicast group it was sent to, or 0 for this socket alone.
    #[doc(alias = "NETLINK_PKTINFO")]
    #[doc(alias = "nl_pktinfo")]
    pub group: u32,
    /// The number that the socket's network namespace has for the one the datagram comes from; `None` for its own. Told
    /// only with [`SocketOption::ListenAllNsid`](super::SocketOption::ListenAllNsid).
    #[doc(alias = "NETLINK_LISTEN_ALL_NSID")]
    pub nsid: Option<i32>,
    /// The real length in bytes of a datagram of which the end is missing: it did not fit into the buffer, and is lost.
    #[doc(alias = "MSG_TRUNC")]
    pub truncated: Option<usize>,
}

impl Datagram<'_> {
    /// Whether the kernel sent it, and not another process.
    #[must_use]
    pub fn is_from_kernel(&self) -> bool {
        self.sender == 0
    }
}

impl fmt::Debug for Datagram<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Datagram")
            .field("length", &self.bytes.len())
            .field("sender", &self.sender)
            .field("group", &self.group)
            .field("nsid", &self.nsid)
            .field("truncated", &self.truncated)
            .finish_non_exhaustive()
    }
}

/// Why nothing was received.
///
/// The socket stays usable after each of them.
///
/// ```
/// use std::io;
/// use netlink_core::errno::Errno;
/// use netlink_core::socket::ReceiveError;
///
/// let error = io::Error::from(ReceiveError::Overrun);
/// assert_eq!(Errno::from_io_error(&error), Some(Errno::NOBUFS));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// The deadline passed.
    Timeout,
    /// A [`Canceller`](super::Canceller) called the reader back.
    Cancelled,
    /// Messages were lost, most often because the socket's receive buffer was full. The kernel drops everything until
    /// the queue is empty: receive what is left of it, then ask anew for what may be missing.
    #[doc(alias = "ENOBUFS")]
    Overrun,
    /// A datagram without a netlink address as its sender, which was thrown away since nobody can say who sent it.
    UnknownSender,
    /// The system call failed, or the kernel reports an error of an earlier one, such as a dump it could not go on
    /// with.
    Io(Errno),
}

impl From<Errno> for ReceiveError {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::NOBUFS => Self::Overrun,
            errno => Self::Io(errno),
        }
    }
}

impl From<ReceiveError> for io::Error {
    /// Keeps the number of the error, or gives it the fitting one: `ETIMEDOUT`, `ECANCELED`, `ENOBUFS`, `EAFNOSUPPORT`.
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Timeout => Errno::TIMEDOUT,
            ReceiveError::Cancelled => Errno::CANCELED,
            ReceiveError::Overrun => Errno::NOBUFS,
            ReceiveError::UnknownSender => Errno::AFNOSUPPORT,
            ReceiveError::Io(errno) => errno,
        }
        .into()
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("nothing arrived before the deadline"),
            Self::Cancelled => f.write_str("the wait was cancelled"),
            Self::Overrun => f.write_str("messages were lost: the socket's receive buffer was full"),
            Self::UnknownSender => f.write_str("a datagram arrived without a netlink address of its sender"),
            Self::Io(errno) => write!(f, "cannot receive: {errno}"),
        }
    }
}

impl Error for ReceiveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(errno) => Some(errno),
            _ => None,
        }
    }
}
