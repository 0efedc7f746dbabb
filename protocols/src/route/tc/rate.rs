//! Rates, size tables and the units of traffic control.

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

use super::Ticks;

/// What a link adds to packets, as far as shaping is concerned.
#[doc(alias = "tc_link_layer")]
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum LinkLayer {
    /// Nobody says: the kernel looks at the rate table, as old programs sent it.
    #[doc(alias = "TC_LINKLAYER_UNAWARE")]
    #[default]
    Unaware = 0,
    /// Nothing beyond `overhead`.
    #[doc(alias = "TC_LINKLAYER_ETHERNET")]
    Ethernet = 1,
    /// Cells of 53 bytes with 48 of payload.
    #[doc(alias = "TC_LINKLAYER_ATM")]
    Atm = 2,
    /// A layer of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// A rate, and how much of it a packet needs.
#[doc(alias = "tc_ratespec")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateSpec {
    /// The logarithm (base 2) of the step of the rate table, in bytes.
    pub cell_log: u8,
    /// What the link adds to packets.
    #[nl(as = u8)]
    pub linklayer: LinkLayer,
    /// What is added to every packet, in bytes.
    pub overhead: u16,
    /// Where the rate table starts, in bytes: -1 in what `tc` sends.
    pub cell_align: i16,
    /// The least that a packet counts, in bytes.
    pub mpu: u16,
    /// The rate in bytes a second; `u32::MAX` where a 64-bit attribute has the true one.
    pub rate: u32,
}

/// How a size table is looked up, and what is added before.
#[doc(alias = "tc_sizespec")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SizeSpec {
    /// The logarithm (base 2) of the step of the table, in bytes.
    pub cell_log: u8,
    /// The logarithm (base 2) of the unit of the entries, in bytes.
    pub size_log: u8,
    /// Added to the size before the table is looked up, in bytes.
    pub cell_align: i16,
    /// Added to every packet, in bytes.
    pub overhead: i32,
    /// What the link adds to packets.
    pub linklayer: LinkLayer,
    /// The least that a packet counts, in bytes.
    pub mpu: u32,
    /// The largest packet that the table is for, in bytes.
    pub mtu: u32,
    /// How many entries the table has.
    pub tsize: u32,
}

/// A size table: how large packets count, whatever they are.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct SizeTable<'a> {
    /// How the table is looked up.
    #[doc(alias = "TCA_STAB_BASE")]
    #[nl_attr(1)]
    pub base: Option<SizeSpec>,
    /// The entries. The kernel does not tell them.
    #[doc(alias = "TCA_STAB_DATA")]
    #[nl_attr(2, packed)]
    pub data: Vec<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How an average rate is estimated.
#[doc(alias = "gnet_estimator")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimator {
    /// The logarithm of the time between samples: 2 seconds to the power of this; -2 is a quarter of a second.
    pub interval: i8,
    /// The logarithm (base 2) of the weight that the past has.
    pub ewma_log: u8,
}

impl RateSpec {
    /// A rate in bytes a second, over Ethernet.
    #[must_use]
    pub const fn new(rate: u32) -> Self {
        Self { cell_log: 3, linklayer: LinkLayer::Ethernet, overhead: 0, cell_align: -1, mpu: 0, rate }
    }

    /// The rate table, which `police` still wants: the [`Ticks`] that packets need, in steps of 2 to the power of
    /// `cell_log` bytes.
    #[must_use]
    pub fn table(&self) -> Vec<u32> {
        let size = |cell: u64| (cell << self.cell_log.min(31)).max(self.mpu.into());
        (1..=256).map(|cell| Ticks::to_send(size(cell), self.rate.into()).0).collect()
    }
}
