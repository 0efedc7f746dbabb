//! Tunnels over UDP beside VXLAN: GENEVE, bare UDP, GTP, AMT.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{NlDebug, NlEnum, NlMessage, NlStruct, wire::UnknownAttrs};

use super::TunnelDf;

/// Ethernet over UDP (RFC 8926).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Geneve<'a> {
    /// The network identifier (VNI).
    #[doc(alias = "IFLA_GENEVE_ID")]
    #[nl_attr(1, range = 0..=0xff_ffff)]
    pub id: Option<u32>,
    /// The peer.
    #[doc(alias = "IFLA_GENEVE_REMOTE")]
    #[nl_attr(2)]
    pub remote: Option<Ipv4Addr>,
    /// The time to live of the outer packets; 0 for the default.
    #[doc(alias = "IFLA_GENEVE_TTL")]
    #[nl_attr(3)]
    pub ttl: Option<u8>,
    /// The type of service of the outer packets; 1 takes that of the inner ones.
    #[doc(alias = "IFLA_GENEVE_TOS")]
    #[nl_attr(4)]
    pub tos: Option<u8>,
    /// The port to send to and to listen on: 6081 by default. Big-endian on the wire.
    #[doc(alias = "IFLA_GENEVE_PORT")]
    #[nl_attr(5, be)]
    pub port: Option<u16>,
    /// Routes and filters decide about identifier and peer (external).
    #[doc(alias = "IFLA_GENEVE_COLLECT_METADATA")]
    #[nl_attr(6)]
    pub collect_metadata: bool,
    /// The peer, over IPv6.
    #[doc(alias = "IFLA_GENEVE_REMOTE6")]
    #[nl_attr(7)]
    pub remote6: Option<Ipv6Addr>,
    /// 1 if the outer packets have a checksum over IPv4.
    #[doc(alias = "IFLA_GENEVE_UDP_CSUM")]
    #[nl_attr(8)]
    pub udp_csum: Option<u8>,
    /// 1 if they have none over IPv6.
    #[doc(alias = "IFLA_GENEVE_UDP_ZERO_CSUM6_TX")]
    #[nl_attr(9)]
    pub udp_zero_csum6_tx: Option<u8>,
    /// 1 if they need none over IPv6.
    #[doc(alias = "IFLA_GENEVE_UDP_ZERO_CSUM6_RX")]
    #[nl_attr(10)]
    pub udp_zero_csum6_rx: Option<u8>,
    /// The IPv6 flow label. Big-endian on the wire.
    #[doc(alias = "IFLA_GENEVE_LABEL")]
    #[nl_attr(11, be, range = 0..=0xf_ffff)]
    pub label: Option<u32>,
    /// 1 if the outer packets take the time to live of the inner ones.
    #[doc(alias = "IFLA_GENEVE_TTL_INHERIT")]
    #[nl_attr(12)]
    pub ttl_inherit: Option<u8>,
    /// Whether the outer packets may be cut.
    #[doc(alias = "IFLA_GENEVE_DF")]
    #[nl_attr(13)]
    pub df: Option<TunnelDf>,
    /// Carries IP packets without Ethernet. Since Linux 5.18.
    #[doc(alias = "IFLA_GENEVE_INNER_PROTO_INHERIT")]
    #[nl_attr(14)]
    pub inner_proto_inherit: bool,
    /// The ports to send from. Since Linux 6.16.
    #[doc(alias = "IFLA_GENEVE_PORT_RANGE")]
    #[nl_attr(15)]
    pub port_range: Option<GenevePortRange>,
    /// Tells the receiver how to put packets together.
    #[doc(alias = "IFLA_GENEVE_GRO_HINT")]
    #[nl_attr(16)]
    pub gro_hint: bool,
    /// The address to send from.
    #[doc(alias = "IFLA_GENEVE_LOCAL")]
    #[nl_attr(17)]
    pub local: Option<Ipv4Addr>,
    /// The address to send from, over IPv6.
    #[doc(alias = "IFLA_GENEVE_LOCAL6")]
    #[nl_attr(18)]
    pub local6: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// UDP ports. Big-endian on the wire.
#[doc(alias = "ifla_geneve_port_range")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenevePortRange {
    /// The first.
    #[nl(be)]
    pub low: u16,
    /// The last.
    #[nl(be)]
    pub high: u16,
}

