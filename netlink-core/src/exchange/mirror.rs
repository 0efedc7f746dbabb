//! A copy of the kernel's objects that heals itself after loss.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

/// What has changed, in the order in which it became known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change<T> {
    /// An object that was not there before.
    New(Arc<T>),
    /// An object is different from what was known of it.
    Changed {
        /// What was known.
        before: Arc<T>,
        /// What is true now.
        now: Arc<T>,
    },
    /// An object is gone; this is what was known of it.
    Gone(Arc<T>),
    /// Notifications were lost: nobody knows what happened meanwhile. The list is read anew; what differs comes next,
    /// and then [`Synced`](Self::Synced).
    Gap,
    /// From here on the copy is what the kernel has: after the first list, and after the one that closes a gap. What
    /// could not be understood is missing.
    Synced,
}

/// How the reading of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListEnd {
    /// The list has everything: what is not in it is gone.
    Complete,
    /// Entries could not be understood. To read it again would not help; what is not in it may still be there.
    Damaged,
    /// Something changed meanwhile, or the kernel gave up: it has to be read again.
    Interrupted,
}

/// A copy of a table of the kernel's, and what changes in it: fed with lists, notifications and losses; gives changes.
///
/// No socket, and no waiting: [`Follow`](crate::connection::Follow) drives it. Of memory it needs what the objects
/// take, and the changes that were not [taken](Self::pop) yet.
///
/// ```
/// use netlink_core::exchange::{Change, ListEnd, Mirror};
///
/// let mut mirror = Mirror::new();
/// mirror.begin();
/// mirror.list(1, "eth0");
/// mirror.end(ListEnd::Complete);
/// mirror.put(2, "eth1"); // a notification
/// mirror.lost();
/// mirror.begin();
/// mirror.list(2, "eth1");
/// mirror.list(3, "eth2");
/// mirror.end(ListEnd::Complete);
///
/// let changes: Vec<_> = std::iter::from_fn(|| mirror.pop()).collect();
/// let (new, gone) = (|name| Change::New(std::sync::Arc::new(name)), Change::Gone(std::sync::Arc::new("eth0")));
/// assert_eq!(changes[..3], [new("eth0"), Change::Synced, new("eth1")]);
/// assert_eq!(changes[3..], [Change::Gap, new("eth2"), gone, Change::Synced]);
/// ```
#[derive(Clone, Debug)]
pub struct Mirror<K, T> {
    objects: BTreeMap<K, Object<T>>,
    changes: VecDeque<Change<T>>,
    /// The number of the list that was read last, or is being read.
    generation: u64,
    needs_list: bool,
    same: fn(&T, &T) -> bool,
}

#[derive(Clone, Debug)]
struct Object<T> {
    value: Arc<T>,
    /// The list that it was in, or the one before the notification that told of it.
    generation: u64,
}

impl<K: Ord, T: PartialEq> Default for Mirror<K, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, T: PartialEq> Mirror<K, T> {
    /// An empty copy, which needs a list.
    pub fn new() -> Self {
        Self::comparing(T::eq)
    }
}

impl<K: Ord, T> Mirror<K, T> {
    /// As [`new`](Self::new), with a function that says whether two values of an object are the same: that only
    /// statistics differ is mostly no change.
    pub fn comparing(same: fn(&T, &T) -> bool) -> Self {
        Self { objects: BTreeMap::new(), changes: VecDeque::new(), generation: 0, needs_list: true, same }
    }

    /// Whether the list has to be read before notifications mean something.
    pub fn needs_list(&self) -> bool {
        self.needs_list
    }

    /// A list begins.
    pub fn begin(&mut self) {
        self.generation += 1;
    }

    /// An object of the list.
    pub fn list(&mut self, key: K, value: T) {
        self.put(key, value);
    }

    /// The list has ended.
    pub fn end(&mut self, end: ListEnd) {
        self.needs_list = end == ListEnd::Interrupted;
        if end == ListEnd::Complete {
            let (generation, changes) = (self.generation, &mut self.changes);
            self.objects.retain(|_, object| {
                let stays = object.generation == generation;
                if !stays {
                    changes.push_back(Change::Gone(object.value.clone()));
                }
                stays
            });
        }
        if !self.needs_list {
            self.changes.push_back(Change::Synced);
        }
    }

