//! Bonds and their ports (`IFLA_BOND_*`).

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, bitflags,
    wire::{LinkAddr, MacAddr, UnknownAttrs},
};

/// Several links that act as one. Times are in milliseconds where nothing else is said.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Bond<'a> {
    /// How the ports share the work. It can only be changed while the bond is down and has no ports.
    #[doc(alias = "IFLA_BOND_MODE")]
    #[nl_attr(1)]
    pub mode: Option<BondMode>,
    /// The index of the active port; 0 for none.
    #[doc(alias = "IFLA_BOND_ACTIVE_SLAVE")]
    #[nl_attr(2)]
    pub active_slave: Option<u32>,
    /// The time between looks at the carrier of the ports; 0 for never.
    #[doc(alias = "IFLA_BOND_MIIMON")]
    #[nl_attr(3)]
    pub miimon: Option<u32>,
    /// How long a carrier must be there before the port is used.
    #[doc(alias = "IFLA_BOND_UPDELAY")]
    #[nl_attr(4)]
    pub updelay: Option<u32>,
    /// How long a carrier must be gone before the port is not used any more.
    #[doc(alias = "IFLA_BOND_DOWNDELAY")]
    #[nl_attr(5)]
    pub downdelay: Option<u32>,
    /// 1 if the driver is asked for the carrier. Always 1 since Linux 6.18.
    #[doc(alias = "IFLA_BOND_USE_CARRIER")]
    #[nl_attr(6)]
    pub use_carrier: Option<u8>,
    /// The time between ARP requests that prove the ports to be alive; 0 for none.
    #[doc(alias = "IFLA_BOND_ARP_INTERVAL")]
    #[nl_attr(7)]
    pub arp_interval: Option<u32>,
    /// Whom these requests ask for: at most 16, numbered from 0.
    #[doc(alias = "IFLA_BOND_ARP_IP_TARGET")]
    #[nl_attr(8, numbered)]
    pub arp_ip_target: Vec<(u16, Ipv4Addr)>,
    /// Which ARP packets prove a port to be alive, as bits: 1 for active ports, 2 for backup ports, 4 to count
    /// nothing else.
    #[doc(alias = "IFLA_BOND_ARP_VALIDATE")]
    #[nl_attr(9)]
    pub arp_validate: Option<u32>,
    /// 1 if all targets have to answer.
    #[doc(alias = "IFLA_BOND_ARP_ALL_TARGETS")]
    #[nl_attr(10)]
    pub arp_all_targets: Option<u32>,
    /// The index of the port that is preferred; 0 for none.
    #[doc(alias = "IFLA_BOND_PRIMARY")]
    #[nl_attr(11)]
    pub primary: Option<u32>,
    /// When it becomes active again: 0 always, 1 if it is better, 2 if the active one fails.
    #[doc(alias = "IFLA_BOND_PRIMARY_RESELECT")]
    #[nl_attr(12)]
    pub primary_reselect: Option<u8>,
    /// Which address the bond has: 0 the same on all ports, 1 that of the active port, 2 only the active port has the
    /// bond's.
    #[doc(alias = "IFLA_BOND_FAIL_OVER_MAC")]
    #[nl_attr(13)]
    pub fail_over_mac: Option<u8>,
    /// What decides which port a packet takes.
    #[doc(alias = "IFLA_BOND_XMIT_HASH_POLICY")]
    #[nl_attr(14)]
    pub xmit_hash_policy: Option<BondHash>,
    /// How often memberships are told again after a failover.
    #[doc(alias = "IFLA_BOND_RESEND_IGMP")]
    #[nl_attr(15)]
    pub resend_igmp: Option<u32>,
    /// How often peers are told of a failover.
    #[doc(alias = "IFLA_BOND_NUM_PEER_NOTIF")]
    #[nl_attr(16)]
    pub num_peer_notif: Option<u8>,
    /// 1 if packets that come in at backup ports are delivered.
    #[doc(alias = "IFLA_BOND_ALL_SLAVES_ACTIVE")]
    #[nl_attr(17)]
    pub all_slaves_active: Option<u8>,
    /// The least ports with a carrier for the bond to have one.
    #[doc(alias = "IFLA_BOND_MIN_LINKS")]
    #[nl_attr(18)]
    pub min_links: Option<u32>,
    /// The time between learning packets to the switch, in seconds.
    #[doc(alias = "IFLA_BOND_LP_INTERVAL")]
    #[nl_attr(19)]
    pub lp_interval: Option<u32>,
    /// How many packets a port sends before it is the next one's turn; 0 for random.
    #[doc(alias = "IFLA_BOND_PACKETS_PER_SLAVE")]
    #[nl_attr(20)]
    pub packets_per_slave: Option<u32>,
    /// How often the partner is asked to send: 0 each 30 seconds, 1 each second.
    #[doc(alias = "IFLA_BOND_AD_LACP_RATE")]
    #[nl_attr(21)]
    pub ad_lacp_rate: Option<u8>,
    /// Which aggregator is taken: 0 stays, 1 has the largest bandwidth, 2 the most ports, 3 the highest port
    /// priorities.
    #[doc(alias = "IFLA_BOND_AD_SELECT")]
    #[nl_attr(22)]
    pub ad_select: Option<u8>,
    /// The state of the aggregation. Only told.
    #[doc(alias = "IFLA_BOND_AD_INFO")]
    #[nl_attr(23)]
    pub ad_info: Option<BondAdInfo<'a>>,
    /// The priority of the system.
    #[doc(alias = "IFLA_BOND_AD_ACTOR_SYS_PRIO")]
    #[nl_attr(24, range = 1..)]
    pub ad_actor_sys_prio: Option<u16>,
    /// The part of the port key that is the user's.
    #[doc(alias = "IFLA_BOND_AD_USER_PORT_KEY")]
    #[nl_attr(25, range = 0..=1023)]
    pub ad_user_port_key: Option<u16>,
    /// The address of the system.
    #[doc(alias = "IFLA_BOND_AD_ACTOR_SYSTEM")]
    #[nl_attr(26)]
    pub ad_actor_system: Option<MacAddr>,
    /// 1 if flows move between ports by load.
    #[doc(alias = "IFLA_BOND_TLB_DYNAMIC_LB")]
    #[nl_attr(27)]
    pub tlb_dynamic_lb: Option<u8>,
    /// The time between notifications of a failover.
    #[doc(alias = "IFLA_BOND_PEER_NOTIF_DELAY")]
    #[nl_attr(28)]
    pub peer_notif_delay: Option<u32>,
    /// 1 if LACP packets are sent unasked. Since Linux 5.15.
    #[doc(alias = "IFLA_BOND_AD_LACP_ACTIVE")]
    #[nl_attr(29)]
    pub ad_lacp_active: Option<u8>,
    /// How many ARP requests may go unanswered. Since Linux 5.17.
    #[doc(alias = "IFLA_BOND_MISSED_MAX")]
    #[nl_attr(30, range = 1..)]
    pub missed_max: Option<u8>,
    /// Whom neighbour solicitations ask for, as `arp_ip_target`. Since Linux 5.18.
    #[doc(alias = "IFLA_BOND_NS_IP6_TARGET")]
    #[nl_attr(31, numbered)]
    pub ns_ip6_target: Vec<(u16, Ipv6Addr)>,
    /// 1 if collecting and distributing are one state of LACP. Since Linux 6.9.
    #[doc(alias = "IFLA_BOND_COUPLED_CONTROL")]
    #[nl_attr(32)]
    pub coupled_control: Option<u8>,
    /// 1 if ARP and neighbour discovery go out at all ports. Since Linux 6.17.
    #[doc(alias = "IFLA_BOND_BROADCAST_NEIGH")]
    #[nl_attr(33)]
    pub broadcast_neigh: Option<u8>,
    /// 1 if there is no carrier without a partner that speaks LACP.
    #[doc(alias = "IFLA_BOND_LACP_STRICT")]
    #[nl_attr(34)]
    pub lacp_strict: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How the ports of a bond share the work.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BondMode {
    /// In turn.
    #[doc(alias = "BOND_MODE_ROUNDROBIN")]
    RoundRobin = 0,
    /// One works, the others wait.
    #[doc(alias = "BOND_MODE_ACTIVEBACKUP")]
    ActiveBackup = 1,
    /// By a hash of the packet.
    #[doc(alias = "BOND_MODE_XOR")]
    Xor = 2,
    /// All send everything.
    #[doc(alias = "BOND_MODE_BROADCAST")]
    Broadcast = 3,
    /// As agreed with the switch by LACP (IEEE 802.3ad).
    #[doc(alias = "BOND_MODE_8023AD")]
    Ieee8023ad = 4,
    /// By load, in sending.
    #[doc(alias = "BOND_MODE_TLB")]
    Tlb = 5,
    /// By load, in both directions.
    #[doc(alias = "BOND_MODE_ALB")]
    Alb = 6,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What decides which port a packet takes.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BondHash {
    /// The MAC addresses.
    #[doc(alias = "BOND_XMIT_POLICY_LAYER2")]
    Layer2 = 0,
    /// IP addresses and ports.
    #[doc(alias = "BOND_XMIT_POLICY_LAYER34")]
    Layer34 = 1,
    /// MAC and IP addresses.
    #[doc(alias = "BOND_XMIT_POLICY_LAYER23")]
    Layer23 = 2,
    /// As `Layer23`, of what is inside a tunnel.
    #[doc(alias = "BOND_XMIT_POLICY_ENCAP23")]
    Encap23 = 3,
    /// As `Layer34`, of what is inside a tunnel.
    #[doc(alias = "BOND_XMIT_POLICY_ENCAP34")]
    Encap34 = 4,
    /// The VLAN and the sender's MAC address.
    #[doc(alias = "BOND_XMIT_POLICY_VLAN_SRCMAC")]
    VlanSrcMac = 5,
    /// A policy of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// The state of an aggregation (IEEE 802.3ad).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BondAdInfo<'a> {
    /// The number of the active aggregator.
    #[doc(alias = "IFLA_BOND_AD_INFO_AGGREGATOR")]
    #[nl_attr(1)]
    pub aggregator: Option<u16>,
    /// How many ports it has.
    #[doc(alias = "IFLA_BOND_AD_INFO_NUM_PORTS")]
    #[nl_attr(2)]
    pub num_ports: Option<u16>,
    /// The key of this side.
    #[doc(alias = "IFLA_BOND_AD_INFO_ACTOR_KEY")]
    #[nl_attr(3)]
    pub actor_key: Option<u16>,
    /// The key of the other side.
    #[doc(alias = "IFLA_BOND_AD_INFO_PARTNER_KEY")]
    #[nl_attr(4)]
    pub partner_key: Option<u16>,
    /// The address of the other side.
    #[doc(alias = "IFLA_BOND_AD_INFO_PARTNER_MAC")]
    #[nl_attr(5)]
    pub partner_mac: Option<MacAddr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A port of a bond. What is only told and cannot be set, is marked so.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BondPort<'a> {
    /// Whether it is active. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_STATE")]
    #[nl_attr(1)]
    pub state: Option<BondPortState>,
    /// The state of its link. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_MII_STATUS")]
    #[nl_attr(2)]
    pub mii_status: Option<BondLink>,
    /// How often its link failed. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_LINK_FAILURE_COUNT")]
    #[nl_attr(3)]
    pub link_failure_count: Option<u32>,
    /// The address that it had before. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_PERM_HWADDR")]
    #[nl_attr(4)]
    pub perm_hwaddr: Option<LinkAddr<'a>>,
    /// The queue of the bond that is mapped to this port; 0 for none.
    #[doc(alias = "IFLA_BOND_SLAVE_QUEUE_ID")]
    #[nl_attr(5)]
    pub queue_id: Option<u16>,
    /// The number of its aggregator. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_AD_AGGREGATOR_ID")]
    #[nl_attr(6)]
    pub ad_aggregator_id: Option<u16>,
    /// The state of this side. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE")]
    #[nl_attr(7)]
    pub ad_actor_oper_port_state: Option<LacpState>,
    /// The state of the other side. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE")]
    #[nl_attr(8, as = u16)]
    pub ad_partner_oper_port_state: Option<LacpState>,
    /// The priority in the choice of the active port: the larger, the sooner. Since Linux 6.0.
    #[doc(alias = "IFLA_BOND_SLAVE_PRIO")]
    #[nl_attr(9)]
    pub prio: Option<i32>,
    /// The priority of the port in LACP: the smaller, the sooner. Since Linux 6.18.
    #[doc(alias = "IFLA_BOND_SLAVE_ACTOR_PORT_PRIO")]
    #[nl_attr(10)]
    pub actor_port_prio: Option<u16>,
    /// Whether this side fails to agree with the other. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE")]
    #[nl_attr(11)]
    pub ad_churn_actor_state: Option<u8>,
    /// Whether the other side fails to agree with this one. Only told.
    #[doc(alias = "IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE")]
    #[nl_attr(12)]
    pub ad_churn_partner_state: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Whether a port of a bond is active.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BondPortState {
    /// It is.
    #[doc(alias = "BOND_STATE_ACTIVE")]
    Active = 0,
    /// It waits.
    #[doc(alias = "BOND_STATE_BACKUP")]
    Backup = 1,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// The state of the link of a bond's port.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BondLink {
    /// Works.
    #[doc(alias = "BOND_LINK_UP")]
    Up = 0,
    /// Has just failed.
    #[doc(alias = "BOND_LINK_FAIL")]
    Fail = 1,
    /// Does not work.
    #[doc(alias = "BOND_LINK_DOWN")]
    Down = 2,
    /// Is coming back.
    #[doc(alias = "BOND_LINK_BACK")]
    Back = 3,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// The state of one side of a port in an aggregation.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "LACP_STATE_")]
    pub struct LacpState: u8 {
        /// Sends unasked.
        #[doc(alias = "LACP_STATE_LACP_ACTIVITY")]
        const LACP_ACTIVITY = 0x1;
        /// Expects a packet each second.
        #[doc(alias = "LACP_STATE_LACP_TIMEOUT")]
        const LACP_TIMEOUT = 0x2;
        /// Can be aggregated.
        #[doc(alias = "LACP_STATE_AGGREGATION")]
        const AGGREGATION = 0x4;
        /// Is in the right aggregator.
        #[doc(alias = "LACP_STATE_SYNCHRONIZATION")]
        const SYNCHRONIZATION = 0x8;
        /// Takes packets.
        #[doc(alias = "LACP_STATE_COLLECTING")]
        const COLLECTING = 0x10;
        /// Sends packets.
        #[doc(alias = "LACP_STATE_DISTRIBUTING")]
        const DISTRIBUTING = 0x20;
        /// Knows nothing of the other side.
        #[doc(alias = "LACP_STATE_DEFAULTED")]
        const DEFAULTED = 0x40;
        /// Has not heard of the other side for too long.
        #[doc(alias = "LACP_STATE_EXPIRED")]
        const EXPIRED = 0x80;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
