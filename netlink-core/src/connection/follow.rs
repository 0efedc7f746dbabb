//! Subscriptions that heal themselves: what there is, what changes, and no silent gap between the two.

use std::{fmt, time::Duration};

use crate::{
    error::Error,
    exchange::{Change, Expect, ListEnd, Mirror},
    operation::{Dumps, Event, MulticastGroup, NlFamily, Notifies, Operation},
    request::{IntoRequest, Request},
    socket::Canceller,
    wire::{Body, IntoOwned},
};

use super::{Connection, Incoming, replies::Progress};

/// How often a list that changes while it is read is read again before that is told.
const ATTEMPTS: u32 = 5;

type Item<K> = <<K as Dumps>::Item as Body>::Of<'static>;
type KeyOf<K, Key> = Box<dyn Fn(&Item<K>) -> Option<Key> + Send>;

/// Follows a table of the kernel's: a list of what there is, and the notifications of what changes in it, as one stream.
///
/// When notifications are lost, the stream says so ([`Change::Gap`]), reads the list anew, gives the differences, and
/// goes on ([`Change::Synced`]).
///
/// ```
/// use netlink_core::{
///     NlFamily,
///     connection::Follow,
///     exchange::Change,
///     generic::{Controller, Family},
/// };
///
/// // All generic families, now and as modules come and go.
/// let families = Follow::new(Controller::GET_FAMILY.with(&Family::default()), |family| family.name.clone())
///     .group(Controller::NOTIFY)
///     .changed(Controller::NEW_FAMILY)
///     .gone(Controller::DEL_FAMILY);
/// for change in families.start()? {
///     match change? {
///         Change::New(family) => println!("{:?} is {:?}", family.name, family.id),
///         Change::Changed { now, .. } => println!("{:?} is {:?} now", now.name, now.id),
///         Change::Gone(family) => println!("{:?} is gone", family.name),
///         Change::Gap => println!("something was lost"),
///         Change::Synced => break, // these are all, for now
///         _ => {}
///     }
/// }
/// # Ok::<(), netlink_core::Error>(())
/// ```
#[must_use = "nothing is followed until `start` is called"]
pub struct Follow<F, K: Dumps, Key> {
    list: Request<F, K, K::Request>,
    key: KeyOf<K, Key>,
    groups: Vec<MulticastGroup<F>>,
    changed: Vec<Operation<F, Event<K::Item>>>,
    gone: Vec<Operation<F, Event<K::Item>>>,
    same: fn(&Item<K>, &Item<K>) -> bool,
}

/// An event, whatever the declaration calls it.
fn event<F, E, I>(event: Operation<F, E>) -> Operation<F, Event<I>> {
    Operation::new(event.name(), event.request_id(), event.reply_id())
}

impl<F, K, Key> Follow<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    Item<K>: PartialEq,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    /// Follows what this request lists. `key` tells which object an entry is about: entries with the same key are the
    /// same object at different times. What has no key (`None`) is passed over.
    pub fn new<R>(list: R, key: impl Fn(&Item<K>) -> Option<Key> + Send + 'static) -> Self
    where
        R: IntoRequest<Family = F, Operation = K, Body = K::Request>,
    {
        let (list, key) = (list.into_request(), Box::new(key));
        Self { list, key, groups: Vec::new(), changed: Vec::new(), gone: Vec::new(), same: Item::<K>::eq }
    }

    /// What counts as the same: of two values of an object for which this is true, the second is no change. Without it,
    /// every difference is one, those of statistics too.
    pub fn same(mut self, same: fn(&Item<K>, &Item<K>) -> bool) -> Self {
        self.same = same;
        self
    }

    /// Listens to this group.
    pub fn group(mut self, group: MulticastGroup<F>) -> Self {
        self.groups.push(group);
        self
    }

    /// Notifications of this kind tell that an object is new, or has changed.
    pub fn changed<E: Notifies<Body = K::Item>>(mut self, event: Operation<F, E>) -> Self {
        self.changed.push(self::event(event));
        self
    }

    /// Notifications of this kind tell that an object is gone.
    pub fn gone<E: Notifies<Body = K::Item>>(mut self, event: Operation<F, E>) -> Self {
        self.gone.push(self::event(event));
        self
    }

    /// Begins, in the network namespace of the calling thread. The list is read with the first items of the stream.
    ///
    /// # Errors
    ///
    /// A connection cannot be opened, or a group cannot be joined.
    pub fn start(self) -> Result<Following<F, K, Key>, Error> {
        let (events, asks) = (F::connect()?, F::connect()?);
        self.start_on(events, asks)
    }

    /// As [`start`](Self::start), with connections that were opened elsewhere. Two, since notifications that arrive
    /// while a long list is read must stay in the queue of their own.
    ///
    /// # Errors
    ///
    /// A group cannot be joined.
    pub fn start_on(
        self,
        mut events: Connection<F::Protocol>,
        asks: Connection<F::Protocol>,
    ) -> Result<Following<F, K, Key>, Error> {
        // First the groups: what changes while the list is read is told after it.
        for group in &self.groups {
            events.join(*group)?;
        }
        let (mirror, timeout) = (Mirror::comparing(self.same), None);
        let (progress, end, interrupted) = (None, ListEnd::Complete, 0);
        Ok(Following { follow: self, events, asks, mirror, timeout, progress, end, interrupted })
    }
}

