//! Control messages: what a datagram comes with.

use libc::c_int;

use super::sys::Received;

/// Picks what is wanted out of the control messages: each a `struct cmsghdr` (length with the header, level, type),
/// then its data, all aligned to words.
pub(super) fn read(mut bytes: &[u8], received: &mut Received) {
    const WORD: usize = size_of::<usize>();
    const HEADER: usize = WORD + 8;
    while let Some((header, _)) = bytes.split_at_checked(HEADER) {
        let word = |at: usize| c_int::from_ne_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let mut length = [0; WORD];
        length.copy_from_slice(&header[..WORD]);
        let length = usize::from_ne_bytes(length);
        let Some(data) = bytes.get(HEADER..length) else { return };
        let first = data.first_chunk().copied();
        match (word(WORD), word(WORD + 4)) {
            (libc::SOL_NETLINK, libc::NETLINK_PKTINFO) => received.group = first.map(u32::from_ne_bytes),
            (libc::SOL_NETLINK, libc::NETLINK_LISTEN_ALL_NSID) => received.nsid = first.map(i32::from_ne_bytes),
            _ => {}
        }
        bytes = bytes.get(length.next_multiple_of(WORD)..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A control message as the kernel writes it.
    fn control(level: c_int, kind: c_int, data: &[u8]) -> Vec<u8> {
        let length = size_of::<usize>() + 8 + data.len();
        let mut bytes = length.to_ne_bytes().to_vec();
        bytes.extend(level.to_ne_bytes());
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(data);
        bytes.resize(length.next_multiple_of(size_of::<usize>()), 0);
        bytes
    }

    #[test]
    fn control_messages_that_nobody_asked_for_are_skipped() {
        let mut bytes = control(libc::SOL_SOCKET, libc::SCM_CREDENTIALS, &[7; 12]);
        bytes.extend(control(libc::SOL_NETLINK, libc::NETLINK_PKTINFO, &37_u32.to_ne_bytes()));
        bytes.extend(control(libc::SOL_NETLINK, libc::NETLINK_LISTEN_ALL_NSID, &(-1_i32).to_ne_bytes()));
        let mut received = Received::default();
        read(&bytes, &mut received);
        assert_eq!((received.group, received.nsid), (Some(37), Some(-1)));
    }

    #[test]
    fn damaged_control_messages_end_the_search() {
        let whole = control(libc::SOL_NETLINK, libc::NETLINK_PKTINFO, &37_u32.to_ne_bytes());
        for length in 0..whole.len() {
            let mut received = Received::default();
            read(&whole[..length], &mut received);
            assert!(received.group.is_none_or(|group| group == 37));
        }
        for claimed in [0, 1, 8, 15, 16, 17, 1000, usize::MAX, usize::MAX - 7] {
            let mut bytes = whole.clone();
            bytes[..size_of::<usize>()].copy_from_slice(&claimed.to_ne_bytes());
            read(&bytes, &mut Received::default());
        }
    }
}
