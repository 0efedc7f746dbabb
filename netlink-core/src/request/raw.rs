//! Messages that nobody declared.

use std::borrow::Cow;

use crate::wire::{Body, Decode, DecodeError, Encode, IntoOwned, Message, MessageHeader, Writer};

/// A message that nobody declared: its header, and everything behind that as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawMessage<'a> {
    /// The message header.
    pub header: MessageHeader,
    /// What follows the message header.
    pub body: Cow<'a, [u8]>,
}

impl<'a> Decode<'a> for RawMessage<'a> {
    fn decode_at(bytes: &'a [u8], _base: usize) -> Result<Self, DecodeError> {
        Ok(Self { header: MessageHeader::default(), body: bytes.into() })
    }

    fn decode_message(message: Message<'a>, _header: usize) -> Result<Self, DecodeError> {
        Ok(Self { header: message.header(), body: message.body().into() })
    }
}

impl Encode for RawMessage<'_> {
    fn encode_into(&self, out: &mut Writer) {
        out.bytes(&self.body);
    }
}

impl Body for RawMessage<'_> {
    type Of<'a> = RawMessage<'a>;
}

impl IntoOwned for RawMessage<'_> {
    type Owned = RawMessage<'static>;

    fn into_owned(self) -> Self::Owned {
        RawMessage { header: self.header, body: Cow::Owned(self.body.into_owned()) }
    }
}
