//! The user's end of a simulated socket: the same calls as those of `socket/sys.rs`.

use std::{
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::Arc,
    time::{Duration, Instant},
};

use libc::c_int;

use super::{
    kernel::{Kernel, Shared},
    sock::Address,
};
use crate::{
    errno::Errno,
    socket::{self, Ready, Received},
};

/// How long a wait without any limit lasts, in real time, before it is called a hang: another thread may cancel it.
const PATIENCE: Duration = Duration::from_secs(10);

const HANG: &str = "a hang: the queue of the simulated socket is empty, nothing is under way to it, and the wait has no \
                    deadline";

/// One end of a simulated socket; the other is in the kernel's state.
#[derive(Debug)]
pub(crate) struct End {
    /// Readable exactly while there is something to receive.
    event: OwnedFd,
    open: Open,
}

/// Closes the socket when it is dropped.
#[derive(Debug)]
struct Open {
    kernel: Arc<Shared>,
    address: Address,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.kernel.state().close(self.address);
    }
}

impl End {
    pub(super) fn new(event: OwnedFd, kernel: Arc<Shared>, address: Address) -> Self {
        Self { event, open: Open { kernel, address } }
    }

    #[cfg(feature = "tokio")]
    pub(super) fn kernel(&self) -> &Shared {
        &self.open.kernel
    }

    /// Sends a datagram, which the kernel works through before this returns.
    pub(crate) fn send(&self, bytes: &[u8], to_port: u32) -> Result<usize, Errno> {
        let Open { kernel, address } = &self.open;
        kernel.state().may_send(*address, bytes.len())?;
        if Kernel::of(kernel).is_replayed(*address, to_port, bytes) {
            return Ok(bytes.len());
        }
        if to_port == 0 {
            Kernel::of(kernel).process(*address, bytes)?;
        } else {
            kernel.state().between(*address, to_port, bytes)?;
        }
        Ok(bytes.len())
    }

    pub(crate) fn receive(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        self.open.kernel.state().receive(self.open.address, buffer)
    }

    pub(crate) fn wait(
        &self,
        for_datagram: bool,
        event: Option<BorrowedFd<'_>>,
        timeout: Option<Duration>,
    ) -> Result<Ready, Errno> {
        if event.is_some() && socket::wait(None, event, Some(Duration::ZERO))?.cancelled {
            return Ok(Ready { socket: false, cancelled: true });
        }
        let mut state = self.open.kernel.state();
        let readable = |state: &mut super::state::State| {
            for_datagram && state.sock(self.open.address).is_some_and(|sock| sock.is_readable())
        };
        if !readable(&mut state) && !state.pass_time(timeout) {
            drop(state);
            // Only another thread can end this wait.
            let ready = match event {
                Some(_) => socket::wait(Some(self.event.as_fd()), event, Some(PATIENCE))?,
                None => Ready { socket: false, cancelled: false },
            };
            assert!(ready.socket || ready.cancelled, "{HANG}");
            return Ok(ready);
        }
        Ok(Ready { socket: readable(&mut state), cancelled: false })
    }

    pub(crate) fn now(&self) -> Instant {
        self.open.kernel.now()
    }

    pub(crate) fn set_option(&self, level: c_int, name: c_int, value: c_int) -> Result<(), Errno> {
        self.open.kernel.state().set_option(self.open.address, level, name, value)
    }

    pub(crate) fn option_words(&self, level: c_int, name: c_int, words: &mut [u32]) -> Result<usize, Errno> {
        let found = self.open.kernel.state().option(self.open.address, level, name)?;
        for (word, value) in words.iter_mut().zip(&found) {
            *word = *value;
        }
        Ok(size_of_val(&*found))
    }
}

impl AsFd for End {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.event.as_fd()
    }
}

impl From<End> for OwnedFd {
    /// The event, which is no socket any more.
    fn from(end: End) -> Self {
        end.event
    }
}
