//! What address families have to say of a link (`IFLA_AF_SPEC`, `IFLA_PROTINFO`), proven on Linux 6.18 for IPv4 and
//! IPv6.

use std::net::Ipv6Addr;

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, NlUnion, bitflags,
    wire::{Array, Hex, RawValue, UnknownAttrs},
};

use super::{BridgeAfSpec, BridgePort};

mod ipmr;
mod ipv4;
mod ipv6;

pub use ipmr::*;
pub use ipv4::*;
pub use ipv6::*;

/// What address families have to say; its form depends on the family in the header of the message.
// Boxed, the common variant would be allocated for each link of a list.
#[allow(clippy::large_enum_variant)]
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum AfSpec<'a> {
    /// Each family for itself.
    #[nl(0)] // AF_UNSPEC
    Families(AfSpecs<'a>),
    /// A bridge, or a port of one.
    #[nl(7)] // AF_BRIDGE
    Bridge(Box<BridgeAfSpec<'a>>),
    /// A table of multicast routes of IPv4, which is told as if it were a link.
    #[nl(128)] // RTNL_FAMILY_IPMR
    Ipmr(Ipmr<'a>),
    /// Messages of another family.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What the family in the header of the message has to say.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ProtInfo<'a> {
    /// A port of a bridge.
    #[nl(7)] // AF_BRIDGE
    BridgePort(Box<BridgePort<'a>>),
    /// IPv6.
    #[nl(10)] // AF_INET6
    Inet6(Inet6<'a>),
    /// Messages of another family.
    #[nl(other)]
    Other(RawValue<'a>),
}

/// What address families have to say, each for itself.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct AfSpecs<'a> {
    /// IPv4.
    #[doc(alias = "AF_INET")]
    #[nl_attr(2)]
    pub inet: Option<Inet<'a>>,
    /// IPv6.
    #[doc(alias = "AF_INET6")]
    #[nl_attr(10)]
    pub inet6: Option<Inet6<'a>>,
    /// The management component transport protocol. Since Linux 5.15.
    #[doc(alias = "AF_MCTP")]
    #[nl_attr(45)]
    pub mctp: Option<Mctp<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What IPv4 has to say of a link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Inet<'a> {
    /// The settings, as in `/proc/sys/net/ipv4/conf`. See [`Inet::get`].
    #[doc(alias = "IFLA_INET_CONF")]
    #[nl_attr(1)]
    pub conf: Option<Array<'a, u32>>,
    /// The settings to change, by the numbers of [`Ipv4Conf`]: the kernel takes another form than it tells. Leave
    /// `conf` absent then.
    #[doc(alias = "IFLA_INET_CONF")]
    #[nl_attr(1, send, numbered)]
    pub set_conf: Vec<(u16, u32)>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What IPv6 has to say of a link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Inet6<'a> {
    /// The state.
    #[doc(alias = "IFLA_INET6_FLAGS")]
    #[nl_attr(1)]
    pub flags: Option<Inet6Flags>,
    /// The settings, as in `/proc/sys/net/ipv6/conf`. Only told. See [`Inet6::get`].
    #[doc(alias = "IFLA_INET6_CONF")]
    #[nl_attr(2)]
    pub conf: Option<Array<'a, u32>>,
    /// Counters of IPv6. Only told, and not if [`SKIP_STATS`](super::ExtMask::SKIP_STATS) is asked for. See
    /// [`Inet6::counter`].
    #[doc(alias = "IFLA_INET6_STATS")]
    #[nl_attr(3)]
    pub stats: Option<Array<'a, u64>>,
    /// Reserved.
    #[doc(alias = "IFLA_INET6_MCAST")]
    #[nl_attr(4)]
    pub mcast: Option<Hex<'a>>,
    /// Times of neighbour discovery. Only told.
    #[doc(alias = "IFLA_INET6_CACHEINFO")]
    #[nl_attr(5)]
    pub cacheinfo: Option<Inet6CacheInfo>,
    /// Counters of ICMPv6. Only told, as `stats`. See [`Inet6::icmp_counter`].
    #[doc(alias = "IFLA_INET6_ICMP6STATS")]
    #[nl_attr(6)]
    pub icmp6stats: Option<Array<'a, u64>>,
    /// The lower half of the addresses that come with prefixes of routers; `::` for none.
    #[doc(alias = "IFLA_INET6_TOKEN")]
    #[nl_attr(7)]
    pub token: Option<Ipv6Addr>,
    /// How the lower half of addresses is made.
    #[doc(alias = "IFLA_INET6_ADDR_GEN_MODE")]
    #[nl_attr(8)]
    pub addr_gen_mode: Option<AddrGenMode>,
    /// The MTU that a router announced, in bytes; 0 for none. Only told, since Linux 5.15.
    #[doc(alias = "IFLA_INET6_RA_MTU")]
    #[nl_attr(9)]
    pub ra_mtu: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What the management component transport protocol has to say of a link. Not proven against a kernel.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Mctp<'a> {
    /// The number of the network.
    #[doc(alias = "IFLA_MCTP_NET")]
    #[nl_attr(1)]
    pub net: Option<u32>,
    /// How messages travel (DSP0239). Only told, since Linux 6.13.
    #[doc(alias = "IFLA_MCTP_PHYS_BINDING")]
    #[nl_attr(2)]
    pub phys_binding: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// The state of IPv6 on a link.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct Inet6Flags: u32 {
        /// Routers were asked for.
        #[doc(alias = "IF_RS_SENT")]
        const RS_SENT = 0x10;
        /// A router has answered.
        #[doc(alias = "IF_RA_RCVD")]
        const RA_RCVD = 0x20;
        /// Addresses come from DHCPv6.
        #[doc(alias = "IF_RA_MANAGED")]
        const RA_MANAGED = 0x40;
        /// Other things come from DHCPv6.
        #[doc(alias = "IF_RA_OTHERCONF")]
        const RA_OTHERCONF = 0x80;
        /// It is ready.
        #[doc(alias = "IF_READY")]
        const READY = 0x8000_0000;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Times of neighbour discovery.
#[doc(alias = "ifla_cacheinfo")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inet6CacheInfo {
    /// The largest packet that is put together, in bytes.
    pub max_reasm_len: u32,
    /// When this last changed, in 1/100 s since the start.
    pub tstamp: u32,
    /// How long a neighbour counts as reachable, in milliseconds.
    pub reachable_time: u32,
    /// The time between solicitations, in milliseconds.
    pub retrans_time: u32,
}

/// How the lower half of addresses is made.
#[doc(alias = "in6_addr_gen_mode")]
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum AddrGenMode {
    /// From the MAC address.
    #[doc(alias = "IN6_ADDR_GEN_MODE_EUI64")]
    Eui64 = 0,
    /// Not at all: no link-local address.
    #[doc(alias = "IN6_ADDR_GEN_MODE_NONE")]
    None = 1,
    /// From a secret (RFC 7217).
    #[doc(alias = "IN6_ADDR_GEN_MODE_STABLE_PRIVACY")]
    StablePrivacy = 2,
    /// At random, and kept.
    #[doc(alias = "IN6_ADDR_GEN_MODE_RANDOM")]
    Random = 3,
    /// A mode of a newer kernel.
    #[nl(other)]
    Other(u8),
}
