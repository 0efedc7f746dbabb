//! The system calls, each wrapped in a safe function. Nothing above this file is unsafe.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use libc::{c_int, c_void, socklen_t};

use super::control;
use super::filter::Instruction;
use crate::errno::Errno;
use crate::protocol::Protocol;

/// `struct sockaddr_nl`, which the libc crate has with a private field.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct NetlinkAddress {
    family: libc::sa_family_t,
    pad: u16,
    port: u32,
    groups: u32,
}

const ADDRESS_LENGTH: usize = size_of::<NetlinkAddress>();

impl NetlinkAddress {
    fn of_port(port: u32) -> Self {
        Self { family: libc::AF_NETLINK as libc::sa_family_t, port, ..Self::default() }
    }

    /// The address, if the kernel wrote a whole one and it is netlink's.
    fn checked(self, length: socklen_t) -> Option<Self> {
        let whole = length as usize == ADDRESS_LENGTH;
        (whole && c_int::from(self.family) == libc::AF_NETLINK).then_some(self)
    }
}

/// Room for control messages; aligned like their header.
#[repr(C, align(8))]
struct Control([u8; 256]);

/// What `recvmsg` says of a datagram.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// The datagram's real length, which may be more than the buffer has.
    pub(crate) length: usize,
    /// The port and group mask of the sender's address, if it is a netlink address.
    pub(crate) sender: Option<(u32, u32)>,
    /// The group of `NETLINK_PKTINFO`.
    pub(crate) group: Option<u32>,
    /// The number of the network namespace of `NETLINK_LISTEN_ALL_NSID`.
    pub(crate) nsid: Option<i32>,
    /// How many bytes came of a datagram that a simulated kernel cut short of what the buffer has.
    pub(crate) cut: Option<usize>,
}

impl Received {
    /// How many bytes are in a buffer of this size.
    pub(crate) fn kept(&self, buffer: usize) -> usize {
        self.cut.unwrap_or(self.length).min(buffer)
    }
}

fn check(result: c_int) -> Result<c_int, Errno> {
    if result < 0 { Err(Errno::last()) } else { Ok(result) }
}

#[inline]
fn check_length(result: isize) -> Result<usize, Errno> {
    usize::try_from(result).map_err(|_| Errno::last())
}

pub(super) fn socket(protocol: Protocol) -> Result<OwnedFd, Errno> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
    // SAFETY: `socket` takes only numbers.
    let fd = check(unsafe { libc::socket(libc::AF_NETLINK, kind, c_int::from(protocol.raw())) })?;
    // SAFETY: `from_raw_fd` wants an open descriptor that nobody else owns: `socket` has just made it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

pub(crate) fn eventfd() -> Result<OwnedFd, Errno> {
    // SAFETY: `eventfd` takes only numbers.
    let fd = check(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) })?;
    // SAFETY: `from_raw_fd` wants an open descriptor that nobody else owns: `eventfd` has just made it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Binds to a port id of the kernel's choice.
pub(super) fn bind(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    let address = NetlinkAddress::of_port(0);
    let pointer = (&raw const address).cast();
    // SAFETY: `bind` reads as many bytes from the pointer as the length says: the size of `address`, which outlives it.
    check(unsafe { libc::bind(fd.as_raw_fd(), pointer, ADDRESS_LENGTH as socklen_t) })?;
    Ok(())
}

/// The socket's own port id, `None` if the address is not one of netlink.
pub(super) fn port(fd: BorrowedFd<'_>) -> Result<Option<u32>, Errno> {
    let mut address = NetlinkAddress::default();
    let mut length = ADDRESS_LENGTH as socklen_t;
    let pointer = (&raw mut address).cast();
    // SAFETY: `getsockname` writes at most the given length to the pointer: the size of `address`, where any bytes are
    // valid, and writes the real length to a valid `socklen_t`.
    check(unsafe { libc::getsockname(fd.as_raw_fd(), pointer, &raw mut length) })?;
    Ok(address.checked(length).map(|address| address.port))
}

