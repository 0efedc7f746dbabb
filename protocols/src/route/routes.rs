//! Routes: of IPv4, IPv6 and MPLS, and the multicast routes of both IPs.
//!
//! Declared after `struct rtmsg` in `linux/rtnetlink.h`; the kernel's side is `net/ipv4/fib_frontend.c`,
//! `net/ipv6/route.c`, `net/mpls/af_mpls.c`, `net/ipv4/ipmr.c` and `net/ipv6/ip6mr.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, routes};
//!
//! let mut route = Route::connect()?;
//! let mut found = route.dump(routes::list().v4())?;
//! while let Some(entry) = found.next_borrowed() {
//!     let entry = entry?;
//!     println!("{:?} via {:?} in table {}", entry.destination(), entry.gateway, entry.table());
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```
//!
//! Gateways of the Controller Area Network travel under the same numbers with a header of their own; they are no routes,
//! but jobs: `can_gw`.

mod encap;
mod flags;
mod get;
mod metrics;
mod operations;
mod seg6;
mod verbs;

pub use encap::{
    BpfEncap, BpfProg, Encap, EncapType, ErspanOption, GeneveOption, IlaEncap, Ioam6Encap, Ioam6Mode, Ioam6Trace,
    Ip6Encap, IpEncap, MplsEncap, RplEncap, RplRoutingHeader, TunnelFlags, TunnelOptions, VxlanOption, XfrmEncap,
};
pub use flags::{Expires, HopFlags, RouteFlags, RouteProtocol, RouteType, RouterPreference, Scope, Table};
pub use get::RouteGet;
pub use metrics::{Metrics, RouteFeatures};
pub(super) use operations::Operations;
pub use seg6::{
    Seg6Action, Seg6Counters, Seg6Encap, Seg6Flavor, Seg6Flavors, Seg6Local, Seg6LocalBpf, Seg6Mode, Seg6Srh,
    SegmentRoutingHeader,
};
pub use verbs::{RouteList, RouteRequest, add, del, get, list};

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlMessage, NlStruct, NlUnion,
    wire::{LinkAddr, RawValue, UnknownAttrs},
};

use super::ip::{Addr, AddressFamily, IpNet, MplsLabel};

/// The header of messages about routes.
///
/// ```text
///  0        1          2         3        4
/// +--------+----------+---------+--------+
/// | family | dst_len  | src_len | tos    |
/// +--------+----------+---------+--------+
/// | table  | protocol | scope   | ty     |
/// +--------+----------+---------+--------+
/// | flags                                |
/// +--------------------------------------+
/// ```
#[doc(alias = "rtmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RouteHeader {
    /// The address family.
    #[doc(alias = "rtm_family")]
    pub family: AddressFamily,
    /// How many bits of the destination count.
    #[doc(alias = "rtm_dst_len")]
    pub dst_len: u8,
    /// How many bits of the source count.
    #[doc(alias = "rtm_src_len")]
    pub src_len: u8,
    /// The type of service that the route is for, of IPv4.
    #[doc(alias = "rtm_tos")]
    pub tos: u8,
    /// The table, if its number is less than 256; otherwise 252, and [`RouteEntry::table`] has it.
    #[doc(alias = "rtm_table")]
    pub table: u8,
    /// Who made the route.
    #[doc(alias = "rtm_protocol")]
    pub protocol: RouteProtocol,
    /// How far away the destination is.
    #[doc(alias = "rtm_scope")]
    pub scope: Scope,
    /// What happens to packets.
    #[doc(alias = "rtm_type")]
    pub ty: RouteType,
    /// What is special about the route.
    #[doc(alias = "rtm_flags")]
    pub flags: RouteFlags,
}

