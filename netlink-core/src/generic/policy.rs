//! Policies: what the kernel accepts in the attributes of a generic family.
//!
//! Declared after `enum netlink_policy_type_attr` and `enum netlink_attribute_type` in `linux/netlink.h`; the kernel's
//! side is `net/netlink/policy.c`. It leaves out attributes of the types `NLA_BE16`, `NLA_BE32`, `NLA_UNSPEC` and
//! `NLA_REJECT`: that an attribute is absent does not mean that it is refused.
//!
//! ```
//! use netlink_core::{NlFamily, generic::{Controller, PolicyRequest}};
//!
//! let mut controller = Controller::connect()?;
//! let request = PolicyRequest { family_name: Some("nlctrl".into()), ..PolicyRequest::default() };
//! for part in controller.dump(Controller::GET_POLICY.with(&request))? {
//!     for (policy, attributes) in part?.policy {
//!         for (attribute, limits) in attributes {
//!             println!("policy {policy}, attribute {attribute}: {:?}", limits.ty);
//!         }
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::{borrow::Cow, fmt};

use netlink_derive::{NlDebug, NlEnum, NlMessage};

use crate::wire::UnknownAttrs;

/// Asks for the policies of a family, or of one of its operations.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct PolicyRequest<'a> {
    /// The message type of the family; either this or the name is needed.
    #[doc(alias = "CTRL_ATTR_FAMILY_ID")]
    #[nl_attr(1)]
    pub family_id: Option<u16>,
    /// The name of the family: at most 15 bytes.
    #[doc(alias = "CTRL_ATTR_FAMILY_NAME")]
    #[nl_attr(2, len = ..=15)]
    pub family_name: Option<Cow<'a, str>>,
    /// The operation; without it, all of the family's.
    #[doc(alias = "CTRL_ATTR_OP")]
    #[nl_attr(10)]
    pub op: Option<u32>,
}

/// A part of the policies of a family. The kernel sends them in many messages: first which operation has which policy,
/// then each attribute of each policy by itself. [`merge`](crate::NlMessage::merge) puts them together.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Policies<'a> {
    /// The message type of the family.
    #[doc(alias = "CTRL_ATTR_FAMILY_ID")]
    #[nl_attr(1)]
    pub family_id: Option<u16>,
    /// By number of the policy, then of the attribute: what is accepted.
    #[doc(alias = "CTRL_ATTR_POLICY")]
    #[nl_attr(8, numbered, levels = 2)]
    pub policy: Vec<(u16, Vec<(u16, AttrPolicy)>)>,
    /// By number of the operation: its policies.
    #[doc(alias = "CTRL_ATTR_OP_POLICY")]
    #[nl_attr(9, numbered)]
    pub op_policy: Vec<(u16, OpPolicy)>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The policies of an operation.
#[derive(NlMessage, NlDebug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpPolicy {
    /// The number of the policy for requests about one object.
    #[doc(alias = "CTRL_ATTR_POLICY_DO")]
    #[nl_attr(1)]
    pub do_: Option<u32>,
    /// The number of the policy for requests for a list.
    #[doc(alias = "CTRL_ATTR_POLICY_DUMP")]
    #[nl_attr(2)]
    pub dump: Option<u32>,
}

/// What the kernel accepts in an attribute.
#[derive(NlMessage, NlDebug, Clone, Copy, Default, PartialEq, Eq)]
#[nl(pad = 11)]
pub struct AttrPolicy {
    /// The type.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_TYPE")]
    #[nl_attr(1)]
    pub ty: Option<AttrType>,
    /// The smallest value of a signed integer.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MIN_VALUE_S")]
    #[nl_attr(2)]
    pub min_value_s: Option<i64>,
    /// The largest value of a signed integer.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MAX_VALUE_S")]
    #[nl_attr(3)]
    pub max_value_s: Option<i64>,
    /// The smallest value of an unsigned integer.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MIN_VALUE_U")]
    #[nl_attr(4)]
    pub min_value_u: Option<u64>,
    /// The largest value of an unsigned integer.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MAX_VALUE_U")]
    #[nl_attr(5)]
    pub max_value_u: Option<u64>,
    /// The smallest length of a payload, in bytes.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MIN_LENGTH")]
    #[nl_attr(6)]
    pub min_length: Option<u32>,
    /// The largest length of a payload, in bytes.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MAX_LENGTH")]
    #[nl_attr(7)]
    pub max_length: Option<u32>,
    /// The number of the policy for the attributes inside of a nest.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_POLICY_IDX")]
    #[nl_attr(8)]
    pub policy_idx: Option<u32>,
    /// The largest attribute number inside of a nest.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE")]
    #[nl_attr(9)]
    pub policy_maxtype: Option<u32>,
    /// The bits that a bit field with a selector may have.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_BITFIELD32_MASK")]
    #[nl_attr(10)]
    pub bitfield32_mask: Option<u32>,
    /// The bits that an unsigned integer may have. Since Linux 5.11.
    #[doc(alias = "NL_POLICY_TYPE_ATTR_MASK")]
    #[nl_attr(12)]
    pub mask: Option<u64>,
}

