//! Settings of network interfaces: a part of what `ethtool` shows and changes.
//!
//! Declared after `linux/ethtool_netlink.h` and `linux/ethtool.h`; the kernel's side is `net/ethtool`. Link information,
//! modes and state, names of things ([`Strset`]), wake-on-LAN, messages and features; the rest of the family is not
//! declared yet. Requests and replies have numbers of their own, which do not agree.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::generic::ethtool::{Ethtool, Header, LinkState};
//!
//! let mut ethtool = Ethtool::connect()?;
//! let of = |name| LinkState { header: Some(Header::of(name)), ..LinkState::default() };
//! let state = ethtool.ask(Ethtool::LINKSTATE_GET.with(&of("lo")))?;
//! assert_eq!(state.link, Some(1));
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod bitset;
mod features;
mod link;
mod strset;

pub use bitset::{Bitset, BitsetBit, BitsetBits};
pub use features::{Debug, Features, Wol};
pub use link::{
    Duplex, LinkExtState, LinkInfo, LinkModes, LinkState, MasterSlaveConfig, MasterSlaveState, Mdix, Port, RateMatch,
    Transceiver,
};
pub use strset::{StringEntry, StringList, Stringset, StringsetId, Stringsets, Strset};

use netlink_core::{
    Do, DoDump, Event, Group, NlDebug, NlFamily, NlFlags, NlMessage, bitflags,
    wire::{Text, UnknownAttrs},
};

/// The family.
#[derive(NlFamily, std::fmt::Debug)]
#[nl(generic = "ethtool", version = 1)]
pub struct Ethtool {
    /// The names of things: of features, link modes, statistics and so on.
    #[doc(alias = "ETHTOOL_MSG_STRSET_GET")]
    #[nl(1)]
    pub strset_get: DoDump<Strset<'static>, Strset<'static>>,
    /// How the interface is connected.
    #[doc(alias = "ETHTOOL_MSG_LINKINFO_GET")]
    #[nl(2)]
    pub linkinfo_get: DoDump<LinkInfo<'static>, LinkInfo<'static>>,
    /// Changes how the interface is connected.
    #[doc(alias = "ETHTOOL_MSG_LINKINFO_SET")]
    #[nl(3, uns_admin)]
    pub linkinfo_set: Do<LinkInfo<'static>>,
    /// How the interface is connected has changed.
    #[doc(alias = "ETHTOOL_MSG_LINKINFO_NTF")]
    #[nl(3)]
    pub linkinfo_ntf: Event<LinkInfo<'static>>,
    /// Speed, duplex mode, and what either side can do.
    #[doc(alias = "ETHTOOL_MSG_LINKMODES_GET")]
    #[nl(4)]
    pub linkmodes_get: DoDump<LinkModes<'static>, LinkModes<'static>>,
    /// Changes speed, duplex mode and what is offered to the other side.
    #[doc(alias = "ETHTOOL_MSG_LINKMODES_SET")]
    #[nl(5, uns_admin)]
    pub linkmodes_set: Do<LinkModes<'static>>,
    /// Speed, duplex mode or what is offered has changed.
    #[doc(alias = "ETHTOOL_MSG_LINKMODES_NTF")]
    #[nl(5)]
    pub linkmodes_ntf: Event<LinkModes<'static>>,
    /// Whether there is a link.
    #[doc(alias = "ETHTOOL_MSG_LINKSTATE_GET")]
    #[nl(6)]
    pub linkstate_get: DoDump<LinkState<'static>, LinkState<'static>>,
    /// What the driver writes into the kernel's log.
    #[doc(alias = "ETHTOOL_MSG_DEBUG_GET")]
    #[nl(7)]
    pub debug_get: DoDump<Debug<'static>, Debug<'static>>,
    /// Changes what the driver writes into the kernel's log.
    #[doc(alias = "ETHTOOL_MSG_DEBUG_SET")]
    #[nl(8, uns_admin)]
    pub debug_set: Do<Debug<'static>>,
    /// What the driver writes into the kernel's log has changed.
    #[doc(alias = "ETHTOOL_MSG_DEBUG_NTF")]
    #[nl(8)]
    pub debug_ntf: Event<Debug<'static>>,
    /// What wakes the machine.
    #[doc(alias = "ETHTOOL_MSG_WOL_GET")]
    #[nl(9, uns_admin)]
    pub wol_get: DoDump<Wol<'static>, Wol<'static>>,
    /// Changes what wakes the machine.
    #[doc(alias = "ETHTOOL_MSG_WOL_SET")]
    #[nl(10, uns_admin)]
    pub wol_set: Do<Wol<'static>>,
    /// What wakes the machine has changed.
    #[doc(alias = "ETHTOOL_MSG_WOL_NTF")]
    #[nl(10)]
    pub wol_ntf: Event<Wol<'static>>,
    /// What the device does for the kernel, such as checksums.
    #[doc(alias = "ETHTOOL_MSG_FEATURES_GET")]
    #[nl(11)]
    pub features_get: DoDump<Features<'static>, Features<'static>>,
    /// Changes what the device does for the kernel; the reply tells what came of it.
    #[doc(alias = "ETHTOOL_MSG_FEATURES_SET")]
    #[nl(12, uns_admin)]
    pub features_set: Do<Features<'static>, Features<'static>>,
    /// What the device does for the kernel has changed.
    #[doc(alias = "ETHTOOL_MSG_FEATURES_NTF")]
    #[nl(13)]
    pub features_ntf: Event<Features<'static>>,
    /// Changes of settings.
    #[doc(alias = "ETHTOOL_MCGRP_MONITOR_NAME")]
    #[nl(group = "monitor")]
    pub monitor: Group,
}

