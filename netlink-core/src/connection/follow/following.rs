//! The blocking stream.

use std::{fmt, time::Duration};

use crate::{
    connection::{Connection, replies::Progress},
    error::Error,
    exchange::{Change, Expect, Mirror},
    operation::{Dumps, NlFamily},
    socket::Canceller,
    wire::{Body, IntoOwned},
};

use super::{Copy, Follow, Item};

/// A running [`Follow`]: an iterator over what changes, which waits for the next change and does not end by itself.
///
/// After an error it goes on where it was: [`Error::Timeout`] if a time [was set](Self::timeout) and nothing changed in
/// it; [`Error::Interrupted`] if the list changed 5 times while it was read; whatever kept the list from being read,
/// which is tried again then; entries and notifications that could not be decoded, which are missing.
pub struct Following<F: NlFamily, K: Dumps, Key> {
    copy: Copy<F, K, Key>,
    events: Connection<F::Protocol>,
    asks: Connection<F::Protocol>,
    timeout: Option<Duration>,
    /// The list that is being read.
    progress: Option<Progress>,
}

impl<F, K, Key> Following<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    pub(super) fn new(
        follow: Follow<F, K, Key>,
        events: Connection<F::Protocol>,
        asks: Connection<F::Protocol>,
    ) -> Self {
        Self { copy: Copy::new(follow), events, asks, timeout: None, progress: None }
    }

    /// Waits at most so long for the next change; without this, without end.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A handle with which another thread can end the stream.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.events.canceller()
    }

    /// The connection that listens, for the size of its buffer.
    pub fn events(&self) -> &Connection<F::Protocol> {
        &self.events
    }

    /// What is known, up to the latest change that was given or is about to be.
    pub fn objects(&self) -> &Mirror<Key, Item<K>> {
        &self.copy.mirror
    }

    /// Waits for the next change; `None` when a [`Canceller`] ended the stream.
    ///
    /// # Errors
    ///
    /// See [`Following`].
    pub fn next_change(&mut self) -> Option<Result<Change<Item<K>>, Error>> {
        loop {
            if let Some(change) = self.copy.pop() {
                return Some(Ok(change));
            }
            if self.events.line.socket.is_cancelled() {
                return None;
            }
            let read = if self.copy.mirror.needs_list() { self.read_list() } else { self.read_event() };
            match read {
                Ok(()) => {}
                Err(Error::Cancelled) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Reads on in the list, by one entry.
    fn read_list(&mut self) -> Result<(), Error> {
        let mut progress = match self.progress.take() {
            Some(progress) => progress,
            None => {
                let (seq, expected) = self.asks.start(self.copy.follow.list.clone(), Expect::Dump)?;
                self.copy.begin();
                Progress::new(seq, expected)
            }
        };
        let line = &mut self.asks.line;
        let place = progress.next(line);
        if matches!(&place, Some(Ok(place)) if progress.is_foreign(line, place)) {
            self.progress = Some(progress);
            return Ok(());
        }
        let entry = place.map(|place| Ok(progress.decode::<K::Item>(line, &place?)?.into_owned()));
        let ended = progress.has_ended();
        if !ended {
            self.progress = Some(progress);
        }
        self.copy.listed(entry, ended)
    }

    /// Waits for the next notification.
    fn read_event(&mut self) -> Result<(), Error> {
        let mut events = self.events.events();
        if let Some(timeout) = self.timeout {
            events = events.timeout(timeout);
        }
        match events.next_event() {
            None => Err(Error::Cancelled),
            Some(incoming) => self.copy.told(&incoming?),
        }
    }
}

impl<F, K, Key> Iterator for Following<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    type Item = Result<Change<Item<K>>, Error>;

    fn next(&mut self) -> Option<<Self as Iterator>::Item> {
        self.next_change()
    }
}

impl<F: NlFamily, K: Dumps, Key> fmt::Debug for Following<F, K, Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { copy, progress, .. } = self;
        f.debug_struct("Following").field("follow", &copy.follow).field("progress", progress).finish_non_exhaustive()
    }
}
