//! Neighbours: which link address an IP address has; entries of the forwarding tables of bridges; the tables of
//! neighbours and their parameters.
//!
//! Declared after `linux/neighbour.h`; the kernel's side is `net/core/neighbour.c`, and for bridges
//! `net/bridge/br_fdb.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, neighbour};
//!
//! let mut route = Route::connect()?;
//! for neighbour in route.dump(neighbour::list())? {
//!     let neighbour = neighbour?;
//!     println!("{:?} is at {:?}: {:?}", neighbour.dst, neighbour.lladdr, neighbour.header.state);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod table;
mod verbs;

pub(super) use operations::Operations;
pub use table::{NeighbourParms, NeighbourTable, NeighbourTableConfig, NeighbourTableHeader, NeighbourTableStats};
pub use verbs::{NeighbourList, NeighbourRequest, add, del, fdb, fdb_del, fdb_list, get, list, set_table, tables};

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{LinkAddr, UnknownAttrs},
};

use super::{
    ip::{Addr, AddressFamily},
    routes::{RouteProtocol, RouteType},
};

/// The header of messages about neighbours.
///
/// ```text
///  0        1        2        3        4
/// +--------+--------------------------+
/// | family | unused                   |
/// +--------+--------------------------+
/// | ifindex                           |
/// +-----------------+--------+--------+
/// | state           | flags  | ty     |
/// +-----------------+--------+--------+
/// ```
#[doc(alias = "ndmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeighbourHeader {
    /// The address family; 7 for the forwarding tables of bridges.
    #[doc(alias = "ndm_family")]
    #[nl(pad = 3)]
    pub family: AddressFamily,
    /// The index of the link.
    #[doc(alias = "ndm_ifindex")]
    pub ifindex: i32,
    /// How well it is known.
    #[doc(alias = "ndm_state")]
    pub state: NeighbourState,
    /// What is special about it.
    #[doc(alias = "ndm_flags")]
    pub flags: NeighbourFlags,
    /// What kind of address it is.
    #[doc(alias = "ndm_type")]
    pub ty: RouteType,
}

/// A neighbour, or an entry of a bridge's forwarding table.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Neighbour<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NeighbourHeader,
    /// The IP address; of entries of a VXLAN's forwarding table, the far end.
    #[doc(alias = "NDA_DST")]
    #[nl_attr(1, select = header.family)]
    pub dst: Option<Addr<'a>>,
    /// The address of the link.
    #[doc(alias = "NDA_LLADDR")]
    #[nl_attr(2)]
    pub lladdr: Option<LinkAddr<'a>>,
    /// Ages and uses.
    #[doc(alias = "NDA_CACHEINFO")]
    #[nl_attr(3)]
    pub cacheinfo: Option<NeighbourCacheInfo>,
    /// How often the address was asked for.
    #[doc(alias = "NDA_PROBES")]
    #[nl_attr(4)]
    pub probes: Option<u32>,
    /// The VLAN, of bridges.
    #[doc(alias = "NDA_VLAN")]
    #[nl_attr(5)]
    pub vlan: Option<u16>,
    /// The port of the far end, of VXLANs. Big-endian on the wire.
    #[doc(alias = "NDA_PORT")]
    #[nl_attr(6, be)]
    pub port: Option<u16>,
    /// The VNI to the far end, of VXLANs.
    #[doc(alias = "NDA_VNI")]
    #[nl_attr(7)]
    pub vni: Option<u32>,
    /// The index of the link to the far end, of VXLANs; in requests for lists: only those of this link.
    #[doc(alias = "NDA_IFINDEX")]
    #[nl_attr(8)]
    pub ifindex: Option<u32>,
    /// The index of the bridge; in requests for lists: only those of links with this master.
    #[doc(alias = "NDA_MASTER")]
    #[nl_attr(9)]
    pub master: Option<u32>,
    /// The number of the namespace that the far end is reached in, of VXLANs.
    #[doc(alias = "NDA_LINK_NETNSID")]
    #[nl_attr(10)]
    pub link_netnsid: Option<i32>,
    /// The VNI of packets that come in, of VXLANs.
    #[doc(alias = "NDA_SRC_VNI")]
    #[nl_attr(11)]
    pub src_vni: Option<u32>,
    /// Who made it.
    #[doc(alias = "NDA_PROTOCOL")]
    #[nl_attr(12)]
    pub protocol: Option<RouteProtocol>,
    /// The number of the next-hop object instead of a far end, of VXLANs. Since Linux 5.8.
    #[doc(alias = "NDA_NH_ID")]
    #[nl_attr(13)]
    pub nh_id: Option<u32>,
    /// More about entries of bridges. Since Linux 5.9.
    #[doc(alias = "NDA_FDB_EXT_ATTRS")]
    #[nl_attr(14)]
    pub fdb_ext_attrs: Option<FdbExtAttrs>,
    /// What else is special about it. Since Linux 5.16.
    #[doc(alias = "NDA_FLAGS_EXT")]
    #[nl_attr(15)]
    pub flags_ext: Option<NeighbourExtFlags>,
    /// In requests that delete all that match: which bits of the state count. Since Linux 5.19.
    #[doc(alias = "NDA_NDM_STATE_MASK")]
    #[nl_attr(16)]
    pub ndm_state_mask: Option<NeighbourState>,
    /// In requests that delete all that match: which flags count. Since Linux 5.19.
    #[doc(alias = "NDA_NDM_FLAGS_MASK")]
    #[nl_attr(17)]
    pub ndm_flags_mask: Option<NeighbourFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a request for one neighbour or one entry of a forwarding table, or for a list, says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Neighbour<'static>)]
