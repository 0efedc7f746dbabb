//! Bits and states of links.

use netlink_core::{NlEnum, NlFlags, bitflags};

bitflags! {
    /// What a link is and can.
    #[doc(alias = "net_device_flags")]
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "IFF_")]
    pub struct LinkFlags: u32 {
        /// Is up, as far as its administrator is concerned.
        #[doc(alias = "IFF_UP")]
        const UP = 1 << 0;
        /// Can broadcast.
        #[doc(alias = "IFF_BROADCAST")]
        const BROADCAST = 1 << 1;
        /// Tells more than usual.
        #[doc(alias = "IFF_DEBUG")]
        const DEBUG = 1 << 2;
        /// Is the loopback.
        #[doc(alias = "IFF_LOOPBACK")]
        const LOOPBACK = 1 << 3;
        /// Leads to one peer.
        #[doc(alias = "IFF_POINTOPOINT")]
        const POINTOPOINT = 1 << 4;
        /// Avoids trailers; unused.
        #[doc(alias = "IFF_NOTRAILERS")]
        const NOTRAILERS = 1 << 5;
        /// Is operational (RFC 2863).
        #[doc(alias = "IFF_RUNNING")]
        const RUNNING = 1 << 6;
        /// Has no ARP.
        #[doc(alias = "IFF_NOARP")]
        const NOARP = 1 << 7;
        /// Receives all packets on the wire.
        #[doc(alias = "IFF_PROMISC")]
        const PROMISC = 1 << 8;
        /// Receives all multicast packets.
        #[doc(alias = "IFF_ALLMULTI")]
        const ALLMULTI = 1 << 9;
        /// Is the master of a load balancer.
        #[doc(alias = "IFF_MASTER")]
        const MASTER = 1 << 10;
        /// Is a port of a load balancer.
        #[doc(alias = "IFF_SLAVE")]
        const SLAVE = 1 << 11;
        /// Can multicast.
        #[doc(alias = "IFF_MULTICAST")]
        const MULTICAST = 1 << 12;
        /// Can choose its medium.
        #[doc(alias = "IFF_PORTSEL")]
        const PORTSEL = 1 << 13;
        /// Chooses its medium by itself.
        #[doc(alias = "IFF_AUTOMEDIA")]
        const AUTOMEDIA = 1 << 14;
        /// Loses its addresses when it goes down.
        #[doc(alias = "IFF_DYNAMIC")]
        const DYNAMIC = 1 << 15;
        /// Has a carrier.
        #[doc(alias = "IFF_LOWER_UP")]
        const LOWER_UP = 1 << 16;
        /// Waits for something before it is operational.
        #[doc(alias = "IFF_DORMANT")]
        const DORMANT = 1 << 17;
        /// Echoes what it sends.
        #[doc(alias = "IFF_ECHO")]
        const ECHO = 1 << 18;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

bitflags! {
    /// What a request wants to be told in addition, or not.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "RTEXT_FILTER_")]
    pub struct ExtMask: u32 {
        /// Virtual functions.
        #[doc(alias = "RTEXT_FILTER_VF")]
        const VF = 1 << 0;
        /// VLANs of bridge ports.
        #[doc(alias = "RTEXT_FILTER_BRVLAN")]
        const BRVLAN = 1 << 1;
        /// VLANs of bridge ports, as ranges.
        #[doc(alias = "RTEXT_FILTER_BRVLAN_COMPRESSED")]
        const BRVLAN_COMPRESSED = 1 << 2;
        /// No counters of address families.
        #[doc(alias = "RTEXT_FILTER_SKIP_STATS")]
        const SKIP_STATS = 1 << 3;
        /// The media redundancy protocol of bridges.
        #[doc(alias = "RTEXT_FILTER_MRP")]
        const MRP = 1 << 4;
        /// Connectivity faults of bridges: the configuration.
        #[doc(alias = "RTEXT_FILTER_CFM_CONFIG")]
        const CFM_CONFIG = 1 << 5;
        /// Connectivity faults of bridges: the state.
        #[doc(alias = "RTEXT_FILTER_CFM_STATUS")]
        const CFM_STATUS = 1 << 6;
        /// Multiple spanning trees of bridges.
        #[doc(alias = "RTEXT_FILTER_MST")]
        const MST = 1 << 7;
        /// Names only.
        #[doc(alias = "RTEXT_FILTER_NAME_ONLY")]
        const NAME_ONLY = 1 << 8;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Whether packets get through (RFC 2863).
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum OperState {
    /// Nobody says.
    #[doc(alias = "IF_OPER_UNKNOWN")]
    Unknown = 0,
    /// The hardware is missing.
    #[doc(alias = "IF_OPER_NOTPRESENT")]
    NotPresent = 1,
    /// They do not.
    #[doc(alias = "IF_OPER_DOWN")]
    Down = 2,
    /// The link below is down.
    #[doc(alias = "IF_OPER_LOWERLAYERDOWN")]
    LowerLayerDown = 3,
    /// The link is being tested.
    #[doc(alias = "IF_OPER_TESTING")]
    Testing = 4,
    /// Something is waited for, such as authentication.
    #[doc(alias = "IF_OPER_DORMANT")]
    Dormant = 5,
    /// They do.
    #[doc(alias = "IF_OPER_UP")]
    Up = 6,
    /// A state of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// What [`OperState`] may become when the carrier comes.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum LinkMode {
    /// Up.
    #[doc(alias = "IF_LINK_MODE_DEFAULT")]
    Default = 0,
    /// Dormant: a program decides when it is up.
    #[doc(alias = "IF_LINK_MODE_DORMANT")]
    Dormant = 1,
    /// Testing: a program decides when it is up.
    #[doc(alias = "IF_LINK_MODE_TESTING")]
    Testing = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Why a notification was sent.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum LinkEvent {
    /// No reason of those below.
    #[doc(alias = "IFLA_EVENT_NONE")]
    None = 0,
    /// The link was reset inside.
    #[doc(alias = "IFLA_EVENT_REBOOT")]
    Reboot = 1,
    /// Offloads or other features changed.
    #[doc(alias = "IFLA_EVENT_FEATURES")]
    Features = 2,
    /// The active port of a bond changed.
    #[doc(alias = "IFLA_EVENT_BONDING_FAILOVER")]
    BondingFailover = 3,
    /// Peers should be told where this host is.
    #[doc(alias = "IFLA_EVENT_NOTIFY_PEERS")]
    NotifyPeers = 4,
    /// Memberships in multicast groups should be told anew.
    #[doc(alias = "IFLA_EVENT_IGMP_RESEND")]
    IgmpResend = 5,
    /// An option of a bond changed.
    #[doc(alias = "IFLA_EVENT_BONDING_OPTIONS")]
    BondingOptions = 6,
    /// An event of a newer kernel.
    #[nl(other)]
    Other(u32),
}
