//! Programs of BPF at the entrance of a link (`IFLA_XDP_*`), proven on Linux 6.18, but for those in hardware.

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

/// The program at the entrance.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Xdp<'a> {
    /// A file descriptor of the program; -1 removes it. Only set.
    #[doc(alias = "IFLA_XDP_FD")]
    #[nl_attr(1)]
    pub fd: Option<i32>,
    /// Where there is a program. Only told.
    #[doc(alias = "IFLA_XDP_ATTACHED")]
    #[nl_attr(2)]
    pub attached: Option<XdpAttached>,
    /// How the program is set. Only set.
    #[doc(alias = "IFLA_XDP_FLAGS")]
    #[nl_attr(3)]
    pub flags: Option<XdpFlags>,
    /// The number of the program. Only told, as what follows.
    #[doc(alias = "IFLA_XDP_PROG_ID")]
    #[nl_attr(4)]
    pub prog_id: Option<u32>,
    /// The number of the program in the driver.
    #[doc(alias = "IFLA_XDP_DRV_PROG_ID")]
    #[nl_attr(5)]
    pub drv_prog_id: Option<u32>,
    /// The number of the program behind the driver.
    #[doc(alias = "IFLA_XDP_SKB_PROG_ID")]
    #[nl_attr(6)]
    pub skb_prog_id: Option<u32>,
    /// The number of the program in the hardware.
    #[doc(alias = "IFLA_XDP_HW_PROG_ID")]
    #[nl_attr(7)]
    pub hw_prog_id: Option<u32>,
    /// A file descriptor of the program that must be there now. Only set, with [`REPLACE`](XdpFlags::REPLACE).
    #[doc(alias = "IFLA_XDP_EXPECTED_FD")]
    #[nl_attr(8)]
    pub expected_fd: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Where there is a program.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum XdpAttached {
    /// Nowhere.
    #[doc(alias = "XDP_ATTACHED_NONE")]
    None = 0,
    /// In the driver.
    #[doc(alias = "XDP_ATTACHED_DRV")]
    Drv = 1,
    /// Behind the driver.
    #[doc(alias = "XDP_ATTACHED_SKB")]
    Skb = 2,
    /// In the hardware.
    #[doc(alias = "XDP_ATTACHED_HW")]
    Hw = 3,
    /// At several places.
    #[doc(alias = "XDP_ATTACHED_MULTI")]
    Multi = 4,
    /// A place of a newer kernel.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// How a program is set.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "XDP_FLAGS_")]
    pub struct XdpFlags: u32 {
        /// Only if there is none.
        #[doc(alias = "XDP_FLAGS_UPDATE_IF_NOEXIST")]
        const UPDATE_IF_NOEXIST = 0x1;
        /// Behind the driver.
        #[doc(alias = "XDP_FLAGS_SKB_MODE")]
        const SKB_MODE = 0x2;
        /// In the driver.
        #[doc(alias = "XDP_FLAGS_DRV_MODE")]
        const DRV_MODE = 0x4;
        /// In the hardware.
        #[doc(alias = "XDP_FLAGS_HW_MODE")]
        const HW_MODE = 0x8;
        /// Only if the one there is that of `expected_fd`.
        #[doc(alias = "XDP_FLAGS_REPLACE")]
        const REPLACE = 0x10;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
