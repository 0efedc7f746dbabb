//! What all actions have: the verdict, counters of use, times.

use netlink_core::{NlEnum, NlStruct};

/// What happens to a packet after an action. With a number, [`Verdict::jump`] and [`Verdict::goto_chain`].
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum Verdict {
    /// What would have happened without the action.
    #[doc(alias = "TC_ACT_UNSPEC")]
    Unspec = -1,
    /// It goes on, and no more filters are asked.
    #[doc(alias = "TC_ACT_OK")]
    #[default]
    Ok = 0,
    /// The filters are asked again from the first.
    #[doc(alias = "TC_ACT_RECLASSIFY")]
    Reclassify = 1,
    /// It is dropped.
    #[doc(alias = "TC_ACT_SHOT")]
    Shot = 2,
    /// The next action comes.
    #[doc(alias = "TC_ACT_PIPE")]
    Pipe = 3,
    /// The action has taken it.
    #[doc(alias = "TC_ACT_STOLEN")]
    Stolen = 4,
    /// The action has taken it into a queue.
    #[doc(alias = "TC_ACT_QUEUED")]
    Queued = 5,
    /// The action is done again.
    #[doc(alias = "TC_ACT_REPEAT")]
    Repeat = 6,
    /// It goes where a BPF program said.
    #[doc(alias = "TC_ACT_REDIRECT")]
    Redirect = 7,
    /// The device gives it to the kernel.
    #[doc(alias = "TC_ACT_TRAP")]
    Trap = 8,
    /// Another one: a jump, a chain, or a verdict of a newer kernel.
    #[nl(other)]
    Other(i32),
}

impl Verdict {
    /// Skips so many actions.
    #[doc(alias = "TC_ACT_JUMP")]
    #[must_use]
    pub const fn jump(actions: u32) -> Self {
        Self::Other((1 << 28) | (actions & 0x0fff_ffff) as i32)
    }

    /// Goes on with the filters of a chain.
    #[doc(alias = "TC_ACT_GOTO_CHAIN")]
    #[must_use]
    pub const fn goto_chain(chain: u32) -> Self {
        Self::Other((2 << 28) | (chain & 0x0fff_ffff) as i32)
    }
}

/// What every action has.
#[doc(alias = "tc_gen")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct General {
    /// The index among the actions of its kind; 0 lets the kernel choose.
    pub index: u32,
    /// Unused.
    pub capab: u32,
    /// What happens to the packet next.
    pub action: Verdict,
    /// How many references there are; the kernel tells.
    pub refcnt: i32,
    /// How many filters use it; the kernel tells.
    pub bindcnt: i32,
}

impl From<Verdict> for General {
    fn from(action: Verdict) -> Self {
        Self { action, ..Self::default() }
    }
}

/// When an action was in use: how long ago, in ticks of `USER_HZ`, 100 a second.
#[doc(alias = "tcf_t")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// When it was made.
    pub install: u64,
    /// When a packet came last.
    pub lastuse: u64,
    /// When it expires; unused.
    pub expires: u64,
    /// When a packet came first; 0 for never.
    pub firstuse: u64,
}
