//! Options, buffer sizes and multicast groups of a socket.

use std::io;
use std::sync::atomic::Ordering;

use libc::c_int;

use super::{Filter, Socket};
use crate::errno::Errno;

/// An option of netlink sockets that is on or off.
///
/// ```
/// use netlink_core::protocol::Protocol;
/// use netlink_core::socket::{Socket, SocketOption};
///
/// # fn main() -> std::io::Result<()> {
/// let socket = Socket::open(Protocol::ROUTE)?;
/// if socket.set_option(SocketOption::ExtAck, true)? {
///     assert!(socket.option(SocketOption::ExtAck)?);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SocketOption {
    /// Replies say more than an error number: a text, the attribute at fault. Linux 4.12.
    #[doc(alias = "NETLINK_EXT_ACK")]
    ExtAck,
    /// Error replies leave out the request, of which they otherwise carry a copy. Linux 4.3.
    #[doc(alias = "NETLINK_CAP_ACK")]
    CapAck,
    /// The kernel refuses dump and get requests with parts that it would otherwise ignore, filters among them. Linux
    /// 4.20.
    #[doc(alias = "NETLINK_GET_STRICT_CHK")]
    GetStrictChk,
    /// Each datagram tells its multicast group, which its sender's address cannot for groups above 32. On from the
    /// beginning.
    #[doc(alias = "NETLINK_PKTINFO")]
    Pktinfo,
    /// No [`Overrun`](super::ReceiveError::Overrun) when messages are lost. [`Socket::drops`] counts them nevertheless.
    #[doc(alias = "NETLINK_NO_ENOBUFS")]
    NoEnobufs,
    /// Multicast of all network namespaces that have a number in the socket's own. Needs `CAP_NET_BROADCAST`. Linux
    /// 4.2.
    #[doc(alias = "NETLINK_LISTEN_ALL_NSID")]
    ListenAllNsid,
    /// Whoever sends to the socket's groups is told when the socket could not take the message.
    #[doc(alias = "NETLINK_BROADCAST_ERROR")]
    BroadcastError,
}

impl SocketOption {
    pub(crate) const fn number(self) -> c_int {
        match self {
            Self::ExtAck => libc::NETLINK_EXT_ACK,
            Self::CapAck => libc::NETLINK_CAP_ACK,
            Self::GetStrictChk => libc::NETLINK_GET_STRICT_CHK,
            Self::Pktinfo => libc::NETLINK_PKTINFO,
            Self::NoEnobufs => libc::NETLINK_NO_ENOBUFS,
            Self::ListenAllNsid => libc::NETLINK_LISTEN_ALL_NSID,
            Self::BroadcastError => libc::NETLINK_BROADCAST_ERROR,
        }
    }
}

