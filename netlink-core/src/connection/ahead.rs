//! Reading ahead: another thread receives the next parts of a list while this one decodes those before.
//!
//! The kernel makes the next part of a dump within the call that receives the one before, so that whoever receives and
//! decodes by turns waits for the one with the other. The thread receives only what is there: it ends with the first
//! call that finds nothing, or fails, and from there on everything is as without it.

use std::{
    collections::VecDeque,
    fmt, mem,
    panic::{AssertUnwindSafe, RefUnwindSafe, UnwindSafe},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{Builder, JoinHandle},
    time::Duration,
};

use super::line::Line;
use crate::{
    exchange::Envelope,
    socket::{Datagram, ReceiveBuffer, ReceiveError, Socket, without_signals},
};

/// How many datagrams are received ahead at most: half a megabyte of a dump.
pub(super) const BUFFERS: usize = 16;

/// How many are handed over at once: to wake a thread takes about as long as to receive one.
const TOGETHER: usize = BUFFERS / 2;

/// How many datagrams come without a thread: most lists are no longer than one, and an end of its own.
pub(super) const SHORT: usize = 2;

/// How long the first of them waits for the others.
const PATIENCE: Duration = Duration::from_millis(1);

/// What came of one receive: where the datagram comes from, and its length.
pub(super) type Received = Result<(Envelope, usize), ReceiveError>;

/// Where datagrams come from before they come from the socket.
///
/// A trait so that a program contains threads only if it [reads ahead](super::Replies::read_ahead).
pub(super) trait Source: fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    /// A datagram has come.
    fn count(&mut self);

    /// The next datagram, for an old buffer; `None` if it has to be received as ever, and for good if this
    /// [is over](Self::is_over). Waits for no more than a call that does not wait: the one of the thread.
    fn next(&mut self, buffer: &mut ReceiveBuffer) -> Option<Received>;

    /// Ends the thread. What it has received stays.
    fn stop(&mut self);

    /// Whether nothing comes from here any more.
    fn is_over(&self) -> bool;
}

/// What is received ahead: at first nothing, in the end what is left.
pub(super) struct Ahead {
    shared: Arc<Shared>,
    stage: Stage,
}

enum Stage {
    /// So many datagrams have come, and the list may be a short one.
    Wanted(usize),
    Running(AssertUnwindSafe<JoinHandle<()>>),
    Stopped,
}

struct Shared {
    socket: Arc<Socket>,
    state: Mutex<State>,
    /// There is enough to read, or nothing more to come.
    filled: Condvar,
    /// There is room again, or the thread is to end.
    emptied: Condvar,
}

struct State {
    filled: VecDeque<(ReceiveBuffer, Received)>,
    empty: Vec<ReceiveBuffer>,
    /// How many buffers are still to be made.
    to_make: usize,
    /// What a buffer should offer.
    size: usize,
    reader_waits: bool,
    owner_waits: bool,
    /// The thread is to end.
    stop: bool,
    /// The thread receives no more.
    ended: bool,
}

/// How a datagram came.
pub(super) fn received(datagram: Result<Datagram<'_>, ReceiveError>) -> Received {
    datagram.map(|datagram| {
        let Datagram { sender, group, nsid, truncated, .. } = datagram;
        (Envelope { sender, group, nsid, truncated }, datagram.bytes.len())
    })
}

impl Line {
    /// The next of what another thread receives; `None` if it has to be received here.
    #[cold]
    #[inline(never)]
    pub(super) fn receive_ahead(&mut self) -> Option<Received> {
        let ahead = self.ahead.as_mut()?;
        let received = ahead.next(&mut self.buffer);
        if received.is_none() && ahead.is_over() {
            self.ahead = None;
        }
        received
    }

    /// Lets another thread receive, from the next datagram on.
    pub(super) fn read_ahead(&mut self) {
        if self.ahead.is_none() {
            self.ahead = Some(Box::new(Ahead::new(Arc::clone(&self.socket), self.buffer.size())));
        }
    }

    /// Ends that. What is there already comes first.
    pub(super) fn stop_ahead(&mut self) {
        if let Some(ahead) = &mut self.ahead {
            ahead.stop();
            if ahead.is_over() {
                self.ahead = None;
            }
        }
    }
}

impl Ahead {
    /// Nothing so far, of a socket that offers so many bytes.
    pub(super) fn new(socket: Arc<Socket>, size: usize) -> Self {
        let state = State {
            filled: VecDeque::with_capacity(BUFFERS),
            empty: Vec::with_capacity(BUFFERS + 1),
            to_make: BUFFERS,
            size,
            reader_waits: false,
            owner_waits: false,
            stop: false,
            ended: false,
        };
        let shared = Shared { socket, state: Mutex::new(state), filled: Condvar::new(), emptied: Condvar::new() };
        Self { shared: Arc::new(shared), stage: Stage::Wanted(0) }
    }

