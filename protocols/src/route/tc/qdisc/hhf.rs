//! HHF, the heavy-hitter filter: large flows give way to small ones.

use std::time::Duration;

use netlink_core::{NlDebug, NlMessage, NlStruct, wire::UnknownAttrs};

/// An HHF queueing discipline.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Hhf<'a> {
    /// The most packets that wait.
    #[doc(alias = "TCA_HHF_BACKLOG_LIMIT")]
    #[nl_attr(1)]
    pub backlog_limit: Option<u32>,
    /// The bytes that a group of flows may send in a round.
    #[doc(alias = "TCA_HHF_QUANTUM")]
    #[nl_attr(2)]
    pub quantum: Option<u32>,
    /// The most large flows that are remembered. Linux 5.10 begins with 2048, whatever it was asked for; 6.1 does not.
    #[doc(alias = "TCA_HHF_HH_FLOWS_LIMIT")]
    #[nl_attr(3)]
    pub hh_flows_limit: Option<u32>,
    /// After how long flows are counted anew.
    #[doc(alias = "TCA_HHF_RESET_TIMEOUT")]
    #[nl_attr(4, micros = u32)]
    pub reset_timeout: Option<Duration>,
    /// The bytes within `reset_timeout` that make a flow large.
    #[doc(alias = "TCA_HHF_ADMIT_BYTES")]
    #[nl_attr(5)]
    pub admit_bytes: Option<u32>,
    /// How long a large flow must be silent to be forgotten.
    #[doc(alias = "TCA_HHF_EVICT_TIMEOUT")]
    #[nl_attr(6, micros = u32)]
    pub evict_timeout: Option<Duration>,
    /// How many quanta small flows get for one of large flows.
    #[doc(alias = "TCA_HHF_NON_HH_WEIGHT")]
    #[nl_attr(7)]
    pub non_hh_weight: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What HHF counts.
#[doc(alias = "tc_hhf_xstats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HhfXstats {
    /// Packets dropped because the queue was full.
    pub drop_overlimit: u32,
    /// How often there were too many large flows.
    pub hh_overlimit: u32,
    /// How many large flows were found.
    pub hh_tot_count: u32,
    /// How many of them are remembered.
    pub hh_cur_count: u32,
}
