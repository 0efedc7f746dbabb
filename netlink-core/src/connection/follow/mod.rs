//! Subscriptions that heal themselves: what there is, what changes, and no silent gap between the two.

mod following;
mod state;

use std::fmt;

pub use following::Following;
pub(crate) use state::Copy;

use crate::{
    error::Error,
    operation::{Dumps, Event, MulticastGroup, NlFamily, Notifies, Operation},
    request::{IntoRequest, Request},
    wire::{Body, IntoOwned},
};

use super::Connection;

/// An entry of the list that an operation of the kind `K` gives.
pub(crate) type Item<K> = <<K as Dumps>::Item as Body>::Of<'static>;
type KeyOf<K, Key> = Box<dyn Fn(&Item<K>) -> Option<Key> + Send>;
type Split<K> = fn(Item<K>) -> Vec<Item<K>>;

/// Follows a table of the kernel's: a list of what there is, and the notifications of what changes in it, as one stream.
///
/// When notifications are lost, the stream says so ([`Change::Gap`](crate::exchange::Change::Gap)), reads the list anew, gives the differences, and
/// goes on ([`Change::Synced`](crate::exchange::Change::Synced)).
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
    pub(crate) list: Request<F, K, K::Request>,
    key: KeyOf<K, Key>,
    split: Option<Split<K>>,
    pub(crate) groups: Vec<MulticastGroup<F>>,
    changed: Vec<Operation<F, Event<K::Item>>>,
    gone: Vec<Operation<F, Event<K::Item>>>,
    same: fn(&Item<K>, &Item<K>) -> bool,
}

/// An event, whatever the declaration calls it.
fn event<F, E, I>(event: Operation<F, E>) -> Operation<F, Event<I>> {
    Operation::new(event.name(), event.request_id(), event.reply_id()).beginning(event.begins())
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
        Self { list, key, split: None, groups: Vec::new(), changed: Vec::new(), gone: Vec::new(), same: Item::<K>::eq }
    }

    /// Messages tell of several objects at once: this takes them apart, into messages about one object each, as which
    /// the objects are known then.
    pub fn split(mut self, split: fn(Item<K>) -> Vec<Item<K>>) -> Self {
        self.split = Some(split);
        self
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
        Ok(Following::new(self, events, asks))
    }
}

impl<F, K: Dumps, Key> Follow<F, K, Key> {
    /// The objects that a message tells of, and their keys.
    fn objects(&self, item: Item<K>, mut each: impl FnMut(Key, Item<K>)) {
        let mut known = |item: Item<K>| {
            if let Some(key) = (self.key)(&item) {
                each(key, item);
            }
        };
        match self.split {
            None => known(item),
            Some(split) => split(item).into_iter().for_each(known),
        }
    }
}

impl<F, K: Dumps, Key> fmt::Debug for Follow<F, K, Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follow").field("groups", &self.groups).finish_non_exhaustive()
    }
}
