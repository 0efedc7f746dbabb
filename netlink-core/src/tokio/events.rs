//! Notifications.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    connection::{Incoming, backlog::Entry},
    error::Error,
    generic::resolve::FamilyCache,
};

use super::{
    shared::{Shared, after},
    state::{State, Waiter},
};

/// Reads the notifications of a [`Connection`](super::Connection), in the order in which they arrived, those included
/// that came while something else was waited for.
///
/// There is one queue, which holds up to 1 MiB: with several readers, each notification goes to one of them.
pub struct Events<'c> {
    shared: &'c Shared,
    id: u64,
    timeout: Option<Duration>,
    /// The numbers of families at the time of the latest notification.
    families: Arc<FamilyCache>,
    /// What is lent.
    stored: Option<Entry>,
}

impl<'c> Events<'c> {
    pub(super) fn new(shared: &'c Shared) -> Self {
        let (id, families) = shared.with(|state, _| (state.listener(), Arc::clone(&state.families)));
        Self { shared, id, timeout: None, families, stored: None }
    }

    /// Waits at most so long for each; then [`next_event`](Self::next_event) gives [`Error::Timeout`], and can be
    /// called again. Without this it waits without end. What has arrived is given also after that time.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Waits for the next; `None` when the connection was [closed](super::Connection::close). May be dropped before it
    /// is done, in `select!` for example: nothing is lost.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] if nothing came in the time set, [`Error::Io`] if the socket is broken. Losses are no
    /// errors, but [`Incoming::Lost`] at their place.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use std::time::Duration;
    /// use netlink_core::{error::Error, protocol::Route, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// connection.join_number(1)?; // RTNLGRP_LINK
    /// let mut events = connection.events().timeout(Duration::from_millis(1));
    /// match events.next_event().await {
    ///     Some(Err(Error::Timeout)) => {} // no link changed
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next_event(&mut self) -> Option<Result<Incoming<'_>, Error>> {
        let look = |state: &mut State| Some((state.backlog.pop()?, Arc::clone(&state.families)));
        let entry = match self.shared.wait(Waiter::Events(self.id), after(self.timeout), look).await {
            Ok((entry, families)) => {
                self.families = families;
                entry
            }
            Err(Error::Cancelled) => return None,
            Err(error) => return Some(Err(error)),
        };
        Some(Incoming::stored(entry, &mut self.stored, &self.families))
    }
}

impl Drop for Events<'_> {
    fn drop(&mut self) {
        self.shared.with(|state, _| state.forget_listener(self.id));
    }
}

impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