pub(super) fn set_option(fd: BorrowedFd<'_>, level: c_int, name: c_int, value: c_int) -> Result<(), Errno> {
    let pointer = (&raw const value).cast();
    // SAFETY: `setsockopt` reads as many bytes from the pointer as the length says: the size of `value`.
    check(unsafe { libc::setsockopt(fd.as_raw_fd(), level, name, pointer, size_of::<c_int>() as socklen_t) })?;
    Ok(())
}

/// Reads an option that is an array of words into `words`; the answer is the length in bytes that the kernel reports,
/// which may be more than fits.
pub(super) fn option_words(fd: BorrowedFd<'_>, level: c_int, name: c_int, words: &mut [u32]) -> Result<usize, Errno> {
    let mut length = size_of_val(words) as socklen_t;
    let pointer = words.as_mut_ptr().cast::<c_void>();
    // SAFETY: `getsockopt` writes at most the given length to the pointer: the size of `words`, where any bytes are
    // valid, and writes the real length to a valid `socklen_t`.
    check(unsafe { libc::getsockopt(fd.as_raw_fd(), level, name, pointer, &raw mut length) })?;
    Ok(length as usize)
}

pub(super) fn option(fd: BorrowedFd<'_>, level: c_int, name: c_int) -> Result<c_int, Errno> {
    let mut word = [0];
    option_words(fd, level, name, &mut word)?;
    Ok(word[0] as c_int)
}

/// Lets a program decide what gets into the queue.
pub(super) fn attach_filter(fd: BorrowedFd<'_>, program: &[Instruction]) -> Result<(), Errno> {
    let mut program: Vec<libc::sock_filter> = program
        .iter()
        .map(|&Instruction { code, jump_true: jt, jump_false: jf, k }| libc::sock_filter { code, jt, jf, k })
        .collect();
    let len = u16::try_from(program.len()).map_err(|_| Errno::INVAL)?;
    let filter = libc::sock_fprog { len, filter: program.as_mut_ptr() };
    let (pointer, length) = ((&raw const filter).cast(), size_of::<libc::sock_fprog>() as socklen_t);
    // SAFETY: `setsockopt` reads a `struct sock_fprog` from the pointer, as the length says, and as many instructions as
    // that one says from where it points to: those of `program`, which outlives it.
    check(unsafe { libc::setsockopt(fd.as_raw_fd(), libc::SOL_SOCKET, libc::SO_ATTACH_FILTER, pointer, length) })?;
    Ok(())
}

/// Moves the calling thread into a network namespace.
pub(super) fn enter_network(namespace: BorrowedFd<'_>) -> Result<(), Errno> {
    // SAFETY: `setns` takes only numbers.
    check(unsafe { libc::setns(namespace.as_raw_fd(), libc::CLONE_NEWNET) })?;
    Ok(())
}

/// Sends without waiting, and says how many bytes the kernel took. Without a port it goes where the socket's datagrams go
/// by themselves: to the kernel, unless somebody connected it.
#[inline]
pub(super) fn send(fd: BorrowedFd<'_>, bytes: &[u8], to_port: Option<u32>) -> Result<usize, Errno> {
    let address = to_port.map(NetlinkAddress::of_port);
    let (to, to_length) = match &address {
        Some(address) => ((&raw const *address).cast(), ADDRESS_LENGTH as socklen_t),
        None => (std::ptr::null(), 0),
    };
    let from = bytes.as_ptr().cast();
    let flags = libc::MSG_DONTWAIT;
    // SAFETY: `sendto` reads `bytes.len()` bytes from the start of `bytes`, and the size of `address` from `address` if
    // there is one; both outlive it.
    check_length(unsafe { libc::sendto(fd.as_raw_fd(), from, bytes.len(), flags, to, to_length) })
}

/// As [`receive`], without what control messages tell: the group above 32, and the namespace.
#[inline]
pub(super) fn receive_plain(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    let mut address = NetlinkAddress::default();
    let mut address_length = ADDRESS_LENGTH as socklen_t;
    let from = (&raw mut address).cast();
    let into = buffer.as_mut_ptr().cast();
    let flags = libc::MSG_DONTWAIT | libc::MSG_TRUNC;
    let from_length = &raw mut address_length;
    // SAFETY: `recvfrom` writes at most `buffer.len()` bytes to `buffer` and at most the given length, that of `address`,
    // to `address`; in both any bytes are valid, and both outlive it. The real length goes to a valid `socklen_t`.
    let length = check_length(unsafe { libc::recvfrom(fd.as_raw_fd(), into, buffer.len(), flags, from, from_length) })?;
    let sender = address.checked(address_length).map(|address| (address.port, address.groups));
    Ok(Received { length, sender, ..Received::default() })
}