/// What a request or an answer is about. Requests for lists need one too, an empty one, on older kernels (6.1 for one).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Header<'a> {
    /// The index of the interface; either this or the name is needed, except for lists.
    #[doc(alias = "ETHTOOL_A_HEADER_DEV_INDEX")]
    #[nl_attr(1)]
    pub dev_index: Option<u32>,
    /// The name of the interface; in requests also an alternative one: at most 127 bytes.
    #[doc(alias = "ETHTOOL_A_HEADER_DEV_NAME")]
    #[nl_attr(2, len = ..=127)]
    pub dev_name: Option<Text<'a>>,
    /// How the request is meant.
    #[doc(alias = "ETHTOOL_A_HEADER_FLAGS")]
    #[nl_attr(3)]
    pub flags: Option<HeaderFlags>,
    /// The number of a PHY of the interface; absent for the one in use. Since Linux 6.12.
    #[doc(alias = "ETHTOOL_A_HEADER_PHY_INDEX")]
    #[nl_attr(4, range = 1..=u32::MAX)]
    pub phy_index: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl<'a> Header<'a> {
    /// The interface with this name.
    pub fn of(name: &'a str) -> Self {
        Self { dev_name: Some(name.into()), ..Self::default() }
    }

    /// The interface with this index.
    pub fn of_index(index: u32) -> Self {
        Self { dev_index: Some(index), ..Self::default() }
    }
}

bitflags! {
    /// How a request is meant.
    #[doc(alias = "ethtool_header_flags")]
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "ETHTOOL_FLAG_")]
    pub struct HeaderFlags: u32 {
        /// Bit sets come as words ([`Bitset::value`]) rather than as a list with names.
        #[doc(alias = "ETHTOOL_FLAG_COMPACT_BITSETS")]
        const COMPACT_BITSETS = 1 << 0;
        /// No reply to what changes something.
        #[doc(alias = "ETHTOOL_FLAG_OMIT_REPLY")]
        const OMIT_REPLY = 1 << 1;
        /// With statistics.
        #[doc(alias = "ETHTOOL_FLAG_STATS")]
        const STATS = 1 << 2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
