//! Tunnels of generic routing encapsulation (RFC 2784), with ERSPAN (`IFLA_GRE_*`).

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, bitflags, wire::UnknownAttrs};

/// GRE over IPv4: kinds `gre` (IP inside), `gretap` (Ethernet inside) and `erspan` (copies of packets).
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Gre<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_GRE_LINK")]
    #[nl_attr(1)]
    pub link: Option<u32>,
    /// What packets that come in must have.
    #[doc(alias = "IFLA_GRE_IFLAGS")]
    #[nl_attr(2, be)]
    pub iflags: Option<GreFlags>,
    /// What packets that go out have.
    #[doc(alias = "IFLA_GRE_OFLAGS")]
    #[nl_attr(3, be)]
    pub oflags: Option<GreFlags>,
    /// The key of packets that come in. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_IKEY")]
    #[nl_attr(4, be)]
    pub ikey: Option<u32>,
    /// The key of packets that go out. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_OKEY")]
    #[nl_attr(5, be)]
    pub okey: Option<u32>,
    /// The address to send from; 0.0.0.0 for any.
    #[doc(alias = "IFLA_GRE_LOCAL")]
    #[nl_attr(6)]
    pub local: Option<Ipv4Addr>,
    /// The peer; 0.0.0.0 if the neighbour table tells.
    #[doc(alias = "IFLA_GRE_REMOTE")]
    #[nl_attr(7)]
    pub remote: Option<Ipv4Addr>,
    /// The time to live of the outer packets; 0 takes that of the inner ones.
    #[doc(alias = "IFLA_GRE_TTL")]
    #[nl_attr(8)]
    pub ttl: Option<u8>,
    /// The type of service of the outer packets; 1 takes that of the inner ones.
    #[doc(alias = "IFLA_GRE_TOS")]
    #[nl_attr(9)]
    pub tos: Option<u8>,
    /// 1 if the outer packets are not cut.
    #[doc(alias = "IFLA_GRE_PMTUDISC")]
    #[nl_attr(10)]
    pub pmtudisc: Option<u8>,
    /// The most encapsulations within each other. Of the kinds over IPv6.
    #[doc(alias = "IFLA_GRE_ENCAP_LIMIT")]
    #[nl_attr(11)]
    pub encap_limit: Option<u8>,
    /// Traffic class and flow label. Big-endian on the wire. Of the kinds over IPv6.
    #[doc(alias = "IFLA_GRE_FLOWINFO")]
    #[nl_attr(12, be)]
    pub flowinfo: Option<u32>,
    /// Properties, `IP6_TNL_F_*` in `linux/ip6_tunnel.h`. Of the kinds over IPv6.
    #[doc(alias = "IFLA_GRE_FLAGS")]
    #[nl_attr(13)]
    pub flags: Option<u32>,
    /// What is put around the tunnel.
    #[doc(alias = "IFLA_GRE_ENCAP_TYPE")]
    #[nl_attr(14)]
    pub encap_type: Option<TunnelEncap>,
    /// Properties of that.
    #[doc(alias = "IFLA_GRE_ENCAP_FLAGS")]
    #[nl_attr(15)]
    pub encap_flags: Option<TunnelEncapFlags>,
    /// The port to send from; 0 for any. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_ENCAP_SPORT")]
    #[nl_attr(16, be)]
    pub encap_sport: Option<u16>,
    /// The port to send to. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_ENCAP_DPORT")]
    #[nl_attr(17, be)]
    pub encap_dport: Option<u16>,
    /// Routes and filters decide about key and peer (external).
    #[doc(alias = "IFLA_GRE_COLLECT_METADATA")]
    #[nl_attr(18)]
    pub collect_metadata: bool,
    /// 1 if the packets inside may be cut even if they say otherwise.
    #[doc(alias = "IFLA_GRE_IGNORE_DF")]
    #[nl_attr(19)]
    pub ignore_df: Option<u8>,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_GRE_FWMARK")]
    #[nl_attr(20)]
    pub fwmark: Option<u32>,
    /// Of ERSPAN version 1: the index.
    #[doc(alias = "IFLA_GRE_ERSPAN_INDEX")]
    #[nl_attr(21, range = 0..=0xf_ffff)]
    pub erspan_index: Option<u32>,
    /// The version of ERSPAN: 0, 1 or 2.
    #[doc(alias = "IFLA_GRE_ERSPAN_VER")]
    #[nl_attr(22, range = 0..=2)]
    pub erspan_ver: Option<u8>,
    /// Of ERSPAN version 2: 0 if the copies are of what came in, 1 of what went out.
    #[doc(alias = "IFLA_GRE_ERSPAN_DIR")]
    #[nl_attr(23)]
    pub erspan_dir: Option<u8>,
    /// Of ERSPAN version 2: who copies.
    #[doc(alias = "IFLA_GRE_ERSPAN_HWID")]
    #[nl_attr(24, range = 0..=63)]
    pub erspan_hwid: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// GRE over IPv6: kinds `ip6gre`, `ip6gretap` and `ip6erspan`.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Gre<'static>)]
