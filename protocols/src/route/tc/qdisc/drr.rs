//! DRR and QFQ: classes that share by weight.

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

/// A class of DRR (deficit round robin).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct DrrClass<'a> {
    /// The bytes that the class may send in a round; the MTU if absent.
    #[doc(alias = "TCA_DRR_QUANTUM")]
    #[nl_attr(1)]
    pub quantum: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a class of DRR tells.
#[doc(alias = "tc_drr_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrrStats {
    /// The bytes that it may still send in this round.
    pub deficit: u32,
}

/// A class of QFQ (quick fair queueing).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct QfqClass<'a> {
    /// The share among the classes; 1 if absent.
    #[doc(alias = "TCA_QFQ_WEIGHT")]
    #[nl_attr(1, range = 1..=1023)]
    pub weight: Option<u32>,
    /// The largest packet, in bytes; the MTU if absent.
    #[doc(alias = "TCA_QFQ_LMAX")]
    #[nl_attr(2, range = 512..=65536)]
    pub lmax: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a class of QFQ tells.
#[doc(alias = "tc_qfq_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QfqStats {
    /// The share among the classes.
    pub weight: u32,
    /// The largest packet, in bytes.
    pub lmax: u32,
}
