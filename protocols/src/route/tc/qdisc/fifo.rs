//! Plain queues: `pfifo`, `bfifo`, `pfifo_head_drop`; with bands: `pfifo_fast`, `prio`, `multiq`, `skbprio`; and
//! `plug`.

use netlink_core::{NlEnum, NlStruct};

/// A queue: first come, first served.
#[doc(alias = "tc_fifo_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fifo {
    /// The most that waits: packets, of `bfifo` bytes.
    pub limit: u32,
}

/// Bands, of which the first that has packets sends.
#[doc(alias = "tc_prio_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prio {
    /// How many bands there are: 2 to 16; `pfifo_fast` always has 3.
    pub bands: i32,
    /// The band of each priority of packets.
    pub priomap: [u8; 16],
}

/// A band for each transmit queue of the device, which must have several.
#[doc(alias = "tc_multiq_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Multiq {
    /// How many bands there are; the kernel decides.
    pub bands: u16,
    /// How many there can be; the kernel decides.
    pub max_bands: u16,
}

/// The highest priority sends first, and the lowest is dropped first.
#[doc(alias = "tc_skbprio_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SkbPrio {
    /// The most packets that wait.
    pub limit: u32,
}

/// What to do with a plug.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(i32)]
pub enum PlugAction {
    /// Put a plug behind the packets that wait: those that come later stay.
    #[doc(alias = "TCQ_PLUG_BUFFER")]
    #[default]
    Buffer = 0,
    /// Let go the packets up to the next plug.
    #[doc(alias = "TCQ_PLUG_RELEASE_ONE")]
    ReleaseOne = 1,
    /// Let go everything, until the next plug.
    #[doc(alias = "TCQ_PLUG_RELEASE_INDEFINITE")]
    ReleaseIndefinite = 2,
    /// Set the limit.
    #[doc(alias = "TCQ_PLUG_LIMIT")]
    Limit = 3,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(i32),
}

/// Holds packets back until told. The kernel tells nothing of it.
#[doc(alias = "tc_plug_qopt")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plug {
    /// What to do.
    pub action: PlugAction,
    /// The most bytes that wait; only with [`PlugAction::Limit`], and when it is made.
    pub limit: u32,
}
