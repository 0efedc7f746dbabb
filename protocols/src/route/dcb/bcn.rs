//! Backward congestion notification.

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

/// How congestion is told backwards. In requests for it, what is wanted is there; numbers as in the draft of
/// IEEE 802.1Qau.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Bcn<'a> {
    /// 1 if priority 0 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_0")]
    #[nl_attr(1)]
    pub rp_0: Option<u8>,
    /// 1 if priority 1 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_1")]
    #[nl_attr(2)]
    pub rp_1: Option<u8>,
    /// 1 if priority 2 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_2")]
    #[nl_attr(3)]
    pub rp_2: Option<u8>,
    /// 1 if priority 3 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_3")]
    #[nl_attr(4)]
    pub rp_3: Option<u8>,
    /// 1 if priority 4 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_4")]
    #[nl_attr(5)]
    pub rp_4: Option<u8>,
    /// 1 if priority 5 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_5")]
    #[nl_attr(6)]
    pub rp_5: Option<u8>,
    /// 1 if priority 6 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_6")]
    #[nl_attr(7)]
    pub rp_6: Option<u8>,
    /// 1 if priority 7 is told of it.
    #[doc(alias = "DCB_BCN_ATTR_RP_7")]
    #[nl_attr(8)]
    pub rp_7: Option<u8>,
    /// In requests: all priorities.
    #[doc(alias = "DCB_BCN_ATTR_RP_ALL")]
    #[nl_attr(9)]
    pub rp_all: bool,
    /// The first half of the address of who tells.
    #[doc(alias = "DCB_BCN_ATTR_BCNA_0")]
    #[nl_attr(10)]
    pub bcna_0: Option<u32>,
    /// The second half of the address of who tells.
    #[doc(alias = "DCB_BCN_ATTR_BCNA_1")]
    #[nl_attr(11)]
    pub bcna_1: Option<u32>,
    /// The weight of differences.
    #[doc(alias = "DCB_BCN_ATTR_ALPHA")]
    #[nl_attr(12)]
    pub alpha: Option<u32>,
    /// The weight of the queue.
    #[doc(alias = "DCB_BCN_ATTR_BETA")]
    #[nl_attr(13)]
    pub beta: Option<u32>,
    /// By how much news slows down.
    #[doc(alias = "DCB_BCN_ATTR_GD")]
    #[nl_attr(14)]
    pub gd: Option<u32>,
    /// By how much news speeds up.
    #[doc(alias = "DCB_BCN_ATTR_GI")]
    #[nl_attr(15)]
    pub gi: Option<u32>,
    /// The longest time.
    #[doc(alias = "DCB_BCN_ATTR_TMAX")]
    #[nl_attr(16)]
    pub tmax: Option<u32>,
    /// The time after which rates drift.
    #[doc(alias = "DCB_BCN_ATTR_TD")]
    #[nl_attr(17)]
    pub td: Option<u32>,
    /// The smallest rate.
    #[doc(alias = "DCB_BCN_ATTR_RMIN")]
    #[nl_attr(18)]
    pub rmin: Option<u32>,
    /// The weight of changes.
    #[doc(alias = "DCB_BCN_ATTR_W")]
    #[nl_attr(19)]
    pub w: Option<u32>,
    /// By how much rates drift.
    #[doc(alias = "DCB_BCN_ATTR_RD")]
    #[nl_attr(20)]
    pub rd: Option<u32>,
    /// The unit of rates.
    #[doc(alias = "DCB_BCN_ATTR_RU")]
    #[nl_attr(21)]
    pub ru: Option<u32>,
    /// The time there and back.
    #[doc(alias = "DCB_BCN_ATTR_WRTT")]
    #[nl_attr(22)]
    pub wrtt: Option<u32>,
    /// The rate at the beginning.
    #[doc(alias = "DCB_BCN_ATTR_RI")]
    #[nl_attr(23)]
    pub ri: Option<u32>,
    /// The rate of the link.
    #[doc(alias = "DCB_BCN_ATTR_C")]
    #[nl_attr(24)]
    pub c: Option<u32>,
    /// In requests: all of it.
    #[doc(alias = "DCB_BCN_ATTR_ALL")]
    #[nl_attr(25)]
    pub all: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
