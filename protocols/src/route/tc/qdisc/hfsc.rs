//! HFSC, the hierarchical fair service curve.

use std::time::Duration;

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

/// An HFSC queueing discipline.
#[doc(alias = "tc_hfsc_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hfsc {
    /// The minor number of the class for packets of which no filter knows one; 0 drops them.
    pub defcls: u16,
}

/// A curve of two pieces: how much is served by when.
#[doc(alias = "tc_service_curve")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceCurve {
    /// The rate at first, in bytes a second.
    pub m1: u32,
    /// How long `m1` lasts.
    #[nl(micros = u32)]
    pub d: Duration,
    /// The rate from then on, in bytes a second.
    pub m2: u32,
}

/// A class of HFSC.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct HfscClass<'a> {
    /// What is guaranteed in time (the real-time curve).
    #[doc(alias = "TCA_HFSC_RSC")]
    #[nl_attr(1)]
    pub rsc: Option<ServiceCurve>,
    /// What is shared among siblings (the link-sharing curve).
    #[doc(alias = "TCA_HFSC_FSC")]
    #[nl_attr(2)]
    pub fsc: Option<ServiceCurve>,
    /// What is never exceeded (the upper-limit curve).
    #[doc(alias = "TCA_HFSC_USC")]
    #[nl_attr(3)]
    pub usc: Option<ServiceCurve>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a class of HFSC counts.
#[doc(alias = "tc_hfsc_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HfscStats {
    /// Bytes served.
    pub work: u64,
    /// The bytes of these that were served because of the real-time curve.
    pub rtwork: u64,
    /// How often the class became active.
    pub period: u32,
    /// How far above the leaves the class is.
    pub level: u32,
}
