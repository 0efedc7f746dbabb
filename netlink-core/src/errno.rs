//! The numbers with which the kernel says that something failed.

use std::error::Error;
use std::fmt;
use std::io;

/// An error number of the kernel, as `errno` and as netlink replies carry it.
///
/// The constants are the kernel's names without the `E`; [`TOOBIG`](Errno::TOOBIG) is `E2BIG`, since a name cannot
/// begin with a digit. Any number is allowed: some protocols have errors of their own above 4095 (ipset), and a newer
/// kernel may know more than this list.
///
/// Mirrors `asm-generic/errno.h`; the numbers are those of the architecture compiled for.
///
/// ```
/// use netlink_core::errno::Errno;
///
/// let errno = Errno::NODEV;
/// assert_eq!(errno.to_string(), "No such device (ENODEV)");
/// assert_eq!(format!("{errno:?}"), "ENODEV");
/// assert_eq!(Errno::from_raw(errno.raw()), errno);
///
/// let private = Errno::from_raw(4097);
/// assert_eq!(private.name(), None);
/// assert_eq!(private.to_string(), "error 4097");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Errno(i32);

impl Errno {
    /// The number itself, positive as in `errno`: a netlink reply carries its negation.
    ///
    /// ```
    /// # use netlink_core::errno::Errno;
    /// assert_eq!(Errno::from_raw(19).raw(), 19);
    /// ```
    #[must_use]
    pub const fn raw(self) -> i32 {
        self.0
    }

    /// The error of that number. Every number is accepted, known or not.
    ///
    /// ```
    /// # use netlink_core::errno::Errno;
    /// assert_eq!(Errno::from_raw(1), Errno::PERM);
    /// ```
    #[must_use]
    pub const fn from_raw(raw: i32) -> Self {
        Self(raw)
    }

    /// The number inside an error of the standard library, if it came from the system.
    ///
    /// ```
    /// # use netlink_core::errno::Errno;
    /// let denied = std::io::Error::from(Errno::PERM);
    /// assert_eq!(Errno::from_io_error(&denied), Some(Errno::PERM));
    /// assert_eq!(Errno::from_io_error(&std::io::Error::other("not from the system")), None);
    /// ```
    #[must_use]
    pub fn from_io_error(error: &io::Error) -> Option<Self> {
        error.raw_os_error().map(Self)
    }

    /// Why the system call just made on this thread failed.
    pub(crate) fn last() -> Self {
        // An error built from `errno` always has a number.
        Self(io::Error::last_os_error().raw_os_error().unwrap_or(0))
    }

    /// The system's words for the number, `None` where it has none.
    fn words(self) -> Option<String> {
        if self == Self::NOTSUPP {
            return Some("Operation is not supported".to_owned());
        }
        if self == Self::FTYPE {
            return Some("Wrong file type".to_owned());
        }
        self.name()?;
        let mut words = io::Error::from_raw_os_error(self.0).to_string();
        if let Some(without) = words.strip_suffix(&format!(" (os error {})", self.0)) {
            words.truncate(without.len());
        }
        Some(words)
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.words(), self.name()) {
            (Some(words), Some(name)) => write!(f, "{words} ({name})"),
            _ => write!(f, "error {}", self.0),
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "Errno({})", self.0),
        }
    }
}

impl Error for Errno {}

impl From<Errno> for io::Error {
    fn from(errno: Errno) -> Self {
        io::Error::from_raw_os_error(errno.0)
    }
}

/// `CONSTANT ENAME "ENAME";` becomes the constant and its line in `name()`. The string repeats the name because
/// `doc(alias)` takes nothing but a literal; a test holds the two together.
macro_rules! errnos {
    ($($constant:ident $kernel:ident $text:literal;)*) => {
        impl Errno {
            $(
                #[doc = concat!("`", $text, "`")]
                #[doc(alias = $text)]
                pub const $constant: Self = Self(libc::$kernel);
            )*

            /// The kernel's name of the number, such as `"ENODEV"`, or `None` if it has none here.
            ///
            /// ```
            /// # use netlink_core::errno::Errno;
            /// assert_eq!(Errno::NOBUFS.name(), Some("ENOBUFS"));
            /// ```
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    Self::NOTSUPP => Some("ENOTSUPP"),
                    Self::FTYPE => Some("EFTYPE"),
                    _ => name_of(self.0),
                }
            }
        }

        /// The numbers that have a name in [`TEXT`], in its order.
        const NUMBERS: &[i32] = &[$(libc::$kernel),*];

        /// The names, each with a space behind it. One text, since each pointer in a program that can be loaded anywhere
        /// needs 24 bytes besides itself.
        const TEXT: &str = concat!($($text, " "),*);

        #[cfg(test)]
        const NAMES: &[(Errno, &str, &str, &str)] =
            &[$((Errno::$constant, stringify!($constant), stringify!($kernel), $text)),*];
    };
}

