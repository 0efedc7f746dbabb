//! Lists: one entry at a time, as they arrive.

use std::{fmt, marker::PhantomData, ops::Range, time::Duration};

use tokio::time::Instant;

use crate::{
    connection::{Expected, Listing},
    error::Error,
    exchange::{Completion, Outcome},
    operation::Marker,
    wire::{Body, IntoOwned},
};

use super::{
    line::{Line, Ticket},
    mail::Stock,
    state::{State, Waiter},
};

/// The answer to a [`dump`](super::Connection::dump): entries as they arrive, in bounded memory.
///
/// [`next`](Self::next) gives entries that own their data; [`next_borrowed`](Self::next_borrowed) gives entries that
/// borrow, without an allocation. Both may be dropped before they are done, in `select!` for example: nothing is lost.
///
/// An entry that cannot be decoded is one error, and the list goes on. The last item is an error if the kernel gave up
/// ([`Error::Refused`]), or if something changed meanwhile ([`Error::Interrupted`], after all of the entries).
///
/// While this list is read slowly, up to 16 MiB of it are kept for its reader where others ask something on the same
/// connection; what is too much is told with [`Error::FellBehind`] at its place. Dropped early, the rest is thrown away.
#[must_use = "entries arrive only when asked for"]
pub struct Replies<'c, I> {
    line: Line,
    /// Until the end.
    ticket: Option<Ticket>,
    expected: Expected,
    /// Since when nothing came, while it was asked for.
    waiting: Option<Instant>,
    stock: Stock,
    outcome: Option<Outcome>,
    end: Completion,
    passed_over: u64,
    marker: PhantomData<(&'c (), Marker<I>)>,
}

