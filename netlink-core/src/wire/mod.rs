//! Bytes and values: the wire format, without any I/O.
//!
//! Nothing here panics on any input, assumes an alignment, or allocates because a length field says so.

mod attr;
mod body;
mod context;
mod encoding;
mod error;
mod lazy;
mod limits;
mod list;
mod message;
mod number;
mod owned;
mod places;
mod select;
mod set;
mod shown;
mod slot;
mod structure;
#[cfg(test)]
mod tests;
mod unknown;
mod value;
mod values;
mod writer;

pub(crate) use attr::{ATTR_HEADER, align4};
pub use attr::{Attr, Attrs, MAX_PAYLOAD, NESTED, NET_BYTEORDER, TYPE_MASK};
pub use body::{Body, Decode, Encode};
pub use context::Context;
pub use encoding::{
    As, Be, Indexed, Le, Multi, Native, Net, NoNul, Numbered, Order, Packed, Records, SInt, Stream, Strings, Time, UInt,
};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub(crate) use error::{Path, Step, out_of_range};
pub use lazy::Lazy;
pub use limits::{Measured, Ranged};
pub use list::{AttrChoice, HasHeader, MergeSlot, RecordHeader};
pub(crate) use message::message_at;
pub use message::{Message, MessageFlags, MessageHeader, Messages};
pub use number::{NlEnum, NlFlags, Number};
pub use owned::IntoOwned;
pub use select::{KeepRaw, Key, NlUnion, RawValue, Select, UnionSlot};
pub use set::{DecodeSet, EncodeSet, NlMessage, SetInfo};
pub use shown::Shown;
pub use slot::Slot;
pub use structure::{NlStruct, OptionalMember};
pub use unknown::{KeepAttr, KeepUnknown, UnknownAttr, UnknownAttrs};
pub use value::{Fixed, Value};
pub use values::{Array, Bitfield32, FixedStr, Hex, IfName, LinkAddr, MacAddr, NotAMacAddr, Text, TextTooLong, Uuid};
pub use writer::Writer;

/// What derived code calls besides the public items.
pub(crate) mod derived {
    pub use super::{
        body::{decode_entry, decode_message, decode_value},
        context::defer,
        limits::{check_len, check_range, is_marked, unmark_nests},
        list::{RecordLen, emit_token, fill_record_length},
        number::{each_flag, number_key},
        select::{SelectsInner, is_key, with_outer_key},
        set::{decode_nest, decode_nest_into, encode_set, missing, nest_kind},
        structure::{
            Counted, after_tail, at_least, decode_struct, encode_value, fill_bits, fill_length, header_bytes,
            max_align, tail, tail_of, within_member, within_tail, write_named,
        },
    };
}