/// The name in [`TEXT`] at the place that the number has in [`NUMBERS`].
const fn name_of(number: i32) -> Option<&'static str> {
    let (mut place, mut start, text) = (0, 0, TEXT.as_bytes());
    while place < NUMBERS.len() {
        let mut end = start;
        while text[end] != b' ' {
            end += 1;
        }
        if NUMBERS[place] == number {
            return match std::str::from_utf8(text.split_at(end).0.split_at(start).1) {
                Ok(name) => Some(name),
                Err(_) => None,
            };
        }
        (place, start) = (place + 1, end + 1);
    }
    None
}

/// Second names of numbers that have a constant already.
impl Errno {
    /// `EWOULDBLOCK`, the same as [`AGAIN`](Self::AGAIN).
    #[doc(alias = "EWOULDBLOCK")]
    pub const WOULDBLOCK: Self = Self(libc::EWOULDBLOCK);
    /// `EDEADLOCK`, on most architectures the same as [`DEADLK`](Self::DEADLK).
    #[doc(alias = "EDEADLOCK")]
    pub const DEADLOCK: Self = Self(libc::EDEADLOCK);
    /// `ENOTSUP` of the C library, the same as [`OPNOTSUPP`](Self::OPNOTSUPP); not the kernel's
    /// [`NOTSUPP`](Self::NOTSUPP).
    #[doc(alias = "ENOTSUP")]
    pub const NOTSUP: Self = Self(libc::ENOTSUP);
    /// `ENOTSUPP`, 524: the kernel's own, meant to stay inside it, but netlink replies of some drivers carry it.
    /// The C library does not know it. Mirrors `linux/errno.h`.
    #[doc(alias = "ENOTSUPP")]
    pub const NOTSUPP: Self = Self(524);
    /// `EFTYPE`, 134: a file of a wrong type. Since Linux 7.2; mirrors `asm-generic/errno.h`.
    #[doc(alias = "EFTYPE")]
    pub const FTYPE: Self = Self(134);
}