impl<F, K: Dumps, Key> fmt::Debug for Follow<F, K, Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follow").field("groups", &self.groups).finish_non_exhaustive()
    }
}

/// A running [`Follow`]: an iterator over what changes, which waits for the next change and does not end by itself.
///
/// After an error it goes on where it was: [`Error::Timeout`] if a time [was set](Self::timeout) and nothing changed in
/// it; [`Error::Interrupted`] if the list changed 5 times while it was read; whatever kept the list from being read,
/// which is tried again then; entries and notifications that could not be decoded, which are missing.
pub struct Following<F: NlFamily, K: Dumps, Key> {
    follow: Follow<F, K, Key>,
    events: Connection<F::Protocol>,
    asks: Connection<F::Protocol>,
    mirror: Mirror<Key, Item<K>>,
    timeout: Option<Duration>,
    /// The list that is being read.
    progress: Option<Progress>,
    /// How it is going to end, as far as is known.
    end: ListEnd,
    /// How often in a row the list was interrupted.
    interrupted: u32,
}

impl<F, K, Key> Following<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    Item<K>: PartialEq,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
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
        &self.mirror
    }

    /// Waits for the next change; `None` when a [`Canceller`] ended the stream.
    ///
    /// # Errors
    ///
    /// See [`Following`].
    pub fn next_change(&mut self) -> Option<Result<Change<Item<K>>, Error>> {
        loop {
            if let Some(change) = self.mirror.pop() {
                return Some(Ok(change));
            }
            if self.events.line.socket.is_cancelled() {
                return None;
            }
            let read = if self.mirror.needs_list() { self.read_list() } else { self.read_event() };
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
                let (seq, expected) = self.asks.start(self.follow.list.clone(), Expect::Dump)?;
                self.mirror.begin();
                self.end = ListEnd::Complete;
                Progress::new(seq, expected)
            }
        };
        let line = &mut self.asks.line;
        let entry = progress.next(line).map(|place| {
            let item = progress.decode::<K::Item>(line, &place?)?.into_owned();
            Ok((self.follow.key)(&item).map(|key| self.mirror.list(key, item)))
        });
        let result = match entry {
            Some(Ok(_)) | None => Ok(()),
            Some(Err(error)) => {
                // Of an entry that could not be understood, the rest of the list still comes.
                self.end = if progress.has_ended() { ListEnd::Interrupted } else { ListEnd::Damaged };
                Err(error)
            }
        };
        if !progress.has_ended() {
            self.progress = Some(progress);
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

    /// Waits for the next notification.
    fn read_event(&mut self) -> Result<(), Error> {
        let Follow { key, changed, gone, .. } = &self.follow;
        let mut events = self.events.events();
        if let Some(timeout) = self.timeout {
            events = events.timeout(timeout);
        }
        match events.next_event() {
            None => return Err(Error::Cancelled),
            Some(incoming) => match incoming? {
                Incoming::Notification(notification) => {
                    let find = |events: &[Operation<_, _>]| events.iter().copied().find(|own| notification.is(*own));
                    let (event, is_gone) = match (find(changed), find(gone)) {
                        (Some(event), _) => (event, false),
                        (None, Some(event)) => (event, true),
                        (None, None) => return Ok(()),
                    };
                    let item = notification.decode(event)?.into_owned();
                    match key(&item) {
                        Some(key) if is_gone => self.mirror.remove(&key),
                        Some(key) => self.mirror.put(key, item),
                        None => {}
                    }
                }
                Incoming::Lost => self.mirror.lost(),
                Incoming::Text { .. } | Incoming::Refused { .. } => {}
            },
        }
        Ok(())
    }
}

impl<F, K, Key> Iterator for Following<F, K, Key>
where
    F: NlFamily,
    K: Dumps,
    Key: Ord,
    Item<K>: PartialEq,
    for<'a> <K::Item as Body>::Of<'a>: IntoOwned<Owned = Item<K>>,
{
    type Item = Result<Change<Item<K>>, Error>;

    fn next(&mut self) -> Option<<Self as Iterator>::Item> {
        self.next_change()
    }
}

impl<F: NlFamily, K: Dumps, Key> fmt::Debug for Following<F, K, Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Following")
            .field("follow", &self.follow)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