impl AttrPolicy {
    /// The smallest and the largest value of an integer.
    pub fn range(&self) -> Option<(i128, i128)> {
        let unsigned = self.min_value_u.map(i128::from).zip(self.max_value_u.map(i128::from));
        unsigned.or(self.min_value_s.map(i128::from).zip(self.max_value_s.map(i128::from)))
    }
}

/// What is accepted, in words: ``u16 from 0 to 4094``.
impl fmt::Display for AttrPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ty {
            Some(ty) => ty.words().fmt(f)?,
            None => f.write_str("it")?,
        }
        if let Some((min, max)) = self.range().filter(|range| self.ty.and_then(AttrType::whole_range) != Some(*range)) {
            write!(f, " from {min} to {max}")?;
        }
        match (self.min_length.filter(|min| *min > 0), self.max_length) {
            (Some(min), Some(max)) if min == max => write!(f, " of {min} bytes")?,
            (Some(min), Some(max)) => write!(f, " of {min} to {max} bytes")?,
            (Some(min), None) => write!(f, " of at least {min} bytes")?,
            (None, Some(max)) => write!(f, " of at most {max} bytes")?,
            (None, None) => {}
        }
        if let Some(mask) = self.mask.or(self.bitfield32_mask.map(u64::from)) {
            write!(f, " with bits of {mask:#x}")?;
        }
        Ok(())
    }
}

/// The type of an attribute, as policies name it.
#[doc(alias = "netlink_attribute_type")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum AttrType {
    /// None.
    #[doc(alias = "NL_ATTR_TYPE_INVALID")]
    Invalid = 0,
    /// Present or not.
    #[doc(alias = "NL_ATTR_TYPE_FLAG")]
    Flag = 1,
    /// An unsigned integer of 8 bits.
    #[doc(alias = "NL_ATTR_TYPE_U8")]
    U8 = 2,
    /// An unsigned integer of 16 bits.
    #[doc(alias = "NL_ATTR_TYPE_U16")]
    U16 = 3,
    /// An unsigned integer of 32 bits.
    #[doc(alias = "NL_ATTR_TYPE_U32")]
    U32 = 4,
    /// An unsigned integer of 64 bits.
    #[doc(alias = "NL_ATTR_TYPE_U64")]
    U64 = 5,
    /// A signed integer of 8 bits.
    #[doc(alias = "NL_ATTR_TYPE_S8")]
    S8 = 6,
    /// A signed integer of 16 bits.
    #[doc(alias = "NL_ATTR_TYPE_S16")]
    S16 = 7,
    /// A signed integer of 32 bits.
    #[doc(alias = "NL_ATTR_TYPE_S32")]
    S32 = 8,
    /// A signed integer of 64 bits.
    #[doc(alias = "NL_ATTR_TYPE_S64")]
    S64 = 9,
    /// Bytes.
    #[doc(alias = "NL_ATTR_TYPE_BINARY")]
    Binary = 10,
    /// Text; a NUL at its end may be missing.
    #[doc(alias = "NL_ATTR_TYPE_STRING")]
    String = 11,
    /// Text with a NUL at its end.
    #[doc(alias = "NL_ATTR_TYPE_NUL_STRING")]
    NulString = 12,
    /// Attributes.
    #[doc(alias = "NL_ATTR_TYPE_NESTED")]
    Nested = 13,
    /// Attributes whose types only count.
    #[doc(alias = "NL_ATTR_TYPE_NESTED_ARRAY")]
    NestedArray = 14,
    /// Bits with a selector.
    #[doc(alias = "NL_ATTR_TYPE_BITFIELD32")]
    Bitfield32 = 15,
    /// A signed integer of 32 or 64 bits. Since Linux 6.7.
    #[doc(alias = "NL_ATTR_TYPE_SINT")]
    Sint = 16,
    /// An unsigned integer of 32 or 64 bits. Since Linux 6.7.
    #[doc(alias = "NL_ATTR_TYPE_UINT")]
    Uint = 17,
    /// A type of a newer kernel.
    #[nl(other)]
    Other(u32),
}

impl AttrType {
    /// What an integer of the type can be at all.
    fn whole_range(self) -> Option<(i128, i128)> {
        Some(match self {
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 | Self::Uint => (0, u64::MAX.into()),
            Self::S8 => (i8::MIN.into(), i8::MAX.into()),
            Self::S16 => (i16::MIN.into(), i16::MAX.into()),
            Self::S32 => (i32::MIN.into(), i32::MAX.into()),
            Self::S64 | Self::Sint => (i64::MIN.into(), i64::MAX.into()),
            _ => return None,
        })
    }

    /// As a part of a sentence.
    fn words(self) -> &'static str {
        match self {
            Self::Invalid => "nothing",
            Self::Flag => "a flag",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::S8 => "s8",
            Self::S16 => "s16",
            Self::S32 => "s32",
            Self::S64 => "s64",
            Self::Binary => "bytes",
            Self::String => "text",
            Self::NulString => "text with a NUL",
            Self::Nested => "attributes",
            Self::NestedArray => "a list of attributes",
            Self::Bitfield32 => "a bit field with a selector",
            Self::Sint => "sint",
            Self::Uint => "uint",
            Self::Other(_) => "a type unknown here",
        }
    }
}
