//! Kinds of links, and what is special to each.

use netlink_core::{
    NlDebug, NlMessage, NlUnion,
    wire::{RawValue, Text, UnknownAttrs},
};

use super::{
    Amt, BareUdp, Batadv, Bond, BondPort, Bridge, BridgePort, Can, CanStats, Dsa, Geneve, Gre, Gre6, Gtp, Hsr,
    Ip6Tunnel, IpTunnel, Ipoib, Ipvlan, Link, Macsec, Macvlan, Netkit, Ovpn, Ppp, Rmnet, Tun, Vlan, Vrf, VrfPort, Vti,
    Vti6, Vxcan, Vxlan, Wwan, Xfrm,
};

/// What kind of link it is, and what is special to that kind.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct LinkInfo<'a> {
    /// The kind, such as `vlan`. Filled in from `data` where it is absent.
    #[doc(alias = "IFLA_INFO_KIND")]
    #[nl_attr(1, refused = "Unknown device type")]
    pub kind: Option<Text<'a>>,
    /// What is special to the kind.
    #[doc(alias = "IFLA_INFO_DATA")]
    #[nl_attr(2, select = kind)]
    pub data: Option<LinkData<'a>>,
    /// Counters that are special to the kind.
    #[doc(alias = "IFLA_INFO_XSTATS")]
    #[nl_attr(3, select = kind)]
    pub xstats: Option<LinkXstats<'a>>,
    /// The kind of what the link is a port of: `bridge`, `bond`, `vrf`, `team`.
    #[doc(alias = "IFLA_INFO_SLAVE_KIND")]
    #[nl_attr(4)]
    pub slave_kind: Option<Text<'a>>,
    /// What is special to ports of that kind.
    #[doc(alias = "IFLA_INFO_SLAVE_DATA")]
    #[nl_attr(5, select = slave_kind)]
    pub slave_data: Option<PortData<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What is special to a kind of link. Kinds with many attributes are boxed, so that the others stay small.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum LinkData<'a> {
    /// An IEEE 802.1Q or 802.1ad VLAN on another link.
    #[nl("vlan")]
    Vlan(Vlan<'a>),
    /// One end of a pair of links; in requests, with the other end.
    #[nl("veth")]
    Veth(Veth<'a>),
    /// A bridge.
    #[nl("bridge")]
    Bridge(Box<Bridge<'a>>),
    /// Several links that act as one.
    #[nl("bond")]
    Bond(Box<Bond<'a>>),
    /// A routing table with links of its own.
    #[nl("vrf")]
    Vrf(Vrf<'a>),
    /// Ethernet over UDP.
    #[nl("vxlan")]
    Vxlan(Box<Vxlan<'a>>),
    /// Ethernet over UDP, with options.
    #[nl("geneve")]
    Geneve(Box<Geneve<'a>>),
    /// Packets of another protocol in UDP.
    #[nl("bareudp")]
    BareUdp(BareUdp<'a>),
    /// The user plane of the GPRS tunnelling protocol.
    #[nl("gtp")]
    Gtp(Gtp<'a>),
    /// Multicast through networks that have none.
    #[nl("amt")]
    Amt(Amt<'a>),
    /// IP in GRE over IPv4.
    #[nl("gre")]
    Gre(Box<Gre<'a>>),
    /// Ethernet in GRE over IPv4.
    #[nl("gretap")]
    GreTap(Box<Gre<'a>>),
    /// Copies of packets in GRE over IPv4.
    #[nl("erspan")]
    Erspan(Box<Gre<'a>>),
    /// IP in GRE over IPv6.
    #[nl("ip6gre")]
    Ip6Gre(Box<Gre6<'a>>),
    /// Ethernet in GRE over IPv6.
    #[nl("ip6gretap")]
    Ip6GreTap(Box<Gre6<'a>>),
    /// Copies of packets in GRE over IPv6.
    #[nl("ip6erspan")]
    Ip6Erspan(Box<Gre6<'a>>),
    /// IPv4 or MPLS over IPv4.
    #[nl("ipip")]
    Ipip(Box<IpTunnel<'a>>),
    /// IPv6 over IPv4.
    #[nl("sit")]
    Sit(Box<IpTunnel<'a>>),
    /// IP over IPv6.
    #[nl("ip6tnl")]
    Ip6Tnl(Box<Ip6Tunnel<'a>>),
    /// A tunnel that IPsec works on, over IPv4.
    #[nl("vti")]
    Vti(Vti<'a>),
    /// A tunnel that IPsec works on, over IPv6.
    #[nl("vti6")]
    Vti6(Vti6<'a>),
    /// An interface for IPsec.
    #[nl("xfrm")]
    Xfrm(Xfrm<'a>),
    /// A link with a MAC address of its own on another link.
    #[nl("macvlan")]
    Macvlan(Macvlan<'a>),
    /// The same, with a character device.
    #[nl("macvtap")]
    Macvtap(Macvlan<'a>),
    /// A link that shares the MAC address of another link.
    #[nl("ipvlan")]
    Ipvlan(Ipvlan<'a>),
    /// The same, with a character device.
    #[nl("ipvtap")]
    Ipvtap(Ipvlan<'a>),
    /// Encrypted Ethernet on another link.
    #[nl("macsec")]
    Macsec(Macsec<'a>),
    /// Two links that carry each packet twice.
    #[nl("hsr")]
    Hsr(Hsr<'a>),
    /// A link for programs of BPF.
    #[nl("netkit")]
    Netkit(Netkit<'a>),
    /// A link whose other end is a program; it is not made here.
    #[nl("tun")]
    Tun(Tun<'a>),
    /// A CAN controller.
    #[nl("can")]
    Can(Box<Can<'a>>),
    /// One end of a pair of virtual CAN links.
    #[nl("vxcan")]
    Vxcan(Vxcan<'a>),
    /// IP over InfiniBand.
    #[nl("ipoib")]
    Ipoib(Ipoib<'a>),
    /// A channel of a Qualcomm modem.
    #[nl("rmnet")]
    Rmnet(Rmnet<'a>),
    /// A session of a mobile modem.
    #[nl("wwan")]
    Wwan(Wwan<'a>),
    /// A link of the point-to-point protocol.
    #[nl("ppp")]
    Ppp(Ppp<'a>),
    /// A mesh network.
    #[nl("batadv")]
    Batadv(Batadv<'a>),
    /// A port of a switch.
    #[nl("dsa")]
    Dsa(Dsa<'a>),
    /// A tunnel of OpenVPN.
    #[nl("ovpn")]
    Ovpn(Ovpn<'a>),
    /// Swallows what it is given.
    #[nl("dummy")]
    Dummy,
    /// Takes packets of other links, to queue them once more.
    #[nl("ifb")]
    Ifb,
    /// Shows what is said over netlink.
    #[nl("nlmon")]
    Nlmon,
    /// A tunnel of WireGuard; its peers are the matter of the generic family `wireguard`.
    #[nl("wireguard")]
    Wireguard,
    /// Several links that act as one, as a program decides by the generic family `team`.
    #[nl("team")]
    Team,
    /// A virtual CAN link.
    #[nl("vcan")]
    Vcan,
    /// IPv6 over low-power radio, on another link. Not proven against a kernel.
    #[nl("lowpan")]
    Lowpan,
    /// The packet forwarding control protocol. Since Linux 6.10. Not proven against a kernel.
    #[nl("pfcp")]
    Pfcp,
    /// Shows what virtual machines say over vsock.
    #[nl("vsockmon")]
    Vsockmon,
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What is special to the ports of a kind of link.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum PortData<'a> {
    /// A port of a bridge.
    #[nl("bridge")]
    Bridge(Box<BridgePort<'a>>),
    /// A port of a bond.
    #[nl("bond")]
    Bond(Box<BondPort<'a>>),
    /// A port of a VRF.
    #[nl("vrf")]
    Vrf(VrfPort<'a>),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// Counters that are special to a kind of link.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum LinkXstats<'a> {
    /// A CAN controller.
    #[nl("can")]
    Can(CanStats),
    /// A kind that is not declared here.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// One end of a pair of links.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Veth<'a> {
    /// The other end, in requests that make the pair.
    #[doc(alias = "VETH_INFO_PEER")]
    #[nl_attr(1)]
    pub peer: Option<Box<Link<'a>>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