/// Receives one datagram without waiting. What does not fit is lost, but the real length is told.
pub(super) fn receive(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Received, Errno> {
    let mut address = NetlinkAddress::default();
    let mut control = Control([0; 256]);
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // SAFETY: `msghdr` is integers and pointers, for which all zeros is a value.
    let mut message: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    message.msg_name = (&raw mut address).cast();
    message.msg_namelen = ADDRESS_LENGTH as socklen_t;
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    message.msg_control = control.0.as_mut_ptr().cast();
    message.msg_controllen = control.0.len() as _;
    let flags = libc::MSG_DONTWAIT | libc::MSG_TRUNC;
    // SAFETY: `recvmsg` writes within the lengths that stand beside the three pointers in `message`: those of
    // `address`, `buffer` and `control`, which are borrowed mutably here, outlive it, and in which any bytes are valid.
    let length = check_length(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut message, flags) })?;
    let sender = address.checked(message.msg_namelen).map(|address| (address.port, address.groups));
    let mut received = Received { length, sender, ..Received::default() };
    // Not a `usize` in every C library.
    #[allow(clippy::unnecessary_cast)]
    let filled = (message.msg_controllen as usize).min(control.0.len());
    control::read(&control.0[..filled], &mut received);
    Ok(received)
}

/// Memory that a fork sets to 0, for the rest of the process's life; `None` before Linux 4.14.
pub(super) fn wiped_on_fork() -> Option<&'static AtomicU32> {
    let (protection, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: new memory at an address of the kernel's choice; nothing else is changed.
    let page = unsafe { libc::mmap(std::ptr::null_mut(), size_of::<AtomicU32>(), protection, flags, -1, 0) };
    if page == libc::MAP_FAILED {
        return None;
    }
    // SAFETY: the range is the memory just made, which is a whole page.
    check(unsafe { libc::madvise(page, size_of::<AtomicU32>(), libc::MADV_WIPEONFORK) }).ok()?;
    // SAFETY: `from_ptr` wants an aligned pointer to memory that stays, and is accessed in no other way: the page is never
    // unmapped, starts with zeros, and only this reference knows of it.
    Some(unsafe { AtomicU32::from_ptr(page.cast()) })
}

/// Does something in which the calling thread gets no signals; a thread that it makes gets none as long as it lives.
pub(crate) fn without_signals<T>(work: impl FnOnce() -> T) -> T {
    struct Restore(libc::sigset_t);
    impl Drop for Restore {
        fn drop(&mut self) {
            // SAFETY: the set is one that the kernel gave, and where the old one would go may be null.
            unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut()) };
        }
    }
    // SAFETY: `sigset_t` is integers, for which all zeros is a value.
    let (mut all, mut before): (libc::sigset_t, libc::sigset_t) = unsafe { MaybeUninit::zeroed().assume_init() };
    // SAFETY: `sigfillset` writes to a valid set.
    unsafe { libc::sigfillset(&raw mut all) };
    // SAFETY: reads a filled set, and writes to another one.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, &raw mut before) };
    let _restore = Restore(before);
    work()
}

/// Which of the descriptors of [`wait`] are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ready {
    pub(crate) socket: bool,
    pub(crate) cancelled: bool,
}

