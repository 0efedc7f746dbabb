//! A kernel that is none: for tests of whatever speaks netlink, without a privilege and without a network.
//!
//! A [`Kernel`] gives sockets that behave as those of the kernel do, and the test says what the kernel answers. Time is
//! that of the simulation: it passes where a socket waits, and no test has to.
//!
//! ```
//! use std::time::Duration;
//! use netlink_core::{Errno, protocol::Protocol, sim::Kernel, socket::{ReceiveBuffer, ReceiveError}};
//!
//! let kernel = Kernel::new();
//! kernel.on_datagram(Protocol::USERSOCK, |bytes, call| call.deliver(Default::default(), bytes));
//!
//! let socket = kernel.socket(Protocol::USERSOCK)?;
//! socket.send(b"echo", 0, None)?;
//! let mut buffer = ReceiveBuffer::new();
//! assert_eq!(socket.receive(&mut buffer, None)?.bytes, b"echo");
//!
//! let an_hour = Some(socket.now() + Duration::from_secs(3600));
//! assert_eq!(socket.receive(&mut buffer, an_hour), Err(ReceiveError::Timeout)); // at once
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Panics
//!
//! A wait that nothing can end (no deadline, nothing queued, nothing under way) panics, since a test that hangs says
//! less than one that fails. With a [`Canceller`](crate::socket::Canceller) another thread may still end it, and has ten
//! seconds for that.

mod call;
mod end;
mod kernel;
mod sock;
mod state;
#[cfg(test)]
mod tests;

pub use call::Call;
pub(crate) use end::End;
pub use kernel::Kernel;
