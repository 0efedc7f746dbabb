//! What the device does for the kernel, what wakes it, and what its driver tells.

use std::borrow::Cow;

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

use super::{Bitset, Header};

/// What the device does for the kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Features<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_FEATURES_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// What can be switched.
    #[doc(alias = "ETHTOOL_A_FEATURES_HW")]
    #[nl_attr(2)]
    pub hw: Option<Bitset<'a>>,
    /// What was asked for.
    #[doc(alias = "ETHTOOL_A_FEATURES_WANTED")]
    #[nl_attr(3)]
    pub wanted: Option<Bitset<'a>>,
    /// What is on.
    #[doc(alias = "ETHTOOL_A_FEATURES_ACTIVE")]
    #[nl_attr(4)]
    pub active: Option<Bitset<'a>>,
    /// What is never switched.
    #[doc(alias = "ETHTOOL_A_FEATURES_NOCHANGE")]
    #[nl_attr(5)]
    pub nochange: Option<Bitset<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What wakes the machine.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Wol<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_WOL_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// What wakes it, of what can.
    #[doc(alias = "ETHTOOL_A_WOL_MODES")]
    #[nl_attr(2)]
    pub modes: Option<Bitset<'a>>,
    /// The password that the waking packet must have: 6 bytes.
    #[doc(alias = "ETHTOOL_A_WOL_SOPASS")]
    #[nl_attr(3, len = ..=6)]
    pub sopass: Option<Cow<'a, [u8]>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What the driver writes into the kernel's log.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Debug<'a> {
    /// The interface.
    #[doc(alias = "ETHTOOL_A_DEBUG_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// The kinds of messages.
    #[doc(alias = "ETHTOOL_A_DEBUG_MSGMASK")]
    #[nl_attr(2)]
    pub msgmask: Option<Bitset<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
