//! Tunnels of IP in IP: IPIP, SIT, IPv6 tunnels, VTI, XFRM interfaces.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{NlDebug, NlMessage, wire::UnknownAttrs};

use super::{TunnelEncap, TunnelEncapFlags};

/// IP over IPv4: kinds `ipip` (IPv4 inside, or MPLS) and `sit` (IPv6 inside).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct IpTunnel<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_IPTUN_LINK")]
    #[nl_attr(1)]
    pub link: Option<u32>,
    /// The address to send from; 0.0.0.0 for any.
    #[doc(alias = "IFLA_IPTUN_LOCAL")]
    #[nl_attr(2)]
    pub local: Option<Ipv4Addr>,
    /// The peer; 0.0.0.0 for any.
    #[doc(alias = "IFLA_IPTUN_REMOTE")]
    #[nl_attr(3)]
    pub remote: Option<Ipv4Addr>,
    /// The time to live of the outer packets; 0 takes that of the inner ones.
    #[doc(alias = "IFLA_IPTUN_TTL")]
    #[nl_attr(4)]
    pub ttl: Option<u8>,
    /// The type of service of the outer packets; 1 takes that of the inner ones.
    #[doc(alias = "IFLA_IPTUN_TOS")]
    #[nl_attr(5)]
    pub tos: Option<u8>,
    /// The most encapsulations within each other. Of the kind over IPv6.
    #[doc(alias = "IFLA_IPTUN_ENCAP_LIMIT")]
    #[nl_attr(6)]
    pub encap_limit: Option<u8>,
    /// Traffic class and flow label. Big-endian on the wire. Of the kind over IPv6.
    #[doc(alias = "IFLA_IPTUN_FLOWINFO")]
    #[nl_attr(7, be)]
    pub flowinfo: Option<u32>,
    /// 1 for ISATAP, of the kind `sit` (`SIT_ISATAP`). Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_FLAGS")]
    #[nl_attr(8, be)]
    pub flags: Option<u16>,
    /// The protocol inside: 4 for IPv4, 41 for IPv6, 137 for MPLS, 0 for any.
    #[doc(alias = "IFLA_IPTUN_PROTO")]
    #[nl_attr(9)]
    pub proto: Option<u8>,
    /// 1 if the outer packets are not cut.
    #[doc(alias = "IFLA_IPTUN_PMTUDISC")]
    #[nl_attr(10)]
    pub pmtudisc: Option<u8>,
    /// The IPv6 prefix of a 6rd domain (RFC 5969). Of the kind `sit`.
    #[doc(alias = "IFLA_IPTUN_6RD_PREFIX")]
    #[nl_attr(11)]
    pub sixrd_prefix: Option<Ipv6Addr>,
    /// What IPv4 addresses of the domain begin with.
    #[doc(alias = "IFLA_IPTUN_6RD_RELAY_PREFIX")]
    #[nl_attr(12)]
    pub sixrd_relay_prefix: Option<Ipv4Addr>,
    /// The length of the IPv6 prefix.
    #[doc(alias = "IFLA_IPTUN_6RD_PREFIXLEN")]
    #[nl_attr(13, range = 0..=128)]
    pub sixrd_prefixlen: Option<u16>,
    /// The length of what IPv4 addresses begin with.
    #[doc(alias = "IFLA_IPTUN_6RD_RELAY_PREFIXLEN")]
    #[nl_attr(14, range = 0..=32)]
    pub sixrd_relay_prefixlen: Option<u16>,
    /// What is put around the tunnel.
    #[doc(alias = "IFLA_IPTUN_ENCAP_TYPE")]
    #[nl_attr(15)]
    pub encap_type: Option<TunnelEncap>,
    /// Properties of that.
    #[doc(alias = "IFLA_IPTUN_ENCAP_FLAGS")]
    #[nl_attr(16)]
    pub encap_flags: Option<TunnelEncapFlags>,
    /// The port to send from; 0 for any. Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_ENCAP_SPORT")]
    #[nl_attr(17, be)]
    pub encap_sport: Option<u16>,
    /// The port to send to. Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_ENCAP_DPORT")]
    #[nl_attr(18, be)]
    pub encap_dport: Option<u16>,
    /// Routes and filters decide about the peer (external).
    #[doc(alias = "IFLA_IPTUN_COLLECT_METADATA")]
    #[nl_attr(19)]
    pub collect_metadata: bool,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_IPTUN_FWMARK")]
    #[nl_attr(20)]
    pub fwmark: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// IP over IPv6: kind `ip6tnl`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = IpTunnel<'static>)]
