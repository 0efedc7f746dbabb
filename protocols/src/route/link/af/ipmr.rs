//! Tables of multicast routes of IPv4 and their virtual interfaces (`IPMRA_*` of `linux/mroute.h`). Proven on Linux 6.18,
//! but for the virtual interfaces.

use std::net::Ipv4Addr;

use netlink_core::{NlDebug, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

/// A table of multicast routes. Only told.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ipmr<'a> {
    /// The number of the table.
    #[doc(alias = "IPMRA_TABLE_ID")]
    #[nl_attr(1)]
    pub table_id: Option<u32>,
    /// How many packets wait for a route.
    #[doc(alias = "IPMRA_TABLE_CACHE_RES_QUEUE_LEN")]
    #[nl_attr(2)]
    pub cache_res_queue_len: Option<u32>,
    /// The number of the virtual interface to the rendezvous point; -1 for none.
    #[doc(alias = "IPMRA_TABLE_MROUTE_REG_VIF_NUM")]
    #[nl_attr(3)]
    pub mroute_reg_vif_num: Option<i32>,
    /// 1 if packets by a wrong interface are told.
    #[doc(alias = "IPMRA_TABLE_MROUTE_DO_ASSERT")]
    #[nl_attr(4)]
    pub mroute_do_assert: Option<u8>,
    /// 1 if the routes are those of PIM.
    #[doc(alias = "IPMRA_TABLE_MROUTE_DO_PIM")]
    #[nl_attr(5)]
    pub mroute_do_pim: Option<u8>,
    /// The virtual interfaces.
    #[doc(alias = "IPMRA_TABLE_VIFS")]
    #[nl_attr(6)]
    pub vifs: Option<IpmrVifs<'a>>,
    /// 1 if packets by a wrong interface are told whole.
    #[doc(alias = "IPMRA_TABLE_MROUTE_DO_WRVIFWHOLE")]
    #[nl_attr(7)]
    pub mroute_do_wrvifwhole: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The virtual interfaces of a table.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct IpmrVifs<'a> {
    /// One each.
    #[doc(alias = "IPMRA_VIF")]
    #[nl_attr(1, multi)]
    pub vif: Vec<IpmrVif<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A virtual interface.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 10)]
pub struct IpmrVif<'a> {
    /// The index of the link.
    #[doc(alias = "IPMRA_VIFA_IFINDEX")]
    #[nl_attr(1)]
    pub ifindex: Option<u32>,
    /// The number of the interface.
    #[doc(alias = "IPMRA_VIFA_VIF_ID")]
    #[nl_attr(2)]
    pub vif_id: Option<u32>,
    /// What it is.
    #[doc(alias = "IPMRA_VIFA_FLAGS")]
    #[nl_attr(3)]
    pub flags: Option<IpmrVifFlags>,
    /// How many bytes came in by it.
    #[doc(alias = "IPMRA_VIFA_BYTES_IN")]
    #[nl_attr(4)]
    pub bytes_in: Option<u64>,
    /// How many bytes went out by it.
    #[doc(alias = "IPMRA_VIFA_BYTES_OUT")]
    #[nl_attr(5)]
    pub bytes_out: Option<u64>,
    /// How many packets came in by it.
    #[doc(alias = "IPMRA_VIFA_PACKETS_IN")]
    #[nl_attr(6)]
    pub packets_in: Option<u64>,
    /// How many packets went out by it.
    #[doc(alias = "IPMRA_VIFA_PACKETS_OUT")]
    #[nl_attr(7)]
    pub packets_out: Option<u64>,
    /// The address of this end.
    #[doc(alias = "IPMRA_VIFA_LOCAL_ADDR")]
    #[nl_attr(8)]
    pub local_addr: Option<Ipv4Addr>,
    /// The address of the other end, of a tunnel.
    #[doc(alias = "IPMRA_VIFA_REMOTE_ADDR")]
    #[nl_attr(9)]
    pub remote_addr: Option<Ipv4Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What a virtual interface is.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "VIFF_")]
    pub struct IpmrVifFlags: u16 {
        /// A tunnel.
        #[doc(alias = "VIFF_TUNNEL")]
        const TUNNEL = 0x1;
        /// Routes by the sender; not there in Linux.
        #[doc(alias = "VIFF_SRCRT")]
        const SRCRT = 0x2;
        /// The way to the rendezvous point.
        #[doc(alias = "VIFF_REGISTER")]
        const REGISTER = 0x4;
        /// Given by the index of its link.
        #[doc(alias = "VIFF_USE_IFINDEX")]
        const USE_IFINDEX = 0x8;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
