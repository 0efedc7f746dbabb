//! What acknowledgements carry besides an error number.

use crate::wire::{Attrs, DecodeError, DecodeErrorKind, Message, MessageFlags, MessageHeader};

use super::rules::NLMSG_DONE;

/// The extended acknowledgement: what the kernel says about a request in words and positions.
///
/// Part of a refusal, and of a success too: then `message` is a warning. Mirrors `enum nlmsgerr_attrs` of
/// `linux/netlink.h`.
#[doc(alias = "nlmsgerr_attrs")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExtAck {
    /// The kernel's explanation, in English. Bytes that are not UTF-8 are replaced. Of everything here, this alone also
    /// comes at the end of a list before Linux 6.10.
    #[doc(alias = "NLMSGERR_ATTR_MSG")]
    pub message: Option<String>,
    /// The attribute or member that the kernel objects to, in bytes from the start of the request's message header.
    #[doc(alias = "NLMSGERR_ATTR_OFFS")]
    pub offset: Option<u32>,
    /// Data of the family, such as the number of an object just made; empty if there is none.
    #[doc(alias = "NLMSGERR_ATTR_COOKIE")]
    pub cookie: Vec<u8>,
    /// The attributes that describe what the kernel would have accepted, as they are on the wire; empty if there are
    /// none. Since Linux 5.7.
    #[doc(alias = "NLMSGERR_ATTR_POLICY")]
    pub policy: Vec<u8>,
    /// The number of an attribute that should have been there. Since Linux 6.1.
    #[doc(alias = "NLMSGERR_ATTR_MISS_TYPE")]
    pub missing: Option<u32>,
    /// Where the nest starts that lacks it, in bytes from the start of the request's message header; `None` for the
    /// outermost level. Since Linux 6.1.
    #[doc(alias = "NLMSGERR_ATTR_MISS_NEST")]
    pub missing_in: Option<u32>,
}

impl ExtAck {
    /// That the kernel said nothing.
    pub(crate) const NOTHING: &'static Self =
        &Self { message: None, offset: None, cookie: Vec::new(), policy: Vec::new(), missing: None, missing_in: None };

    /// Whether the kernel said nothing.
    pub fn is_empty(&self) -> bool {
        self == Self::NOTHING
    }

    /// Reads the attributes; what is damaged ends them, since the error number beside them matters more.
    #[inline]
    fn parse(bytes: &[u8]) -> Self {
        let mut ext_ack = Self::default();
        for attr in Attrs::new(bytes).map_while(Result::ok) {
            let word = attr.payload.first_chunk().copied().map(u32::from_ne_bytes);
            match attr.id() {
                1 => ext_ack.message = Some(text(attr.payload)),
                2 => ext_ack.offset = word,
                3 => ext_ack.cookie = attr.payload.to_vec(),
                4 => ext_ack.policy = attr.payload.to_vec(),
                5 => ext_ack.missing = word,
                6 => ext_ack.missing_in = word,
                _ => {}
            }
        }
        ext_ack
    }
}

/// A C string: up to the first NUL, if there is one.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// The content of `NLMSG_ERROR` and `NLMSG_DONE`.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    /// The error number, positive; 0 for success.
    pub(super) errno: i32,
    /// What the kernel says besides, which is mostly nothing.
    pub(super) ext_ack: Option<Box<ExtAck>>,
    /// The request as the kernel repeats it, if it is all there.
    pub(super) echo: Option<&'a [u8]>,
}

impl<'a> Answer<'a> {
    /// Reads the body of `NLMSG_ERROR` or `NLMSG_DONE`.
    pub(super) fn parse(message: &Message<'a>) -> Result<Self, DecodeError> {
        let body = message.body();
        let flags = message.header().flags;
        let word = body.first_chunk().copied().map(i32::from_ne_bytes);
        let (errno, echo, attrs_at) = if message.header().kind == NLMSG_DONE {
            // A positive number, or none, is a family's own way to end its answer, and no error.
            let errno = word.filter(|word| *word < 0).map_or(0, positive);
            (errno, None, 4)
        } else {
            let Some(word) = word else {
                let kind = DecodeErrorKind::Truncated { needed: 4, found: body.len() };
                return Err(DecodeError::new(kind, MessageHeader::SIZE));
            };
            let (echo, end) = echo(body, flags);
            (positive(word), echo, end)
        };
        let attrs = body.get(attrs_at..).filter(|attrs| !attrs.is_empty() && flags.contains(MessageFlags::ACK_TLVS));
        let ext_ack = attrs.map(ExtAck::parse).filter(|ext_ack| !ext_ack.is_empty());
        Ok(Self { errno, ext_ack: ext_ack.map(Box::new), echo })
    }
}

/// Some families report errors without the minus.
#[inline]
fn positive(errno: i32) -> i32 {
    errno.checked_abs().unwrap_or(i32::MAX)
}

/// The request that an `NLMSG_ERROR` repeats, and where that ends: after its header, or after all of it.
#[inline]
fn echo(body: &[u8], flags: MessageFlags) -> (Option<&[u8]>, usize) {
    const HEADER_END: usize = 4 + MessageHeader::SIZE;
    let header = body.get(4..HEADER_END).and_then(|bytes| bytes.first_chunk()).map(MessageHeader::from_bytes);
    match header {
        Some(request) if !flags.contains(MessageFlags::CAPPED) => {
            let len = usize::try_from(request.len).unwrap_or(usize::MAX).max(MessageHeader::SIZE);
            let end = len.checked_next_multiple_of(4).and_then(|len| len.checked_add(4)).unwrap_or(usize::MAX);
            (body.get(4..).and_then(|echo| echo.get(..len)), end)
        }
        _ => (None, HEADER_END),
    }
}
