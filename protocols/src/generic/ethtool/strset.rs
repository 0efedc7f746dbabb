//! The names of things.

use netlink_core::{
    NlDebug, NlEnum, NlMessage,
    wire::{Text, UnknownAttrs},
};

use super::Header;

/// Sets of names; without an interface, those that are the same for all.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Strset<'a> {
    /// The interface; needed also where it is empty, for the names that are the same for all.
    #[doc(alias = "ETHTOOL_A_STRSET_HEADER")]
    #[nl_attr(1)]
    pub header: Option<Header<'a>>,
    /// The sets; in requests, those that are wanted.
    #[doc(alias = "ETHTOOL_A_STRSET_STRINGSETS")]
    #[nl_attr(2)]
    pub stringsets: Option<Stringsets<'a>>,
    /// In requests: only how many names there are.
    #[doc(alias = "ETHTOOL_A_STRSET_COUNTS_ONLY")]
    #[nl_attr(3)]
    pub counts_only: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Sets of names.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Stringsets<'a> {
    /// The sets.
    #[doc(alias = "ETHTOOL_A_STRINGSETS_STRINGSET")]
    #[nl_attr(1, multi)]
    pub stringset: Vec<Stringset<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A set of names.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Stringset<'a> {
    /// Which one.
    #[doc(alias = "ETHTOOL_A_STRINGSET_ID")]
    #[nl_attr(1)]
    pub id: Option<StringsetId>,
    /// How many names there are.
    #[doc(alias = "ETHTOOL_A_STRINGSET_COUNT")]
    #[nl_attr(2)]
    pub count: Option<u32>,
    /// The names.
    #[doc(alias = "ETHTOOL_A_STRINGSET_STRINGS")]
    #[nl_attr(3, multi)]
    pub strings: Vec<StringList<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Names.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct StringList<'a> {
    /// The names.
    #[doc(alias = "ETHTOOL_A_STRINGS_STRING")]
    #[nl_attr(1, multi)]
    pub string: Vec<StringEntry<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A name.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct StringEntry<'a> {
    /// The number that it is the name of, from 0.
    #[doc(alias = "ETHTOOL_A_STRING_INDEX")]
    #[nl_attr(1)]
    pub index: Option<u32>,
    /// The name.
    #[doc(alias = "ETHTOOL_A_STRING_VALUE")]
    #[nl_attr(2)]
    pub value: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What names there are.
#[doc(alias = "ethtool_stringset")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum StringsetId {
    /// Of the interface's self-tests.
    #[doc(alias = "ETH_SS_TEST")]
    Test = 0,
    /// Of the interface's statistics.
    #[doc(alias = "ETH_SS_STATS")]
    Stats = 1,
    /// Of what is private to the driver.
    #[doc(alias = "ETH_SS_PRIV_FLAGS")]
    PrivFlags = 2,
    /// Of filters for flows.
    #[doc(alias = "ETH_SS_NTUPLE_FILTERS")]
    NtupleFilters = 3,
    /// Of features.
    #[doc(alias = "ETH_SS_FEATURES")]
    Features = 4,
    /// Of hash functions for receive queues.
    #[doc(alias = "ETH_SS_RSS_HASH_FUNCS")]
    RssHashFuncs = 5,
    /// Of tunables.
    #[doc(alias = "ETH_SS_TUNABLES")]
    Tunables = 6,
    /// Of the PHY's statistics.
    #[doc(alias = "ETH_SS_PHY_STATS")]
    PhyStats = 7,
    /// Of the PHY's tunables.
    #[doc(alias = "ETH_SS_PHY_TUNABLES")]
    PhyTunables = 8,
    /// Of link modes.
    #[doc(alias = "ETH_SS_LINK_MODES")]
    LinkModes = 9,
    /// Of kinds of messages.
    #[doc(alias = "ETH_SS_MSG_CLASSES")]
    MsgClasses = 10,
    /// Of what wakes the machine.
    #[doc(alias = "ETH_SS_WOL_MODES")]
    WolModes = 11,
    /// Of time stamps that sockets can ask for.
    #[doc(alias = "ETH_SS_SOF_TIMESTAMPING")]
    SofTimestamping = 12,
    /// Of ways to stamp what is sent.
    #[doc(alias = "ETH_SS_TS_TX_TYPES")]
    TsTxTypes = 13,
    /// Of filters for what is stamped on receipt.
    #[doc(alias = "ETH_SS_TS_RX_FILTERS")]
    TsRxFilters = 14,
    /// Of kinds of UDP tunnels.
    #[doc(alias = "ETH_SS_UDP_TUNNEL_TYPES")]
    UdpTunnelTypes = 15,
    /// Of groups of standard statistics.
    #[doc(alias = "ETH_SS_STATS_STD")]
    StatsStd = 16,
    /// Of standard statistics of the PHY side.
    #[doc(alias = "ETH_SS_STATS_ETH_PHY")]
    StatsEthPhy = 17,
    /// Of standard statistics of the MAC.
    #[doc(alias = "ETH_SS_STATS_ETH_MAC")]
    StatsEthMac = 18,
    /// Of standard statistics of control frames.
    #[doc(alias = "ETH_SS_STATS_ETH_CTRL")]
    StatsEthCtrl = 19,
    /// Of standard statistics of remote monitoring.
    #[doc(alias = "ETH_SS_STATS_RMON")]
    StatsRmon = 20,
    /// Of statistics of the PHY itself. Since Linux 6.14.
    #[doc(alias = "ETH_SS_STATS_PHY")]
    StatsPhy = 21,
    /// Of properties of time stamping. Since Linux 6.14.
    #[doc(alias = "ETH_SS_TS_FLAGS")]
    TsFlags = 22,
    /// Of a newer kernel.
    #[nl(other)]
    Other(u32),
}
