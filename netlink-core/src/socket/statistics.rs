//! How a socket fares.

use std::io;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::Socket;

/// How many datagrams that are received without waiting share one look at the queue.
const SAMPLE: u64 = 64;

/// How a socket fares: see [`Socket::statistics`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// How many datagrams were received.
    pub received: u64,
    /// How many of them did not fit into the buffer, and lost their end.
    #[doc(alias = "MSG_TRUNC")]
    pub truncated: u64,
    /// How many messages the kernel dropped, mostly since the queue was full; wraps. It counts where
    /// [`SocketOption::NoEnobufs`](super::SocketOption::NoEnobufs) hides the loss, too.
    #[doc(alias = "SK_MEMINFO_DROPS")]
    pub drops: u32,
    /// The memory that the receive queue takes at the moment, in bytes as the kernel counts them.
    #[doc(alias = "SK_MEMINFO_RMEM_ALLOC")]
    pub queued: u32,
    /// The most that it was seen to take: the high-water mark. It is looked at now and then: after waiting, at every 64th
    /// datagram, after a loss, and whenever somebody asks for these statistics.
    pub most_queued: u32,
    /// The memory that it may take: see [`Socket::set_receive_buffer`].
    #[doc(alias = "SK_MEMINFO_RCVBUF")]
    pub receive_buffer: u32,
}

/// What a socket counts itself.
#[derive(Debug, Default)]
pub(super) struct Tally {
    received: AtomicU64,
    truncated: AtomicU64,
    most_queued: AtomicU32,
}

/// One reader at a time counts: an addition that no other processor has to see at once costs nothing.
fn add_one(counter: &AtomicU64) -> u64 {
    let count = counter.load(Ordering::Relaxed).wrapping_add(1);
    counter.store(count, Ordering::Relaxed);
    count
}

impl Tally {
    /// Counts a datagram; true if it is time to look at the queue.
    #[inline]
    pub(super) fn received(&self, truncated: bool) -> bool {
        if truncated {
            add_one(&self.truncated);
        }
        add_one(&self.received) % SAMPLE == 0
    }
}

impl Socket {
    /// How the socket fares: what was received, lost, and how full the queue has been.
    ///
    /// # Errors
    ///
    /// `ENOPROTOOPT` before Linux 4.12.
    ///
    /// ```
    /// # use netlink_core::{protocol::Protocol, socket::Socket};
    /// let socket = Socket::open(Protocol::ROUTE)?;
    /// let statistics = socket.statistics()?;
    /// assert_eq!((statistics.received, statistics.drops, statistics.queued), (0, 0, 0));
    /// assert_eq!(statistics.receive_buffer as usize, socket.receive_buffer()?);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[doc(alias = "SO_MEMINFO")]
    pub fn statistics(&self) -> io::Result<Statistics> {
        const WORDS: usize = libc::SK_MEMINFO_DROPS as usize + 1;
        let mut words = [0; WORDS];
        self.end.option_words(libc::SOL_SOCKET, libc::SO_MEMINFO, &mut words)?;
        let queued = words[libc::SK_MEMINFO_RMEM_ALLOC as usize];
        Ok(Statistics {
            received: self.tally.received.load(Ordering::Relaxed),
            truncated: self.tally.truncated.load(Ordering::Relaxed),
            drops: words[libc::SK_MEMINFO_DROPS as usize],
            queued,
            most_queued: self.tally.most_queued.fetch_max(queued, Ordering::Relaxed).max(queued),
            receive_buffer: words[libc::SK_MEMINFO_RCVBUF as usize],
        })
    }

    /// Looks how full the queue is.
    #[cold]
    pub(super) fn look_at_queue(&self) {
        // Where the kernel does not tell, there is no mark.
        let _ = self.statistics();
    }
}
