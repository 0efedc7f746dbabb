//! Sets of bits with names.

use netlink_core::{
    NlDebug, NlMessage,
    wire::{Text, UnknownAttrs},
};

/// A set of bits: as a list with names, or as words if the request asked for it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Bitset<'a> {
    /// The bits are a plain list: in requests, those that are not in it are switched off.
    #[doc(alias = "ETHTOOL_A_BITSET_NOMASK")]
    #[nl_attr(1)]
    pub nomask: bool,
    /// How many bits there are.
    #[doc(alias = "ETHTOOL_A_BITSET_SIZE")]
    #[nl_attr(2)]
    pub size: Option<u32>,
    /// The bits, one by one.
    #[doc(alias = "ETHTOOL_A_BITSET_BITS")]
    #[nl_attr(3)]
    pub bits: Option<BitsetBits<'a>>,
    /// The bits, bit 0 being the lowest of the first word.
    #[doc(alias = "ETHTOOL_A_BITSET_VALUE")]
    #[nl_attr(4, packed)]
    pub value: Vec<u32>,
    /// The bits that are meant, likewise.
    #[doc(alias = "ETHTOOL_A_BITSET_MASK")]
    #[nl_attr(5, packed)]
    pub mask: Vec<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A list of bits.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BitsetBits<'a> {
    /// The bits.
    #[doc(alias = "ETHTOOL_A_BITSET_BITS_BIT")]
    #[nl_attr(1, multi)]
    pub bit: Vec<BitsetBit<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A bit.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BitsetBit<'a> {
    /// Its number, from 0; either this or the name is needed.
    #[doc(alias = "ETHTOOL_A_BITSET_BIT_INDEX")]
    #[nl_attr(1)]
    pub index: Option<u32>,
    /// Its name.
    #[doc(alias = "ETHTOOL_A_BITSET_BIT_NAME")]
    #[nl_attr(2)]
    pub name: Option<Text<'a>>,
    /// Whether it is set; says nothing in a [list without a mask](Bitset::nomask).
    #[doc(alias = "ETHTOOL_A_BITSET_BIT_VALUE")]
    #[nl_attr(3)]
    pub value: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