/// Waits until the socket (if given) has something to read or an error to tell, until the event (if given) is readable,
/// or until the timeout is over; `None` waits without end. May return early with nothing ready.
pub(crate) fn wait(
    socket: Option<BorrowedFd<'_>>,
    event: Option<BorrowedFd<'_>>,
    timeout: Option<Duration>,
) -> Result<Ready, Errno> {
    // `poll` skips a negative descriptor.
    let entry = |fd: Option<BorrowedFd<'_>>| libc::pollfd {
        fd: fd.map_or(-1, |fd| fd.as_raw_fd()),
        events: libc::POLLIN,
        revents: 0,
    };
    let mut entries = [entry(socket), entry(event)];
    // Rounded up, or the last millisecond would be spent in a loop of empty waits.
    let timeout = timeout.map_or(-1, |left| c_int::try_from(left.as_nanos().div_ceil(1_000_000)).unwrap_or(c_int::MAX));
    // SAFETY: `poll` reads and writes as many entries as the count says: those of `entries`.
    let result = check(unsafe { libc::poll(entries.as_mut_ptr(), entries.len() as libc::nfds_t, timeout) });
    match result {
        Ok(_) | Err(Errno::INTR) => {}
        Err(errno) => return Err(errno),
    }
    Ok(Ready { socket: entries[0].revents != 0, cancelled: entries[1].revents != 0 })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::os::unix::thread::{JoinHandleExt, RawPthread};
    use std::thread::JoinHandle;

    use super::*;

    extern "C" fn ignore(_: c_int) {}

    /// Makes `SIGUSR2` interrupt system calls and do nothing else.
    pub(crate) fn let_signals_interrupt() {
        // SAFETY: `sigaction` is integers, pointers and an optional function, for which all zeros is a value.
        let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
        action.sa_sigaction = ignore as extern "C" fn(c_int) as libc::sighandler_t;
        // SAFETY: both pointers are valid or null, and the handler does nothing, which is safe in a signal handler.
        check(unsafe { libc::sigaction(libc::SIGUSR2, &raw const action, std::ptr::null_mut()) }).unwrap();
    }

    pub(crate) fn interrupt<T>(thread: &JoinHandle<T>) {
        let thread: RawPthread = thread.as_pthread_t();
        // SAFETY: the thread has not been joined, since its handle is borrowed here, so its id is valid.
        assert_eq!(unsafe { libc::pthread_kill(thread as libc::pthread_t, libc::SIGUSR2) }, 0);
    }

    /// What a function gives in a forked child.
    pub(crate) fn in_child(function: fn() -> u32) -> u32 {
        let pair = UnixStream::pair().unwrap();
        // SAFETY: the child has one thread, makes no use of locks or memory that another one may hold, and leaves.
        match unsafe { libc::fork() } {
            0 => {
                let bytes = function().to_ne_bytes();
                let _ = (&pair.1).write_all(&bytes);
                // SAFETY: `_exit` takes a number, and runs nothing of what the parent set up.
                unsafe { libc::_exit(0) }
            }
            child => {
                check(child).unwrap();
                let mut bytes = [0; 4];
                (&pair.0).read_exact(&mut bytes).unwrap();
                // SAFETY: waits for the child just made, and wants no status.
                check(unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) }).unwrap();
                u32::from_ne_bytes(bytes)
            }
        }
    }

    pub(crate) fn closes_on_exec(fd: BorrowedFd<'_>) -> bool {
        // SAFETY: `F_GETFD` takes no pointer.
        let flags = check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFD) }).unwrap();
        flags & libc::FD_CLOEXEC != 0
    }

    #[test]
    fn the_layout_of_control_messages_is_that_of_the_c_library() {
        assert_eq!(std::mem::offset_of!(libc::cmsghdr, cmsg_len), 0);
        assert_eq!(std::mem::offset_of!(libc::cmsghdr, cmsg_level), size_of::<usize>());
        assert_eq!(std::mem::offset_of!(libc::cmsghdr, cmsg_type), size_of::<usize>() + 4);
        assert_eq!(size_of::<libc::sockaddr_nl>(), ADDRESS_LENGTH);
    }

    #[test]
    fn an_address_of_another_family_or_length_is_none() {
        let address = NetlinkAddress { port: 5, ..NetlinkAddress::of_port(0) };
        assert!(address.checked(ADDRESS_LENGTH as socklen_t).is_some_and(|address| address.port == 5));
        for length in [0, 2, 11, 13, 110] {
            assert!(address.checked(length).is_none());
        }
        let other = NetlinkAddress { family: libc::AF_UNIX as libc::sa_family_t, ..address };
        assert!(other.checked(ADDRESS_LENGTH as socklen_t).is_none());
    }
}
