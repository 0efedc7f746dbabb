//! VXLAN tunnels (RFC 7348, `IFLA_VXLAN_*`), proven on Linux 6.18.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlEnum, NlMessage, NlStruct,
    wire::{Hex, UnknownAttrs},
};

/// Ethernet over UDP.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Vxlan<'a> {
    /// The network identifier (VNI).
    #[doc(alias = "IFLA_VXLAN_ID")]
    #[nl_attr(1, range = 0..=0xff_ffff)]
    pub id: Option<u32>,
    /// The peer, or the multicast group of the peers.
    #[doc(alias = "IFLA_VXLAN_GROUP")]
    #[nl_attr(2)]
    pub group: Option<Ipv4Addr>,
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_VXLAN_LINK")]
    #[nl_attr(3)]
    pub link: Option<u32>,
    /// The address to send from.
    #[doc(alias = "IFLA_VXLAN_LOCAL")]
    #[nl_attr(4)]
    pub local: Option<Ipv4Addr>,
    /// The time to live of the outer packets; 0 for the default.
    #[doc(alias = "IFLA_VXLAN_TTL")]
    #[nl_attr(5)]
    pub ttl: Option<u8>,
    /// The type of service of the outer packets; 1 takes that of the inner ones.
    #[doc(alias = "IFLA_VXLAN_TOS")]
    #[nl_attr(6)]
    pub tos: Option<u8>,
    /// 1 if addresses are learned from packets.
    #[doc(alias = "IFLA_VXLAN_LEARNING")]
    #[nl_attr(7)]
    pub learning: Option<u8>,
    /// How long a learned address is kept, in seconds; 0 for ever.
    #[doc(alias = "IFLA_VXLAN_AGEING")]
    #[nl_attr(8)]
    pub ageing: Option<u32>,
    /// The most addresses; 0 for no limit.
    #[doc(alias = "IFLA_VXLAN_LIMIT")]
    #[nl_attr(9)]
    pub limit: Option<u32>,
    /// The ports to send from.
    #[doc(alias = "IFLA_VXLAN_PORT_RANGE")]
    #[nl_attr(10)]
    pub port_range: Option<PortRange>,
    /// 1 if ARP and neighbour discovery are answered from the neighbour table.
    #[doc(alias = "IFLA_VXLAN_PROXY")]
    #[nl_attr(11)]
    pub proxy: Option<u8>,
    /// 1 if packets to the address of a router take a short cut.
    #[doc(alias = "IFLA_VXLAN_RSC")]
    #[nl_attr(12)]
    pub rsc: Option<u8>,
    /// 1 if programs are told of unknown MAC addresses.
    #[doc(alias = "IFLA_VXLAN_L2MISS")]
    #[nl_attr(13)]
    pub l2miss: Option<u8>,
    /// 1 if programs are told of unknown IP addresses.
    #[doc(alias = "IFLA_VXLAN_L3MISS")]
    #[nl_attr(14)]
    pub l3miss: Option<u8>,
    /// The port to send to and to listen on. The kernel's default is 8472, IANA's number 4789. Big-endian on the
    /// wire.
    #[doc(alias = "IFLA_VXLAN_PORT")]
    #[nl_attr(15, be)]
    pub port: Option<u16>,
    /// As `group`, over IPv6.
    #[doc(alias = "IFLA_VXLAN_GROUP6")]
    #[nl_attr(16)]
    pub group6: Option<Ipv6Addr>,
    /// As `local`, over IPv6.
    #[doc(alias = "IFLA_VXLAN_LOCAL6")]
    #[nl_attr(17)]
    pub local6: Option<Ipv6Addr>,
    /// 1 if the outer packets have a checksum over IPv4.
    #[doc(alias = "IFLA_VXLAN_UDP_CSUM")]
    #[nl_attr(18)]
    pub udp_csum: Option<u8>,
    /// 1 if they have none over IPv6.
    #[doc(alias = "IFLA_VXLAN_UDP_ZERO_CSUM6_TX")]
    #[nl_attr(19)]
    pub udp_zero_csum6_tx: Option<u8>,
    /// 1 if they need none over IPv6.
    #[doc(alias = "IFLA_VXLAN_UDP_ZERO_CSUM6_RX")]
    #[nl_attr(20)]
    pub udp_zero_csum6_rx: Option<u8>,
    /// 1 if the inner checksum is left to the receiver.
    #[doc(alias = "IFLA_VXLAN_REMCSUM_TX")]
    #[nl_attr(21)]
    pub remcsum_tx: Option<u8>,
    /// 1 if it is accepted that the sender leaves it.
    #[doc(alias = "IFLA_VXLAN_REMCSUM_RX")]
    #[nl_attr(22)]
    pub remcsum_rx: Option<u8>,
    /// Carries the mark of packets (group policy). It cannot be changed later.
    #[doc(alias = "IFLA_VXLAN_GBP")]
    #[nl_attr(23)]
    pub gbp: bool,
    /// The inner checksum is filled in completely on receipt.
    #[doc(alias = "IFLA_VXLAN_REMCSUM_NOPARTIAL")]
    #[nl_attr(24)]
    pub remcsum_nopartial: bool,
    /// 1 if routes and filters decide about identifier and peer (external).
    #[doc(alias = "IFLA_VXLAN_COLLECT_METADATA")]
    #[nl_attr(25)]
    pub collect_metadata: Option<u8>,
    /// The IPv6 flow label. Big-endian on the wire.
    #[doc(alias = "IFLA_VXLAN_LABEL")]
    #[nl_attr(26, be, range = 0..=0xf_ffff)]
    pub label: Option<u32>,
    /// Carries other protocols than Ethernet too. It cannot be changed later.
    #[doc(alias = "IFLA_VXLAN_GPE")]
    #[nl_attr(27)]
    pub gpe: bool,
    /// 1 if the outer packets take the time to live of the inner ones. Only told.
    #[doc(alias = "IFLA_VXLAN_TTL_INHERIT")]
    #[nl_attr(28)]
    pub ttl_inherit: Option<u8>,
    /// Makes them do so: the kernel takes a flag and tells a number. Leave `ttl_inherit` absent then.
    #[doc(alias = "IFLA_VXLAN_TTL_INHERIT")]
    #[nl_attr(28, send)]
    pub set_ttl_inherit: bool,
    /// Whether the outer packets may be cut.
    #[doc(alias = "IFLA_VXLAN_DF")]
    #[nl_attr(29, as = u8)]
    pub df: Option<TunnelDf>,
    /// 1 if only identifiers of a list are received. Since Linux 5.18.
    #[doc(alias = "IFLA_VXLAN_VNIFILTER")]
    #[nl_attr(30)]
    pub vnifilter: Option<u8>,
    /// 1 if packets to a tunnel on this machine take a short cut. Since Linux 6.5.
    #[doc(alias = "IFLA_VXLAN_LOCALBYPASS")]
    #[nl_attr(31)]
    pub localbypass: Option<u8>,
    /// Where the IPv6 flow label comes from. Since Linux 6.8.
    #[doc(alias = "IFLA_VXLAN_LABEL_POLICY")]
    #[nl_attr(32)]
    pub label_policy: Option<VxlanLabelPolicy>,
    /// Bits of the header that are accepted without being known: 8 bytes, as on the wire. Since Linux 6.14.
    #[doc(alias = "IFLA_VXLAN_RESERVED_BITS")]
    #[nl_attr(33, len = 8)]
    pub reserved_bits: Option<Hex<'a>>,
    /// 1 if multicast packets are routed. Only set: no kernel so far tells it. Since Linux 6.17.
    #[doc(alias = "IFLA_VXLAN_MC_ROUTE")]
    #[nl_attr(34)]
    pub mc_route: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Where the flow label of the outer packets comes from.
#[doc(alias = "ifla_vxlan_label_policy")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum VxlanLabelPolicy {
    /// It is always `label`.
    #[doc(alias = "VXLAN_LABEL_FIXED")]
    Fixed = 0,
    /// From the inner packet, if it is of IPv6.
    #[doc(alias = "VXLAN_LABEL_INHERIT")]
    Inherit = 1,
    /// A policy of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// UDP ports. Big-endian on the wire.
#[doc(alias = "ifla_vxlan_port_range")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortRange {
    /// The first.
    #[nl(be)]
    pub low: u16,
    /// The last.
    #[nl(be)]
    pub high: u16,
}

/// Whether the outer packets of a tunnel may be cut (`DF` of IPv4).
#[doc(alias = "ifla_vxlan_df")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TunnelDf {
    /// They may.
    #[doc(alias = "VXLAN_DF_UNSET")]
    Unset = 0,
    /// They may not.
    #[doc(alias = "VXLAN_DF_SET")]
    Set = 1,
    /// As the inner ones.
    #[doc(alias = "VXLAN_DF_INHERIT")]
    Inherit = 2,
    /// A policy of a newer kernel.
    #[nl(other)]
    Other(u8),
}