pub struct NeighbourGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NeighbourHeader,
    /// The IP address of one.
    #[doc(alias = "NDA_DST")]
    #[nl_attr(select = header.family)]
    pub dst: Option<Addr<'a>>,
    /// The link address of one, of forwarding tables.
    #[doc(alias = "NDA_LLADDR")]
    pub lladdr: Option<LinkAddr<'a>>,
    /// The VLAN of one, of bridges.
    #[doc(alias = "NDA_VLAN")]
    pub vlan: Option<u16>,
    /// Of one in a VXLAN: the VNI of packets that come in, which the entry itself has as `src_vni`.
    #[doc(alias = "NDA_VNI")]
    pub vni: Option<u32>,
    /// Of lists: only those of this link.
    #[doc(alias = "NDA_IFINDEX")]
    pub ifindex: Option<u32>,
    /// Of lists: only those of links with this master; of one, the bridge.
    #[doc(alias = "NDA_MASTER")]
    pub master: Option<u32>,
}

bitflags! {
    /// How well a neighbour is known; of bridges, whether an entry ages.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "NUD_")]
    pub struct NeighbourState: u16 {
        /// Being asked for.
        #[doc(alias = "NUD_INCOMPLETE")]
        const INCOMPLETE = 0x01;
        /// Known, and heard of lately.
        #[doc(alias = "NUD_REACHABLE")]
        const REACHABLE = 0x02;
        /// Known, but not heard of lately.
        #[doc(alias = "NUD_STALE")]
        const STALE = 0x04;
        /// Used though it is stale: asked for soon.
        #[doc(alias = "NUD_DELAY")]
        const DELAY = 0x08;
        /// Known and being asked for again.
        #[doc(alias = "NUD_PROBE")]
        const PROBE = 0x10;
        /// Asked for in vain.
        #[doc(alias = "NUD_FAILED")]
        const FAILED = 0x20;
        /// Not asked for at all.
        #[doc(alias = "NUD_NOARP")]
        const NOARP = 0x40;
        /// Given by an administrator; never changes.
        #[doc(alias = "NUD_PERMANENT")]
        const PERMANENT = 0x80;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// What is special about a neighbour.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "NTF_")]
    pub struct NeighbourFlags: u8 {
        /// Asked for at once; in requests.
        #[doc(alias = "NTF_USE")]
        const USE = 1 << 0;
        /// Of the link itself, not of its bridge.
        #[doc(alias = "NTF_SELF")]
        const SELF = 1 << 1;
        /// Of the bridge.
        #[doc(alias = "NTF_MASTER")]
        const MASTER = 1 << 2;
        /// This host answers for it.
        #[doc(alias = "NTF_PROXY")]
        const PROXY = 1 << 3;
        /// Learned by somebody outside of the kernel.
        #[doc(alias = "NTF_EXT_LEARNED")]
        const EXT_LEARNED = 1 << 4;
        /// Hardware has it.
        #[doc(alias = "NTF_OFFLOADED")]
        const OFFLOADED = 1 << 5;
        /// Stays at its port.
        #[doc(alias = "NTF_STICKY")]
        const STICKY = 1 << 6;
        /// Is a router.
        #[doc(alias = "NTF_ROUTER")]
        const ROUTER = 1 << 7;
    }
}

bitflags! {
    /// What else is special about a neighbour.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "NTF_EXT_")]
    pub struct NeighbourExtFlags: u32 {
        /// The kernel keeps it reachable. Since Linux 5.16.
        #[doc(alias = "NTF_EXT_MANAGED")]
        const MANAGED = 1 << 0;
        /// Locked out of the port, until somebody decides. Since Linux 6.2.
        #[doc(alias = "NTF_EXT_LOCKED")]
        const LOCKED = 1 << 1;
        /// Somebody outside of the kernel vouches for it. Since Linux 6.17.
        #[doc(alias = "NTF_EXT_EXT_VALIDATED")]
        const EXT_VALIDATED = 1 << 2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Ages and uses of a neighbour.
#[doc(alias = "nda_cacheinfo")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeighbourCacheInfo {
    /// When it was last confirmed: so many hundredths of a second ago.
    #[doc(alias = "ndm_confirmed")]
    pub confirmed: u32,
    /// When it was last used: so many hundredths of a second ago.
    #[doc(alias = "ndm_used")]
    pub used: u32,
    /// When it last changed: so many hundredths of a second ago.
    #[doc(alias = "ndm_updated")]
    pub updated: u32,
    /// How often it is referred to, less 1.
    #[doc(alias = "ndm_refcnt")]
    pub refcnt: u32,
}

/// More about entries of a bridge's forwarding table.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct FdbExtAttrs {
    /// Whether activity is told of.
    #[doc(alias = "NFEA_ACTIVITY_NOTIFY")]
    #[nl_attr(1)]
    pub activity_notify: Option<FdbNotify>,
    /// In requests: the entry does not become younger.
    #[doc(alias = "NFEA_DONT_REFRESH")]
    #[nl_attr(2)]
    pub dont_refresh: bool,
}

bitflags! {
    /// Whether activity of an entry is told of.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct FdbNotify: u8 {
        /// When it starts and when it ends.
        #[doc(alias = "FDB_NOTIFY_BIT")]
        const ACTIVITY = 1 << 0;
        /// It has ended.
        #[doc(alias = "FDB_NOTIFY_INACTIVE_BIT")]
        const INACTIVE = 1 << 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
