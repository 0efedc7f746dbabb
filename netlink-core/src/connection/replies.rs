//! Lists: one entry at a time, as they arrive.

use std::{fmt, marker::PhantomData};

use crate::{
    error::Error,
    exchange::{Completion, Outcome},
    wire::{Body, IntoOwned},
};

use super::{
    Expected,
    line::{Line, Place, Step},
};

/// The answer to a [`dump`](super::Connection::dump): entries as they arrive, in the memory of one datagram.
///
/// As an iterator it gives entries that own their data; [`next_borrowed`](Self::next_borrowed) gives entries that
/// borrow from the receive buffer, without a copy.
///
/// An entry that cannot be decoded is one error, and the list goes on. The last item is an error if the kernel gave up
/// ([`Error::Refused`]), or if something changed meanwhile ([`Error::Interrupted`], after all of the entries).
///
/// Dropped early, the rest is received and thrown away, now or before the next dump.
#[must_use = "entries arrive only when asked for"]
pub struct Replies<'c, I> {
    line: &'c mut Line,
    progress: Progress,
    passed_over: u64,
    marker: PhantomData<fn() -> I>,
}

/// How far the receiving of an answer has come.
#[derive(Debug)]
pub(super) struct Progress {
    seq: u32,
    expected: Expected,
    /// How it ended, if it has.
    end: Option<Completion>,
}

impl Progress {
    pub(super) fn new(seq: u32, expected: Expected) -> Self {
        Self { seq, expected, end: None }
    }

    /// Waits for the next entry, and says where it is; `None` at the end.
    pub(super) fn next(&mut self, line: &mut Line) -> Option<Result<Place, Error>> {
        if self.end.is_some() {
            return None;
        }
        let mut step = line.step(self.seq);
        if let Ok(Step::Finished(Outcome::Refused(refused))) = step {
            // A family whose number has changed is asked again.
            step = match line.again(refused.into(), &mut self.expected) {
                Ok(seq) => {
                    self.seq = seq;
                    line.step(seq)
                }
                Err(Error::Refused(refused)) => Ok(Step::Finished(Outcome::Refused(refused))),
                Err(error) => Err(error),
            };
        }
        match step {
            Ok(Step::Reply(place)) => Some(Ok(place)),
            Ok(Step::Problem(error)) => Some(Err(error)),
            Ok(Step::Finished(outcome)) => {
                let result = line.end(outcome);
                let interrupted = result.as_ref().is_ok_and(|completion| completion.interrupted);
                let (end, error) = match result {
                    Ok(completion) => (completion, interrupted.then_some(Error::Interrupted)),
                    Err(error) => (Completion::default(), Some(self.expected.locate(error))),
                };
                self.end = Some(end);
                error.map(Err)
            }
            Err(error) => {
                self.end = Some(Completion::default());
                Some(Err(error))
            }
        }
    }

    /// An entry.
    #[inline]
    pub(super) fn decode<'a, I: Body>(&self, line: &'a Line, place: &Place) -> Result<I::Of<'a>, Error> {
        self.expected.decode::<I>(line.message(place)?)
    }

    /// Whether an entry is one of another operation that has the same number: no entry of this list.
    #[inline(always)]
    pub(super) fn is_foreign(&self, line: &Line, place: &Place) -> bool {
        line.message(place).is_ok_and(|message| self.expected.is_foreign(message))
    }

    /// Whether the end has been received.
    pub(super) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Gives the rest up, if there is one.
    pub(super) fn abandon(&self, line: &mut Line) {
        if self.end.is_none() {
            line.abandon(self.seq);
        }
    }
}

impl<'c, I: Body> Replies<'c, I> {
    pub(super) fn new(line: &'c mut Line, seq: u32, expected: Expected) -> Self {
        Self { line, progress: Progress::new(seq, expected), passed_over: 0, marker: PhantomData }
    }

    /// Lets another thread receive, while this one decodes what came before: for long lists. The kernel makes the next
    /// part of a list while one is received, which otherwise takes its turn with the decoding.
    ///
    /// Entries, errors and notifications are the same, in the same order; time limits and cancelling, too. The thread
    /// receives up to 16 datagrams ahead, of 32 KiB in a list, into memory of its own that is used again and again. It
    /// never waits for the kernel: it ends when nothing is there, and with the list. It handles no signals. What it has
    /// received when the list is dropped stays with the connection, and comes next; who polls the
    /// [socket](super::Connection::socket) for notifications reads those first. A list that fits into two datagrams gets
    /// no thread, nor does one where none can be made; it is read as ever. On a machine with one processor there is
    /// nothing to gain.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, protocol::Route, request::Request};
    ///
    /// let mut connection = Connection::<Route>::open()?;
    /// // RTM_GETROUTE with an empty `struct rtmsg`.
    /// let mut routes = connection.dump(Request::raw(Route, 26).add_bytes(&[0; 12]))?.read_ahead();
    /// let mut bytes = 0;
    /// while let Some(route) = routes.next_borrowed() {
    ///     bytes += route?.body.len();
    /// }
    /// println!("{bytes} bytes of routes");
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn read_ahead(self) -> Self {
        self.line.read_ahead();
        self
    }

