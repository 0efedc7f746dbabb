//! The family of `tests/kmod/kinds.h`.

use std::borrow::Cow;

use netlink_core::{
    Do, Dump, Event, Group, NlEnum, NlFamily, NlMessage,
    wire::{Bitfield32, MacAddr, Text},
};

/// Every kind of attribute that a policy of the kernel can describe.
#[derive(NlFamily)]
#[nl(generic = "kinds", version = 3)]
pub(crate) struct Kinds {
    /// What was sent, and what the kernel read.
    #[nl(1)]
    pub(crate) echo: Do<Sample<'static>, Sample<'static>>,
    /// As many objects as asked for.
    #[nl(2, reply = 3)]
    pub(crate) list: Dump<Sample<'static>, Sample<'static>>,
    /// Sends as many notifications.
    #[nl(4)]
    pub(crate) notify: Do<Sample<'static>>,
    #[nl(5)]
    pub(crate) event: Event<Sample<'static>>,
    /// Is refused, as asked for.
    #[nl(6)]
    pub(crate) refuse: Do<Sample<'static>>,
    #[nl(7, admin)]
    pub(crate) admin: Do<Sample<'static>>,
    #[nl(group = "events")]
    pub(crate) events: Group,
}

#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
#[nl(pad = 22)]
pub(crate) struct Sample<'a> {
    #[nl_attr(1, range = ..=200)]
    pub(crate) u8: Option<u8>,
    #[nl_attr(2, range = 10..)]
    pub(crate) u16: Option<u16>,
    /// The bits 0xff00ff.
    #[nl_attr(3)]
    pub(crate) u32: Option<u32>,
    #[nl_attr(4)]
    pub(crate) u64: Option<u64>,
    #[nl_attr(5)]
    pub(crate) s8: Option<i8>,
    #[nl_attr(6)]
    pub(crate) s16: Option<i16>,
    #[nl_attr(7, range = -1000..=1000)]
    pub(crate) s32: Option<i32>,
    #[nl_attr(8)]
    pub(crate) s64: Option<i64>,
    #[nl_attr(9, be)]
    pub(crate) be16: Option<u16>,
    #[nl_attr(10, be)]
    pub(crate) be32: Option<u32>,
    #[nl_attr(11, len = ..=15)]
    pub(crate) name: Option<Text<'a>>,
    #[nl_attr(12, no_nul)]
    pub(crate) text: Option<Text<'a>>,
    #[nl_attr(13, len = ..=64)]
    pub(crate) data: Option<Cow<'a, [u8]>>,
    #[nl_attr(14)]
    pub(crate) mac: Option<MacAddr>,
    #[nl_attr(15)]
    pub(crate) flag: bool,
    #[nl_attr(16)]
    pub(crate) bits: Option<Bitfield32<u32>>,
    #[nl_attr(17)]
    pub(crate) nest: Option<Box<Sample<'a>>>,
    #[nl_attr(18, indexed)]
    pub(crate) array: Vec<Sample<'a>>,
    #[nl_attr(19, multi)]
    pub(crate) tags: Vec<u16>,
    /// Since Linux 6.7.
    #[nl_attr(20, uint)]
    pub(crate) uint: Option<u64>,
    /// Since Linux 6.7.
    #[nl_attr(21, sint)]
    pub(crate) sint: Option<i64>,
    /// Only in replies.
    #[nl_attr(23)]
    pub(crate) seen: Option<Seen<'a>>,
    #[nl_attr(24)]
    pub(crate) id: Option<u32>,
    #[nl_attr(25, range = ..=100_000)]
    pub(crate) count: Option<u32>,
    /// The list changes in the middle.
    #[nl_attr(26)]
    pub(crate) interrupt: bool,
    #[nl_attr(27)]
    pub(crate) how: Option<How>,
}

/// What the kernel read in each attribute, as text.
#[derive(NlMessage, Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen<'a> {
    #[nl_attr(1)]
    pub(crate) u8: Option<Text<'a>>,
    #[nl_attr(2)]
    pub(crate) u16: Option<Text<'a>>,
    #[nl_attr(3)]
    pub(crate) u32: Option<Text<'a>>,
    #[nl_attr(4)]
    pub(crate) u64: Option<Text<'a>>,
    #[nl_attr(5)]
    pub(crate) s8: Option<Text<'a>>,
    #[nl_attr(6)]
    pub(crate) s16: Option<Text<'a>>,
    #[nl_attr(7)]
    pub(crate) s32: Option<Text<'a>>,
    #[nl_attr(8)]
    pub(crate) s64: Option<Text<'a>>,
    #[nl_attr(9)]
    pub(crate) be16: Option<Text<'a>>,
    #[nl_attr(10)]
    pub(crate) be32: Option<Text<'a>>,
    #[nl_attr(11)]
    pub(crate) name: Option<Text<'a>>,
    #[nl_attr(12)]
    pub(crate) text: Option<Text<'a>>,
    #[nl_attr(13)]
    pub(crate) data: Option<Text<'a>>,
    #[nl_attr(14)]
    pub(crate) mac: Option<Text<'a>>,
    #[nl_attr(15)]
    pub(crate) flag: Option<Text<'a>>,
    #[nl_attr(16)]
    pub(crate) bits: Option<Text<'a>>,
    #[nl_attr(17)]
    pub(crate) nest: Option<Text<'a>>,
    #[nl_attr(18)]
    pub(crate) array: Option<Text<'a>>,
    #[nl_attr(19, multi)]
    pub(crate) tags: Vec<Text<'a>>,
    #[nl_attr(20)]
    pub(crate) uint: Option<Text<'a>>,
    #[nl_attr(21)]
    pub(crate) sint: Option<Text<'a>>,
}

/// `enum kinds_how`.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub(crate) enum How {
    Errno,
    Message,
    Attr,
    AttrAlone,
    Policy,
    Missing,
    MissingInside,
    Warning,
    Cookie,
    #[nl(other)]
    Other(u8),
}
