//! What is said to the kernel about process events, and its answer.

use netlink_core::{Errno, NlEnum, NlStruct};

use super::proc::Events;

/// The request to the kernel: listen, or stop.
///
/// The kernel takes exactly the 4 bytes of `op`, or all 8 (since Linux 6.6), and silently ignores anything else.
///
/// ```
/// use netlink_core::NlStruct;
/// use protocols::connector::proc::{Events, McastOp, ProcInput};
///
/// let everything = ProcInput { op: McastOp::Listen, events: None };
/// assert_eq!(everything.to_bytes()?.len(), 4);
/// let programs = ProcInput { op: McastOp::Listen, events: Some(Events::EXEC) };
/// assert_eq!(programs.to_bytes()?.len(), 8);
/// # Ok::<(), netlink_core::wire::EncodeError>(())
/// ```
#[doc(alias = "proc_input")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcInput {
    /// What to do.
    #[doc(alias = "mcast_op")]
    pub op: McastOp,
    /// The events to listen to; `None`, none, or only ones that the kernel does not know, for all. A listener with a
    /// filter gets no acknowledgements. Since Linux 6.6.
    #[doc(alias = "event_type")]
    #[nl(optional)]
    pub events: Option<Events>,
}

/// What a listener asks for.
///
/// ```
/// use protocols::connector::proc::McastOp;
///
/// assert_eq!(u32::from(McastOp::Listen), 1);
/// assert_eq!(McastOp::from(3), McastOp::Other(3));
/// ```
#[doc(alias = "proc_cn_mcast_op")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum McastOp {
    /// To get events.
    #[doc(alias = "PROC_CN_MCAST_LISTEN")]
    #[default]
    Listen = 1,
    /// To get no more events.
    #[doc(alias = "PROC_CN_MCAST_IGNORE")]
    Ignore = 2,
    /// An operation of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// The answer to a request to listen or to stop. Every listener without a filter gets the answers to all; those to
/// one's own have its `ack`, plus one.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ack {
    /// 0, or the error number, which is positive here: 22 is `EINVAL`.
    pub err: u32,
}

impl Ack {
    /// The error; `None` if the request was accepted.
    ///
    /// ```
    /// use netlink_core::Errno;
    /// use protocols::connector::proc::Ack;
    ///
    /// assert_eq!(Ack { err: 0 }.errno(), None);
    /// assert_eq!(Ack { err: 1 }.errno(), Some(Errno::PERM));
    /// ```
    pub fn errno(&self) -> Option<Errno> {
        let number = i32::try_from(self.err).unwrap_or(i32::MAX);
        Some(Errno::from_raw(number)).filter(|_| number != 0)
    }
}