errnos! {
    PERM EPERM "EPERM";
    NOENT ENOENT "ENOENT";
    SRCH ESRCH "ESRCH";
    INTR EINTR "EINTR";
    IO EIO "EIO";
    NXIO ENXIO "ENXIO";
    TOOBIG E2BIG "E2BIG";
    NOEXEC ENOEXEC "ENOEXEC";
    BADF EBADF "EBADF";
    CHILD ECHILD "ECHILD";
    AGAIN EAGAIN "EAGAIN";
    NOMEM ENOMEM "ENOMEM";
    ACCES EACCES "EACCES";
    FAULT EFAULT "EFAULT";
    NOTBLK ENOTBLK "ENOTBLK";
    BUSY EBUSY "EBUSY";
    EXIST EEXIST "EEXIST";
    XDEV EXDEV "EXDEV";
    NODEV ENODEV "ENODEV";
    NOTDIR ENOTDIR "ENOTDIR";
    ISDIR EISDIR "EISDIR";
    INVAL EINVAL "EINVAL";
    NFILE ENFILE "ENFILE";
    MFILE EMFILE "EMFILE";
    NOTTY ENOTTY "ENOTTY";
    TXTBSY ETXTBSY "ETXTBSY";
    FBIG EFBIG "EFBIG";
    NOSPC ENOSPC "ENOSPC";
    SPIPE ESPIPE "ESPIPE";
    ROFS EROFS "EROFS";
    MLINK EMLINK "EMLINK";
    PIPE EPIPE "EPIPE";
    DOM EDOM "EDOM";
    RANGE ERANGE "ERANGE";
    DEADLK EDEADLK "EDEADLK";
    NAMETOOLONG ENAMETOOLONG "ENAMETOOLONG";
    NOLCK ENOLCK "ENOLCK";
    NOSYS ENOSYS "ENOSYS";
    NOTEMPTY ENOTEMPTY "ENOTEMPTY";
    LOOP ELOOP "ELOOP";
    NOMSG ENOMSG "ENOMSG";
    IDRM EIDRM "EIDRM";
    CHRNG ECHRNG "ECHRNG";
    L2NSYNC EL2NSYNC "EL2NSYNC";
    L3HLT EL3HLT "EL3HLT";
    L3RST EL3RST "EL3RST";
    LNRNG ELNRNG "ELNRNG";
    UNATCH EUNATCH "EUNATCH";
    NOCSI ENOCSI "ENOCSI";
    L2HLT EL2HLT "EL2HLT";
    BADE EBADE "EBADE";
    BADR EBADR "EBADR";
    XFULL EXFULL "EXFULL";
    NOANO ENOANO "ENOANO";
    BADRQC EBADRQC "EBADRQC";
    BADSLT EBADSLT "EBADSLT";
    BFONT EBFONT "EBFONT";
    NOSTR ENOSTR "ENOSTR";
    NODATA ENODATA "ENODATA";
    TIME ETIME "ETIME";
    NOSR ENOSR "ENOSR";
    NONET ENONET "ENONET";
    NOPKG ENOPKG "ENOPKG";
    REMOTE EREMOTE "EREMOTE";
    NOLINK ENOLINK "ENOLINK";
    ADV EADV "EADV";
    SRMNT ESRMNT "ESRMNT";
    COMM ECOMM "ECOMM";
    PROTO EPROTO "EPROTO";
    MULTIHOP EMULTIHOP "EMULTIHOP";
    DOTDOT EDOTDOT "EDOTDOT";
    BADMSG EBADMSG "EBADMSG";
    OVERFLOW EOVERFLOW "EOVERFLOW";
    NOTUNIQ ENOTUNIQ "ENOTUNIQ";
    BADFD EBADFD "EBADFD";
    REMCHG EREMCHG "EREMCHG";
    LIBACC ELIBACC "ELIBACC";
    LIBBAD ELIBBAD "ELIBBAD";
    LIBSCN ELIBSCN "ELIBSCN";
    LIBMAX ELIBMAX "ELIBMAX";
    LIBEXEC ELIBEXEC "ELIBEXEC";
    ILSEQ EILSEQ "EILSEQ";
    RESTART ERESTART "ERESTART";
    STRPIPE ESTRPIPE "ESTRPIPE";
    USERS EUSERS "EUSERS";
    NOTSOCK ENOTSOCK "ENOTSOCK";
    DESTADDRREQ EDESTADDRREQ "EDESTADDRREQ";
    MSGSIZE EMSGSIZE "EMSGSIZE";
    PROTOTYPE EPROTOTYPE "EPROTOTYPE";
    NOPROTOOPT ENOPROTOOPT "ENOPROTOOPT";
    PROTONOSUPPORT EPROTONOSUPPORT "EPROTONOSUPPORT";
    SOCKTNOSUPPORT ESOCKTNOSUPPORT "ESOCKTNOSUPPORT";
    OPNOTSUPP EOPNOTSUPP "EOPNOTSUPP";
    PFNOSUPPORT EPFNOSUPPORT "EPFNOSUPPORT";
    AFNOSUPPORT EAFNOSUPPORT "EAFNOSUPPORT";
    ADDRINUSE EADDRINUSE "EADDRINUSE";
    ADDRNOTAVAIL EADDRNOTAVAIL "EADDRNOTAVAIL";
    NETDOWN ENETDOWN "ENETDOWN";
    NETUNREACH ENETUNREACH "ENETUNREACH";
    NETRESET ENETRESET "ENETRESET";
    CONNABORTED ECONNABORTED "ECONNABORTED";
    CONNRESET ECONNRESET "ECONNRESET";
    NOBUFS ENOBUFS "ENOBUFS";
    ISCONN EISCONN "EISCONN";
    NOTCONN ENOTCONN "ENOTCONN";
    SHUTDOWN ESHUTDOWN "ESHUTDOWN";
    TOOMANYREFS ETOOMANYREFS "ETOOMANYREFS";
    TIMEDOUT ETIMEDOUT "ETIMEDOUT";
    CONNREFUSED ECONNREFUSED "ECONNREFUSED";
    HOSTDOWN EHOSTDOWN "EHOSTDOWN";
    HOSTUNREACH EHOSTUNREACH "EHOSTUNREACH";
    ALREADY EALREADY "EALREADY";
    INPROGRESS EINPROGRESS "EINPROGRESS";
    STALE ESTALE "ESTALE";
    UCLEAN EUCLEAN "EUCLEAN";
    NOTNAM ENOTNAM "ENOTNAM";
    NAVAIL ENAVAIL "ENAVAIL";
    ISNAM EISNAM "EISNAM";
    REMOTEIO EREMOTEIO "EREMOTEIO";
    DQUOT EDQUOT "EDQUOT";
    NOMEDIUM ENOMEDIUM "ENOMEDIUM";
    MEDIUMTYPE EMEDIUMTYPE "EMEDIUMTYPE";
    CANCELED ECANCELED "ECANCELED";
    NOKEY ENOKEY "ENOKEY";
    KEYEXPIRED EKEYEXPIRED "EKEYEXPIRED";
    KEYREVOKED EKEYREVOKED "EKEYREVOKED";
    KEYREJECTED EKEYREJECTED "EKEYREJECTED";
    OWNERDEAD EOWNERDEAD "EOWNERDEAD";
    NOTRECOVERABLE ENOTRECOVERABLE "ENOTRECOVERABLE";
    RFKILL ERFKILL "ERFKILL";
    HWPOISON EHWPOISON "EHWPOISON";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_constant_is_the_kernels_name_without_the_e() {
        for &(errno, constant, kernel, text) in NAMES {
            assert_eq!(kernel, text);
            assert_eq!(errno.name(), Some(text));
            if errno != Errno::TOOBIG {
                assert_eq!(format!("E{constant}"), kernel);
            }
        }
    }

    #[test]
    fn every_number_up_to_the_last_has_a_name_and_words() {
        // 41 and 58 are EWOULDBLOCK and EDEADLOCK elsewhere, and unused on most architectures.
        let holes = [41, 58];
        if Errno::HWPOISON.raw() != 133 {
            return;
        }
        for raw in (1..=133).filter(|raw| !holes.contains(raw)) {
            let errno = Errno::from_raw(raw);
            let name = errno.name().unwrap();
            let shown = errno.to_string();
            assert!(shown.ends_with(&format!(" ({name})")), "{shown}");
            assert!(!shown.contains("os error"), "{shown}");
        }
    }

    #[test]
    fn display_has_the_words_and_the_name() {
        assert_eq!(Errno::NODEV.to_string(), "No such device (ENODEV)");
        assert_eq!(Errno::TOOBIG.to_string(), "Argument list too long (E2BIG)");
        assert_eq!(Errno::NOTSUPP.to_string(), "Operation is not supported (ENOTSUPP)");
    }

    #[test]
    fn trap_6_numbers_without_a_name_are_shown_as_numbers() {
        for raw in [4096, 4097, 4352, 0, -19, i32::MAX, i32::MIN] {
            let errno = Errno::from_raw(raw);
            assert_eq!(errno.name(), None);
            assert_eq!(errno.to_string(), format!("error {raw}"));
            assert_eq!(format!("{errno:?}"), format!("Errno({raw})"));
            assert_eq!(io::Error::from(errno).raw_os_error(), Some(raw));
        }
    }

    #[test]
    fn io_errors_keep_the_number_both_ways() {
        let error = io::Error::from(Errno::PERM);
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(Errno::from_io_error(&error), Some(Errno::PERM));
        assert_eq!(Errno::from_io_error(&io::ErrorKind::TimedOut.into()), None);
    }

    #[test]
    fn second_names_are_the_same_number() {
        assert_eq!(Errno::WOULDBLOCK, Errno::AGAIN);
        assert_eq!(Errno::NOTSUP, Errno::OPNOTSUPP);
    }
}
