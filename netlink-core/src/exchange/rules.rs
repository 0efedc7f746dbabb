//! How protocols differ in the way they converse.

use crate::protocol::{IsProtocol, Protocol};

pub(super) const NLMSG_NOOP: u16 = 1;
pub(super) const NLMSG_ERROR: u16 = 2;
pub(super) const NLMSG_DONE: u16 = 3;
pub(super) const NLMSG_OVERRUN: u16 = 4;

/// Message types below this are control messages.
#[doc(alias = "NLMSG_MIN_TYPE")]
pub const FIRST_DATA_TYPE: u16 = 16;

/// What an [`Exchange`](super::Exchange) has to know about the protocol.
///
/// ```
/// use netlink_core::{exchange::Rules, protocol::{Connector, Route}};
///
/// assert!(Rules::of::<Route>().control);
/// assert!(!Rules::of::<Connector>().control);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// Datagrams consist of netlink messages. Not so uevents, which are text.
    pub framed: bool,
    /// Message types below 16 are control messages, and replies are matched with requests. Not so in the connector,
    /// whose data travels as `NLMSG_DONE` and whose replies are multicast.
    pub control: bool,
    /// Other processes than the kernel may speak too.
    pub peers: bool,
    /// The reply may come after the acknowledgement: audit sends it from another thread.
    pub late_replies: bool,
    /// The length of a message to this socket alone may leave the header out: events of audit do, for the daemon that
    /// receives them.
    pub short_lengths: bool,
}

impl Rules {
    /// The rules of a protocol.
    pub fn of<P: IsProtocol>() -> Self {
        Self {
            framed: P::PROTOCOL != Protocol::KOBJECT_UEVENT,
            control: P::CONTROL,
            peers: P::PROTOCOL == Protocol::USERSOCK,
            late_replies: P::PROTOCOL == Protocol::AUDIT,
            short_lengths: P::PROTOCOL == Protocol::AUDIT,
        }
    }
}