/// A route.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 24)]
pub struct RouteEntry<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: RouteHeader,
    /// Where packets go; absent if everywhere.
    #[doc(alias = "RTA_DST")]
    #[nl_attr(1, select = header.family, refused = "Invalid prefix for given prefix length")]
    pub dst: Option<Addr<'a>>,
    /// Where packets come from; absent if from everywhere.
    #[doc(alias = "RTA_SRC")]
    #[nl_attr(2, select = header.family)]
    pub src: Option<Addr<'a>>,
    /// The index of the link that packets come in by.
    #[doc(alias = "RTA_IIF")]
    #[nl_attr(3)]
    pub iif: Option<u32>,
    /// The index of the link that packets go out by.
    #[doc(alias = "RTA_OIF")]
    #[nl_attr(4)]
    pub oif: Option<u32>,
    /// The next router, of the same family.
    #[doc(alias = "RTA_GATEWAY")]
    #[nl_attr(5, select = header.family, refused = "invalid gateway")]
    pub gateway: Option<Addr<'a>>,
    /// The metric: of routes to the same destination, the one with the smallest counts.
    #[doc(alias = "RTA_PRIORITY")]
    #[nl_attr(6)]
    pub priority: Option<u32>,
    /// The source address that packets of this host get.
    #[doc(alias = "RTA_PREFSRC")]
    #[nl_attr(7, select = header.family)]
    pub prefsrc: Option<Addr<'a>>,
    /// What is known of the way.
    #[doc(alias = "RTA_METRICS")]
    #[nl_attr(8)]
    pub metrics: Option<Box<Metrics<'a>>>,
    /// Several ways, among which packets are shared out.
    #[doc(alias = "RTA_MULTIPATH")]
    #[nl_attr(9, records)]
    pub multipath: Vec<Hop<'a>>,
    /// Realms for statistics, of IPv4: that of the source in the upper 16 bits, that of the destination in the lower.
    #[doc(alias = "RTA_FLOW")]
    #[nl_attr(11)]
    pub flow: Option<u32>,
    /// Ages and uses.
    #[doc(alias = "RTA_CACHEINFO")]
    #[nl_attr(12)]
    pub cacheinfo: Option<RouteCacheInfo>,
    /// The number of the table. The kernel always tells it; see [`table`](Self::table).
    #[doc(alias = "RTA_TABLE")]
    #[nl_attr(15)]
    pub table: Option<u32>,
    /// The mark of packets, in requests for one route.
    #[doc(alias = "RTA_MARK")]
    #[nl_attr(16)]
    pub mark: Option<u32>,
    /// What went this way, of multicast routes.
    #[doc(alias = "RTA_MFC_STATS")]
    #[nl_attr(17)]
    pub mfc_stats: Option<Box<MulticastStats>>,
    /// The next router, of another family.
    #[doc(alias = "RTA_VIA")]
    #[nl_attr(18)]
    pub via: Option<Box<Via<'a>>>,
    /// The labels that packets get instead, of MPLS.
    #[doc(alias = "RTA_NEWDST")]
    #[nl_attr(19, packed)]
    pub newdst: Vec<MplsLabel>,
    /// How much a router is to be preferred, of IPv6.
    #[doc(alias = "RTA_PREF")]
    #[nl_attr(20)]
    pub pref: Option<RouterPreference>,
    /// How packets are packed into others. Filled in from `encap` where it is absent.
    #[doc(alias = "RTA_ENCAP_TYPE")]
    #[nl_attr(21)]
    pub encap_type: Option<EncapType>,
    /// What they are packed into.
    #[doc(alias = "RTA_ENCAP")]
    #[nl_attr(22, select = encap_type)]
    pub encap: Option<Box<Encap<'a>>>,
    /// When the route ends: sent for IPv6, told of multicast routes.
    #[doc(alias = "RTA_EXPIRES")]
    #[nl_attr(23, select = header.family)]
    pub expires: Option<Expires<'a>>,
    /// The user whose packets are meant, in requests for one route.
    #[doc(alias = "RTA_UID")]
    #[nl_attr(25)]
    pub uid: Option<u32>,
    /// 1 if the time to live goes from packets to labels and back, of MPLS.
    #[doc(alias = "RTA_TTL_PROPAGATE")]
    #[nl_attr(26)]
    pub ttl_propagate: Option<u8>,
    /// The protocol of packets (`IPPROTO_*`), in requests for one route.
    #[doc(alias = "RTA_IP_PROTO")]
    #[nl_attr(27)]
    pub ip_proto: Option<u8>,
    /// The source port of packets, in requests for one route. Big-endian on the wire.
    #[doc(alias = "RTA_SPORT")]
    #[nl_attr(28, be)]
    pub sport: Option<u16>,
    /// The destination port of packets, in requests for one route. Big-endian on the wire.
    #[doc(alias = "RTA_DPORT")]
    #[nl_attr(29, be)]
    pub dport: Option<u16>,
    /// The number of the next-hop object, instead of gateways and links. Since Linux 5.3.
    #[doc(alias = "RTA_NH_ID")]
    #[nl_attr(30)]
    pub nh_id: Option<u32>,
    /// The flow label of packets, in requests for one route of IPv6. Big-endian on the wire. Since Linux 6.14.
    #[doc(alias = "RTA_FLOWLABEL")]
    #[nl_attr(31, be)]
    pub flowlabel: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl RouteEntry<'_> {
    /// Where packets go, of the IPs: 0.0.0.0/0 or ::/0 where the message says nothing.
    pub fn destination(&self) -> Option<IpNet> {
        match (&self.dst, self.header.family) {
            (Some(dst), _) => IpNet::new(dst.ip()?, self.header.dst_len),
            (None, AddressFamily::Inet | AddressFamily::Ipmr) => Some(IpNet::ALL_V4),
            (None, AddressFamily::Inet6 | AddressFamily::Ip6mr) => Some(IpNet::ALL_V6),
            (None, _) => None,
        }
    }

    /// The number of the table.
    pub fn table(&self) -> u32 {
        self.table.unwrap_or(self.header.table.into())
    }
}

