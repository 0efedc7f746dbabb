//! Groups of priorities, traffic classes and flow control, of CEE.

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

/// Flow control for each priority: 1 if it is on. In requests for it, what is wanted is there.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct PriorityFlowControl<'a> {
    /// Priority 0.
    #[doc(alias = "DCB_PFC_UP_ATTR_0")]
    #[nl_attr(1)]
    pub up_0: Option<u8>,
    /// Priority 1.
    #[doc(alias = "DCB_PFC_UP_ATTR_1")]
    #[nl_attr(2)]
    pub up_1: Option<u8>,
    /// Priority 2.
    #[doc(alias = "DCB_PFC_UP_ATTR_2")]
    #[nl_attr(3)]
    pub up_2: Option<u8>,
    /// Priority 3.
    #[doc(alias = "DCB_PFC_UP_ATTR_3")]
    #[nl_attr(4)]
    pub up_3: Option<u8>,
    /// Priority 4.
    #[doc(alias = "DCB_PFC_UP_ATTR_4")]
    #[nl_attr(5)]
    pub up_4: Option<u8>,
    /// Priority 5.
    #[doc(alias = "DCB_PFC_UP_ATTR_5")]
    #[nl_attr(6)]
    pub up_5: Option<u8>,
    /// Priority 6.
    #[doc(alias = "DCB_PFC_UP_ATTR_6")]
    #[nl_attr(7)]
    pub up_6: Option<u8>,
    /// Priority 7.
    #[doc(alias = "DCB_PFC_UP_ATTR_7")]
    #[nl_attr(8)]
    pub up_7: Option<u8>,
    /// In requests: all of them.
    #[doc(alias = "DCB_PFC_UP_ATTR_ALL")]
    #[nl_attr(9)]
    pub all: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Groups of priorities, and which traffic classes they have.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct PriorityGroups<'a> {
    /// Traffic class 0.
    #[doc(alias = "DCB_PG_ATTR_TC_0")]
    #[nl_attr(1)]
    pub tc_0: Option<TrafficClass<'a>>,
    /// Traffic class 1.
    #[doc(alias = "DCB_PG_ATTR_TC_1")]
    #[nl_attr(2)]
    pub tc_1: Option<TrafficClass<'a>>,
    /// Traffic class 2.
    #[doc(alias = "DCB_PG_ATTR_TC_2")]
    #[nl_attr(3)]
    pub tc_2: Option<TrafficClass<'a>>,
    /// Traffic class 3.
    #[doc(alias = "DCB_PG_ATTR_TC_3")]
    #[nl_attr(4)]
    pub tc_3: Option<TrafficClass<'a>>,
    /// Traffic class 4.
    #[doc(alias = "DCB_PG_ATTR_TC_4")]
    #[nl_attr(5)]
    pub tc_4: Option<TrafficClass<'a>>,
    /// Traffic class 5.
    #[doc(alias = "DCB_PG_ATTR_TC_5")]
    #[nl_attr(6)]
    pub tc_5: Option<TrafficClass<'a>>,
    /// Traffic class 6.
    #[doc(alias = "DCB_PG_ATTR_TC_6")]
    #[nl_attr(7)]
    pub tc_6: Option<TrafficClass<'a>>,
    /// Traffic class 7.
    #[doc(alias = "DCB_PG_ATTR_TC_7")]
    #[nl_attr(8)]
    pub tc_7: Option<TrafficClass<'a>>,
    /// In requests: all classes.
    #[doc(alias = "DCB_PG_ATTR_TC_ALL")]
    #[nl_attr(10)]
    pub tc_all: Option<TrafficClass<'a>>,
    /// The share of group 0, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_0")]
    #[nl_attr(11)]
    pub bw_id_0: Option<u8>,
    /// The share of group 1, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_1")]
    #[nl_attr(12)]
    pub bw_id_1: Option<u8>,
    /// The share of group 2, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_2")]
    #[nl_attr(13)]
    pub bw_id_2: Option<u8>,
    /// The share of group 3, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_3")]
    #[nl_attr(14)]
    pub bw_id_3: Option<u8>,
    /// The share of group 4, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_4")]
    #[nl_attr(15)]
    pub bw_id_4: Option<u8>,
    /// The share of group 5, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_5")]
    #[nl_attr(16)]
    pub bw_id_5: Option<u8>,
    /// The share of group 6, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_6")]
    #[nl_attr(17)]
    pub bw_id_6: Option<u8>,
    /// The share of group 7, in percent.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_7")]
    #[nl_attr(18)]
    pub bw_id_7: Option<u8>,
    /// In requests: the shares of all groups.
    #[doc(alias = "DCB_PG_ATTR_BW_ID_ALL")]
    #[nl_attr(20)]
    pub bw_id_all: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A traffic class.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TrafficClass<'a> {
    /// The group that it belongs to: 0 to 7.
    #[doc(alias = "DCB_TC_ATTR_PARAM_PGID")]
    #[nl_attr(1)]
    pub pgid: Option<u8>,
    /// Its priorities: a bit each.
    #[doc(alias = "DCB_TC_ATTR_PARAM_UP_MAPPING")]
    #[nl_attr(2)]
    pub up_mapping: Option<u8>,
    /// Whether it comes before others: 0 no, 1 in its group, 2 on the link.
    #[doc(alias = "DCB_TC_ATTR_PARAM_STRICT_PRIO")]
    #[nl_attr(3)]
    pub strict_prio: Option<u8>,
    /// Its share of its group, in percent.
    #[doc(alias = "DCB_TC_ATTR_PARAM_BW_PCT")]
    #[nl_attr(4)]
    pub bw_pct: Option<u8>,
    /// In requests: all of this.
    #[doc(alias = "DCB_TC_ATTR_PARAM_ALL")]
    #[nl_attr(5)]
    pub all: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How many traffic classes there are. In requests for it, what is wanted is there.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct TrafficClassCounts<'a> {
    /// In requests: both.
    #[doc(alias = "DCB_NUMTCS_ATTR_ALL")]
    #[nl_attr(1)]
    pub all: bool,
    /// In groups of priorities.
    #[doc(alias = "DCB_NUMTCS_ATTR_PG")]
    #[nl_attr(2)]
    pub pg: Option<u8>,
    /// With flow control.
    #[doc(alias = "DCB_NUMTCS_ATTR_PFC")]
    #[nl_attr(3)]
    pub pfc: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
