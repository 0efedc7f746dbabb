//! Answers on their way from whoever received them to whoever asked.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
    task::Waker,
    time::Duration,
};

use tokio::time::Instant;

use crate::{error::Error, exchange::Outcome, socket::ReceiveBuffer, wire::Message};

/// The most that is kept of one answer, in bytes with what each entry costs.
pub(super) const LIMIT: usize = 16 * 1024 * 1024;

/// The longest message of usual length.
const LONGEST: usize = ReceiveBuffer::DEFAULT;

/// From so many bytes on, who can wait leaves the rest of a list in the kernel until its reader has taken these.
pub(super) const ENOUGH: usize = 1024 * 1024;

/// How long they wait for that. A list that nobody reads must not hold up notifications for ever.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// Replies in the order in which they came, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Stock {
    bytes: Vec<u8>,
    entries: VecDeque<Entry>,
    /// Where the next reply begins.
    at: usize,
}

/// A reply of so many bytes, or what happened at its place.
#[derive(Debug)]
enum Entry {
    Reply(usize),
    Problem(Box<Error>),
}

impl Stock {
    fn size(&self) -> usize {
        self.bytes.len() + self.entries.len() * size_of::<Entry>()
    }

    fn push(&mut self, message: &[u8]) {
        self.bytes.extend_from_slice(message);
        self.entries.push_back(Entry::Reply(message.len()));
    }

    fn problem(&mut self, error: Error) {
        self.entries.push_back(Entry::Problem(Box::new(error)));
    }

    /// Whether the latest is that something was thrown away.
    fn fell_behind(&self) -> bool {
        matches!(self.entries.back(), Some(Entry::Problem(error)) if matches!(**error, Error::FellBehind))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The next reply, or what happened at its place. The bytes stay until the stock is [cleared](Self::clear).
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Result<Range<usize>, Error>> {
        match self.entries.pop_front()? {
            Entry::Reply(len) => {
                let start = self.at;
                self.at += len;
                Some(Ok(start..self.at))
            }
            Entry::Problem(error) => Some(Err(*error)),
        }
    }

    #[inline]
    pub(super) fn message(&self, range: Range<usize>) -> Result<Message<'_>, Error> {
        Ok(Message::whole(self.bytes.get(range).unwrap_or_default())?)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
        self.at = 0;
    }
}

/// What has come for one request.
#[derive(Debug)]
struct Mailbox {
    stock: Stock,
    /// Replies matter.
    keeps: bool,
    outcome: Option<Outcome>,
    owner: Option<Waker>,
    /// When the owner took something, or began.
    taken: Instant,
}

/// The mailboxes of all requests in flight, by number.
#[derive(Debug, Default)]
pub(super) struct Mail(HashMap<u32, Mailbox>);

impl Mail {
    pub(super) fn open(&mut self, seq: u32, keeps: bool) {
        let taken = Instant::now();
        self.0.insert(seq, Mailbox { stock: Stock::default(), keeps, outcome: None, owner: None, taken });
    }

    /// False if there was none.
    pub(super) fn close(&mut self, seq: u32) -> bool {
        self.0.remove(&seq).is_some()
    }

    pub(super) fn has(&self, seq: u32) -> bool {
        self.0.contains_key(&seq)
    }

    /// Remembers whom to wake.
    pub(super) fn register(&mut self, seq: u32, waker: &Waker) {
        if let Some(mailbox) = self.0.get_mut(&seq) {
            remember(&mut mailbox.owner, waker);
        }
    }

    pub(super) fn reply(&mut self, seq: u32, message: &[u8], rung: &mut Vec<Waker>) {
        let Some(mailbox) = self.0.get_mut(&seq).filter(|mailbox| mailbox.keeps) else { return };
        if mailbox.stock.size() + message.len() > LIMIT {
            return self.problem(seq, Error::FellBehind, rung);
        }
        mailbox.stock.push(message);
        rung.extend(mailbox.owner.take());
    }