impl<I: Body> Replies<'_, I> {
    pub(super) fn new(line: Line, ticket: Ticket, expected: Expected) -> Self {
        Self {
            line,
            ticket: Some(ticket),
            expected,
            waiting: None,
            stock: Stock::default(),
            outcome: None,
            end: Completion::default(),
            passed_over: 0,
            marker: PhantomData,
        }
    }

    /// The next entry, borrowing from what was received; `None` at the end.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::Route, request::Request, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// let mut links = connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16])).await?;
    /// while let Some(link) = links.next_borrowed().await {
    ///     println!("{} bytes", link?.body.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next_borrowed(&mut self) -> Option<Result<I::Of<'_>, Error>> {
        let place = self.advance_to_own().await?;
        let mut entry = None;
        self.read(place, &mut entry);
        entry
    }

    /// Calls a function with each entry, up to the end or to the first error: of the function, or of the list, which may
    /// go on behind it. Quicker than [`next_borrowed`](Self::next_borrowed), since no entry is moved from where it is
    /// decoded. What has come is given without a break.
    ///
    /// # Errors
    ///
    /// What the function gives, and what [`next_borrowed`](Self::next_borrowed) does.
    ///
    /// ```
    /// # use netlink_core::{error::Error, protocol::Route, request::Request, tokio::Connection};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let connection = Connection::<Route>::open()?;
    /// let mut links = connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16])).await?;
    /// let mut bytes = 0;
    /// let count = |link: &netlink_core::request::RawMessage<'_>| {
    ///     bytes += link.body.len();
    ///     Ok::<(), Error>(())
    /// };
    /// links.for_each_borrowed(count).await?;
    /// println!("{bytes} bytes of links");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn for_each_borrowed<E: From<Error>>(
        &mut self,
        mut each: impl FnMut(&I::Of<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        while let Some(place) = self.advance_to_own().await {
            let mut next = Some(place);
            while let Some(place) = next {
                self.give(place, &mut each)?;
                next = self.pop_own();
            }
        }
        Ok(())
    }

    fn give<E: From<Error>>(
        &self,
        place: Result<Range<usize>, Error>,
        each: &mut impl FnMut(&I::Of<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut entry = None;
        self.read(place, &mut entry);
        match &entry {
            Some(Ok(entry)) => each(entry),
            _ => entry.map_or(Ok(()), |entry| entry.map(drop).map_err(E::from)),
        }
    }

    /// Decodes an entry.
    // Within its caller, a large entry would be moved to and fro.
    #[inline(never)]
    fn read<'s>(&'s self, place: Result<Range<usize>, Error>, entry: &mut Option<Result<I::Of<'s>, Error>>) {
        match place.and_then(|range| self.stock.message(range)) {
            Ok(message) => self.expected.decode_entry::<I>(message, entry),
            Err(error) => *entry = Some(Err(error)),
        }
    }

    /// Where the next entry of this list is in the stock, if it is there already.
    fn pop_own(&mut self) -> Option<Result<Range<usize>, Error>> {
        loop {
            let entry = self.stock.pop()?;
            if !matches!(&entry, Ok(range) if self.is_foreign(range)) {
                return Some(entry);
            }
            self.passed_over += 1;
        }
    }

    /// Waits for the next entry of this list, and says where it is in the stock.
    async fn advance_to_own(&mut self) -> Option<Result<Range<usize>, Error>> {
        loop {
            let entry = self.advance().await?;
            if !matches!(&entry, Ok(range) if self.is_foreign(range)) {
                return Some(entry);
            }
            self.passed_over += 1;
        }
    }

    /// The next entry, owning its data; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<I::Of<'static>, Error>>
    where
        for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
    {
        Some(self.next_borrowed().await?.map(IntoOwned::into_owned))
    }

    /// All entries up to the end, in a `Vec` or any other collection.
    ///
    /// # Errors
    ///
    /// The first error that [`next`](Self::next) gives.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::Route, request::Request, tokio::Connection};
    ///
    /// let connection = Connection::<Route>::open()?;
    /// let links: Vec<_> = connection.dump(Request::raw(Route, 18).add_bytes(&[0; 16])).await?.collect().await?;
    /// assert!(!links.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn collect<C>(mut self) -> Result<C, Error>
    where
        C: Default + Extend<I::Of<'static>>,
        for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
    {
        let mut all = C::default();
        while let Some(entry) = self.next().await {
            all.extend([entry?]);
        }
        Ok(all)
    }

    /// Whether the kernel says that it filtered the list as the request asked. Known at the end; false may mean that
    /// the filter was ignored, or that there was none.
    #[doc(alias = "NLM_F_DUMP_FILTERED")]
    pub fn was_filtered(&self) -> bool {
        self.end.filtered
    }

    /// How many entries have been passed over so far, since they are of another operation that has the same number: see
    /// [`Begins`](crate::operation::Begins).
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// Receives the list to its end.
    pub(super) async fn listing(mut self) -> Result<Listing<I::Of<'static>>, Error>
    where
        for<'a> I::Of<'a>: IntoOwned<Owned = I::Of<'static>>,
    {
        let mut listing = Listing::new();
        while let Some(entry) = self.next().await {
            listing.take(entry, self.has_ended())?;
        }
        (listing.filtered, listing.passed_over) = (self.was_filtered(), self.passed_over);
        Ok(listing)
    }

    /// Whether the end has been received.
    pub(super) fn has_ended(&self) -> bool {
        self.ticket.is_none() && self.stock.is_empty()
    }

    /// Whether an entry is one of another operation that has the same number: no entry of this list.
    fn is_foreign(&self, range: &Range<usize>) -> bool {
        self.stock.message(range.clone()).is_ok_and(|message| self.expected.is_foreign(message))
    }

    /// Where the next entry is in the stock.
    async fn advance(&mut self) -> Option<Result<Range<usize>, Error>> {
        loop {
            if let Some(entry) = self.stock.pop() {
                return Some(entry);
            }
            let seq = self.ticket.as_ref()?.seq;
            if let Some(outcome) = self.outcome.take() {
                match self.again(outcome).await {
                    Ok(()) => continue,
                    Err(end) => return self.finish(end),
                }
            }
            let since = *self.waiting.get_or_insert_with(Instant::now);
            let until = self.expected.timeout.and_then(|timeout| since.checked_add(timeout));
            let stock = &mut self.stock;
            let mut look = |state: &mut State| {
                let taken = state.mail.swap(seq, stock)?;
                if taken.was_full {
                    state.ring_patient();
                }
                Some(taken.outcome)
            };
            let taken = match self.expected.timeout {
                Some(Duration::ZERO) => self.line.shared.with(|state, _| look(state)).ok_or(Error::Timeout),
                _ => self.line.shared.wait(Waiter::Answer(seq), until, look).await,
            };
            match taken {
                Ok(outcome) => (self.outcome, self.waiting) = (outcome, None),
                Err(error) => {
                    self.ticket = None;
                    return Some(Err(error));
                }
            }
        }
    }

    /// Begins anew where the number of the family has changed; otherwise gives the end.
    async fn again(&mut self, outcome: Outcome) -> Result<(), Result<Completion, Error>> {
        let error = match self.line.shared.with(|state, _| state.end(outcome)) {
            Err(Error::Refused(refused)) => {
                // Dropped while it waits, it has to be here again.
                self.outcome = Some(Outcome::Refused(refused.clone()));
                Error::Refused(refused)
            }
            end => return Err(end),
        };
        let again = self.line.again(error, &mut self.expected).await;
        self.outcome = None;
        self.ticket = Some(again.map_err(Err)?);
        Ok(())
    }

    fn finish(&mut self, end: Result<Completion, Error>) -> Option<Result<Range<usize>, Error>> {
        self.ticket = None;
        match end {
            Ok(end) => {
                self.end = end;
                self.end.interrupted.then_some(Err(Error::Interrupted))
            }
            Err(error) => Some(Err(self.expected.locate(error))),
        }
    }
}

impl<I> fmt::Debug for Replies<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.ticket.as_ref().map(|ticket| ticket.seq);
        f.debug_struct("Replies").field("seq", &seq).field("end", &self.end).finish_non_exhaustive()
    }
}
