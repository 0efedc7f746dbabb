//! What both shells have in common: how lists and notifications become a copy.

use crate::{
    connection::Incoming,
    error::Error,
    exchange::{Change, ListEnd, Mirror},
    operation::{Dumps, NlFamily, Operation},
    wire::{Body, IntoOwned},
};

use super::{Follow, Item};

/// How often a list that changes while it is read is read again before that is told.
const ATTEMPTS: u32 = 5;

/// A copy of what is followed, and how the list that is being read is going to end.
pub(crate) struct Copy<F, K: Dumps, Key> {
    pub(crate) follow: Follow<F, K, Key>,
    pub(crate) mirror: Mirror<Key, Item<K>>,
    end: ListEnd,
    /// How often in a row the list was interrupted.
    interrupted: u32,
}

impl<F, K, Key> Copy<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    pub(crate) fn new(follow: Follow<F, K, Key>) -> Self {
        let mirror = Mirror::comparing(follow.same);
        Self { follow, mirror, end: ListEnd::Complete, interrupted: 0 }
    }

    pub(crate) fn pop(&mut self) -> Option<Change<Item<K>>> {
        self.mirror.pop()
    }

    /// A list begins.
    pub(crate) fn begin(&mut self) {
        self.mirror.begin();
        self.end = ListEnd::Complete;
    }

    /// The next of the list, `None` at its end; `ended` says whether anything follows. What is left to be told is given
    /// back.
    pub(crate) fn listed(&mut self, entry: Option<Result<Item<K>, Error>>, ended: bool) -> Result<(), Error> {
        let result = match entry {
            Some(Ok(item)) => {
                let Self { follow, mirror, .. } = self;
                follow.objects(item, |key, item| mirror.list(key, item));
                Ok(())
            }
            Some(Err(error)) => {
                // Of an entry that could not be understood, the rest of the list still comes.
                self.end = if ended { ListEnd::Interrupted } else { ListEnd::Damaged };
                Err(error)
            }
            None => Ok(()),
        };
        if !ended {
            return result;
        }
        self.mirror.end(self.end);
        match result {
            Err(Error::Interrupted) => {
                self.interrupted += 1;
                if self.interrupted % ATTEMPTS == 0 { result } else { Ok(()) }
            }
            _ => {
                self.interrupted = 0;
                result
            }
        }
    }

    /// What came without being asked for.
    pub(crate) fn told(&mut self, incoming: &Incoming<'_>) -> Result<(), Error> {
        let Self { follow, mirror, .. } = self;
        match incoming {
            Incoming::Notification(notification) => {
                let find = |events: &[Operation<_, _>]| events.iter().copied().find(|own| notification.is(*own));
                let (event, is_gone) = match (find(&follow.changed), find(&follow.gone)) {
                    (Some(event), _) => (event, false),
                    (None, Some(event)) => (event, true),
                    (None, None) => return Ok(()),
                };
                follow.objects(notification.decode(event)?.into_owned(), |key, item| match is_gone {
                    true => mirror.remove(&key),
                    false => mirror.put(key, item),
                });
            }
            Incoming::Lost => mirror.lost(),
            Incoming::Text { .. } | Incoming::Refused { .. } => {}
        }
        Ok(())
    }
}
