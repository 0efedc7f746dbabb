//! From descriptors to sockets, and back.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::Ordering;

use super::{Socket, sys};
use crate::protocol::Protocol;

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.end.as_fd()
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.as_fd().as_raw_fd()
    }
}

impl From<Socket> for OwnedFd {
    /// The descriptor, still open, bound, and a member of its groups.
    fn from(socket: Socket) -> Self {
        socket.end.into()
    }
}

impl TryFrom<OwnedFd> for Socket {
    type Error = io::Error;

    /// Takes over a netlink socket made elsewhere: inherited, or received from another process. It is bound if it was
    /// not, [`SocketOption::Pktinfo`](super::SocketOption::Pktinfo) is turned on, and this process counts as its opener; nothing else is changed.
    ///
    /// # Errors
    ///
    /// `ENOTSOCK` if it is not a socket, [`InvalidInput`](io::ErrorKind::InvalidInput) if it is one of another family.
    /// The descriptor is closed then.
    ///
    /// ```
    /// use std::os::fd::OwnedFd;
    /// use netlink_core::protocol::Protocol;
    /// use netlink_core::socket::Socket;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let fd = OwnedFd::from(Socket::open(Protocol::GENERIC)?);
    /// assert_eq!(Socket::try_from(fd)?.protocol(), Protocol::GENERIC);
    /// # Ok(())
    /// # }
    /// ```
    fn try_from(fd: OwnedFd) -> io::Result<Self> {
        let family = sys::option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_DOMAIN)?;
        let number = sys::option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_PROTOCOL)?;
        let protocol = u16::try_from(number).ok().filter(|_| family == libc::AF_NETLINK).ok_or_else(|| {
            let text = format!("not a netlink socket: its address family is {family}");
            io::Error::new(io::ErrorKind::InvalidInput, text)
        })?;
        if sys::port(fd.as_fd())? == Some(0) {
            sys::bind(fd.as_fd())?;
        }
        let socket = Self { foreign: true, ..Self::of_bound(fd, Protocol::from_raw(protocol))? };
        // Kernels that cannot tell are so old that it may be any.
        let member = socket.groups().map_or(true, |groups| !groups.is_empty());
        socket.member.store(member, Ordering::Relaxed);
        Ok(socket)
    }
}
