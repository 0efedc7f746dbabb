//! The connector (`NETLINK_CONNECTOR`): process events, and messages of kernel modules.
//!
//! [`Execs`] tells of every program that is started, [`Watch`] of every process event, and [`Channel`] talks to any
//! user of the connector, in messages that the program declares.
//!
//! ```no_run
//! use protocols::connector::Execs;
//!
//! for seen in Execs::watch()? {
//!     println!("{:?}", seen?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Declared after `linux/connector.h` and `linux/cn_proc.h`; the kernel's side is `drivers/connector`.

mod channel;
mod error;
mod exec;
mod message;
pub mod proc;
mod request;
mod watch;

pub use channel::{Channel, Received};
pub use error::WatchError;
pub use exec::{Execs, Execution, Seen};
pub use message::{CallbackId, CnMsg, MAX_MESSAGE, MAX_PAYLOAD};
pub use watch::{Loss, Observed, Watch};
