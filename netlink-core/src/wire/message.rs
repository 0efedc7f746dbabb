//! Messages: the 16-byte header and what follows it, one message after the other in a datagram.

use std::{
    fmt,
    ops::{BitOr, BitOrAssign},
};

use super::{
    attr::align4,
    error::{DecodeError, DecodeErrorKind},
};

/// The `flags` field of a message header.
///
/// The upper byte means different things in different messages: bits of requests that read, that create, that delete,
/// and of answers share their values. `Debug` shows what is the same everywhere by name, and the upper byte as a
/// number.
///
/// Mirrors `linux/netlink.h`.
///
/// ```
/// use netlink_core::wire::MessageFlags;
///
/// let flags = MessageFlags::REQUEST | MessageFlags::DUMP;
/// assert!(flags.contains(MessageFlags::REQUEST));
/// assert_eq!(flags.bits(), 0x301);
/// assert_eq!(format!("{flags:?}"), "REQUEST | 0x300");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct MessageFlags(u16);

impl MessageFlags {
    /// No flag at all.
    pub const NONE: Self = Self(0);
    /// To the kernel: this is a request. Without it the kernel does nothing and reports success.
    #[doc(alias = "NLM_F_REQUEST")]
    pub const REQUEST: Self = Self(0x1);
    /// One of several messages that make up an answer; a message of type `NLMSG_DONE` ends them.
    #[doc(alias = "NLM_F_MULTI")]
    pub const MULTI: Self = Self(0x2);
    /// Of requests: acknowledge success too. Failure is always answered.
    #[doc(alias = "NLM_F_ACK")]
    pub const ACK: Self = Self(0x4);
    /// Of requests: send the notification of the change to the requester too.
    #[doc(alias = "NLM_F_ECHO")]
    pub const ECHO: Self = Self(0x8);
    /// Of answers: what is being listed changed meanwhile, the list may lack something or have it twice.
    #[doc(alias = "NLM_F_DUMP_INTR")]
    pub const DUMP_INTR: Self = Self(0x10);
    /// Of answers: the kernel did filter the list as the request asked.
    #[doc(alias = "NLM_F_DUMP_FILTERED")]
    pub const DUMP_FILTERED: Self = Self(0x20);

    /// Of requests that read: from the root of the tree on.
    #[doc(alias = "NLM_F_ROOT")]
    pub const ROOT: Self = Self(0x100);
    /// Of requests that read: everything that matches.
    #[doc(alias = "NLM_F_MATCH")]
    pub const MATCH: Self = Self(0x200);
    /// Of requests that read: a consistent snapshot. Today's kernels ignore it.
    #[doc(alias = "NLM_F_ATOMIC")]
    pub const ATOMIC: Self = Self(0x400);
    /// Of requests that read: list everything, [`ROOT`](Self::ROOT) and [`MATCH`](Self::MATCH) together.
    #[doc(alias = "NLM_F_DUMP")]
    pub const DUMP: Self = Self(0x300);

    /// Of requests that create: replace what is there.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const REPLACE: Self = Self(0x100);
    /// Of requests that create: fail with `EEXIST` if it is there.
    #[doc(alias = "NLM_F_EXCL")]
    pub const EXCL: Self = Self(0x200);
    /// Of requests that create: create it if it is not there.
    #[doc(alias = "NLM_F_CREATE")]
    pub const CREATE: Self = Self(0x400);
    /// Of requests that create: add to the end of the list.
    #[doc(alias = "NLM_F_APPEND")]
    pub const APPEND: Self = Self(0x800);

    /// Of requests that delete: not what is below it.
    #[doc(alias = "NLM_F_NONREC")]
    pub const NONREC: Self = Self(0x100);
    /// Of requests that delete: everything that matches.
    #[doc(alias = "NLM_F_BULK")]
    pub const BULK: Self = Self(0x200);

    /// Of acknowledgements: the request is not repeated after its header.
    #[doc(alias = "NLM_F_CAPPED")]
    pub const CAPPED: Self = Self(0x100);
    /// Of acknowledgements and the end of dumps: attributes of the extended acknowledgement may follow.
    #[doc(alias = "NLM_F_ACK_TLVS")]
    pub const ACK_TLVS: Self = Self(0x200);

    /// The bits.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The flags with these bits; all are kept, those without a name too.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// Whether all bits of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits of both; `|` in constants.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether no bit is set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for MessageFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitOrAssign for MessageFlags {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.union(other);
    }
}

