//! The multicast database of bridges and VXLANs: which ports want which groups.
//!
//! Declared after `linux/if_bridge.h`; the kernel's side is `net/bridge/br_mdb.c` and `drivers/net/vxlan/vxlan_mdb.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, mdb};
//!
//! let mut route = Route::connect()?;
//! for mdb in route.dump(mdb::list())? {
//!     let mdb = mdb?;
//!     for entry in mdb.entries() {
//!         println!("bridge {}: {} at port {}", mdb.header.ifindex, entry.header.group(), entry.header.ifindex);
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod group;
mod operations;
mod verbs;

pub use group::{MdbAttrSource, MdbAttrSourceList, MdbAttrs, MdbGet, MdbGroup, MdbSet};
pub(super) use operations::Operations;
pub use verbs::{MdbRequest, add, del, get, list};

use std::net::IpAddr;

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::{bridge_vlan::MulticastRouter, ip::AddressFamily, routes::RouteProtocol};

/// The header of messages about the multicast database.
#[doc(alias = "br_port_msg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MdbHeader {
    /// The address family: that of bridges.
    #[nl(pad = 3)]
    pub family: AddressFamily,
    /// The index of the bridge or VXLAN; 0 in requests for lists of all.
    pub ifindex: u32,
}

/// The multicast database of a bridge or VXLAN, or a part of it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Mdb<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: MdbHeader,
    /// Groups.
    #[doc(alias = "MDBA_MDB")]
    #[nl_attr(1)]
    pub mdb: Option<MdbTable<'a>>,
    /// Ports with multicast routers.
    #[doc(alias = "MDBA_ROUTER")]
    #[nl_attr(2)]
    pub router: Option<MdbRouter<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl Mdb<'_> {
    /// The entries of all groups.
    pub fn entries(&self) -> impl Iterator<Item = &MdbEntry<'_>> {
        self.mdb.iter().flat_map(|mdb| &mdb.entry).flat_map(|group| &group.info)
    }
}

/// Groups.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbTable<'a> {
    /// Each with its ports.
    #[doc(alias = "MDBA_MDB_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<MdbPorts<'a>>,
}

/// The ports of a group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbPorts<'a> {
    /// The ports.
    #[doc(alias = "MDBA_MDB_ENTRY_INFO")]
    #[nl_attr(1, multi)]
    pub info: Vec<MdbEntry<'a>>,
}

/// A port and a group that it wants.
#[doc(alias = "br_mdb_entry")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MdbEntryHeader {
    /// The index of the port; of the bridge, if the host wants the group.
    pub ifindex: u32,
    /// Whether the entry stays.
    pub state: MdbState,
    /// What is special about it.
    pub flags: MdbFlags,
    /// The VLAN; 0 for none.
    pub vid: u16,
    /// The address of the group: 4, 16 or 6 bytes of it; see [`group`](Self::group).
    #[doc(alias = "addr.u")]
    pub addr: [u8; 16],
    /// What address it is: the Ethernet type of IPv4 or IPv6, or 0 for one of Ethernet. Big-endian on the wire.
    #[doc(alias = "addr.proto")]
    #[nl(be, pad = 2)]
    pub proto: u16,
}

