//! Why there may be no process events.

use std::{fmt, fs, io};

use netlink_core::{Errno, Error};

use super::proc::Ack;

/// Why there are no process events to be had.
///
/// ```
/// use netlink_core::{Errno, Error};
/// use protocols::connector::WatchError;
///
/// let error = WatchError::from(Error::Io(Errno::CONNREFUSED.into()));
/// assert!(matches!(error, WatchError::NetworkNamespace));
/// assert!(std::io::Error::from(error).to_string().contains("network namespace"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum WatchError {
    /// The kernel has no connector (`CONFIG_CONNECTOR`).
    NoConnector,
    /// Before Linux 6.6, process events need the capability `CAP_NET_ADMIN`.
    NotPermitted,
    /// The connector exists in the initial network namespace only.
    NetworkNamespace,
    /// Process events are sent to the initial pid namespace only.
    PidNamespace,
    /// Process events are sent to the initial user namespace only.
    UserNamespace,
    /// The kernel did not answer, for a reason that cannot be found out: it has no process events
    /// (`CONFIG_PROC_EVENTS`), or this is a container.
    Silent,
    /// The kernel refused the subscription.
    Refused(Errno),
    /// Something else went wrong.
    Other(Error),
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoConnector => "this kernel has no connector (CONFIG_CONNECTOR)",
            Self::NotPermitted => "process events need root (the capability CAP_NET_ADMIN) before Linux 6.6",
            Self::NetworkNamespace => {
                "process events can only be had in the initial network namespace, and this process is in another one"
            }
            Self::PidNamespace => {
                "process events can only be had in the initial pid namespace, and this process is in another one"
            }
            Self::UserNamespace => {
                "process events can only be had in the initial user namespace, and this process is in another one"
            }
            Self::Silent => {
                "the kernel does not answer: it has no process events (CONFIG_PROC_EVENTS), or this is a container"
            }
            Self::Refused(errno) => return write!(f, "the kernel refuses process events: {errno}"),
            Self::Other(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(errno) => Some(errno),
            Self::Other(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for WatchError {
    fn from(error: Error) -> Self {
        match error.errno() {
            Some(Errno::PROTONOSUPPORT | Errno::AFNOSUPPORT) => Self::NoConnector,
            Some(Errno::PERM | Errno::ACCES) => not_permitted(),
            Some(Errno::CONNREFUSED) => Self::NetworkNamespace,
            _ => Self::Other(error),
        }
    }
}

impl From<WatchError> for io::Error {
    /// Keeps the error number of a refusal and of other errors; the rest is the error itself.
    fn from(error: WatchError) -> Self {
        let kind = match error {
            WatchError::Other(error) => return error.into(),
            WatchError::Refused(errno) => return errno.into(),
            WatchError::NotPermitted => io::ErrorKind::PermissionDenied,
            WatchError::Silent => io::ErrorKind::TimedOut,
            WatchError::NoConnector
            | WatchError::NetworkNamespace
            | WatchError::PidNamespace
            | WatchError::UserNamespace => io::ErrorKind::Unsupported,
        };
        Self::new(kind, error)
    }
}

/// What the kernel's answer means.
pub(super) fn verdict(answer: Ack) -> Result<(), WatchError> {
    match answer.errno() {
        None => Ok(()),
        Some(Errno::PERM) => Err(not_permitted()),
        Some(errno) => Err(WatchError::Refused(errno)),
    }
}

/// Why the kernel said no. Before Linux 6.6 that is also what root of another user namespace is told.
fn not_permitted() -> WatchError {
    if outside("user", USER_NAMESPACE) { WatchError::UserNamespace } else { WatchError::NotPermitted }
}

/// Why the kernel did not answer.
pub(super) fn silence() -> WatchError {
    if outside("user", USER_NAMESPACE) {
        WatchError::UserNamespace
    } else if outside("pid", PID_NAMESPACE) {
        WatchError::PidNamespace
    } else {
        WatchError::Silent
    }
}

// The numbers of the initial namespaces are fixed (`include/linux/proc_ns.h`).
const USER_NAMESPACE: &str = "user:[4026531837]";
const PID_NAMESPACE: &str = "pid:[4026531836]";

fn outside(name: &str, initial: &str) -> bool {
    fs::read_link(format!("/proc/self/ns/{name}")).is_ok_and(|link| link.as_os_str() != initial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_45_errors_of_answers_are_positive_and_have_a_meaning() {
        assert!(verdict(Ack { err: 0 }).is_ok());
        // Before Linux 6.6, to whoever lacks CAP_NET_ADMIN.
        assert!(matches!(verdict(Ack { err: 1 }), Err(WatchError::NotPermitted)));
        assert!(matches!(verdict(Ack { err: 12 }), Err(WatchError::Refused(Errno::NOMEM))));
        // No error number at all.
        assert!(matches!(verdict(Ack { err: u32::MAX }), Err(WatchError::Refused(_))));
    }

    #[test]
    fn io_errors_keep_the_number_and_sources_are_told() {
        let errno = |error: WatchError| Errno::from_io_error(&io::Error::from(error));
        assert_eq!(errno(WatchError::from(Error::Io(Errno::MFILE.into()))), Some(Errno::MFILE));
        assert_eq!(errno(WatchError::Other(Error::Timeout)), Some(Errno::TIMEDOUT));
        assert_eq!(errno(WatchError::Refused(Errno::NOMEM)), Some(Errno::NOMEM));
        assert_eq!(errno(WatchError::Silent), None);
        assert_eq!(io::Error::from(WatchError::PidNamespace).kind(), io::ErrorKind::Unsupported);

        let source = |error: WatchError| std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(source(WatchError::Refused(Errno::NOMEM)), Some(Errno::NOMEM.to_string()));
        assert_eq!(source(WatchError::Other(Error::Timeout)), Some(Error::Timeout.to_string()));
        assert_eq!(source(WatchError::Silent), None);
    }
}
