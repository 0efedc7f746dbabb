//! Messages as the kernel writes them.

use super::refusal::Refusal;
use crate::{
    schema::Kind,
    wire::{MessageFlags, MessageHeader},
};

pub(super) const NLMSG_NOOP: u16 = 1;
pub(super) const NLMSG_ERROR: u16 = 2;
pub(super) const NLMSG_DONE: u16 = 3;
pub(super) const NLMSG_OVERRUN: u16 = 4;

/// A message, padded to a multiple of 4 bytes.
pub(super) fn message(kind: u16, flags: MessageFlags, (seq, port): (u32, u32), parts: &[&[u8]]) -> Vec<u8> {
    let len = MessageHeader::SIZE + parts.iter().map(|part| part.len()).sum::<usize>();
    let header = MessageHeader { len: u32::try_from(len).unwrap_or(u32::MAX), kind, flags, seq, port };
    let mut bytes = header.to_bytes().to_vec();
    parts.iter().for_each(|part| bytes.extend_from_slice(part));
    bytes.resize(len.next_multiple_of(4), 0);
    bytes
}

/// A request, and what its socket wants to know about it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The request, its message header included.
    pub(super) bytes: Vec<u8>,
    pub(super) header: MessageHeader,
    /// The port id of the socket that it came from.
    pub(super) port: u32,
    /// The length of the second header, that of generic families.
    pub(super) second: usize,
    /// What the declaration says of its body.
    pub(super) layout: Kind,
    /// The options of the socket.
    pub(super) ext_ack: bool,
    pub(super) cap_ack: bool,
    pub(super) strict: bool,
}

impl Asked {
    fn attrs(&self, verdict: &Refusal) -> Vec<u8> {
        if self.ext_ack { verdict.attrs(&self.bytes, self.second, self.layout) } else { Vec::new() }
    }

    pub(super) fn reply_to(&self) -> (u32, u32) {
        (self.header.seq, self.port)
    }

    /// `NLMSG_ERROR`: success is always capped, failure only where the socket asked for it.
    pub(super) fn acknowledgement(&self, verdict: &Refusal) -> Vec<u8> {
        let errno = verdict.number();
        let capped = errno == 0 || self.cap_ack;
        let attrs = self.attrs(verdict);
        let mut flags = MessageFlags::NONE;
        if capped {
            flags |= MessageFlags::CAPPED;
        }
        if !attrs.is_empty() {
            flags |= MessageFlags::ACK_TLVS;
        }
        let mut echo = self.bytes.clone();
        if capped {
            echo.truncate(MessageHeader::SIZE);
        }
        if !attrs.is_empty() {
            echo.resize(echo.len().next_multiple_of(4), 0);
        }
        message(NLMSG_ERROR, flags, self.reply_to(), &[&errno.to_ne_bytes(), &echo, &attrs])
    }

    /// `NLMSG_DONE`. The flag for attributes is set even where they do not fit.
    pub(super) fn done(&self, verdict: &Refusal, flags: MessageFlags, room: usize) -> Vec<u8> {
        let attrs = self.attrs(verdict);
        let flags = if attrs.is_empty() { flags } else { flags | MessageFlags::ACK_TLVS };
        let fits = MessageHeader::SIZE + 4 + attrs.len() <= room;
        let attrs = if fits { &attrs[..] } else { &[] };
        message(NLMSG_DONE, flags, self.reply_to(), &[&verdict.number().to_ne_bytes(), attrs])
    }
}
