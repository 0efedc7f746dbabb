//! Links with an address of their own on another link: MACVLAN, MACVTAP, IPVLAN, IPVTAP.

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, bitflags,
    wire::{MacAddr, UnknownAttrs},
};

/// A link with a MAC address of its own on another link; a MACVTAP is the same with a character device. Proven on
/// Linux 6.18.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Macvlan<'a> {
    /// How it treats its neighbours.
    #[doc(alias = "IFLA_MACVLAN_MODE")]
    #[nl_attr(1)]
    pub mode: Option<MacvlanMode>,
    /// Properties.
    #[doc(alias = "IFLA_MACVLAN_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<MacvlanFlags>,
    /// What a request does with the addresses of the mode [`Source`](MacvlanMode::Source).
    #[doc(alias = "IFLA_MACVLAN_MACADDR_MODE")]
    #[nl_attr(3)]
    pub macaddr_mode: Option<MacvlanMacaddrMode>,
    /// The address to add or remove.
    #[doc(alias = "IFLA_MACVLAN_MACADDR")]
    #[nl_attr(4)]
    pub macaddr: Option<MacAddr>,
    /// The addresses; in requests, all that there shall be.
    #[doc(alias = "IFLA_MACVLAN_MACADDR_DATA")]
    #[nl_attr(5)]
    pub macaddr_data: Option<MacvlanMacaddrs<'a>>,
    /// How many addresses there are. Only told.
    #[doc(alias = "IFLA_MACVLAN_MACADDR_COUNT")]
    #[nl_attr(6)]
    pub macaddr_count: Option<u32>,
    /// The most broadcast packets that wait. Since Linux 5.13.
    #[doc(alias = "IFLA_MACVLAN_BC_QUEUE_LEN")]
    #[nl_attr(7)]
    pub bc_queue_len: Option<u32>,
    /// That of all links on the same one together: the largest of them. Only told.
    #[doc(alias = "IFLA_MACVLAN_BC_QUEUE_LEN_USED")]
    #[nl_attr(8)]
    pub bc_queue_len_used: Option<u32>,
    /// How many receivers make a multicast packet wait in the broadcast queue; -1 for never. Since Linux 6.4.
    #[doc(alias = "IFLA_MACVLAN_BC_CUTOFF")]
    #[nl_attr(9)]
    pub bc_cutoff: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How a MACVLAN treats its neighbours.
#[doc(alias = "macvlan_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MacvlanMode {
    /// Does not talk to them.
    #[doc(alias = "MACVLAN_MODE_PRIVATE")]
    Private = 1,
    /// Talks to them through the switch outside.
    #[doc(alias = "MACVLAN_MODE_VEPA")]
    Vepa = 2,
    /// Talks to them directly.
    #[doc(alias = "MACVLAN_MODE_BRIDGE")]
    Bridge = 4,
    /// Has none: it takes over the link below.
    #[doc(alias = "MACVLAN_MODE_PASSTHRU")]
    Passthru = 8,
    /// Receives only from the senders in a list.
    #[doc(alias = "MACVLAN_MODE_SOURCE")]
    Source = 16,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}

bitflags! {
    /// Properties of a MACVLAN.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "MACVLAN_FLAG_")]
    pub struct MacvlanFlags: u16 {
        /// Does not make the link below promiscuous, in the mode [`Passthru`](MacvlanMode::Passthru).
        #[doc(alias = "MACVLAN_FLAG_NOPROMISC")]
        const NOPROMISC = 0x1;
        /// In the mode [`Source`](MacvlanMode::Source), a packet is not delivered to its receiver too. Since Linux
        /// 5.10.
        #[doc(alias = "MACVLAN_FLAG_NODST")]
        const NODST = 0x2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// What a request does with the senders in the list.
#[doc(alias = "macvlan_macaddr_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum MacvlanMacaddrMode {
    /// Adds one.
    #[doc(alias = "MACVLAN_MACADDR_ADD")]
    Add = 0,
    /// Removes one.
    #[doc(alias = "MACVLAN_MACADDR_DEL")]
    Del = 1,
    /// Removes all.
    #[doc(alias = "MACVLAN_MACADDR_FLUSH")]
    Flush = 2,
    /// Replaces all.
    #[doc(alias = "MACVLAN_MACADDR_SET")]
    Set = 3,
    /// A way of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Senders that a MACVLAN of the mode [`Source`](MacvlanMode::Source) receives from.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MacvlanMacaddrs<'a> {
    /// The addresses.
    #[doc(alias = "IFLA_MACVLAN_MACADDR")]
    #[nl_attr(4, multi)]
    pub macaddr: Vec<MacAddr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A link that shares the MAC address of another link; an IPVTAP is the same with a character device.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Ipvlan<'a> {
    /// On what layer packets are switched.
    #[doc(alias = "IFLA_IPVLAN_MODE")]
    #[nl_attr(1)]
    pub mode: Option<IpvlanMode>,
    /// How it treats its neighbours.
    #[doc(alias = "IFLA_IPVLAN_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<IpvlanFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// On what layer an IPVLAN switches packets.
#[doc(alias = "ipvlan_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum IpvlanMode {
    /// Layer 2: broadcast and multicast work.
    #[doc(alias = "IPVLAN_MODE_L2")]
    L2 = 0,
    /// Layer 3: packets are routed in the namespace of the link below.
    #[doc(alias = "IPVLAN_MODE_L3")]
    L3 = 1,
    /// Layer 3, with connection tracking there.
    #[doc(alias = "IPVLAN_MODE_L3S")]
    L3s = 2,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u16),
}

bitflags! {
    /// How an IPVLAN treats its neighbours.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "IPVLAN_F_")]
    pub struct IpvlanFlags: u16 {
        /// Does not talk to them.
        #[doc(alias = "IPVLAN_F_PRIVATE")]
        const PRIVATE = 0x1;
        /// Talks to them through the router outside.
        #[doc(alias = "IPVLAN_F_VEPA")]
        const VEPA = 0x2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
