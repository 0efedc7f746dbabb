//! Bits that several filters have.

use netlink_core::{NlFlags, bitflags};

bitflags! {
    /// Where a filter is at work.
    #[derive(NlFlags, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
