//! Subscriptions that heal themselves.

use std::{fmt, time::Duration};

use crate::{
    connection::follow::{Copy, Follow, Item},
    error::Error,
    exchange::{Change, Mirror},
    operation::{Dumps, NlFamily},
    wire::{Body, IntoOwned},
};

use super::{Connection, Replies, connect};

/// Begins to follow a table of the kernel's: as [`Follow::start`], for tokio. The list is read with the first items of
/// the stream.
///
/// # Errors
///
/// A connection cannot be opened, or a group cannot be joined.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), netlink_core::Error> {
/// use netlink_core::{connection::Follow, exchange::Change, generic::{Controller, Family}, tokio};
///
/// let families = Follow::new(Controller::GET_FAMILY.with(&Family::default()), |family| family.name.clone())
///     .group(Controller::NOTIFY)
///     .changed(Controller::NEW_FAMILY)
///     .gone(Controller::DEL_FAMILY);
/// let mut families = tokio::follow(families).await?;
/// while let Some(change) = families.next_change().await {
///     match change? {
///         Change::New(family) => println!("{:?} is {:?}", family.name, family.id),
///         Change::Gone(family) => println!("{:?} is gone", family.name),
///         Change::Synced => break, // these are all, for now
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub async fn follow<F, K, Key>(follow: Follow<F, K, Key>) -> Result<Following<F, K, Key>, Error>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    let (events, asks) = (connect::<F>().await?, connect::<F>().await?);
    follow_on(follow, events, asks).await
}

/// As [`follow`], with connections that were opened elsewhere. Two, since notifications that arrive while a long list is
/// read must stay in the queue of their own.
///
/// # Errors
///
/// A group cannot be joined.
pub async fn follow_on<F, K, Key>(
    follow: Follow<F, K, Key>,
    events: Connection<F::Protocol>,
    asks: Connection<F::Protocol>,
) -> Result<Following<F, K, Key>, Error>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    // First the groups: what changes while the list is read is told after it.
    for group in &follow.groups {
        events.join(*group).await?;
    }
    Ok(Following { copy: Copy::new(follow), events, asks, timeout: None, replies: None })
}

/// A running [`follow`]: gives what changes, and does not end by itself. After an error it goes on where it was; the
/// errors are those of the blocking [`Following`](crate::connection::Following).
pub struct Following<F: NlFamily, K: Dumps, Key> {
    copy: Copy<F, K, Key>,
    events: Connection<F::Protocol>,
    asks: Connection<F::Protocol>,
    timeout: Option<Duration>,
    /// The list that is being read.
    replies: Option<Replies<'static, K::Item>>,
}

impl<F, K, Key> Following<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    /// Waits at most so long for the next change; without this, without end.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The connection that listens: for the size of its buffer, and to [close](Connection::close) it, which ends the
    /// stream.
    pub fn events(&self) -> &Connection<F::Protocol> {
        &self.events
    }

    /// What is known, up to the latest change that was given or is about to be.
    pub fn objects(&self) -> &Mirror<Key, Item<K>> {
        &self.copy.mirror
    }

    /// Waits for the next change; `None` when the connection that listens was closed. May be dropped before it is done,
    /// in `select!` for example: nothing is lost.
    ///
    /// # Errors
    ///
    /// See [`Following`].
    pub async fn next_change(&mut self) -> Option<Result<Change<Item<K>>, Error>> {
        loop {
            if let Some(change) = self.copy.pop() {
                return Some(Ok(change));
            }
            let read = if self.copy.mirror.needs_list() { self.read_list().await } else { self.read_event().await };
            match read {
                Ok(()) => {}
                Err(Error::Cancelled) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Reads on in the list, by one entry.
    async fn read_list(&mut self) -> Result<(), Error> {
        if self.replies.is_none() {
            let replies = self.asks.detached_dump(self.copy.follow.list.clone()).await?;
            self.copy.begin();
            self.replies = Some(replies);
        }
        let Some(replies) = &mut self.replies else { return Ok(()) };
        let entry = replies.next().await;
        let ended = replies.has_ended();
        if ended {
            self.replies = None;
        }
        self.copy.listed(entry, ended)
    }

    /// Waits for the next notification.
    async fn read_event(&mut self) -> Result<(), Error> {
        let mut events = self.events.events();
        if let Some(timeout) = self.timeout {
            events = events.timeout(timeout);
        }
        match events.next_event().await {
            None => Err(Error::Cancelled),
            Some(incoming) => self.copy.told(&incoming?),
        }
    }
}

impl<F: NlFamily, K: Dumps, Key> fmt::Debug for Following<F, K, Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Following").field("follow", &self.copy.follow).finish_non_exhaustive()
    }
}