impl fmt::Debug for MessageFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 6] = ["REQUEST", "MULTI", "ACK", "ECHO", "DUMP_INTR", "DUMP_FILTERED"];
        let mut separator = "";
        for (bit, name) in NAMES.iter().enumerate() {
            if self.0 & (1 << bit) != 0 {
                write!(f, "{separator}{name}")?;
                separator = " | ";
            }
        }
        match self.0 & !0x3f {
            0 if separator.is_empty() => f.write_str("NONE"),
            0 => Ok(()),
            rest => write!(f, "{separator}{rest:#x}"),
        }
    }
}

/// The header of a message, 16 bytes in host byte order.
///
/// ```text
///  0               4       6       8              12              16
/// +---------------+-------+-------+---------------+---------------+
/// |      len      | kind  | flags |      seq      |     port      |
/// +---------------+-------+-------+---------------+---------------+
/// ```
///
/// Mirrors `struct nlmsghdr` of `linux/netlink.h`.
#[doc(alias = "nlmsghdr")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageHeader {
    /// The length of the message in bytes: header and body, without padding behind it.
    #[doc(alias = "nlmsg_len")]
    pub len: u32,
    /// The message type. Below 16 it is a control message, except in the connector.
    #[doc(alias = "nlmsg_type")]
    pub kind: u16,
    /// Flags.
    #[doc(alias = "nlmsg_flags")]
    pub flags: MessageFlags,
    /// The number of the request that the message belongs to, 0 for many notifications.
    #[doc(alias = "nlmsg_seq")]
    pub seq: u32,
    /// The port id of the requester. The sender can write anything here: it proves nothing.
    #[doc(alias = "nlmsg_pid")]
    pub port: u32,
}

impl MessageHeader {
    /// The number of bytes.
    #[doc(alias = "NLMSG_HDRLEN")]
    pub const SIZE: usize = 16;

    /// Reads a header.
    pub fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        let [l0, l1, l2, l3, k0, k1, f0, f1, s0, s1, s2, s3, p0, p1, p2, p3] = *bytes;
        Self {
            len: u32::from_ne_bytes([l0, l1, l2, l3]),
            kind: u16::from_ne_bytes([k0, k1]),
            flags: MessageFlags(u16::from_ne_bytes([f0, f1])),
            seq: u32::from_ne_bytes([s0, s1, s2, s3]),
            port: u32::from_ne_bytes([p0, p1, p2, p3]),
        }
    }

    /// The header as it is on the wire.
    ///
    /// ```
    /// use netlink_core::wire::MessageHeader;
    ///
    /// let header = MessageHeader { len: 16, kind: 18, ..MessageHeader::default() };
    /// assert_eq!(MessageHeader::from_bytes(&header.to_bytes()), header);
    /// ```
    pub fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        bytes[..4].copy_from_slice(&self.len.to_ne_bytes());
        bytes[4..6].copy_from_slice(&self.kind.to_ne_bytes());
        bytes[6..8].copy_from_slice(&self.flags.0.to_ne_bytes());
        bytes[8..12].copy_from_slice(&self.seq.to_ne_bytes());
        bytes[12..].copy_from_slice(&self.port.to_ne_bytes());
        bytes
    }
}

/// One message as it stands in a datagram.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    header: MessageHeader,
    bytes: &'a [u8],
}

impl<'a> Message<'a> {
    /// A message that takes up the whole slice, whatever its length field says: for audit events, whose length field
    /// does not count the header.
    ///
    /// # Errors
    ///
    /// There are not even the 16 bytes of a header.
    pub fn whole(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        match bytes.first_chunk() {
            Some(header) => Ok(Self { header: MessageHeader::from_bytes(header), bytes }),
            None => Err(truncated(MessageHeader::SIZE, bytes.len(), 0)),
        }
    }

    /// The header.
    #[inline]
    pub fn header(&self) -> MessageHeader {
        self.header
    }

    /// What follows the header, up to the length that the header tells.
    #[inline]
    pub fn body(&self) -> &'a [u8] {
        self.bytes.get(MessageHeader::SIZE..).unwrap_or_default()
    }

    /// The whole message, header included, without padding behind it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("header", &self.header).field("body", &self.body()).finish()
    }
}

/// Walks over the messages of a datagram.
///
/// Yields an error, and then nothing more, where a message's length makes no sense: below 16, or past the end. Lengths
/// need not be multiples of 4, zeros behind the last message are ignored. Events of audit to one socket alone, whose
/// length leaves the header out, are read with [`Message::whole`]; a [`Connection`](crate::Connection) does that.
///
/// ```
/// use netlink_core::wire::{MessageHeader, Messages};
///
/// let header = MessageHeader { len: 18, kind: 16, seq: 7, ..MessageHeader::default() };
/// let mut datagram = header.to_bytes().to_vec();
/// datagram.extend([0xaa, 0xbb]);
///
/// let message = Messages::new(&datagram).next().unwrap()?;
/// assert_eq!(message.header().seq, 7);
/// assert_eq!(message.body(), [0xaa, 0xbb]);
/// # Ok::<(), netlink_core::wire::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Messages<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Messages<'a> {
    /// Reads messages from the start of the datagram to its end.
    pub fn new(datagram: &'a [u8]) -> Self {
        Self::starting_at(datagram, 0)
    }

    /// Goes on where another walk over the same datagram [stopped](Self::offset).
    pub fn starting_at(datagram: &'a [u8], offset: usize) -> Self {
        Self { bytes: datagram, at: offset.min(datagram.len()) }
    }

    /// Where the next message starts, in bytes from the start of the datagram.
    pub fn offset(&self) -> usize {
        self.at
    }
}