/// Packets of another protocol in UDP, without anything between. Since Linux 5.7. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct BareUdp<'a> {
    /// The port to send to and to listen on. Big-endian on the wire.
    #[doc(alias = "IFLA_BAREUDP_PORT")]
    #[nl_attr(1, be)]
    pub port: Option<u16>,
    /// The protocol inside, by its Ethernet number, such as 0x8847 for MPLS. Big-endian on the wire.
    #[doc(alias = "IFLA_BAREUDP_ETHERTYPE")]
    #[nl_attr(2, be)]
    pub ethertype: Option<u16>,
    /// The smallest port to send from.
    #[doc(alias = "IFLA_BAREUDP_SRCPORT_MIN")]
    #[nl_attr(3)]
    pub srcport_min: Option<u16>,
    /// Multicast MPLS beside MPLS, IPv6 beside IPv4.
    #[doc(alias = "IFLA_BAREUDP_MULTIPROTO_MODE")]
    #[nl_attr(4)]
    pub multiproto_mode: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The user plane of the GPRS tunnelling protocol. Proven on Linux 6.12.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Gtp<'a> {
    /// A socket for version 0.
    #[doc(alias = "IFLA_GTP_FD0")]
    #[nl_attr(1)]
    pub fd0: Option<u32>,
    /// A socket for version 1.
    #[doc(alias = "IFLA_GTP_FD1")]
    #[nl_attr(2)]
    pub fd1: Option<u32>,
    /// The size of the table of contexts.
    #[doc(alias = "IFLA_GTP_PDP_HASHSIZE")]
    #[nl_attr(3)]
    pub pdp_hashsize: Option<u32>,
    /// The role of this side.
    #[doc(alias = "IFLA_GTP_ROLE")]
    #[nl_attr(4)]
    pub role: Option<GtpRole>,
    /// 1 if the kernel makes the sockets. Since Linux 5.18.
    #[doc(alias = "IFLA_GTP_CREATE_SOCKETS")]
    #[nl_attr(5)]
    pub create_sockets: Option<u8>,
    /// What echo requests are answered with.
    #[doc(alias = "IFLA_GTP_RESTART_COUNT")]
    #[nl_attr(6)]
    pub restart_count: Option<u8>,
    /// The address of the sockets.
    #[doc(alias = "IFLA_GTP_LOCAL")]
    #[nl_attr(7)]
    pub local: Option<Ipv4Addr>,
    /// The address of the sockets, over IPv6. Since Linux 6.10.
    #[doc(alias = "IFLA_GTP_LOCAL6")]
    #[nl_attr(8)]
    pub local6: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The role of this side of a GTP tunnel.
#[doc(alias = "ifla_gtp_role")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum GtpRole {
    /// The gateway to the outside.
    #[doc(alias = "GTP_ROLE_GGSN")]
    Ggsn = 0,
    /// The side of the mobile station.
    #[doc(alias = "GTP_ROLE_SGSN")]
    Sgsn = 1,
    /// A role of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Multicast through networks that have none (RFC 7450). Since Linux 5.16. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Amt<'a> {
    /// The role of this side.
    #[doc(alias = "IFLA_AMT_MODE")]
    #[nl_attr(1)]
    pub mode: Option<AmtMode>,
    /// The port of the relay. Big-endian on the wire.
    #[doc(alias = "IFLA_AMT_RELAY_PORT")]
    #[nl_attr(2, be)]
    pub relay_port: Option<u16>,
    /// The port of the gateway. Big-endian on the wire.
    #[doc(alias = "IFLA_AMT_GATEWAY_PORT")]
    #[nl_attr(3, be)]
    pub gateway_port: Option<u16>,
    /// The index of the link that carries the tunnel.
    #[doc(alias = "IFLA_AMT_LINK")]
    #[nl_attr(4)]
    pub link: Option<u32>,
    /// The address to send from.
    #[doc(alias = "IFLA_AMT_LOCAL_IP")]
    #[nl_attr(5)]
    pub local_ip: Option<Ipv4Addr>,
    /// The relay; found out by a gateway. Only told.
    #[doc(alias = "IFLA_AMT_REMOTE_IP")]
    #[nl_attr(6)]
    pub remote_ip: Option<Ipv4Addr>,
    /// Where a gateway looks for a relay.
    #[doc(alias = "IFLA_AMT_DISCOVERY_IP")]
    #[nl_attr(7)]
    pub discovery_ip: Option<Ipv4Addr>,
    /// The most tunnels.
    #[doc(alias = "IFLA_AMT_MAX_TUNNELS")]
    #[nl_attr(8)]
    pub max_tunnels: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The role of this side.
#[doc(alias = "ifla_amt_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum AmtMode {
    /// Wants multicast.
    #[doc(alias = "AMT_MODE_GATEWAY")]
    Gateway = 0,
    /// Has multicast.
    #[doc(alias = "AMT_MODE_RELAY")]
    Relay = 1,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u32),
}
