//! Verdicts: `gact`; and what only counts or tells: `simple`, `sample`.

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{Text, UnknownAttrs},
};

use super::{General, Times, Verdict};

/// A verdict.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 4)]
pub struct Gact<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_GACT_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// The verdict.
    #[doc(alias = "TCA_GACT_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// Another verdict for some packets.
    #[doc(alias = "TCA_GACT_PROB")]
    #[nl_attr(3)]
    pub prob: Option<GactProb>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Another verdict for some packets.
#[doc(alias = "tc_gact_p")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GactProb {
    /// Which packets.
    pub ptype: GactRandom,
    /// One packet of so many; 1 to 65535.
    pub pval: u16,
    /// The other verdict.
    pub paction: Verdict,
}

/// How packets are picked.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum GactRandom {
    /// None is.
    #[doc(alias = "PGACT_NONE")]
    #[default]
    None = 0,
    /// By chance.
    #[doc(alias = "PGACT_NETRAND")]
    Netrand = 1,
    /// By counting.
    #[doc(alias = "PGACT_DETERM")]
    Determ = 2,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u16),
}

/// Prints a text to the kernel's log.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 4)]
pub struct Simple<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_DEF_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_DEF_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// The text.
    #[doc(alias = "TCA_DEF_DATA")]
    #[nl_attr(3, len = ..=31)]
    pub data: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Sends samples of packets to the generic family `psample`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct Sample<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_SAMPLE_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_SAMPLE_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// One packet of so many.
    #[doc(alias = "TCA_SAMPLE_RATE")]
    #[nl_attr(3, range = 1..)]
    pub rate: Option<u32>,
    /// The bytes of a packet that are sent; all if absent.
    #[doc(alias = "TCA_SAMPLE_TRUNC_SIZE")]
    #[nl_attr(4)]
    pub trunc_size: Option<u32>,
    /// The number of the group of samples.
    #[doc(alias = "TCA_SAMPLE_PSAMPLE_GROUP")]
    #[nl_attr(5)]
    pub psample_group: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
