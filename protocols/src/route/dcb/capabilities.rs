//! What a link can, and who negotiates.

use netlink_core::{NlDebug, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

/// What a link can. In requests, what is wanted is there.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Capabilities<'a> {
    /// In requests: all of it.
    #[doc(alias = "DCB_CAP_ATTR_ALL")]
    #[nl_attr(1)]
    pub all: bool,
    /// 1 if it can group priorities.
    #[doc(alias = "DCB_CAP_ATTR_PG")]
    #[nl_attr(2)]
    pub pg: Option<u8>,
    /// 1 if it can control the flow of each priority.
    #[doc(alias = "DCB_CAP_ATTR_PFC")]
    #[nl_attr(3)]
    pub pfc: Option<u8>,
    /// 1 if priorities can be given to traffic classes.
    #[doc(alias = "DCB_CAP_ATTR_UP2TC")]
    #[nl_attr(4)]
    pub up2tc: Option<u8>,
    /// How many traffic classes can be in groups: a bit for each number.
    #[doc(alias = "DCB_CAP_ATTR_PG_TCS")]
    #[nl_attr(5)]
    pub pg_tcs: Option<u8>,
    /// How many traffic classes can have flow control: a bit for each number.
    #[doc(alias = "DCB_CAP_ATTR_PFC_TCS")]
    #[nl_attr(6)]
    pub pfc_tcs: Option<u8>,
    /// 1 if classes can come before others in their group.
    #[doc(alias = "DCB_CAP_ATTR_GSP")]
    #[nl_attr(7)]
    pub gsp: Option<u8>,
    /// 1 if it can tell of congestion.
    #[doc(alias = "DCB_CAP_ATTR_BCN")]
    #[nl_attr(8)]
    pub bcn: Option<u8>,
    /// Who negotiates.
    #[doc(alias = "DCB_CAP_ATTR_DCBX")]
    #[nl_attr(9)]
    pub dcbx: Option<Dcbx>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// Who negotiates, and how.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "DCB_CAP_DCBX_")]
    pub struct Dcbx: u8 {
        /// An agent of the machine.
        #[doc(alias = "DCB_CAP_DCBX_HOST")]
        const HOST = 0x01;
        /// Something else, such as the hardware.
        #[doc(alias = "DCB_CAP_DCBX_LLD_MANAGED")]
        const LLD_MANAGED = 0x02;
        /// By CEE.
        #[doc(alias = "DCB_CAP_DCBX_VER_CEE")]
        const VER_CEE = 0x04;
        /// By IEEE 802.1Qaz.
        #[doc(alias = "DCB_CAP_DCBX_VER_IEEE")]
        const VER_IEEE = 0x08;
        /// Nobody: the settings stay as they are.
        #[doc(alias = "DCB_CAP_DCBX_STATIC")]
        const STATIC = 0x10;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
