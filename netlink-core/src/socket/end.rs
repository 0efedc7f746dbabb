//! What a socket is connected with: the kernel, or a simulated one.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use libc::c_int;

use super::filter::Instruction;
use super::sys::{self, Ready, Received};
use crate::errno::Errno;
#[cfg(feature = "sim")]
use crate::sim;

/// The calls that a socket makes. All of them are made here, so that a simulated kernel is one for everything above.
#[derive(Debug)]
pub(super) enum End {
    Kernel(OwnedFd),
    #[cfg(feature = "sim")]
    Simulated(sim::End),
}

/// Calls one thing or the other.
macro_rules! either {
    ($end:expr, $fd:ident => $kernel:expr, $simulated:ident => $simulation:expr) => {
        match $end {
            End::Kernel($fd) => {
                let $fd = $fd.as_fd();
                $kernel
            }
            #[cfg(feature = "sim")]
            End::Simulated($simulated) => $simulation,
        }
    };
}

impl End {
    /// Sends to a port, or where the socket's datagrams go by themselves.
    #[inline]
    pub(super) fn send(&self, bytes: &[u8], to_port: Option<u32>) -> Result<usize, Errno> {
        either!(self, fd => sys::send(fd, bytes, to_port), end => end.send(bytes, to_port.unwrap_or(0)))
    }

    /// Receives; groups and namespaces are told `in_full` if that is wanted, which takes longer.
    #[inline]
    pub(super) fn receive(&self, buffer: &mut [u8], in_full: bool) -> Result<Received, Errno> {
        either!(
            self,
            fd => if in_full { sys::receive(fd, buffer) } else { sys::receive_plain(fd, buffer) },
            end => end.receive(buffer)
        )
    }

    /// Waits for a datagram (or only lets time pass), for the event, or for the end of the time.
    pub(super) fn wait(
        &self,
        for_datagram: bool,
        event: Option<BorrowedFd<'_>>,
        timeout: Option<Duration>,
    ) -> Result<Ready, Errno> {
        either!(
            self,
            fd => sys::wait(for_datagram.then_some(fd), event, timeout),
            end => end.wait(for_datagram, event, timeout)
        )
    }

    #[inline]
    pub(super) fn now(&self) -> Instant {
        either!(self, _fd => Instant::now(), end => end.now())
    }

    /// Takes note of the time that somebody else keeps, which makes no difference to the kernel; and says when, by that
    /// clock, a simulated one has something that it sends by itself.
    #[cfg(feature = "tokio")]
    pub(super) fn follow(&self, now: Instant) -> Option<Instant> {
        either!(self, _fd => { let _ = now; None }, end => { end.follow(now); end.next_arrival(now) })
    }

    pub(super) fn set_option(&self, level: c_int, name: c_int, value: c_int) -> Result<(), Errno> {
        either!(self, fd => sys::set_option(fd, level, name, value), end => end.set_option(level, name, value))
    }

    pub(super) fn option_words(&self, level: c_int, name: c_int, words: &mut [u32]) -> Result<usize, Errno> {
        either!(self, fd => sys::option_words(fd, level, name, words), end => end.option_words(level, name, words))
    }

    /// Attaches a filter. A simulated kernel has none.
    pub(super) fn attach_filter(&self, program: &[Instruction]) -> Result<(), Errno> {
        either!(self, fd => sys::attach_filter(fd, program), _end => Err(Errno::NOPROTOOPT))
    }

    pub(super) fn option(&self, level: c_int, name: c_int) -> Result<c_int, Errno> {
        let mut word = [0];
        self.option_words(level, name, &mut word)?;
        Ok(word[0] as c_int)
    }
}

impl AsFd for End {
    fn as_fd(&self) -> BorrowedFd<'_> {
        either!(self, fd => fd, end => end.as_fd())
    }
}

impl From<End> for OwnedFd {
    fn from(end: End) -> Self {
        match end {
            End::Kernel(fd) => fd,
            #[cfg(feature = "sim")]
            End::Simulated(end) => end.into(),
        }
    }
}
