//! ETS, enhanced transmission selection: strict bands, then bands that share by quantum. Since Linux 5.6.

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

/// An ETS queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ets<'a> {
    /// How many bands there are.
    #[doc(alias = "TCA_ETS_NBANDS")]
    #[nl_attr(1, range = 1..=16)]
    pub nbands: Option<u8>,
    /// How many of them, from the first, are strict.
    #[doc(alias = "TCA_ETS_NSTRICT")]
    #[nl_attr(2)]
    pub nstrict: Option<u8>,
    /// The quanta of the bands that share.
    #[doc(alias = "TCA_ETS_QUANTA")]
    #[nl_attr(3)]
    pub quanta: Option<EtsQuanta<'a>>,
    /// The band of each priority of packets.
    #[doc(alias = "TCA_ETS_PRIOMAP")]
    #[nl_attr(5)]
    pub priomap: Option<EtsPrioMap<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The quanta of the bands that share, from the first that is not strict.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EtsQuanta<'a> {
    /// The bytes that a band may send in a round.
    #[doc(alias = "TCA_ETS_QUANTA_BAND")]
    #[nl_attr(4, multi)]
    pub quanta_band: Vec<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The bands of priorities, from priority 0; at most 16.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EtsPrioMap<'a> {
    /// The band.
    #[doc(alias = "TCA_ETS_PRIOMAP_BAND")]
    #[nl_attr(6, multi)]
    pub priomap_band: Vec<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A class of ETS: a band.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct EtsClass<'a> {
    /// The bytes that the band may send in a round; only of bands that share.
    #[doc(alias = "TCA_ETS_QUANTA_BAND")]
    #[nl_attr(4)]
    pub quanta_band: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