    /// A notification: an object is new, or is like this now.
    pub fn put(&mut self, key: K, value: T) {
        let generation = self.generation;
        match self.objects.get_mut(&key) {
            None => {
                let value = Arc::new(value);
                self.changes.push_back(Change::New(value.clone()));
                self.objects.insert(key, Object { value, generation });
            }
            Some(object) => {
                object.generation = generation;
                let same = (self.same)(&object.value, &value);
                let now = Arc::new(value);
                let before = std::mem::replace(&mut object.value, now.clone());
                if !same {
                    self.changes.push_back(Change::Changed { before, now });
                }
            }
        }
    }

    /// A notification: an object is gone.
    pub fn remove(&mut self, key: &K) {
        if let Some(object) = self.objects.remove(key) {
            self.changes.push_back(Change::Gone(object.value));
        }
    }

    /// Notifications were lost.
    pub fn lost(&mut self) {
        self.needs_list = true;
        if !matches!(self.changes.back(), Some(Change::Gap)) {
            self.changes.push_back(Change::Gap);
        }
    }

    /// The next change that was not taken yet.
    pub fn pop(&mut self) -> Option<Change<T>> {
        self.changes.pop_front()
    }

    /// An object, as far as it is known.
    pub fn get(&self, key: &K) -> Option<&T> {
        self.objects.get(key).map(|object| &*object.value)
    }

    /// All objects that are known.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &T)> {
        self.objects.iter().map(|(key, object)| (key, &*object.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(mirror: &mut Mirror<u32, u32>) -> Vec<Change<u32>> {
        std::iter::from_fn(|| mirror.pop()).collect()
    }

    fn synced(objects: &[(u32, u32)]) -> Mirror<u32, u32> {
        let mut mirror = Mirror::new();
        assert!(mirror.needs_list());
        mirror.begin();
        for (key, value) in objects {
            mirror.list(*key, *value);
        }
        mirror.end(ListEnd::Complete);
        assert!(!mirror.needs_list());
        assert_eq!(taken(&mut mirror).last(), Some(&Change::Synced));
        mirror
    }

    #[test]
    fn the_first_list_is_new_and_a_second_one_tells_only_differences() {
        let mut mirror = synced(&[(1, 10), (2, 20), (3, 30)]);
        mirror.lost();
        mirror.lost();
        assert!(mirror.needs_list());
        mirror.begin();
        mirror.list(2, 20);
        mirror.list(3, 31);
        mirror.list(4, 40);
        mirror.end(ListEnd::Complete);
        let changed = Change::Changed { before: Arc::new(30), now: Arc::new(31) };
        let (new, gone) = (Change::New(Arc::new(40)), Change::Gone(Arc::new(10)));
        assert_eq!(taken(&mut mirror), [Change::Gap, changed, new, gone, Change::Synced]);
        assert_eq!(mirror.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn a_list_that_was_interrupted_says_nothing_of_what_it_lacks() {
        let mut mirror = synced(&[(1, 10), (2, 20)]);
        mirror.lost();
        mirror.begin();
        mirror.list(2, 21);
        mirror.end(ListEnd::Interrupted);
        let changed = Change::Changed { before: Arc::new(20), now: Arc::new(21) };
        assert_eq!(taken(&mut mirror), [Change::Gap, changed]);
        assert!(mirror.needs_list());
        assert_eq!(mirror.get(&1), Some(&10));
        mirror.begin();
        mirror.end(ListEnd::Damaged);
        assert_eq!(taken(&mut mirror), [Change::Synced]);
        assert_eq!(mirror.get(&1), Some(&10));
    }

    #[test]
    fn notifications_that_say_nothing_new_are_no_changes() {
        let mut mirror = synced(&[(1, 10)]);
        mirror.put(1, 10);
        mirror.remove(&7);
        assert_eq!(taken(&mut mirror), []);
        mirror.put(1, 11);
        mirror.remove(&1);
        let changed = Change::Changed { before: Arc::new(10), now: Arc::new(11) };
        assert_eq!(taken(&mut mirror), [changed, Change::Gone(Arc::new(11))]);
    }
}
