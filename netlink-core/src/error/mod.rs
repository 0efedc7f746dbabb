//! Why a request failed, by who is to blame.

mod refused;
mod report;

use std::{error, fmt, io};

pub use refused::Refused;
pub use report::Report;

use crate::{
    errno::Errno,
    socket::ReceiveError,
    wire::{DecodeError, EncodeError},
};
pub(crate) use refused::Asked;

/// Why a request failed.
///
/// Turns into [`io::Error`] with `?`; where there is an error number, it keeps it.
///
/// ```
/// use netlink_core::{errno::Errno, error::Error};
///
/// let error = std::io::Error::from(Error::Io(Errno::PERM.into()));
/// assert_eq!(error.raw_os_error(), Some(1));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A system call failed: no permission, or something is wrong with the socket.
    Io(io::Error),
    /// The kernel understood the request and refused it, or gave up in the middle of the answer.
    Refused(Refused),
    /// The answer was not understood: the declaration is wrong, or the kernel newer than it. Other answers are not
    /// affected.
    Decode(DecodeError),
    /// A value does not fit its place in the request. Nothing was sent.
    Encode(EncodeError),
    /// No answer in time. Whether the request was carried out is not known; a late answer will be thrown away.
    Timeout,
    /// A [`Canceller`](crate::socket::Canceller) called the reader back.
    Cancelled,
    /// What was listed changed meanwhile: the list is complete but for things that came, went or moved. Ask again.
    #[doc(alias = "NLM_F_DUMP_INTR")]
    Interrupted,
    /// A part of the answer did not fit into the receive buffer, and is lost. The buffer has grown: ask again.
    #[doc(alias = "MSG_TRUNC")]
    Truncated {
        /// The length of the datagram in bytes.
        length: usize,
    },
    /// Messages were lost because the receive buffer was full, the answer among them. Whether the request was carried
    /// out is not known.
    #[doc(alias = "ENOBUFS")]
    Overrun,
    /// Whoever reads a list on a shared connection was too slow while others used it: entries at this place were thrown
    /// away. The list goes on; ask again for the whole.
    FellBehind,
    /// The kernel acknowledged the request, and sent no reply.
    NoReply,
    /// The kernel sent several replies where one was expected; `replies` gives all of them.
    ManyReplies,
    /// A reply of another type than the operation declares.
    Unexpected {
        /// The declared message type, or the command of a generic family.
        expected: u16,
        /// What came.
        found: u16,
    },
    /// A message of another operation, which has the same number: the operation declares bodies that
    /// [begin](crate::operation::Begins) with another byte.
    Foreign {
        /// The message type, or the command of a generic family.
        number: u16,
        /// What the body begins with.
        begins: u8,
    },
    /// The kernel has no generic family of this name.
    UnknownFamily {
        /// The name.
        name: Box<str>,
    },
    /// The family has no multicast group of this name.
    UnknownGroup {
        /// The name of the group.
        name: Box<str>,
        /// The name of the family.
        family: Box<str>,
        /// The groups that it has.
        groups: Box<[Box<str>]>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => match Errno::from_io_error(error) {
                Some(errno) => errno.fmt(f),
                None => error.fmt(f),
            },
            Self::Refused(refused) => refused.fmt(f),
            Self::Decode(error) => write!(f, "the answer was not understood: {error}"),
            Self::Encode(error) => write!(f, "the request cannot be sent: {error}"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::Cancelled => f.write_str("cancelled"),
            Self::Interrupted => f.write_str("what was listed changed meanwhile: ask again"),
            Self::Truncated { length } => {
                write!(
                    f,
                    "a datagram of {length} bytes did not fit into the receive buffer, which has grown: ask again"
                )
            }
            Self::Overrun => f.write_str("messages were lost because the receive buffer was full"),
            Self::FellBehind => f.write_str("entries were thrown away because the list was read too slowly"),
            Self::NoReply => f.write_str("the kernel acknowledged the request and sent no reply"),
            Self::ManyReplies => f.write_str("the kernel sent several replies where one was expected"),
            Self::Unexpected { expected, found } => write!(f, "a reply of type {found} where {expected} was expected"),
            Self::Foreign { number, begins } => {
                write!(f, "a message of type {number} that begins with {begins}, which is of another operation")
            }
            Self::UnknownFamily { name } => {
                write!(f, "the kernel has no generic family `{name}` (is its module loaded?)")
            }
            Self::UnknownGroup { name, family, groups } => {
                write!(f, "the generic family `{family}` has no group `{name}`; it has ")?;
                let quoted: Vec<String> = groups.iter().map(|group| format!("`{group}`")).collect();
                if quoted.is_empty() { f.write_str("none") } else { f.write_str(&quoted.join(", ")) }
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Refused(refused) => Some(refused),
            Self::Decode(error) => Some(error),
            Self::Encode(error) => Some(error),
            _ => None,
        }
    }
}

