//! Sockets in other network namespaces.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::thread;

use super::{Socket, sys};
use crate::protocol::Protocol;

/// Where `ip netns add` puts namespaces.
const NAMED: &str = "/run/netns";

/// A network namespace, held open: it stays as long as this does.
///
/// ```no_run
/// use netlink_core::{connection::Connection, protocol::Route, socket::Namespace};
///
/// let mut inside = Connection::<Route>::open_in(&Namespace::named("blue")?)?;
/// # Ok::<(), netlink_core::error::Error>(())
/// ```
#[derive(Debug)]
#[doc(alias = "netns")]
pub struct Namespace(OwnedFd);

impl Namespace {
    /// The one that the calling thread is in.
    ///
    /// # Errors
    ///
    /// `/proc` is not there.
    pub fn current() -> io::Result<Self> {
        Self::at("/proc/thread-self/ns/net")
    }

    /// The one with this name: of those that `ip netns` lists, in `/run/netns`.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is none of this name; [`InvalidInput`](io::ErrorKind::InvalidInput) if it is no name, but
    /// leads elsewhere.
    ///
    /// ```
    /// use netlink_core::socket::Namespace;
    ///
    /// assert_eq!(Namespace::named("no-such-one").unwrap_err().kind(), std::io::ErrorKind::NotFound);
    /// assert_eq!(Namespace::named("../../etc").unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    /// ```
    pub fn named(name: &str) -> io::Result<Self> {
        if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\0']) {
            let text = format!("`{}` is no name of a network namespace", name.escape_debug());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        Self::at(Path::new(NAMED).join(name))
    }

    /// The one that a process is in.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no such process, `EACCES` if it is one of somebody else.
    pub fn of_process(pid: u32) -> io::Result<Self> {
        Self::at(format!("/proc/{pid}/ns/net"))
    }

    /// The one that a file stands for: `/proc/PID/ns/net`, or where one is mounted.
    ///
    /// # Errors
    ///
    /// The file cannot be opened. Whether it stands for a network namespace is found out by [`Socket::open_in`].
    pub fn at(path: impl AsRef<Path>) -> io::Result<Self> {
        Ok(File::open(path)?.into())
    }
}

impl From<OwnedFd> for Namespace {
    /// A descriptor of a network namespace, or (since Linux 5.8) of a process that is in it, a pidfd.
    fn from(fd: OwnedFd) -> Self {
        Self(fd)
    }
}

impl From<File> for Namespace {
    fn from(file: File) -> Self {
        Self(file.into())
    }
}

impl From<Namespace> for OwnedFd {
    fn from(namespace: Namespace) -> Self {
        namespace.0
    }
}

impl AsFd for Namespace {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl Socket {
    /// As [`open`](Self::open), in another network namespace. The calling thread stays where it is: a thread of its own
    /// goes there, opens the socket, and ends.
    ///
    /// # Errors
    ///
    /// `EPERM` without `CAP_SYS_ADMIN`, here and in the user namespace that owns the other one; `EINVAL` if the
    /// descriptor is not one of a network namespace; and those of [`open`](Self::open).
    ///
    /// ```
    /// use netlink_core::{errno::Errno, protocol::Protocol, socket::{Namespace, Socket}};
    ///
    /// match Socket::open_in(&Namespace::current()?, Protocol::ROUTE) {
    ///     Ok(socket) => assert_ne!(socket.port(), 0),
    ///     Err(error) => assert_eq!(Errno::from_io_error(&error), Some(Errno::PERM)),
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[doc(alias = "setns")]
    pub fn open_in(namespace: &Namespace, protocol: Protocol) -> io::Result<Self> {
        thread::scope(|scope| {
            let opener = thread::Builder::new().name("netns".into()).spawn_scoped(scope, || {
                sys::enter_network(namespace.as_fd())?;
                Self::open(protocol)
            })?;
            opener.join().unwrap_or_else(|_| Err(io::Error::other("the thread that opens the socket panicked")))
        })
    }
}
