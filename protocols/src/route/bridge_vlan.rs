//! VLANs of bridges and their ports, and options of the VLANs of a bridge. Since Linux 5.6.
//!
//! Declared after `struct br_vlan_msg` in `linux/if_bridge.h`; the kernel's side is `net/bridge/br_vlan.c` and
//! `net/bridge/br_vlan_options.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, bridge_vlan};
//!
//! let mut route = Route::connect()?;
//! // Nothing but an error where the kernel is built without VLANs of bridges.
//! for vlans in route.dump(bridge_vlan::list())?.filter_map(Result::ok) {
//!     println!("link {}: {:?}", vlans.header.ifindex, vlans.entry);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod global;
mod operations;
mod verbs;

pub use super::link::{BridgePortState, BridgeVlanFlags, BridgeVlanInfo};
pub use global::{Querier, VlanGlobalOptions, VlanRouters};
pub(super) use operations::Operations;
pub use verbs::{VlanRequest, add, del, list, list_global, set_global};

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::ip::AddressFamily;

/// The header of messages about VLANs of bridges.
#[doc(alias = "br_vlan_msg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgeVlanHeader {
    /// The address family: that of bridges.
    #[nl(pad = 3)]
    pub family: AddressFamily,
    /// The index of the bridge or the port.
    pub ifindex: u32,
}

/// VLANs of a bridge or a port.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeVlans<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: BridgeVlanHeader,
    /// The VLANs.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<BridgeVlan<'a>>,
    /// Options of VLANs, of bridges. Since Linux 5.15.
    #[doc(alias = "BRIDGE_VLANDB_GLOBAL_OPTIONS")]
    #[nl_attr(2, multi)]
    pub global_options: Vec<VlanGlobalOptions<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A request for lists of VLANs.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeVlanListRequest {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: BridgeVlanHeader,
    /// What is wanted.
    #[doc(alias = "BRIDGE_VLANDB_DUMP_FLAGS")]
    #[nl_attr(1)]
    pub flags: Option<VlanListFlags>,
}

bitflags! {
    /// What a request for VLANs wants.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "BRIDGE_VLANDB_DUMPF_")]
    pub struct VlanListFlags: u32 {
        /// Also what went through.
        #[doc(alias = "BRIDGE_VLANDB_DUMPF_STATS")]
        const STATS = 1 << 0;
        /// Only the options of the bridge's VLANs.
        #[doc(alias = "BRIDGE_VLANDB_DUMPF_GLOBAL")]
        const GLOBAL = 1 << 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A VLAN of a bridge or a port, or several in a row.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BridgeVlan<'a> {
    /// The VLAN, and what is special about it.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_INFO")]
    #[nl_attr(1)]
    pub info: Option<BridgeVlanInfo>,
    /// The last of several VLANs in a row.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_RANGE")]
    #[nl_attr(2)]
    pub range: Option<u16>,
    /// The state in the spanning tree.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_STATE")]
    #[nl_attr(3)]
    pub state: Option<BridgePortState>,
    /// The tunnel that the VLAN goes through.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_TUNNEL_INFO")]
    #[nl_attr(4)]
    pub tunnel_info: Option<VlanTunnelInfo>,
    /// What went through.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_STATS")]
    #[nl_attr(5)]
    pub stats: Option<VlanStats>,
    /// Whether there is a multicast router. Since Linux 5.15.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_MCAST_ROUTER")]
    #[nl_attr(6)]
    pub mcast_router: Option<MulticastRouter>,
    /// How many multicast groups there are. Since Linux 6.3.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS")]
    #[nl_attr(7)]
    pub mcast_n_groups: Option<u32>,
    /// How many multicast groups there can be; 0 for any number. Since Linux 6.3.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS")]
    #[nl_attr(8)]
    pub mcast_max_groups: Option<u32>,
    /// 1 if questions for neighbours are answered by the bridge. Since Linux 6.4.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS")]
    #[nl_attr(9)]
    pub neigh_suppress: Option<u8>,
    /// 1 if neighbours that tell of themselves are heard in spite of that.
    #[doc(alias = "BRIDGE_VLANDB_ENTRY_NEIGH_FORWARD_GRAT")]
    #[nl_attr(10)]
    pub neigh_forward_grat: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether there is a multicast router.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MulticastRouter {
    /// Never.
    #[doc(alias = "MDB_RTR_TYPE_DISABLED")]
    #[default]
    Disabled = 0,
    /// For some time after a query.
    #[doc(alias = "MDB_RTR_TYPE_TEMP_QUERY")]
    TempQuery = 1,
    /// Always.
    #[doc(alias = "MDB_RTR_TYPE_PERM")]
    Perm = 2,
    /// For some time.
    #[doc(alias = "MDB_RTR_TYPE_TEMP")]
    Temp = 3,
    /// One of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// The tunnel that a VLAN goes through.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VlanTunnelInfo {
    /// The number of the tunnel: of VXLANs the VNI.
    #[doc(alias = "BRIDGE_VLANDB_TINFO_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// Whether it is set or taken away, in requests: the number of `RTM_SETLINK` or `RTM_DELLINK`.
    #[doc(alias = "BRIDGE_VLANDB_TINFO_CMD")]
    #[nl_attr(2)]
    pub cmd: Option<u32>,
}

/// What went through a VLAN.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 5)]
pub struct VlanStats {
    /// Bytes received.
    #[doc(alias = "BRIDGE_VLANDB_STATS_RX_BYTES")]
    #[nl_attr(1)]
    pub rx_bytes: Option<u64>,
    /// Packets received.
    #[doc(alias = "BRIDGE_VLANDB_STATS_RX_PACKETS")]
    #[nl_attr(2)]
    pub rx_packets: Option<u64>,
    /// Bytes sent.
    #[doc(alias = "BRIDGE_VLANDB_STATS_TX_BYTES")]
    #[nl_attr(3)]
    pub tx_bytes: Option<u64>,
    /// Packets sent.
    #[doc(alias = "BRIDGE_VLANDB_STATS_TX_PACKETS")]
    #[nl_attr(4)]
    pub tx_packets: Option<u64>,
}
