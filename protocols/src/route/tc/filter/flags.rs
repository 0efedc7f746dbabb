//! Bits that several filters have.

use netlink_core::{NlFlags, bitflags};

bitflags! {
    /// Where a filter is at work.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_CLS_FLAGS_")]
    pub struct ClsFlags: u32 {
        /// Not in the device.
        #[doc(alias = "TCA_CLS_FLAGS_SKIP_HW")]
        const SKIP_HW = 1 << 0;
        /// Not in the kernel.
        #[doc(alias = "TCA_CLS_FLAGS_SKIP_SW")]
        const SKIP_SW = 1 << 1;
        /// In the device; the kernel tells.
        #[doc(alias = "TCA_CLS_FLAGS_IN_HW")]
        const IN_HW = 1 << 2;
        /// Not in the device; the kernel tells.
        #[doc(alias = "TCA_CLS_FLAGS_NOT_IN_HW")]
        const NOT_IN_HW = 1 << 3;
        /// Tells why it could not be put into the device.
        #[doc(alias = "TCA_CLS_FLAGS_VERBOSE")]
        const VERBOSE = 1 << 4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// Fragments, and what tunnels say.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_FLOWER_KEY_FLAGS_")]
    pub struct FlowerFlags: u32 {
        /// The packet is a fragment.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_IS_FRAGMENT")]
        const IS_FRAGMENT = 1 << 0;
        /// It is the first one.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_FRAG_IS_FIRST")]
        const FRAG_IS_FIRST = 1 << 1;
        /// The tunnel has a checksum. Since Linux 6.12.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_TUNNEL_CSUM")]
        const TUNNEL_CSUM = 1 << 2;
        /// The tunnel forbids fragments. Since Linux 6.12.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_TUNNEL_DONT_FRAGMENT")]
        const TUNNEL_DONT_FRAGMENT = 1 << 3;
        /// The tunnel carries operations, administration and maintenance. Since Linux 6.12.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_TUNNEL_OAM")]
        const TUNNEL_OAM = 1 << 4;
        /// The tunnel has critical options. Since Linux 6.12.
        #[doc(alias = "TCA_FLOWER_KEY_FLAGS_TUNNEL_CRIT_OPT")]
        const TUNNEL_CRIT_OPT = 1 << 5;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// The state of a connection.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_FLOWER_KEY_CT_FLAGS_")]
    pub struct CtState: u16 {
        /// It begins.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_NEW")]
        const NEW = 1 << 0;
        /// It is established.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_ESTABLISHED")]
        const ESTABLISHED = 1 << 1;
        /// It belongs to another one.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_RELATED")]
        const RELATED = 1 << 2;
        /// It is tracked.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_TRACKED")]
        const TRACKED = 1 << 3;
        /// It is none that could be. Since Linux 5.12.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_INVALID")]
        const INVALID = 1 << 4;
        /// The packet goes the way back. Since Linux 5.12.
        #[doc(alias = "TCA_FLOWER_KEY_CT_FLAGS_REPLY")]
        const REPLY = 1 << 5;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