/// A port and a group that it wants, and all about it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbEntry<'a> {
    /// Port and group.
    #[nl_attr(header)]
    pub header: MdbEntryHeader,
    /// When it ends: in so many hundredths of a second; 0 for never.
    #[doc(alias = "MDBA_MDB_EATTR_TIMER")]
    #[nl_attr(1)]
    pub timer: Option<u32>,
    /// The sources that are wanted, or not.
    #[doc(alias = "MDBA_MDB_EATTR_SRC_LIST")]
    #[nl_attr(2)]
    pub src_list: Option<MdbSourceList<'a>>,
    /// Whether those sources are wanted.
    #[doc(alias = "MDBA_MDB_EATTR_GROUP_MODE")]
    #[nl_attr(3)]
    pub group_mode: Option<FilterMode>,
    /// The only source that the entry is for.
    #[doc(alias = "MDBA_MDB_EATTR_SOURCE")]
    #[nl_attr(4)]
    pub source: Option<IpAddr>,
    /// Who made it.
    #[doc(alias = "MDBA_MDB_EATTR_RTPROT")]
    #[nl_attr(5)]
    pub rtprot: Option<RouteProtocol>,
    /// The far end, of VXLANs. Since Linux 6.4.
    #[doc(alias = "MDBA_MDB_EATTR_DST")]
    #[nl_attr(6)]
    pub dst: Option<IpAddr>,
    /// The port of the far end, of VXLANs.
    #[doc(alias = "MDBA_MDB_EATTR_DST_PORT")]
    #[nl_attr(7)]
    pub dst_port: Option<u16>,
    /// The VNI to the far end, of VXLANs.
    #[doc(alias = "MDBA_MDB_EATTR_VNI")]
    #[nl_attr(8)]
    pub vni: Option<u32>,
    /// The index of the link to the far end, of VXLANs.
    #[doc(alias = "MDBA_MDB_EATTR_IFINDEX")]
    #[nl_attr(9)]
    pub ifindex: Option<u32>,
    /// The VNI of packets that come in, of VXLANs.
    #[doc(alias = "MDBA_MDB_EATTR_SRC_VNI")]
    #[nl_attr(10)]
    pub src_vni: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether an entry stays.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MdbState {
    /// For some time.
    #[doc(alias = "MDB_TEMPORARY")]
    #[default]
    Temporary = 0,
    /// Until it is deleted.
    #[doc(alias = "MDB_PERMANENT")]
    Permanent = 1,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// What is special about an entry.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "MDB_FLAGS_")]
    pub struct MdbFlags: u8 {
        /// Hardware has it.
        #[doc(alias = "MDB_FLAGS_OFFLOAD")]
        const OFFLOAD = 1 << 0;
        /// Ends as soon as somebody leaves.
        #[doc(alias = "MDB_FLAGS_FAST_LEAVE")]
        const FAST_LEAVE = 1 << 1;
        /// Made because of a port that wants all sources but some.
        #[doc(alias = "MDB_FLAGS_STAR_EXCL")]
        const STAR_EXCL = 1 << 2;
        /// Not sent on.
        #[doc(alias = "MDB_FLAGS_BLOCKED")]
        const BLOCKED = 1 << 3;
        /// Hardware could not take it. Since Linux 6.16.
        #[doc(alias = "MDB_FLAGS_OFFLOAD_FAILED")]
        const OFFLOAD_FAILED = 1 << 4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Whether listed sources are wanted.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum FilterMode {
    /// All but those.
    #[doc(alias = "MCAST_EXCLUDE")]
    #[default]
    Exclude = 0,
    /// Only those.
    #[doc(alias = "MCAST_INCLUDE")]
    Include = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Sources.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbSourceList<'a> {
    /// The sources.
    #[doc(alias = "MDBA_MDB_SRCLIST_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<MdbSource<'a>>,
}

/// A source.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbSource<'a> {
    /// The address.
    #[doc(alias = "MDBA_MDB_SRCATTR_ADDRESS")]
    #[nl_attr(1)]
    pub address: Option<IpAddr>,
    /// When it ends: in so many hundredths of a second.
    #[doc(alias = "MDBA_MDB_SRCATTR_TIMER")]
    #[nl_attr(2)]
    pub timer: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Ports with multicast routers.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbRouter<'a> {
    /// The ports.
    #[doc(alias = "MDBA_ROUTER_PORT")]
    #[nl_attr(1, multi)]
    pub port: Vec<MdbRouterPort<'a>>,
}

/// What stands in front of what is said of a port.
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MdbRouterPortHeader {
    /// The index of the port.
    pub ifindex: u32,
}

/// A port with a multicast router. Times are in hundredths of a second.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbRouterPort<'a> {
    /// The port.
    #[nl_attr(header)]
    pub header: MdbRouterPortHeader,
    /// When it ends, the later of both IPs.
    #[doc(alias = "MDBA_ROUTER_PATTR_TIMER")]
    #[nl_attr(1)]
    pub timer: Option<u32>,
    /// Why it is taken for one.
    #[doc(alias = "MDBA_ROUTER_PATTR_TYPE")]
    #[nl_attr(2)]
    pub ty: Option<MulticastRouter>,
    /// When it ends, of IPv4. Since Linux 5.14.
    #[doc(alias = "MDBA_ROUTER_PATTR_INET_TIMER")]
    #[nl_attr(3)]
    pub inet_timer: Option<u32>,
    /// When it ends, of IPv6. Since Linux 5.14.
    #[doc(alias = "MDBA_ROUTER_PATTR_INET6_TIMER")]
    #[nl_attr(4)]
    pub inet6_timer: Option<u32>,
    /// The VLAN. Since Linux 5.15.
    #[doc(alias = "MDBA_ROUTER_PATTR_VID")]
    #[nl_attr(5)]
    pub vid: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
