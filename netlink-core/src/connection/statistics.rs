//! How a connection fares.

use crate::{
    error::Error,
    exchange::Counters,
    protocol::IsProtocol,
    socket::{self, Namespace, Socket},
};

use super::Connection;

/// How a connection fares: what its socket counts, and what its conversation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// Of the socket: losses, and how full the receive queue has been.
    pub socket: socket::Statistics,
    /// Of the conversation: late replies, foreign senders, damage, overruns.
    pub conversation: Counters,
}

impl<P: IsProtocol> Connection<P> {
    /// As [`open`](Self::open), in another network namespace, with the calling thread staying where it is.
    ///
    /// # Errors
    ///
    /// As for [`Socket::open_in`].
    ///
    /// ```no_run
    /// use netlink_core::{connection::Connection, protocol::Route, socket::Namespace};
    ///
    /// let mut of_init = Connection::<Route>::open_in(&Namespace::of_process(1)?)?;
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn open_in(namespace: &Namespace) -> Result<Self, Error> {
        Self::with_socket(Socket::open_in(namespace, P::PROTOCOL)?)
    }

    /// How the connection fares, all in one.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.12.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, protocol::Generic};
    ///
    /// let mut connection = Connection::<Generic>::open()?;
    /// connection.family("nlctrl")?;
    /// let statistics = connection.statistics()?;
    /// assert_eq!((statistics.socket.received, statistics.socket.drops), (2, 0));
    /// assert_eq!(statistics.conversation.late, 0);
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn statistics(&self) -> Result<Statistics, Error> {
        Ok(Statistics { socket: self.socket().statistics()?, conversation: self.counters() })
    }
}
