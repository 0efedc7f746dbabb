//! Netlink, declared once: a protocol is written down as annotated Rust types, and encoding, decoding, typed requests
//! and errors with the names of fields follow from that.
//!
//! # Declare
//!
//! An attribute set is a struct, an attribute is a field, and the type of the field says what is on the wire. A family
//! is a struct too: its fields are the operations, each with what is sent and what comes back.
//!
//! # Connect
//!
//! `connect` opens a socket and makes sure that the kernel has the family. There is no thread and no runtime behind a
//! [`Connection`]: it waits in the call that asks, at most 5 seconds unless told otherwise.
//!
//! # Ask
//!
//! An operation and a body make a request; `ask` gives the reply, `tell` waits for the acknowledgement, `dump` lists.
//!
//! ```
//! use netlink_core::{DoDump, NlFamily, NlMessage};
//!
//! /// The family that knows all generic families (`CTRL_CMD_*` of linux/genetlink.h).
//! #[derive(NlFamily)]
//! #[nl(generic = "nlctrl", version = 2)]
//! struct Controller {
//!     #[nl(3, reply = 1)]
//!     get_family: DoDump<Family, Family>,
//! }
//!
//! /// What it says of a family (`CTRL_ATTR_*`).
//! #[derive(NlMessage, Debug, Default)]
//! struct Family {
//!     #[nl_attr(1)]
//!     id: Option<u16>,
//!     #[nl_attr(2)]
//!     name: Option<String>,
//! }
//!
//! let mut controller = Controller::connect()?;
//!
//! let wanted = Family { name: Some("nlctrl".to_owned()), ..Family::default() };
//! let family = controller.ask(Controller::GET_FAMILY.with(&wanted))?;
//! assert_eq!(family.id, Some(16));
//!
//! for family in controller.dump(Controller::GET_FAMILY.with(&Family::default()))? {
//!     println!("{:?}", family?.name);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```
//!
//! # Where to read on
//!
//! - [`guide`]: a family of one's own, step by step, with errors and notifications.
//! - [`language`]: every derive, every word and every value type, with the bytes they stand for.
//! - [`connection`] and [`request`]: asking, listing, listening, batches, subscriptions that heal themselves; flags and
//!   deadlines. What is where is told in a table there.
//! - `tokio`, with the feature of that name: the same for that runtime, with many requests at a time.
//! - `sim`, with the feature of that name: a kernel for tests, with faults; conversations recorded and replayed.
//! - [`generic`]: the controller of generic netlink, declared with the derives.
//! - [`error`](mod@error) and [`errno`]: what went wrong, who is to blame, and which field is meant.
//! - [`wire`]: bytes and values, without any I/O; the place for value types of one's own.
//! - [`schema`]: what a declaration says about itself at run time; messages as trees of names and values, text and JSON.
//! - [`exchange`]: the rules of the conversation without a socket, for transports of one's own.
//! - [`socket`]: open, send, receive; the only place with system calls, and with unsafe code.
//! - [`operation`] and [`protocol`]: what a family consists of.
//!
//! # Privileges and platforms
//!
//! Linux only. Opening a socket and reading need no privilege for most families; what changes something mostly needs
//! `CAP_NET_ADMIN`. The kernel decides, and [`Error`] says what it decided.
//!
//! Features: `derive`, on by default, re-exports the derives. `serde` brings messages into other formats, by way of their
//! descriptions. `sim` has a simulated kernel for tests. `tokio` has connections for that runtime.
//! `tracing` tells that crate of each request, with messages in words, at the level `DEBUG`.

#![deny(unsafe_code)]

// The derives name this crate by its name; so that they work in here too.
extern crate self as netlink_core;

pub mod connection;
pub mod errno;
pub mod error;
pub mod exchange;
mod flags;
pub mod generic;
pub mod guide;
pub mod language;
pub mod operation;
pub mod protocol;
pub mod request;
pub mod schema;
#[cfg(feature = "sim")]
pub mod sim;
pub mod socket;
mod spare;
#[cfg(feature = "tokio")]
pub mod tokio;
mod trace;
pub mod wire;

pub use connection::Connection;
pub use errno::Errno;
pub use error::Error;
#[cfg(feature = "derive")]
pub use netlink_derive::{NlDebug, NlEnum, NlFamily, NlFlags, NlMessage, NlStruct, NlUnion};
pub use operation::{Do, DoDump, Dump, Event, Group, NlFamily};
pub use protocol::Protocol;
pub use request::{IntoRequest, Request};
pub use wire::{IntoOwned, NlEnum, NlFlags, NlMessage, NlStruct, NlUnion};

/// What derived code names. Not for other use: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        flags::{Bits, debug_flags},
        operation::{
            Begins, Described, FamilyInfo, FamilyKind, IsGroup, MulticastGroup, NlFamily, Operation, Part,
            part::{check_family, check_part, count, joined_groups, joined_operations},
        },
        protocol,
        schema::{self, id_of},
        wire::{derived::*, *},
    };
    pub use bitflags;
}
