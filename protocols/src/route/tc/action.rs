//! Actions: what is done with packets that a filter matches.
//!
//! Filters have actions of their own; actions can also be made first, and then be used by several filters. Declared
//! after `linux/pkt_cls.h` and `linux/tc_act/*.h`; the kernel's side is `net/sched/act_*.c`.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{
//!     Route,
//!     tc::action::{self, Action, Verdict},
//! };
//!
//! let mut route = Route::connect()?;
//! route.tell(action::add(Action::verdict(Verdict::Shot)))?;
//! for actions in route.dump(action::list("gact"))? {
//!     for (_, action) in actions?.tab {
//!         println!("{:?}", action.options);
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod ct;
mod gact;
mod gate;
mod general;
mod ife;
mod kinds;
mod mirred;
mod pedit;
mod police;
mod skb;
mod tunnel_key;
mod vlan;

pub use ct::{ConnMark, ConnMarkParms, Ct, CtFlags, CtInfo, Nat, NatFlags, NatParms};
pub use gact::{Gact, GactProb, GactRandom, Sample, Simple};
pub use gate::{Bpf, Gate, GateEntries, GateEntry, SockFilter};
pub use general::{General, Times, Verdict};
pub use ife::{Csum, CsumFlags, CsumParms, Ife, IfeFlags, IfeMeta, IfeMeta16, IfeMeta32, IfeParms};
pub use kinds::ActionOptions;
pub use mirred::{Mirred, MirredAction, MirredParms};
pub use pedit::{Pedit, PeditCommand, PeditHeader, PeditKey, PeditKeyEx, PeditKeysEx, PeditParms};
pub use police::{Police, PoliceParms};
pub use skb::{SkbEdit, SkbEditFlags, SkbMod, SkbModFlags, SkbModParms};
pub use tunnel_key::{ErspanOpt, GeneveOpt, TunnelKey, TunnelKeyAction, TunnelKeyParms, TunnelOpts, VxlanOpt};
pub use vlan::{Mpls, MplsAction, MplsParms, Vlan, VlanAction, VlanParms};

use std::{borrow::Cow, time::Duration};

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Bitfield32, MessageFlags, Text, UnknownAttrs},
};

use super::ActionStats;
use crate::route::{
    Route,
    verb::{Change, Query},
};

/// A request for one action, or for those of a kind.
pub type ActionQuery<'a> = Query<'a, ActionsGet<'static>, Actions<'static>>;

/// A message about actions.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Actions<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: ActionHeader,
    /// The actions, by number: in requests the order, from 1 to 32; in lists counted from 0.
    #[doc(alias = "TCA_ROOT_TAB")]
    #[nl_attr(1, numbered)]
    pub tab: Vec<(u16, Action<'a>)>,
    /// What a list shall contain. Since Linux 4.14.
    #[doc(alias = "TCA_ROOT_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<Bitfield32<ActionListFlags>>,
    /// How many actions the message has. Since Linux 4.14.
    #[doc(alias = "TCA_ROOT_COUNT")]
    #[nl_attr(3)]
    pub count: Option<u32>,
    /// In requests for a list: only those that were in use within this time. Since Linux 4.14.
    #[doc(alias = "TCA_ROOT_TIME_DELTA")]
    #[nl_attr(4, millis = u32)]
    pub time_delta: Option<Duration>,
    /// A warning. Since Linux 6.3.
    #[doc(alias = "TCA_ROOT_EXT_WARN_MSG")]
    #[nl_attr(5)]
    pub ext_warn_msg: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a request about actions that there are says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Actions<'static>)]
pub struct ActionsGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: ActionHeader,
    /// Which actions, in order from 1 to 32; of a list, the kind.
    #[doc(alias = "TCA_ROOT_TAB")]
    #[nl_attr(numbered)]
    pub tab: Vec<(u16, ActionGet<'a>)>,
    /// What a list shall contain. Since Linux 4.14.
    #[doc(alias = "TCA_ROOT_FLAGS")]
    pub flags: Option<Bitfield32<ActionListFlags>>,
    /// Of a list, only those that were in use within this time. Since Linux 4.14.
    #[doc(alias = "TCA_ROOT_TIME_DELTA")]
    #[nl_attr(millis = u32)]
    pub time_delta: Option<Duration>,
}

/// Which action a request is about.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Action<'static>)]
pub struct ActionGet<'a> {
    /// The kind, such as `mirred`.
    #[doc(alias = "TCA_ACT_KIND")]
    pub kind: Option<Text<'a>>,
    /// The index.
    #[doc(alias = "TCA_ACT_INDEX")]
    pub index: Option<u32>,
}