impl Socket {
    /// Turns an option on or off, and says whether the kernel took it: `false` means that it is too old to know it.
    ///
    /// # Errors
    ///
    /// `EPERM` where the option needs a privilege.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::{Socket, SocketOption}};
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// let strict = socket.set_option(SocketOption::GetStrictChk, true)?;
    /// println!("filters are {}", if strict { "the kernel's work" } else { "ours" });
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "setsockopt")]
    pub fn set_option(&self, option: SocketOption, on: bool) -> io::Result<bool> {
        match self.end.set_option(libc::SOL_NETLINK, option.number(), c_int::from(on)) {
            Ok(()) => Ok(true),
            Err(Errno::NOPROTOOPT) => Ok(false),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Whether an option is on.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` if the kernel does not know the option, or does not tell.
    #[doc(alias = "getsockopt")]
    pub fn option(&self, option: SocketOption) -> io::Result<bool> {
        Ok(self.end.option(libc::SOL_NETLINK, option.number())? != 0)
    }

    /// Sets how many bytes of memory may wait in the receive queue, and returns how many the kernel allows now.
    ///
    /// The kernel doubles the number, since it counts its own bookkeeping too. With `CAP_NET_ADMIN` there is no limit,
    /// without it the limit is `net.core.rmem_max`: what is returned may be less than what was asked.
    ///
    /// # Errors
    ///
    /// Those of `setsockopt(2)`; a number that is too large or too small is none.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::Socket};
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// let allowed = socket.set_receive_buffer(64 * 1024)?;
    /// assert_eq!(allowed, socket.receive_buffer()?);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "SO_RCVBUF")]
    #[doc(alias = "SO_RCVBUFFORCE")]
    pub fn set_receive_buffer(&self, bytes: usize) -> io::Result<usize> {
        self.force_or_set(libc::SO_RCVBUFFORCE, libc::SO_RCVBUF, bytes)?;
        self.receive_buffer()
    }

    /// How many bytes of memory may wait in the receive queue, as the kernel counts them.
    ///
    /// # Errors
    ///
    /// Those of `getsockopt(2)`.
    #[doc(alias = "SO_RCVBUF")]
    pub fn receive_buffer(&self) -> io::Result<usize> {
        self.size_option(libc::SO_RCVBUF)
    }

    /// Sets the size of the send buffer in bytes, and returns what the kernel has now. As with
    /// [`set_receive_buffer`](Socket::set_receive_buffer), the kernel doubles the number, and the limit without
    /// `CAP_NET_ADMIN` is `net.core.wmem_max`.
    ///
    /// It bounds what one [`send`](Socket::send) can carry: 32 bytes less than the number returned.
    ///
    /// # Errors
    ///
    /// Those of `setsockopt(2)`; a number that is too large or too small is none.
    ///
    /// ```
    /// # use netlink_core::{errno::Errno, protocol::Protocol, socket::Socket};
    /// # fn main() -> std::io::Result<()> {
    /// let socket = Socket::open(Protocol::USERSOCK)?;
    /// let limit = socket.set_send_buffer(8192)? - 32;
    /// let error = socket.send(&vec![0; limit + 1], socket.port(), None).unwrap_err();
    /// assert_eq!(Errno::from_io_error(&error), Some(Errno::MSGSIZE));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "SO_SNDBUF")]
    #[doc(alias = "SO_SNDBUFFORCE")]
    pub fn set_send_buffer(&self, bytes: usize) -> io::Result<usize> {
        self.force_or_set(libc::SO_SNDBUFFORCE, libc::SO_SNDBUF, bytes)?;
        self.send_buffer()
    }

    /// The size of the send buffer in bytes, as the kernel counts it.
    ///
    /// # Errors
    ///
    /// Those of `getsockopt(2)`.
    #[doc(alias = "SO_SNDBUF")]
    pub fn send_buffer(&self) -> io::Result<usize> {
        self.size_option(libc::SO_SNDBUF)
    }

    /// How many messages to this socket were dropped since it was opened; wraps. It counts even where
    /// [`SocketOption::NoEnobufs`] hides the loss.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.12.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::Socket};
    /// # fn main() -> std::io::Result<()> {
    /// assert_eq!(Socket::open(Protocol::ROUTE)?.drops()?, 0);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "SO_MEMINFO")]
    #[doc(alias = "SK_MEMINFO_DROPS")]
    pub fn drops(&self) -> io::Result<u32> {
        Ok(self.statistics()?.drops)
    }

    /// Lets the kernel drop what a filter does not let pass, instead of the filter before. It decides about what is sent
    /// from now on; what is in the queue stays.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the kernel rejects the program, or it is longer than 4096 instructions; `ENOPROTOOPT` on a socket of
    /// a simulated kernel, which has no filters.
    #[doc(alias = "SO_ATTACH_FILTER")]
    pub fn attach_filter(&self, filter: &Filter) -> io::Result<()> {
        Ok(self.end.attach_filter(&filter.instructions())?)
    }

    /// Lets everything pass again.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no filter.
    #[doc(alias = "SO_DETACH_FILTER")]
    pub fn detach_filter(&self) -> io::Result<()> {
        Ok(self.end.set_option(libc::SOL_SOCKET, libc::SO_DETACH_FILTER, 0)?)
    }

    /// Joins a multicast group, by its number and not by a bit: groups above 32 work.
    ///
    /// Groups joined in another way, by a system call on the descriptor, go unnoticed: their messages look as if they
    /// were sent to this socket alone.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the protocol has no such group, `EPERM` if the group needs a privilege.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::Socket};
    /// # fn main() -> std::io::Result<()> {
    /// const RTNLGRP_LINK: u32 = 1;
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// socket.join(RTNLGRP_LINK)?;
    /// assert_eq!(socket.groups()?, [RTNLGRP_LINK]);
    /// socket.leave(RTNLGRP_LINK)?;
    /// assert_eq!(socket.groups()?, []);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "NETLINK_ADD_MEMBERSHIP")]
    pub fn join(&self, group: u32) -> io::Result<()> {
        // Before the first message of the group can come.
        self.member.store(true, Ordering::Relaxed);
        self.membership(libc::NETLINK_ADD_MEMBERSHIP, group)
    }

    /// Leaves a multicast group; to leave one that was never joined is no error.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the protocol has no such group.
    #[doc(alias = "NETLINK_DROP_MEMBERSHIP")]
    pub fn leave(&self, group: u32) -> io::Result<()> {
        self.membership(libc::NETLINK_DROP_MEMBERSHIP, group)
    }

    /// The numbers of the multicast groups that the socket is a member of, in order.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.2.
    #[doc(alias = "NETLINK_LIST_MEMBERSHIPS")]
    pub fn groups(&self) -> io::Result<Vec<u32>> {
        let mut words = vec![0; 4];
        loop {
            let length = self.end.option_words(libc::SOL_NETLINK, libc::NETLINK_LIST_MEMBERSHIPS, &mut words)?;
            let needed = length.div_ceil(size_of::<u32>());
            if needed <= words.len() {
                break;
            }
            words.resize(needed, 0);
        }
        let member = |bit: &u32| words[*bit as usize / 32] & 1 << (bit % 32) != 0;
        let bits = 32 * words.len() as u32;
        Ok((0..bits).filter(member).map(|bit| bit + 1).collect())
    }

    fn membership(&self, option: c_int, group: u32) -> io::Result<()> {
        // No protocol has that many groups, and the kernel would read a negative number.
        let group = c_int::try_from(group).map_err(|_| Errno::INVAL)?;
        Ok(self.end.set_option(libc::SOL_NETLINK, option, group)?)
    }

    fn force_or_set(&self, force: c_int, plain: c_int, bytes: usize) -> io::Result<()> {
        let bytes = c_int::try_from(bytes).unwrap_or(c_int::MAX);
        match self.end.set_option(libc::SOL_SOCKET, force, bytes) {
            Err(Errno::PERM) => Ok(self.end.set_option(libc::SOL_SOCKET, plain, bytes)?),
            other => Ok(other?),
        }
    }

    fn size_option(&self, name: c_int) -> io::Result<usize> {
        let size = self.end.option(libc::SOL_SOCKET, name)?;
        Ok(usize::try_from(size).unwrap_or(0))
    }
}
