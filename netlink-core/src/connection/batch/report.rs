//! What became of the requests of a batch.

use crate::{error::Error, exchange::ExtAck};

/// What became of each request of a batch: exactly one outcome for each.
///
/// A short list of what did not go well, beside numbers: requests that are not [mentioned](Self::failures) were
/// carried out, unless the batch was [stopped](Self::not_sent) before them or
/// [taken back](super::Batch::transaction) as a whole.
#[derive(Debug, Default)]
#[must_use = "requests may have failed"]
pub struct Report {
    pub(super) added: usize,
    pub(super) sent: usize,
    pub(super) failures: Vec<Failure>,
    /// All failures, those included that were taken out.
    pub(super) failed: usize,
    pub(super) remarks: Vec<(usize, ExtAck)>,
    pub(super) taken_back: bool,
}

/// A request that was not carried out, or of which nobody knows.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The request, counted from 0 in the order in which they were added; `None` for the messages that enclose a
    /// [transaction](super::Batch::transaction).
    pub index: Option<usize>,
    /// Why: [`Error::Refused`] by the kernel, which names the field; [`Error::Overrun`], [`Error::Timeout`] and
    /// [`Error::Cancelled`] where the answer is lost or did not come; [`Error::Io`] if it could not be sent.
    pub error: Error,
}

impl Failure {
    /// Whether the request may have been carried out all the same: its answer is lost, or did not come.
    pub fn is_unknown(&self) -> bool {
        matches!(self.error, Error::Overrun | Error::Timeout | Error::Cancelled)
    }
}

/// What became of one request.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fate<'r> {
    /// It was carried out.
    Done,
    /// It was not carried out.
    Failed(&'r Error),
    /// The answer is lost, or did not come: nobody knows whether it was carried out.
    Unknown(&'r Error),
    /// It was taken back, or not even looked at, since something else in the transaction failed.
    TakenBack,
    /// It was not sent, since the batch was to stop at an earlier failure.
    NotSent,
}

impl Report {
    /// How many requests were added.
    pub fn added(&self) -> usize {
        self.added
    }

    /// How many were sent: all, unless the batch was to [stop](super::Batch::stop_at_error) at a failure.
    pub fn sent(&self) -> usize {
        self.sent
    }

    /// How many were not sent: the last ones, behind a failure at which the batch was to stop.
    pub fn not_sent(&self) -> usize {
        self.added - self.sent
    }

    /// How many were carried out for certain.
    pub fn done(&self) -> usize {
        if self.taken_back { 0 } else { self.sent - self.failed }
    }

    /// What did not go well, in the order of the requests.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// What the kernel said about requests that it carried out, by their number: warnings and cookies. Complete where
    /// [each](super::Batch::acknowledge_each) is acknowledged; otherwise only of the last request of each datagram.
    pub fn remarks(&self) -> &[(usize, ExtAck)] {
        &self.remarks
    }

    /// Whether everything was carried out.
    pub fn is_success(&self) -> bool {
        self.done() == self.added
    }

    /// What became of one request; `None` if there are not so many, or if failures were
    /// [taken out](super::Batch::take_failures) before.
    pub fn fate(&self, index: usize) -> Option<Fate<'_>> {
        if self.failed != self.failures.len() {
            return None;
        }
        if index >= self.sent {
            return (index < self.added).then_some(Fate::NotSent);
        }
        let found = self.failures.binary_search_by_key(&Some(index), |failure| failure.index);
        Some(match found.ok().and_then(|at| self.failures.get(at)) {
            Some(failure) if failure.is_unknown() => Fate::Unknown(&failure.error),
            Some(failure) => Fate::Failed(&failure.error),
            None if self.taken_back => Fate::TakenBack,
            None => Fate::Done,
        })
    }

    /// The number of requests, or the first failure as an error.
    ///
    /// # Errors
    ///
    /// Something was not carried out, or nobody knows.
    pub fn into_result(self) -> Result<usize, Error> {
        match self.failures.into_iter().next() {
            Some(failure) => Err(failure.error),
            None => Ok(self.sent),
        }
    }
}