/// The header of messages about actions.
#[doc(alias = "tcamsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionHeader {
    /// The address family; 0.
    #[doc(alias = "tca_family")]
    #[nl(pad = 3)]
    pub family: u8,
}

bitflags! {
    /// What a list of actions shall contain.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_ACT_FLAG_")]
    pub struct ActionListFlags: u32 {
        /// More than 32 actions a message.
        #[doc(alias = "TCA_ACT_FLAG_LARGE_DUMP_ON")]
        const LARGE_DUMP_ON = 1 << 0;
        /// Of each action only kind, index and counters. Since Linux 5.11.
        #[doc(alias = "TCA_ACT_FLAG_TERSE_DUMP")]
        const TERSE_DUMP = 1 << 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// An action.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 5)]
pub struct Action<'a> {
    /// The kind, such as `mirred`. Filled in from `options` where it is absent.
    #[doc(alias = "TCA_ACT_KIND")]
    #[nl_attr(1)]
    pub kind: Option<Text<'a>>,
    /// What is special to the kind.
    #[doc(alias = "TCA_ACT_OPTIONS")]
    #[nl_attr(2, select = kind)]
    pub options: Option<ActionOptions<'a>>,
    /// The index, to name an action that there is.
    #[doc(alias = "TCA_ACT_INDEX")]
    #[nl_attr(3)]
    pub index: Option<u32>,
    /// Counters.
    #[doc(alias = "TCA_ACT_STATS")]
    #[nl_attr(4)]
    pub stats: Option<ActionStats<'a>>,
    /// Bytes that the kernel keeps for whoever made the action. Since Linux 4.11.
    #[doc(alias = "TCA_ACT_COOKIE")]
    #[nl_attr(6, len = ..=16)]
    pub cookie: Option<Cow<'a, [u8]>>,
    /// How the action is kept. Since Linux 5.5.
    #[doc(alias = "TCA_ACT_FLAGS")]
    #[nl_attr(7)]
    pub flags: Option<Bitfield32<ActionFlags>>,
    /// Which counters of the device are wanted. Since Linux 5.7.
    #[doc(alias = "TCA_ACT_HW_STATS")]
    #[nl_attr(8)]
    pub hw_stats: Option<Bitfield32<ActionHwStats>>,
    /// Which counters the device gives. Since Linux 5.7.
    #[doc(alias = "TCA_ACT_USED_HW_STATS")]
    #[nl_attr(9)]
    pub used_hw_stats: Option<Bitfield32<ActionHwStats>>,
    /// In how many devices the action is. Since Linux 5.17.
    #[doc(alias = "TCA_ACT_IN_HW_COUNT")]
    #[nl_attr(10)]
    pub in_hw_count: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// How an action is kept.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_ACT_FLAGS_")]
    pub struct ActionFlags: u32 {
        /// Without counters for each processor, which need memory.
        #[doc(alias = "TCA_ACT_FLAGS_NO_PERCPU_STATS")]
        const NO_PERCPU_STATS = 1 << 0;
        /// Not in the device. Since Linux 5.17.
        #[doc(alias = "TCA_ACT_FLAGS_SKIP_HW")]
        const SKIP_HW = 1 << 1;
        /// Not in the kernel, only in the device. Since Linux 5.17. Not proven with a device yet: the kernel refuses it
        /// for others.
        #[doc(alias = "TCA_ACT_FLAGS_SKIP_SW")]
        const SKIP_SW = 1 << 2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// Counters of a device.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_ACT_HW_STATS_")]
    pub struct ActionHwStats: u32 {
        /// As they are now.
        #[doc(alias = "TCA_ACT_HW_STATS_IMMEDIATE")]
        const IMMEDIATE = 1 << 0;
        /// As they were lately.
        #[doc(alias = "TCA_ACT_HW_STATS_DELAYED")]
        const DELAYED = 1 << 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

impl<'a> Action<'a> {
    /// An action of this kind.
    #[must_use]
    pub fn new(options: ActionOptions<'a>) -> Self {
        Self { options: Some(options), ..Self::default() }
    }

    /// An action that is nothing but a verdict (`gact`).
    #[must_use]
    pub fn verdict(verdict: Verdict) -> Self {
        Self::new(ActionOptions::Gact(Gact { parms: Some(verdict.into()), ..Gact::default() }))
    }

    /// An action that there is, by kind and index: for filters that use it, and for requests about it.
    #[must_use]
    pub fn existing(kind: &'a str, index: u32) -> Self {
        Self { kind: Some(kind.into()), index: Some(index), ..Self::default() }
    }
}

/// Makes an action that filters can use.
pub fn add(action: Action<'_>) -> Change<'_, Actions<'static>> {
    Change::creating(Route::NEW_ACTION, one(action))
}

/// Makes an action, or changes the one of this index.
pub fn replace(action: Action<'_>) -> Change<'_, Actions<'static>> {
    Change::new(Route::NEW_ACTION, one(action)).replace()
}

/// Removes an action that no filter uses.
pub fn delete(kind: &str, index: u32) -> Change<'_, ActionsGet<'static>> {
    Change::new(Route::DEL_ACTION, which(kind, Some(index)))
}

/// Removes all actions of a kind that no filter uses.
pub fn flush(kind: &str) -> Change<'_, ActionsGet<'static>> {
    Change::new(Route::DEL_ACTION, which(kind, None)).flags(MessageFlags::ROOT)
}

/// Asks for one action.
pub fn get(kind: &str, index: u32) -> ActionQuery<'_> {
    Query::new(Route::GET_ACTION, which(kind, Some(index)))
}

/// Lists the actions of a kind, many of them a message.
pub fn list(kind: &str) -> ActionQuery<'_> {
    let large = Bitfield32 { value: ActionListFlags::LARGE_DUMP_ON, selector: ActionListFlags::LARGE_DUMP_ON };
    Query::new(Route::GET_ACTION, ActionsGet { flags: Some(large), ..which(kind, None) })
}

fn which(kind: &str, index: Option<u32>) -> ActionsGet<'_> {
    ActionsGet { tab: vec![(1, ActionGet { kind: Some(kind.into()), index })], ..ActionsGet::default() }
}

fn one(action: Action<'_>) -> Actions<'_> {
    Actions { tab: vec![(1, action)], ..Actions::default() }
}

impl<'a> Change<'a, Actions<'static>> {
    /// One more action in the same request: at most 32.
    pub fn and(mut self, action: Action<'a>) -> Self {
        let order = u16::try_from(self.body.tab.len() + 1).unwrap_or(u16::MAX);
        self.body.tab.push((order, action));
        self
    }
}

impl<'a> Change<'a, ActionsGet<'static>> {
    /// One more action in the same request: at most 32.
    pub fn and(mut self, kind: &'a str, index: u32) -> Self {
        let order = u16::try_from(self.body.tab.len() + 1).unwrap_or(u16::MAX);
        self.body.tab.push((order, ActionGet { kind: Some(kind.into()), index: Some(index) }));
        self
    }
}

impl ActionQuery<'_> {
    /// Only those that were in use within this time.
    pub fn used_within(mut self, time: Duration) -> Self {
        self.body.time_delta = Some(time);
        self
    }
}