/// The start of one of several ways; its length is filled in.
#[doc(alias = "rtnexthop")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HopHeader {
    /// The length in bytes, with the attributes behind it. Filled in when it is sent.
    #[doc(alias = "rtnh_len")]
    #[nl(len_of = self)]
    pub len: u16,
    /// The state.
    #[doc(alias = "rtnh_flags")]
    #[nl(as = u8)]
    pub flags: HopFlags,
    /// The share of this way among the others, less 1; of multicast routes the least time to live.
    #[doc(alias = "rtnh_hops")]
    pub hops: u8,
    /// The index of the link that packets go out by.
    #[doc(alias = "rtnh_ifindex")]
    pub ifindex: i32,
}

/// One of several ways.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = RouteEntry<'static>)]
pub struct Hop<'a> {
    /// The start.
    #[nl_attr(header)]
    pub header: HopHeader,
    /// The next router, of the same family.
    #[doc(alias = "RTA_GATEWAY")]
    pub gateway: Option<IpAddr>,
    /// Realms for statistics, of IPv4.
    #[doc(alias = "RTA_FLOW")]
    pub flow: Option<u32>,
    /// The next router, of another family.
    #[doc(alias = "RTA_VIA")]
    pub via: Option<Via<'a>>,
    /// The labels that packets get instead, of MPLS.
    #[doc(alias = "RTA_NEWDST")]
    #[nl_attr(packed)]
    pub newdst: Vec<MplsLabel>,
    /// How packets are packed into others. Filled in from `encap` where it is absent.
    #[doc(alias = "RTA_ENCAP_TYPE")]
    pub encap_type: Option<EncapType>,
    /// What they are packed into.
    #[doc(alias = "RTA_ENCAP")]
    #[nl_attr(select = encap_type)]
    pub encap: Option<Encap<'a>>,
    /// 1 if the time to live goes from packets to labels and back, of MPLS. The kernel takes it of whole routes only.
    #[doc(alias = "RTA_TTL_PROPAGATE")]
    pub ttl_propagate: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The next router, of another family than the route.
#[doc(alias = "rtvia")]
#[derive(NlStruct, Clone, Debug, PartialEq)]
pub struct Via<'a> {
    /// The number of the [family](AddressFamily). Filled in from `addr`.
    #[doc(alias = "rtvia_family")]
    pub family: u16,
    /// The address.
    #[doc(alias = "rtvia_addr")]
    #[nl(select = family)]
    pub addr: ViaAddr<'a>,
}

/// The address in [`Via`].
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum ViaAddr<'a> {
    /// Of IPv4.
    #[nl(AddressFamily::Inet)]
    V4(Ipv4Addr),
    /// Of IPv6.
    #[nl(AddressFamily::Inet6)]
    V6(Ipv6Addr),
    /// Of a link.
    #[nl(AddressFamily::Packet)]
    Link(LinkAddr<'a>),
    /// Of another family.
    #[nl(other)]
    Other(RawValue<'a>),
}

impl From<IpAddr> for Via<'_> {
    fn from(addr: IpAddr) -> Self {
        let family = u8::from(AddressFamily::from(addr)).into();
        match addr {
            IpAddr::V4(addr) => Self { family, addr: ViaAddr::V4(addr) },
            IpAddr::V6(addr) => Self { family, addr: ViaAddr::V6(addr) },
        }
    }
}

/// Ages and uses of a route.
#[doc(alias = "rta_cacheinfo")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RouteCacheInfo {
    /// How often it is referred to.
    #[doc(alias = "rta_clntref")]
    pub clntref: u32,
    /// When it was last used: so many hundredths of a second ago.
    #[doc(alias = "rta_lastuse")]
    pub lastuse: u32,
    /// When it ends: in so many hundredths of a second; 0 for never.
    #[doc(alias = "rta_expires")]
    pub expires: i32,
    /// The error that packets are answered with: 0, or a negative number of `errno.h`.
    #[doc(alias = "rta_error")]
    pub error: u32,
    /// How often it was used.
    #[doc(alias = "rta_used")]
    pub used: u32,
    /// Unused.
    #[doc(alias = "rta_id")]
    pub id: u32,
    /// Unused.
    #[doc(alias = "rta_ts")]
    pub ts: u32,
    /// Unused.
    #[doc(alias = "rta_tsage")]
    pub tsage: u32,
}

/// What went along a multicast route.
#[doc(alias = "rta_mfc_stats")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MulticastStats {
    /// Packets.
    #[doc(alias = "mfcs_packets")]
    pub packets: u64,
    /// Bytes.
    #[doc(alias = "mfcs_bytes")]
    pub bytes: u64,
    /// Packets that came by a wrong link.
    #[doc(alias = "mfcs_wrong_if")]
    pub wrong_if: u64,
}