pub struct Ip6Tunnel<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_IPTUN_LINK")]
    pub link: Option<u32>,
    /// The address to send from; `::` for any.
    #[doc(alias = "IFLA_IPTUN_LOCAL")]
    pub local: Option<Ipv6Addr>,
    /// The peer; `::` for any.
    #[doc(alias = "IFLA_IPTUN_REMOTE")]
    pub remote: Option<Ipv6Addr>,
    /// The hop limit of the outer packets; 0 takes that of the inner ones.
    #[doc(alias = "IFLA_IPTUN_TTL")]
    pub ttl: Option<u8>,
    /// The most encapsulations within each other.
    #[doc(alias = "IFLA_IPTUN_ENCAP_LIMIT")]
    pub encap_limit: Option<u8>,
    /// Traffic class and flow label. Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_FLOWINFO")]
    #[nl_attr(be)]
    pub flowinfo: Option<u32>,
    /// Properties, `IP6_TNL_F_*` in `linux/ip6_tunnel.h`. Wider than in [`IpTunnel`], and of the machine's byte
    /// order. The kernel adds some.
    #[doc(alias = "IFLA_IPTUN_FLAGS")]
    pub flags: Option<u32>,
    /// The protocol inside: 4 for IPv4, 41 for IPv6, 0 for both.
    #[doc(alias = "IFLA_IPTUN_PROTO")]
    pub proto: Option<u8>,
    /// What is put around the tunnel.
    #[doc(alias = "IFLA_IPTUN_ENCAP_TYPE")]
    pub encap_type: Option<TunnelEncap>,
    /// Properties of that.
    #[doc(alias = "IFLA_IPTUN_ENCAP_FLAGS")]
    pub encap_flags: Option<TunnelEncapFlags>,
    /// The port to send from; 0 for any. Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_ENCAP_SPORT")]
    #[nl_attr(be)]
    pub encap_sport: Option<u16>,
    /// The port to send to. Big-endian on the wire.
    #[doc(alias = "IFLA_IPTUN_ENCAP_DPORT")]
    #[nl_attr(be)]
    pub encap_dport: Option<u16>,
    /// Routes and filters decide about the peer (external).
    #[doc(alias = "IFLA_IPTUN_COLLECT_METADATA")]
    pub collect_metadata: bool,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_IPTUN_FWMARK")]
    pub fwmark: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A tunnel that IPsec works on, over IPv4: kind `vti`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Vti<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_VTI_LINK")]
    #[nl_attr(1)]
    pub link: Option<u32>,
    /// The key of what comes in, with which policies find it. Big-endian on the wire.
    #[doc(alias = "IFLA_VTI_IKEY")]
    #[nl_attr(2, be)]
    pub ikey: Option<u32>,
    /// The key of what goes out. Big-endian on the wire.
    #[doc(alias = "IFLA_VTI_OKEY")]
    #[nl_attr(3, be)]
    pub okey: Option<u32>,
    /// The address to send from.
    #[doc(alias = "IFLA_VTI_LOCAL")]
    #[nl_attr(4)]
    pub local: Option<Ipv4Addr>,
    /// The peer; 0.0.0.0 for any.
    #[doc(alias = "IFLA_VTI_REMOTE")]
    #[nl_attr(5)]
    pub remote: Option<Ipv4Addr>,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_VTI_FWMARK")]
    #[nl_attr(6)]
    pub fwmark: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A tunnel that IPsec works on, over IPv6: kind `vti6`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Vti<'static>)]
pub struct Vti6<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_VTI_LINK")]
    pub link: Option<u32>,
    /// The key of what comes in, with which policies find it. Big-endian on the wire.
    #[doc(alias = "IFLA_VTI_IKEY")]
    #[nl_attr(be)]
    pub ikey: Option<u32>,
    /// The key of what goes out. Big-endian on the wire.
    #[doc(alias = "IFLA_VTI_OKEY")]
    #[nl_attr(be)]
    pub okey: Option<u32>,
    /// The address to send from.
    #[doc(alias = "IFLA_VTI_LOCAL")]
    pub local: Option<Ipv6Addr>,
    /// The peer; `::` for any.
    #[doc(alias = "IFLA_VTI_REMOTE")]
    pub remote: Option<Ipv6Addr>,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_VTI_FWMARK")]
    pub fwmark: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An interface for IPsec: kind `xfrm`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Xfrm<'a> {
    /// The index of the link that carries the packets.
    #[doc(alias = "IFLA_XFRM_LINK")]
    #[nl_attr(1)]
    pub link: Option<u32>,
    /// The number by which policies find the interface: from 1; told as 0 where routes decide about it.
    #[doc(alias = "IFLA_XFRM_IF_ID")]
    #[nl_attr(2)]
    pub if_id: Option<u32>,
    /// Routes decide about the number (external). Since Linux 6.1.
    #[doc(alias = "IFLA_XFRM_COLLECT_METADATA")]
    #[nl_attr(3)]
    pub collect_metadata: bool,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