impl Error {
    /// Names the fields of the request that a refusal is about.
    pub(crate) fn locate(mut self, asked: Asked) -> Self {
        if let Self::Refused(refused) = &mut self {
            refused.locate(asked);
        }
        self
    }

    /// The error number, if the kernel gave one.
    pub fn errno(&self) -> Option<Errno> {
        match self {
            Self::Io(error) => Errno::from_io_error(error),
            Self::Refused(refused) => Some(refused.errno()),
            Self::Overrun => Some(Errno::NOBUFS),
            _ => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<ReceiveError> for Error {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Timeout => Self::Timeout,
            ReceiveError::Cancelled => Self::Cancelled,
            ReceiveError::Overrun => Self::Overrun,
            other => Self::Io(other.into()),
        }
    }
}

impl From<Error> for io::Error {
    /// Keeps the error number where there is one, and the error itself otherwise.
    fn from(error: Error) -> Self {
        if let Some(errno) = error.errno() {
            return errno.into();
        }
        let kind = match error {
            Error::Io(error) => return error,
            Error::Decode(_) | Error::Unexpected { .. } | Error::Foreign { .. } => io::ErrorKind::InvalidData,
            Error::Encode(_) => io::ErrorKind::InvalidInput,
            Error::Timeout => return Errno::TIMEDOUT.into(),
            // Not `ErrorKind::Interrupted`, on which readers try again.
            Error::Cancelled => return Errno::CANCELED.into(),
            Error::UnknownFamily { .. } | Error::UnknownGroup { .. } => io::ErrorKind::NotFound,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::ExtAck;

    fn refused(ext_ack: ExtAck) -> Refused {
        Refused::new(Errno::NODEV, Some(Box::new(ext_ack)), Vec::new())
    }

    #[test]
    fn a_refusal_is_one_line() {
        let message = Some("Unknown device name".to_owned());
        let mut ext_ack = ExtAck { message, offset: Some(36), ..ExtAck::default() };
        let error = Error::from(refused(ext_ack.clone()));
        let line = "No such device (ENODEV): Unknown device name (at byte 36 of the request)";
        assert_eq!(error.to_string(), line);
        ext_ack.message = Some("two\nlines\n".to_owned());
        ext_ack.offset = None;
        assert_eq!(refused(ext_ack).to_string(), "No such device (ENODEV): two lines");
        assert_eq!(refused(ExtAck::default()).to_string(), "No such device (ENODEV)");
    }

    #[test]
    fn io_errors_keep_the_number_or_the_error() {
        let number = |error: Error| io::Error::from(error).raw_os_error();
        assert_eq!(number(refused(ExtAck::default()).into()), Some(Errno::NODEV.raw()));
        assert_eq!(number(Error::Overrun), Some(Errno::NOBUFS.raw()));
        assert_eq!(number(Error::Timeout), Some(Errno::TIMEDOUT.raw()));
        let error = io::Error::from(Error::UnknownFamily { name: "sensors".into() });
        assert_eq!(error.to_string(), "the kernel has no generic family `sensors` (is its module loaded?)");
    }

    #[test]
    fn results_are_small() {
        assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
    }
}