    /// The next entry, borrowing from the receive buffer; `None` at the end.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, protocol::Route, request::Request};
    ///
    /// let mut connection = Connection::<Route>::open()?;
    /// let mut links = connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16]))?;
    /// while let Some(link) = links.next_borrowed() {
    ///     println!("{} bytes", link?.body.len());
    /// }
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    #[inline]
    pub fn next_borrowed(&mut self) -> Option<Result<I::Of<'_>, Error>> {
        let mut entry = None;
        self.read(&mut entry);
        entry
    }

    /// Calls a function with each entry, up to the end or to the first error: of the function, or of the list, which may
    /// go on behind it. Quicker than [`next_borrowed`](Self::next_borrowed), since no entry is moved from where it is
    /// decoded.
    ///
    /// # Errors
    ///
    /// What the function gives, and what [`next_borrowed`](Self::next_borrowed) does.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, error::Error, protocol::Route, request::Request};
    ///
    /// let mut connection = Connection::<Route>::open()?;
    /// let mut bytes = 0;
    /// connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16]))?.for_each_borrowed(|link| {
    ///     bytes += link.body.len();
    ///     Ok::<(), Error>(())
    /// })?;
    /// println!("{bytes} bytes of links");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn for_each_borrowed<E: From<Error>>(
        &mut self,
        mut each: impl FnMut(&I::Of<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            let mut entry = None;
            self.read(&mut entry);
            match &entry {
                Some(Ok(entry)) => each(entry)?,
                _ => return entry.map_or(Ok(()), |entry| entry.map(drop).map_err(E::from)),
            }
        }
    }

    /// Reads the next entry; leaves it `None` at the end.
    // Within its caller, a large entry would be moved to and fro.
    #[inline(never)]
    fn read<'s>(&'s mut self, entry: &mut Option<Result<I::Of<'s>, Error>>) {
        let place = loop {
            let place = match self.line.next_part(self.progress.seq) {
                Some(place) => place,
                None => match self.progress.next(self.line) {
                    Some(Ok(place)) => place,
                    Some(Err(error)) => {
                        *entry = Some(Err(error));
                        return;
                    }
                    None => return,
                },
            };
            if !self.progress.is_foreign(self.line, &place) {
                break place;
            }
            self.passed_over += 1;
        };
        match self.line.message(&place) {
            Ok(message) => self.progress.expected.decode_entry::<I>(message, entry),
            Err(error) => *entry = Some(Err(error)),
        }
    }

    /// Whether the kernel says that it filtered the list as the request asked. Known at the end; false may mean that
    /// the filter was ignored, or that there was none.
    #[doc(alias = "NLM_F_DUMP_FILTERED")]
    pub fn was_filtered(&self) -> bool {
        self.progress.end.as_ref().is_some_and(|end| end.filtered)
    }

    /// How many entries have been passed over so far, since they are of another operation that has the same number: see
    /// [`Begins`](crate::operation::Begins).
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }
}

impl<I: Body> Iterator for Replies<'_, I>
where
    for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
{
    type Item = Result<I::Of<'static>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_borrowed()?.map(IntoOwned::into_owned))
    }
}

impl<I> Drop for Replies<'_, I> {
    fn drop(&mut self) {
        self.line.stop_ahead();
        self.progress.abandon(self.line);
    }
}

impl<I> fmt::Debug for Replies<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replies").field("progress", &self.progress).finish_non_exhaustive()
    }
}

/// A list that was received to its end: see [`Connection::list`](super::Connection::list).
#[derive(Debug)]
#[non_exhaustive]
pub struct Listing<T> {
    /// The entries.
    pub entries: Vec<T>,
    /// What could not be understood, or was lost, in the order in which it came; entries are missing for it.
    pub problems: Vec<Error>,
    /// Something changed meanwhile, at each attempt: entries may be missing or double.
    pub interrupted: bool,
    /// The kernel says that it filtered the list as the request asked.
    pub filtered: bool,
    /// How many entries were passed over, since they are of another operation that has the same number.
    pub passed_over: u64,
}

impl<T> Listing<T> {
    pub(crate) fn new() -> Self {
        Self { entries: Vec::new(), problems: Vec::new(), interrupted: false, filtered: false, passed_over: 0 }
    }

    /// The next of the list; `ended` says whether anything follows.
    pub(crate) fn take(&mut self, entry: Result<T, Error>, ended: bool) -> Result<(), Error> {
        match entry {
            Ok(entry) => self.entries.push(entry),
            Err(Error::Interrupted) => self.interrupted = true,
            Err(error) if ended => return Err(error),
            Err(error) => self.problems.push(error),
        }
        Ok(())
    }
}

impl<I: Body> Replies<'_, I>
where
    for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
{
    /// Receives the list to its end.
    pub(super) fn listing(mut self) -> Result<Listing<I::Of<'static>>, Error> {
        let mut listing = Listing::new();
        while let Some(entry) = self.next() {
            listing.take(entry, self.progress.has_ended())?;
        }
        (listing.filtered, listing.passed_over) = (self.was_filtered(), self.passed_over);
        Ok(listing)
    }
}
