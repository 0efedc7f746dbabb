//! What arrived while something else was waited for.

use std::collections::VecDeque;

use crate::{error::Refused, exchange::Envelope};

/// The most that is kept, in bytes with what each entry costs.
const LIMIT: usize = 1024 * 1024;

/// Notifications that came between request and answer, for whoever reads events next. Bounded: what is too much
/// becomes a gap, as in the kernel's own queue.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    entries: VecDeque<Entry>,
    size: usize,
}

#[derive(Debug)]
pub(crate) enum Entry {
    Message { bytes: Box<[u8]>, envelope: Envelope },
    Unframed { bytes: Box<[u8]>, envelope: Envelope },
    Refused { seq: u32, refused: Refused },
    Lost,
}

impl Entry {
    fn size(&self) -> usize {
        let bytes = match self {
            Self::Message { bytes, .. } | Self::Unframed { bytes, .. } => bytes.len(),
            Self::Refused { refused, .. } => refused.request().len(),
            Self::Lost => 0,
        };
        size_of::<Self>() + bytes
    }
}

impl Backlog {
    pub(crate) fn message(&mut self, bytes: &[u8], envelope: Envelope) {
        self.push(bytes.len(), || Entry::Message { bytes: bytes.into(), envelope });
    }

    pub(crate) fn unframed(&mut self, bytes: &[u8], envelope: Envelope) {
        self.push(bytes.len(), || Entry::Unframed { bytes: bytes.into(), envelope });
    }

    pub(crate) fn refused(&mut self, seq: u32, refused: Refused) {
        self.push(refused.request().len(), || Entry::Refused { seq, refused });
    }

    fn push(&mut self, bytes: usize, entry: impl FnOnce() -> Entry) {
        if self.size + bytes + size_of::<Entry>() > LIMIT {
            return self.lost();
        }
        let entry = entry();
        self.size += entry.size();
        self.entries.push_back(entry);
    }

    /// Something is missing here.
    pub(crate) fn lost(&mut self) {
        if !matches!(self.entries.back(), Some(Entry::Lost)) {
            self.size += Entry::Lost.size();
            self.entries.push_back(Entry::Lost);
        }
    }

    pub(crate) fn pop(&mut self) -> Option<Entry> {
        let entry = self.entries.pop_front()?;
        self.size -= entry.size();
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_the_overflow_is_one_gap() {
        let mut backlog = Backlog::default();
        for _ in 0..100_000 {
            backlog.message(&[0; 1000], Envelope::default());
        }
        assert!(backlog.size <= LIMIT + size_of::<Entry>());
        let mut messages = 0;
        while let Some(Entry::Message { .. }) = backlog.pop() {
            messages += 1;
        }
        assert!(messages > 900);
        assert!(backlog.pop().is_none());
        assert_eq!(backlog.size, 0);
    }
}
