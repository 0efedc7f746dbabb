//! Links for programs of BPF: kind `netkit` (`IFLA_NETKIT_*`), since Linux 6.7.

use netlink_core::{NlDebug, NlEnum, NlMessage, wire::UnknownAttrs};

use super::Link;

/// One end of a pair of links with a program between them, or a single one.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Netkit<'a> {
    /// The other end, in requests that make the pair.
    #[doc(alias = "IFLA_NETKIT_PEER_INFO")]
    #[nl_attr(1)]
    pub peer_info: Option<Box<Link<'a>>>,
    /// 1 for the end that has the settings. Only told.
    #[doc(alias = "IFLA_NETKIT_PRIMARY")]
    #[nl_attr(2)]
    pub primary: Option<u8>,
    /// What happens without a program.
    #[doc(alias = "IFLA_NETKIT_POLICY")]
    #[nl_attr(3)]
    pub policy: Option<NetkitPolicy>,
    /// What happens at the other end without a program.
    #[doc(alias = "IFLA_NETKIT_PEER_POLICY")]
    #[nl_attr(4)]
    pub peer_policy: Option<NetkitPolicy>,
    /// What packets are carried.
    #[doc(alias = "IFLA_NETKIT_MODE")]
    #[nl_attr(5)]
    pub mode: Option<NetkitMode>,
    /// What is forgotten of packets between the ends. Since Linux 6.13.
    #[doc(alias = "IFLA_NETKIT_SCRUB")]
    #[nl_attr(6)]
    pub scrub: Option<NetkitScrub>,
    /// What is forgotten of them by the other end. Since Linux 6.13.
    #[doc(alias = "IFLA_NETKIT_PEER_SCRUB")]
    #[nl_attr(7)]
    pub peer_scrub: Option<NetkitScrub>,
    /// The bytes needed before each packet.
    #[doc(alias = "IFLA_NETKIT_HEADROOM")]
    #[nl_attr(8)]
    pub headroom: Option<u16>,
    /// The bytes needed after each packet.
    #[doc(alias = "IFLA_NETKIT_TAILROOM")]
    #[nl_attr(9)]
    pub tailroom: Option<u16>,
    /// Whether there is another end.
    #[doc(alias = "IFLA_NETKIT_PAIRING")]
    #[nl_attr(10)]
    pub pairing: Option<NetkitPairing>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What happens to packets.
#[doc(alias = "netkit_action")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum NetkitPolicy {
    /// They get through.
    #[doc(alias = "NETKIT_PASS")]
    Pass = 0,
    /// They are dropped.
    #[doc(alias = "NETKIT_DROP")]
    Drop = 2,
    /// A policy of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What packets are carried.
#[doc(alias = "netkit_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum NetkitMode {
    /// Ethernet frames.
    #[doc(alias = "NETKIT_L2")]
    L2 = 0,
    /// IP packets.
    #[doc(alias = "NETKIT_L3")]
    L3 = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// What is forgotten of packets between the ends.
#[doc(alias = "netkit_scrub")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum NetkitScrub {
    /// Nothing.
    #[doc(alias = "NETKIT_SCRUB_NONE")]
    None = 0,
    /// Mark and priority.
    #[doc(alias = "NETKIT_SCRUB_DEFAULT")]
    Default = 1,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Whether there is another end.
#[doc(alias = "netkit_pairing")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum NetkitPairing {
    /// There is.
    #[doc(alias = "NETKIT_DEVICE_PAIR")]
    Pair = 0,
    /// There is not.
    #[doc(alias = "NETKIT_DEVICE_SINGLE")]
    Single = 1,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u32),
}