#[cold]
fn truncated(needed: usize, found: usize, at: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Truncated { needed, found }, at)
}

/// The length that a message header claims.
#[inline]
fn claimed(header: &MessageHeader) -> usize {
    usize::try_from(header.len).unwrap_or(usize::MAX)
}

/// The message that starts here in a datagram, and where the next one does; `None` if it is not there as a whole.
#[inline]
pub(crate) fn message_at(datagram: &[u8], at: usize) -> Option<(Message<'_>, usize)> {
    let rest = datagram.get(at..)?;
    let header = MessageHeader::from_bytes(rest.first_chunk()?);
    let len = claimed(&header);
    let bytes = rest.get(..len).filter(|_| len >= MessageHeader::SIZE)?;
    Some((Message { header, bytes }, datagram.len().min(at + align4(len))))
}

impl<'a> Messages<'a> {
    /// What is left is no message: padding, or damage.
    #[cold]
    fn last(&mut self) -> Option<Result<Message<'a>, DecodeError>> {
        let at = std::mem::replace(&mut self.at, self.bytes.len());
        let rest = &self.bytes[at..];
        let short = || {
            const SHORT: &str = "a message claims to be shorter than its own header of 16 bytes";
            DecodeError::new(DecodeErrorKind::Invalid(SHORT), at)
        };
        let padding = rest.iter().all(|byte| *byte == 0);
        match rest.first_chunk().map(|header| claimed(&MessageHeader::from_bytes(header))) {
            Some(len @ MessageHeader::SIZE..) => Some(Err(truncated(len, rest.len(), at))),
            _ if padding => None,
            Some(_) => Some(Err(short())),
            None => Some(Err(truncated(MessageHeader::SIZE, rest.len(), at))),
        }
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Result<Message<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Some((message, next)) = message_at(self.bytes, self.at) else { return self.last() };
        self.at = next;
        Some(Ok(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(len: u32, body: &[u8]) -> Vec<u8> {
        let mut bytes = MessageHeader { len, kind: 16, ..MessageHeader::default() }.to_bytes().to_vec();
        bytes.extend(body);
        bytes
    }

    #[test]
    fn an_unaligned_total_is_fine_at_the_end_and_padded_in_between() {
        let mut bytes = message(17, &[1, 0, 0, 0]);
        bytes.extend(message(19, &[1, 2, 3]));
        let bodies: Vec<&[u8]> = Messages::new(&bytes).map(|message| message.unwrap().body()).collect();
        assert_eq!(bodies, [&[1][..], &[1, 2, 3]]);
    }

    #[test]
    fn zeros_behind_the_last_message_are_ignored() {
        for padding in [1, 3, 4, 15, 16, 40] {
            let mut bytes = message(16, &[]);
            bytes.resize(16 + padding, 0);
            assert_eq!(Messages::new(&bytes).count(), 1);
        }
    }

    #[test]
    fn damage_is_one_error_with_its_offset_and_then_the_end() {
        let good = message(16, &[]);
        for damage in [message(15, &[]), message(0, &[1]), message(17, &[]), message(u32::MAX, &[]), vec![1; 7]] {
            let mut bytes = good.clone();
            bytes.extend(&damage);
            let mut messages = Messages::new(&bytes);
            assert!(messages.next().unwrap().is_ok());
            assert_eq!(messages.next().unwrap().unwrap_err().offset(), 16);
            assert!(messages.next().is_none());
        }
    }

    #[test]
    fn trap_51_a_message_can_be_taken_whole_whatever_its_length_says() {
        let bytes = message(3, b"abc");
        assert_eq!(Message::whole(&bytes).unwrap().body(), b"abc");
        assert!(Message::whole(&bytes[..15]).is_err());
    }

    #[test]
    fn flags_are_readable() {
        assert_eq!(format!("{:?}", MessageFlags::NONE), "NONE");
        assert_eq!(format!("{:?}", MessageFlags::from_bits(0x8046)), "MULTI | ACK | 0x8040");
    }
}