    /// As [`reply`](Self::reply), all that follow each other, as long as there is room for any.
    pub(super) fn replies<'m>(
        &mut self,
        seq: u32,
        mut next: impl FnMut() -> Option<Message<'m>>,
        rung: &mut Vec<Waker>,
    ) {
        let Some(mailbox) = self.0.get_mut(&seq).filter(|mailbox| mailbox.keeps) else { return };
        let before = mailbox.stock.entries.len();
        while mailbox.stock.size() + LONGEST <= LIMIT {
            let Some(message) = next() else { break };
            mailbox.stock.push(message.bytes());
        }
        if mailbox.stock.entries.len() > before {
            rung.extend(mailbox.owner.take());
        }
    }

    pub(super) fn problem(&mut self, seq: u32, error: Error, rung: &mut Vec<Waker>) {
        let Some(mailbox) = self.0.get_mut(&seq).filter(|mailbox| mailbox.keeps) else { return };
        // Beyond the limit everything is thrown away, and told once.
        if !mailbox.stock.fell_behind() {
            let full = mailbox.stock.size() > LIMIT;
            mailbox.stock.problem(if full { Error::FellBehind } else { error });
        }
        rung.extend(mailbox.owner.take());
    }

    pub(super) fn finish(&mut self, seq: u32, outcome: Outcome, rung: &mut Vec<Waker>) {
        let Some(mailbox) = self.0.get_mut(&seq) else { return };
        mailbox.outcome = Some(outcome);
        rung.extend(mailbox.owner.take());
    }

    /// Everybody who waits for something.
    pub(super) fn owners(&mut self) -> impl Iterator<Item = Waker> + '_ {
        self.0.values_mut().filter_map(|mailbox| mailbox.owner.take())
    }

    /// Until when a list is to be left in the kernel, for its reader has enough.
    pub(super) fn full_until(&self, seq: u32) -> Option<Instant> {
        let mailbox = self.0.get(&seq).filter(|mailbox| mailbox.stock.size() >= ENOUGH)?;
        mailbox.taken.checked_add(PATIENCE)
    }

    /// The outcome of a request that is over, with all that came for it, or with what there is so far.
    pub(super) fn take(&mut self, seq: u32) -> (Stock, Option<Outcome>) {
        let mailbox = self.0.remove(&seq);
        mailbox.map(|mailbox| (mailbox.stock, mailbox.outcome)).unwrap_or_default()
    }

    pub(super) fn is_finished(&self, seq: u32) -> bool {
        self.0.get(&seq).is_some_and(|mailbox| mailbox.outcome.is_some())
    }

    pub(super) fn has_news(&self, seq: u32) -> bool {
        self.0.get(&seq).is_some_and(|mailbox| mailbox.outcome.is_some() || !mailbox.stock.entries.is_empty())
    }

    /// Exchanges what has come for an empty stock, and says whether that was much. `None` if nothing has come.
    pub(super) fn swap(&mut self, seq: u32, stock: &mut Stock) -> Option<Taken> {
        let mailbox = self.0.get_mut(&seq)?;
        if mailbox.stock.entries.is_empty() && mailbox.outcome.is_none() {
            return None;
        }
        let was_full = mailbox.stock.size() >= ENOUGH;
        mailbox.taken = Instant::now();
        stock.clear();
        std::mem::swap(stock, &mut mailbox.stock);
        Some(Taken { was_full, outcome: mailbox.outcome.take() })
    }
}

/// What a reader took out of its mailbox, beside the replies.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) was_full: bool,
    pub(super) outcome: Option<Outcome>,
}

pub(super) fn remember(place: &mut Option<Waker>, waker: &Waker) {
    match place {
        Some(known) => known.clone_from(waker),
        None => *place = Some(waker.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_bounded_and_the_overflow_is_told_once_at_its_place() {
        let (mut mail, mut rung) = (Mail::default(), Vec::new());
        mail.open(7, true);
        for _ in 0..LIMIT / 500 {
            mail.reply(7, &[0; 1000], &mut rung);
        }
        mail.problem(7, Error::Truncated { length: 1 }, &mut rung);
        let mut stock = Stock::default();
        assert!(mail.swap(7, &mut stock).unwrap().was_full);
        assert!(stock.size() <= LIMIT + size_of::<Entry>());
        let entries: Vec<_> = std::iter::from_fn(|| stock.pop()).collect();
        let (last, before) = entries.split_last().unwrap();
        assert!(before.len() > LIMIT / 1100 && before.iter().all(Result::is_ok));
        assert!(matches!(last, Err(Error::FellBehind)));

        // With room, it goes on.
        mail.reply(7, &[0; 1000], &mut rung);
        assert!(!mail.swap(7, &mut stock).unwrap().was_full);
        assert!(stock.pop().unwrap().is_ok() && stock.pop().is_none());
        assert!(mail.swap(7, &mut stock).is_none());
    }

    #[test]
    fn who_wants_no_replies_gets_none() {
        let (mut mail, mut rung) = (Mail::default(), Vec::new());
        mail.open(7, false);
        mail.reply(7, &[0; 16], &mut rung);
        assert!(mail.swap(7, &mut Stock::default()).is_none());
        mail.finish(7, Outcome::TimedOut, &mut rung);
        assert!(mail.is_finished(7));
        assert!(mail.close(7) && !mail.close(7));
    }
}