    /// Makes the thread if it is time for it, and says whether there is, or was, one.
    fn begin(&mut self) -> bool {
        match self.stage {
            Stage::Wanted(count) if count < SHORT => false,
            Stage::Wanted(_) => {
                let shared = Arc::clone(&self.shared);
                let reader = Builder::new().name("netlink-ahead".to_owned());
                let thread = without_signals(|| reader.spawn(move || shared.read()));
                // Where no thread can be made, nothing is read ahead.
                self.stage = thread.map_or(Stage::Stopped, |thread| Stage::Running(AssertUnwindSafe(thread)));
                matches!(self.stage, Stage::Running(_))
            }
            Stage::Running(_) | Stage::Stopped => true,
        }
    }
}

impl Source for Ahead {
    fn count(&mut self) {
        if let Stage::Wanted(count) = &mut self.stage {
            *count += 1;
        }
    }

    fn next(&mut self, buffer: &mut ReceiveBuffer) -> Option<Received> {
        if !self.shared.socket.is_ours() || !self.begin() {
            return None;
        }
        if self.shared.socket.is_cancelled() {
            return Some(Err(ReceiveError::Cancelled));
        }
        let mut state = self.shared.state();
        while state.filled.is_empty() && !state.ended {
            state.owner_waits = true;
            let few = |state: &mut State| state.filled.len() < TOGETHER && !state.ended;
            let waited = self.shared.filled.wait_timeout_while(state, PATIENCE, few);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.owner_waits = false;
        }
        let Some((filled, received)) = state.filled.pop_front() else {
            buffer.grow(state.size);
            drop(state);
            self.stop();
            return None;
        };
        state.empty.push(mem::replace(buffer, filled));
        let wake = state.reader_waits && state.filled.len() <= BUFFERS - TOGETHER;
        state.reader_waits &= !wake;
        drop(state);
        if wake {
            self.shared.emptied.notify_one();
        }
        Some(received)
    }

    fn stop(&mut self) {
        let Stage::Running(thread) = mem::replace(&mut self.stage, Stage::Stopped) else { return };
        if !self.shared.socket.is_ours() {
            // After a fork there is no thread, and its locks may be held for ever.
            mem::forget(thread);
            return;
        }
        self.shared.state().stop = true;
        self.shared.emptied.notify_one();
        // It does not panic; and if it did, it would have ended.
        let _ = thread.0.join();
    }

    fn is_over(&self) -> bool {
        match self.stage {
            Stage::Wanted(_) => false,
            _ if !self.shared.socket.is_ours() => true,
            Stage::Running(_) => false,
            Stage::Stopped => self.shared.state().filled.is_empty(),
        }
    }
}

#[cfg(test)]
impl Ahead {
    /// Whether there is, or was, a thread.
    pub(super) fn has_begun(&self) -> bool {
        !matches!(self.stage, Stage::Wanted(_))
    }

    /// How many datagrams it holds.
    pub(super) fn waiting(&self) -> usize {
        self.shared.state().filled.len()
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.stop();
    }
}

impl fmt::Debug for Ahead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ahead").finish_non_exhaustive()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the thread does.
    fn read(&self) {
        let _ends = Ends(self);
        while let Some(mut buffer) = self.buffer() {
            let received = received(self.socket.try_receive(&mut buffer));
            if matches!(received, Err(ReceiveError::Timeout | ReceiveError::Cancelled)) {
                break;
            }
            let mut state = self.state();
            state.size = state.size.max(buffer.size());
            state.filled.push_back((buffer, received));
            let wake = state.owner_waits && state.filled.len() >= TOGETHER;
            state.owner_waits &= !wake;
            drop(state);
            if wake {
                self.filled.notify_one();
            }
            if received.is_err() {
                break;
            }
        }
    }

    /// A buffer to receive into; `None` if nothing more is wanted.
    fn buffer(&self) -> Option<ReceiveBuffer> {
        let mut state = self.state();
        if state.empty.is_empty() && state.to_make > 0 && !state.stop {
            state.to_make -= 1;
            let size = state.size;
            drop(state);
            return Some(ReceiveBuffer::with_size(size));
        }
        if state.empty.is_empty() {
            let full = |state: &mut State| state.filled.len() > BUFFERS - TOGETHER && !state.stop;
            state.reader_waits = true;
            state = self.emptied.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
            state.reader_waits = false;
        }
        let mut buffer = state.empty.pop().filter(|_| !state.stop)?;
        buffer.grow(state.size);
        Some(buffer)
    }
}

/// Says that the thread has ended, however it does.
struct Ends<'a>(&'a Shared);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.state().ended = true;
        self.0.filled.notify_one();
    }
}
