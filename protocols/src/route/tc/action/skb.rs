//! Changes of what the kernel knows of a packet, `skbedit`; and of its Ethernet header, `skbmod`.

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{MacAddr, UnknownAttrs},
};

use super::{super::Handle, General, Times};

/// Changes what the kernel knows of a packet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct SkbEdit<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_SKBEDIT_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_SKBEDIT_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<General>,
    /// The priority.
    #[doc(alias = "TCA_SKBEDIT_PRIORITY")]
    #[nl_attr(3)]
    pub priority: Option<Handle>,
    /// The transmit queue.
    #[doc(alias = "TCA_SKBEDIT_QUEUE_MAPPING")]
    #[nl_attr(4)]
    pub queue_mapping: Option<u16>,
    /// The mark.
    #[doc(alias = "TCA_SKBEDIT_MARK")]
    #[nl_attr(5)]
    pub mark: Option<u32>,
    /// For whom the packet is: `PACKET_HOST`, 0, and the like (`linux/if_packet.h`). Since Linux 4.8.
    #[doc(alias = "TCA_SKBEDIT_PTYPE")]
    #[nl_attr(7)]
    pub ptype: Option<u16>,
    /// The bits of the mark that change. Since Linux 4.9.
    #[doc(alias = "TCA_SKBEDIT_MASK")]
    #[nl_attr(8)]
    pub mask: Option<u32>,
    /// Further changes; of those above the kernel knows by itself. Since Linux 4.15.
    #[doc(alias = "TCA_SKBEDIT_FLAGS")]
    #[nl_attr(9)]
    pub flags: Option<SkbEditFlags>,
    /// The last of several transmit queues, with [`SkbEditFlags::TXQ_SKBHASH`]. Since Linux 6.1.
    #[doc(alias = "TCA_SKBEDIT_QUEUE_MAPPING_MAX")]
    #[nl_attr(10)]
    pub queue_mapping_max: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What `skbedit` changes.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "SKBEDIT_F_")]
    pub struct SkbEditFlags: u64 {
        /// The priority.
        #[doc(alias = "SKBEDIT_F_PRIORITY")]
        const PRIORITY = 0x1;
        /// The transmit queue.
        #[doc(alias = "SKBEDIT_F_QUEUE_MAPPING")]
        const QUEUE_MAPPING = 0x2;
        /// The mark.
        #[doc(alias = "SKBEDIT_F_MARK")]
        const MARK = 0x4;
        /// For whom the packet is.
        #[doc(alias = "SKBEDIT_F_PTYPE")]
        const PTYPE = 0x8;
        /// Only some bits of the mark.
        #[doc(alias = "SKBEDIT_F_MASK")]
        const MASK = 0x10;
        /// The priority becomes that of the DS field.
        #[doc(alias = "SKBEDIT_F_INHERITDSFIELD")]
        const INHERITDSFIELD = 0x20;
        /// The transmit queue depends on the hash of the packet. Since Linux 6.1.
        #[doc(alias = "SKBEDIT_F_TXQ_SKBHASH")]
        const TXQ_SKBHASH = 0x40;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Changes the Ethernet header of a packet.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 6)]
pub struct SkbMod<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_SKBMOD_TM")]
    #[nl_attr(1)]
    pub tm: Option<Times>,
    /// What is changed.
    #[doc(alias = "TCA_SKBMOD_PARMS")]
    #[nl_attr(2, required)]
    pub parms: Option<SkbModParms>,
    /// The new destination.
    #[doc(alias = "TCA_SKBMOD_DMAC")]
    #[nl_attr(3)]
    pub dmac: Option<MacAddr>,
    /// The new source.
    #[doc(alias = "TCA_SKBMOD_SMAC")]
    #[nl_attr(4)]
    pub smac: Option<MacAddr>,
    /// The new protocol (`ETH_P_*`), in the byte order of the machine.
    #[doc(alias = "TCA_SKBMOD_ETYPE")]
    #[nl_attr(5)]
    pub etype: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What `skbmod` changes.
#[doc(alias = "tc_skbmod")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SkbModParms {
    /// What every action has.
    #[nl(pad = 4)]
    pub general: General,
    /// What is changed.
    pub flags: SkbModFlags,
}

bitflags! {
    /// What `skbmod` changes.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "SKBMOD_F_")]
    pub struct SkbModFlags: u64 {
        /// The destination.
        #[doc(alias = "SKBMOD_F_DMAC")]
        const DMAC = 0x1;
        /// The source.
        #[doc(alias = "SKBMOD_F_SMAC")]
        const SMAC = 0x2;
        /// The protocol.
        #[doc(alias = "SKBMOD_F_ETYPE")]
        const ETYPE = 0x4;
        /// Destination and source change places.
        #[doc(alias = "SKBMOD_F_SWAPMAC")]
        const SWAPMAC = 0x8;
        /// The packet is marked (ECN). Since Linux 5.15.
        #[doc(alias = "SKBMOD_F_ECN")]
        const ECN = 0x10;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
