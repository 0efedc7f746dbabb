//! Ports of bridges (`IFLA_BRPORT_*`), proven on Linux 6.18.

use netlink_core::{NlDebug, NlEnum, NlMessage, wire::UnknownAttrs};

use super::BridgeId;

/// A port of a bridge. What is only told and cannot be set, is marked so.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 26)]
pub struct BridgePort<'a> {
    /// The state in the spanning tree.
    #[doc(alias = "IFLA_BRPORT_STATE")]
    #[nl_attr(1)]
    pub state: Option<BridgePortState>,
    /// The priority among the ports of the bridge: the smaller, the sooner.
    #[doc(alias = "IFLA_BRPORT_PRIORITY")]
    #[nl_attr(2, range = 0..=63)]
    pub priority: Option<u16>,
    /// The cost of the path through this port.
    #[doc(alias = "IFLA_BRPORT_COST")]
    #[nl_attr(3, range = 1..=65_535)]
    pub cost: Option<u32>,
    /// 1 if packets may go out where they came in (hairpin).
    #[doc(alias = "IFLA_BRPORT_MODE")]
    #[nl_attr(4)]
    pub mode: Option<u8>,
    /// 1 if the port is switched off when a configuration message arrives.
    #[doc(alias = "IFLA_BRPORT_GUARD")]
    #[nl_attr(5)]
    pub guard: Option<u8>,
    /// 1 if the port must not become the one that leads to the root.
    #[doc(alias = "IFLA_BRPORT_PROTECT")]
    #[nl_attr(6)]
    pub protect: Option<u8>,
    /// 1 if a multicast group counts as left at once.
    #[doc(alias = "IFLA_BRPORT_FAST_LEAVE")]
    #[nl_attr(7)]
    pub fast_leave: Option<u8>,
    /// 1 if addresses are learned from packets.
    #[doc(alias = "IFLA_BRPORT_LEARNING")]
    #[nl_attr(8)]
    pub learning: Option<u8>,
    /// 1 if packets to unknown addresses go out here.
    #[doc(alias = "IFLA_BRPORT_UNICAST_FLOOD")]
    #[nl_attr(9)]
    pub unicast_flood: Option<u8>,
    /// 1 if the bridge answers ARP requests for hosts behind the port.
    #[doc(alias = "IFLA_BRPORT_PROXYARP")]
    #[nl_attr(10)]
    pub proxyarp: Option<u8>,
    /// 1 if addresses that the hardware learned are taken over. Not proven against a kernel, which needs a switch.
    #[doc(alias = "IFLA_BRPORT_LEARNING_SYNC")]
    #[nl_attr(11)]
    pub learning_sync: Option<u8>,
    /// 1 if the bridge answers ARP requests as IEEE 802.11 wants it.
    #[doc(alias = "IFLA_BRPORT_PROXYARP_WIFI")]
    #[nl_attr(12)]
    pub proxyarp_wifi: Option<u8>,
    /// The root as seen by this port. Only told.
    #[doc(alias = "IFLA_BRPORT_ROOT_ID")]
    #[nl_attr(13)]
    pub root_id: Option<BridgeId>,
    /// The bridge that the port's network is reached through. Only told.
    #[doc(alias = "IFLA_BRPORT_BRIDGE_ID")]
    #[nl_attr(14)]
    pub bridge_id: Option<BridgeId>,
    /// The port of that bridge. Only told.
    #[doc(alias = "IFLA_BRPORT_DESIGNATED_PORT")]
    #[nl_attr(15)]
    pub designated_port: Option<u16>,
    /// The cost of the path from there to the root. Only told.
    #[doc(alias = "IFLA_BRPORT_DESIGNATED_COST")]
    #[nl_attr(16)]
    pub designated_cost: Option<u16>,
    /// Priority and number of the port. Only told.
    #[doc(alias = "IFLA_BRPORT_ID")]
    #[nl_attr(17)]
    pub id: Option<u16>,
    /// The number of the port. Only told.
    #[doc(alias = "IFLA_BRPORT_NO")]
    #[nl_attr(18)]
    pub no: Option<u16>,
    /// 1 if a change of the topology will be acknowledged. Only told.
    #[doc(alias = "IFLA_BRPORT_TOPOLOGY_CHANGE_ACK")]
    #[nl_attr(19)]
    pub topology_change_ack: Option<u8>,
    /// 1 if a configuration message waits to be sent. Only told.
    #[doc(alias = "IFLA_BRPORT_CONFIG_PENDING")]
    #[nl_attr(20)]
    pub config_pending: Option<u8>,
    /// The time that is left, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BRPORT_MESSAGE_AGE_TIMER")]
    #[nl_attr(21)]
    pub message_age_timer: Option<u64>,
    /// The time that is left, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BRPORT_FORWARD_DELAY_TIMER")]
    #[nl_attr(22)]
    pub forward_delay_timer: Option<u64>,
    /// The time that is left, in 1/100 s. Only told.
    #[doc(alias = "IFLA_BRPORT_HOLD_TIMER")]
    #[nl_attr(23)]
    pub hold_timer: Option<u64>,
    /// Forgets the addresses that were learned here. Only set.
    #[doc(alias = "IFLA_BRPORT_FLUSH")]
    #[nl_attr(24)]
    pub flush: bool,
    /// Whether there is a multicast router behind the port: 0 never, 1 if queries come, 2 always, 3 for a while.
    #[doc(alias = "IFLA_BRPORT_MULTICAST_ROUTER")]
    #[nl_attr(25)]
    pub multicast_router: Option<u8>,
    /// 1 if multicast to unknown groups goes out here.
    #[doc(alias = "IFLA_BRPORT_MCAST_FLOOD")]
    #[nl_attr(27)]
    pub mcast_flood: Option<u8>,
    /// 1 if multicast is sent to each member by unicast.
    #[doc(alias = "IFLA_BRPORT_MCAST_TO_UCAST")]
    #[nl_attr(28)]
    pub mcast_to_ucast: Option<u8>,
    /// 1 if VLANs are mapped to tunnel identifiers.
    #[doc(alias = "IFLA_BRPORT_VLAN_TUNNEL")]
    #[nl_attr(29)]
    pub vlan_tunnel: Option<u8>,
    /// 1 if broadcast goes out here.
    #[doc(alias = "IFLA_BRPORT_BCAST_FLOOD")]
    #[nl_attr(30)]
    pub bcast_flood: Option<u8>,
    /// As that of the bridge, for this port.
    #[doc(alias = "IFLA_BRPORT_GROUP_FWD_MASK")]
    #[nl_attr(31)]
    pub group_fwd_mask: Option<u16>,
    /// 1 if ARP and neighbour discovery are answered from the neighbour table.
    #[doc(alias = "IFLA_BRPORT_NEIGH_SUPPRESS")]
    #[nl_attr(32)]
    pub neigh_suppress: Option<u8>,
    /// 1 if isolated ports are not reached from here.
    #[doc(alias = "IFLA_BRPORT_ISOLATED")]
    #[nl_attr(33)]
    pub isolated: Option<u8>,
    /// The index of the port that takes over when this one has no carrier; 0 for none.
    #[doc(alias = "IFLA_BRPORT_BACKUP_PORT")]
    #[nl_attr(34)]
    pub backup_port: Option<u32>,
    /// 1 if the media redundancy ring is open. Only told.
    #[doc(alias = "IFLA_BRPORT_MRP_RING_OPEN")]
    #[nl_attr(35)]
    pub mrp_ring_open: Option<u8>,
    /// 1 if the media redundancy interconnection is open. Only told.
    #[doc(alias = "IFLA_BRPORT_MRP_IN_OPEN")]
    #[nl_attr(36)]
    pub mrp_in_open: Option<u8>,
    /// The most hosts whose memberships are tracked. Since Linux 5.12.
    #[doc(alias = "IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT")]
    #[nl_attr(37)]
    pub mcast_eht_hosts_limit: Option<u32>,
    /// How many hosts are tracked. Only told.
    #[doc(alias = "IFLA_BRPORT_MCAST_EHT_HOSTS_CNT")]
    #[nl_attr(38)]
    pub mcast_eht_hosts_cnt: Option<u32>,
    /// 1 if only packets of known senders get in. Since Linux 5.18.
    #[doc(alias = "IFLA_BRPORT_LOCKED")]
    #[nl_attr(39)]
    pub locked: Option<u8>,
    /// 1 if unknown senders at a locked port are put into the forwarding table, locked. Since Linux 6.2.
    #[doc(alias = "IFLA_BRPORT_MAB")]
    #[nl_attr(40)]
    pub mab: Option<u8>,
    /// How many multicast entries there are. Only told, since Linux 6.3.
    #[doc(alias = "IFLA_BRPORT_MCAST_N_GROUPS")]
    #[nl_attr(41)]
    pub mcast_n_groups: Option<u32>,
    /// The most multicast entries; 0 for no limit. Since Linux 6.3.
    #[doc(alias = "IFLA_BRPORT_MCAST_MAX_GROUPS")]
    #[nl_attr(42)]
    pub mcast_max_groups: Option<u32>,
    /// 1 if `neigh_suppress` is decided by VLAN. Since Linux 6.4.
    #[doc(alias = "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS")]
    #[nl_attr(43)]
    pub neigh_vlan_suppress: Option<u8>,
    /// The next hop for packets to the backup port; 0 for none. Since Linux 6.6.
    #[doc(alias = "IFLA_BRPORT_BACKUP_NHID")]
    #[nl_attr(44)]
    pub backup_nhid: Option<u32>,
    /// 1 if gratuitous ARP and unsolicited advertisements are forwarded in spite of `neigh_suppress`.
    #[doc(alias = "IFLA_BRPORT_NEIGH_FORWARD_GRAT")]
    #[nl_attr(45)]
    pub neigh_forward_grat: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The state of a port in the spanning tree.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BridgePortState {
    /// Does nothing.
    #[doc(alias = "BR_STATE_DISABLED")]
    Disabled = 0,
    /// Listens for configuration messages.
    #[doc(alias = "BR_STATE_LISTENING")]
    Listening = 1,
    /// Learns addresses.
    #[doc(alias = "BR_STATE_LEARNING")]
    Learning = 2,
    /// Forwards packets.
    #[doc(alias = "BR_STATE_FORWARDING")]
    Forwarding = 3,
    /// Would close a loop, and so does not forward.
    #[doc(alias = "BR_STATE_BLOCKING")]
    Blocking = 4,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u8),
}
