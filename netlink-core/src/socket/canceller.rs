//! Calling a waiting reader back.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::sys;
use crate::errno::Errno;

/// Ends the waiting of one [`Socket`](super::Socket), from any thread and any number of times.
///
/// Made by [`Socket::canceller`](super::Socket::canceller). All clones, and all cancellers of one socket, are the same.
/// Once cancelled, a socket stays so until [`reset`](Canceller::reset): a reader that was just about to wait is not
/// missed.
///
/// ```
/// use std::thread;
/// use netlink_core::protocol::Protocol;
/// use netlink_core::socket::{ReceiveBuffer, ReceiveError, Socket};
///
/// # fn main() -> std::io::Result<()> {
/// let socket = Socket::open(Protocol::ROUTE)?;
/// let canceller = socket.canceller()?;
/// let reader = thread::spawn(move || socket.receive(&mut ReceiveBuffer::new(), None).map(|_| ()));
/// canceller.cancel();
/// assert_eq!(reader.join().unwrap(), Err(ReceiveError::Cancelled));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Canceller(Arc<State>);

#[derive(Debug)]
struct State {
    /// What a reader looks at before it waits: cheaper than a system call.
    cancelled: AtomicBool,
    /// What wakes a reader that waits already.
    event: File,
}

impl Canceller {
    pub(super) fn new() -> Result<Self, Errno> {
        let event = File::from(sys::eventfd()?);
        Ok(Self(Arc::new(State { cancelled: AtomicBool::new(false), event })))
    }

    /// Cancels: a waiting `receive` or `send` of the socket returns at once, and so does every later `receive`, until
    /// [`reset`](Canceller::reset).
    ///
    /// It neither waits nor allocates.
    pub fn cancel(&self) {
        if !self.0.cancelled.swap(true, Ordering::AcqRel) {
            // Fails only where the counter is full, and then it is readable already.
            let _ = (&self.0.event).write(&1_u64.to_ne_bytes());
        }
    }

    /// Whether it is cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Acquire)
    }

    /// Lets the socket receive again. Call it when the reader has returned: one that is still waking up might miss that
    /// it was called back, and wait on.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::Socket};
    /// # fn main() -> std::io::Result<()> {
    /// let canceller = Socket::open(Protocol::ROUTE)?.canceller()?;
    /// canceller.cancel();
    /// assert!(canceller.is_cancelled());
    /// canceller.reset();
    /// assert!(!canceller.is_cancelled());
    /// # Ok(())
    /// # }
    /// ```
    pub fn reset(&self) {
        // The event first: the other way round, a `cancel` in between would lose its event, and a reader would sleep
        // on.
        let _ = (&self.0.event).read(&mut [0; 8]);
        self.0.cancelled.store(false, Ordering::Release);
    }

    pub(super) fn event(&self) -> BorrowedFd<'_> {
        self.0.event.as_fd()
    }
}