pub struct Gre6<'a> {
    /// The index of the link that carries the tunnel; 0 for any.
    #[doc(alias = "IFLA_GRE_LINK")]
    pub link: Option<u32>,
    /// What packets that come in must have.
    #[doc(alias = "IFLA_GRE_IFLAGS")]
    #[nl_attr(be)]
    pub iflags: Option<GreFlags>,
    /// What packets that go out have.
    #[doc(alias = "IFLA_GRE_OFLAGS")]
    #[nl_attr(be)]
    pub oflags: Option<GreFlags>,
    /// The key of packets that come in. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_IKEY")]
    #[nl_attr(be)]
    pub ikey: Option<u32>,
    /// The key of packets that go out. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_OKEY")]
    #[nl_attr(be)]
    pub okey: Option<u32>,
    /// The address to send from; `::` for any.
    #[doc(alias = "IFLA_GRE_LOCAL")]
    pub local: Option<Ipv6Addr>,
    /// The peer.
    #[doc(alias = "IFLA_GRE_REMOTE")]
    pub remote: Option<Ipv6Addr>,
    /// The hop limit of the outer packets; 0 takes that of the inner ones.
    #[doc(alias = "IFLA_GRE_TTL")]
    pub ttl: Option<u8>,
    /// The most encapsulations within each other.
    #[doc(alias = "IFLA_GRE_ENCAP_LIMIT")]
    pub encap_limit: Option<u8>,
    /// Traffic class and flow label. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_FLOWINFO")]
    #[nl_attr(be)]
    pub flowinfo: Option<u32>,
    /// Properties, `IP6_TNL_F_*` in `linux/ip6_tunnel.h`.
    #[doc(alias = "IFLA_GRE_FLAGS")]
    pub flags: Option<u32>,
    /// What is put around the tunnel.
    #[doc(alias = "IFLA_GRE_ENCAP_TYPE")]
    pub encap_type: Option<TunnelEncap>,
    /// Properties of that.
    #[doc(alias = "IFLA_GRE_ENCAP_FLAGS")]
    pub encap_flags: Option<TunnelEncapFlags>,
    /// The port to send from; 0 for any. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_ENCAP_SPORT")]
    #[nl_attr(be)]
    pub encap_sport: Option<u16>,
    /// The port to send to. Big-endian on the wire.
    #[doc(alias = "IFLA_GRE_ENCAP_DPORT")]
    #[nl_attr(be)]
    pub encap_dport: Option<u16>,
    /// Routes and filters decide about key and peer (external).
    #[doc(alias = "IFLA_GRE_COLLECT_METADATA")]
    pub collect_metadata: bool,
    /// The mark of the outer packets.
    #[doc(alias = "IFLA_GRE_FWMARK")]
    pub fwmark: Option<u32>,
    /// Of ERSPAN version 1: the index.
    #[doc(alias = "IFLA_GRE_ERSPAN_INDEX")]
    #[nl_attr(range = 0..=0xf_ffff)]
    pub erspan_index: Option<u32>,
    /// The version of ERSPAN: 0, 1 or 2.
    #[doc(alias = "IFLA_GRE_ERSPAN_VER")]
    #[nl_attr(range = 0..=2)]
    pub erspan_ver: Option<u8>,
    /// Of ERSPAN version 2: 0 if the copies are of what came in, 1 of what went out.
    #[doc(alias = "IFLA_GRE_ERSPAN_DIR")]
    pub erspan_dir: Option<u8>,
    /// Of ERSPAN version 2: who copies.
    #[doc(alias = "IFLA_GRE_ERSPAN_HWID")]
    #[nl_attr(range = 0..=63)]
    pub erspan_hwid: Option<u16>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What the GRE header has (RFC 2784, RFC 2890). Big-endian on the wire.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct GreFlags: u16 {
        /// A checksum.
        #[doc(alias = "GRE_CSUM")]
        const CSUM = 0x8000;
        /// A route; obsolete.
        #[doc(alias = "GRE_ROUTING")]
        const ROUTING = 0x4000;
        /// A key.
        #[doc(alias = "GRE_KEY")]
        const KEY = 0x2000;
        /// A number in sequence.
        #[doc(alias = "GRE_SEQ")]
        const SEQ = 0x1000;
        /// A strict route; obsolete.
        #[doc(alias = "GRE_STRICT")]
        const STRICT = 0x0800;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// What is put around a tunnel.
#[doc(alias = "tunnel_encap_types")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum TunnelEncap {
    /// Nothing.
    #[doc(alias = "TUNNEL_ENCAP_NONE")]
    None = 0,
    /// UDP.
    #[doc(alias = "TUNNEL_ENCAP_FOU")]
    Fou = 1,
    /// UDP with a header of its own.
    #[doc(alias = "TUNNEL_ENCAP_GUE")]
    Gue = 2,
    /// MPLS.
    #[doc(alias = "TUNNEL_ENCAP_MPLS")]
    Mpls = 3,
    /// An encapsulation of a newer kernel.
    #[nl(other)]
    Other(u16),
}

bitflags! {
    /// Properties of what is put around a tunnel.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TUNNEL_ENCAP_FLAG_")]
    pub struct TunnelEncapFlags: u16 {
        /// Has a checksum over IPv4.
        #[doc(alias = "TUNNEL_ENCAP_FLAG_CSUM")]
        const CSUM = 0x1;
        /// Has a checksum over IPv6.
        #[doc(alias = "TUNNEL_ENCAP_FLAG_CSUM6")]
        const CSUM6 = 0x2;
        /// Leaves the inner checksum to the receiver.
        #[doc(alias = "TUNNEL_ENCAP_FLAG_REMCSUM")]
        const REMCSUM = 0x4;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
