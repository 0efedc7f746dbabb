//! What is asked for.

use netlink_core::{
    NlDebug, NlMessage,
    wire::{Bitfield32, Text},
};

use super::{
    TcHeader,
    filter::{DumpFlags, Filter},
};

/// What a request for queueing disciplines, classes, filters or chains says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Filter<'static>)]
pub struct TcGet<'a> {
    /// The fixed header: which link, which handle, which parent.
    #[nl_attr(header)]
    pub header: TcHeader,
    /// The kind, to name one filter.
    #[doc(alias = "TCA_KIND")]
    pub kind: Option<Text<'a>>,
    /// Of queueing disciplines, also those that are not shown otherwise, such as the ones that a device starts with.
    /// Since Linux 4.12.
    #[doc(alias = "TCA_DUMP_INVISIBLE")]
    #[nl_attr(10)]
    pub dump_invisible: bool,
    /// The chain; 0 if absent. Since Linux 4.13.
    #[doc(alias = "TCA_CHAIN")]
    pub chain: Option<u32>,
    /// What a list of filters shall contain. Since Linux 5.8.
    #[doc(alias = "TCA_DUMP_FLAGS")]
    pub dump_flags: Option<Bitfield32<DumpFlags>>,
}
