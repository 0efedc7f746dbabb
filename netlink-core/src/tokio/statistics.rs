//! How a connection fares, and where it is.

use crate::{
    connection::Statistics,
    error::Error,
    protocol::IsProtocol,
    socket::{Namespace, Socket},
};

use super::Connection;

impl<P: IsProtocol> Connection<P> {
    /// As [`open`](Self::open), in another network namespace, with the calling thread staying where it is.
    ///
    /// # Errors
    ///
    /// As for [`Socket::open_in`], and those of [`open`](Self::open).
    ///
    /// # Panics
    ///
    /// As for [`open`](Self::open).
    ///
    /// ```no_run
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::Route, socket::Namespace, tokio::Connection};
    ///
    /// let of_init = Connection::<Route>::open_in(&Namespace::of_process(1)?)?;
    /// # Ok(())
    /// # }
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
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::Generic, tokio::Connection};
    ///
    /// let connection = Connection::<Generic>::open()?;
    /// connection.family("nlctrl").await?;
    /// let statistics = connection.statistics()?;
    /// assert_eq!((statistics.socket.received, statistics.socket.drops), (2, 0));
    /// assert_eq!(statistics.conversation.late, 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn statistics(&self) -> Result<Statistics, Error> {
        Ok(Statistics { socket: self.socket().statistics()?, conversation: self.counters() })
    }
}
