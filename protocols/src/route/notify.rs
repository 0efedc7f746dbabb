//! What routers advertise, and multicast packets that nobody knows a route for: only told, never asked for.
//!
//! Declared after `struct prefixmsg` and `struct nduseroptmsg` in `linux/rtnetlink.h`, and `linux/mroute.h`; the
//! kernel's side is `net/ipv6/addrconf.c`, `net/ipv6/ndisc.c`, `net/ipv4/ipmr.c` and `net/ipv6/ip6mr.c`.
//!
//! ```no_run
//! use netlink_core::{NlFamily, connection::Incoming};
//! use protocols::route::Route;
//!
//! let mut route = Route::connect()?;
//! route.join(Route::IPV6_PREFIX)?;
//! let mut events = route.events();
//! while let Some(event) = events.next_event() {
//!     if let Incoming::Notification(notification) = event? {
//!         let prefix = notification.decode(Route::PREFIX)?;
//!         println!("{:?}/{} is advertised", prefix.address, prefix.header.len);
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::{borrow::Cow, net::Ipv6Addr};

use netlink_core::{
    Event, Group, NlDebug, NlEnum, NlFamily, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{DecodeError, Hex, UnknownAttrs},
};

use super::{
    Route,
    ip::{Addr, AddressFamily},
    nsid::GenericHeader,
};

/// The header of messages about advertised prefixes.
#[doc(alias = "prefixmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrefixHeader {
    /// The address family: IPv6.
    #[doc(alias = "prefix_family")]
    #[nl(pad = 3)]
    pub family: AddressFamily,
    /// The index of the link.
    #[doc(alias = "prefix_ifindex")]
    pub ifindex: i32,
    /// The type of the option: 3.
    #[doc(alias = "prefix_type")]
    pub ty: u8,
    /// The length in bits.
    #[doc(alias = "prefix_len")]
    pub len: u8,
    /// What it is for.
    #[doc(alias = "prefix_flags")]
    #[nl(pad = 1)]
    pub flags: PrefixFlags,
}

bitflags! {
    /// What an advertised prefix is for.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct PrefixFlags: u8 {
        /// Its addresses are on the link.
        const ONLINK = 1;
        /// Hosts make themselves addresses of it.
        const AUTOCONF = 2;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A prefix that a router advertises.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Prefix<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: PrefixHeader,
    /// The prefix.
    #[doc(alias = "PREFIX_ADDRESS")]
    #[nl_attr(1)]
    pub address: Option<Ipv6Addr>,
    /// How long it lives.
    #[doc(alias = "PREFIX_CACHEINFO")]
    #[nl_attr(2)]
    pub cacheinfo: Option<PrefixCacheInfo>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// How long an advertised prefix lives.
#[doc(alias = "prefix_cacheinfo")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrefixCacheInfo {
    /// How long it is used for new connections, in seconds; 4 294 967 295 for without end.
    pub preferred_time: u32,
    /// How long it is valid, in seconds; 4 294 967 295 for without end.
    pub valid_time: u32,
}

/// Options of a router's advertisement that are for user space, such as those about DNS.
#[doc(alias = "nduseroptmsg")]
#[derive(NlStruct, Clone, Debug, Default, PartialEq, Eq)]
pub struct NdUserOption<'a> {
    /// The address family: IPv6.
    #[doc(alias = "nduseropt_family")]
    #[nl(pad = 1)]
    pub family: AddressFamily,
    /// The length of the options, in bytes.
    #[doc(alias = "nduseropt_opts_len")]
    pub opts_len: u16,
    /// The index of the link.
    #[doc(alias = "nduseropt_ifindex")]
    pub ifindex: i32,
    /// The type of the message: 134 for an advertisement.
    #[doc(alias = "nduseropt_icmp_type")]
    pub icmp_type: u8,
    /// The code of the message.
    #[doc(alias = "nduseropt_icmp_code")]
    #[nl(pad = 6)]
    pub icmp_code: u8,
    /// The options, then attributes.
    #[nl(rest)]
    pub rest: Cow<'a, [u8]>,
}

impl NdUserOption<'_> {
    /// The options: of each a byte of type, a byte of length in units of 8 bytes, and data.
    pub fn options(&self) -> &[u8] {
        self.rest.get(..self.opts_len.into()).unwrap_or(&self.rest)
    }

    /// What else is said of them.
    ///
    /// # Errors
    ///
    /// The attributes behind the options are damaged.
    pub fn attrs(&self) -> Result<NdUserOptionAttrs<'_>, DecodeError> {
        NdUserOptionAttrs::decode(self.rest.get(self.opts_len.into()..).unwrap_or(&[]))
    }
}

/// What is said of options beside themselves.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct NdUserOptionAttrs<'a> {
    /// The address of the router.
    #[doc(alias = "NDUSEROPT_SRCADDR")]
    #[nl_attr(1)]
    pub srcaddr: Option<Ipv6Addr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A multicast packet that the kernel has a question about, for the daemon that makes multicast routes.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct CacheReport<'a> {
    /// The fixed header: the family is that of multicast routes.
    #[nl_attr(header)]
    pub header: GenericHeader,
    /// What the question is.
    #[doc(alias = "IPMRA_CREPORT_MSGTYPE")]
    #[doc(alias = "IP6MRA_CREPORT_MSGTYPE")]
    #[nl_attr(1)]
    pub msgtype: Option<CacheReportType>,
    /// The number of the virtual interface that it came in by.
    #[doc(alias = "IPMRA_CREPORT_VIF_ID")]
    #[doc(alias = "IP6MRA_CREPORT_MIF_ID")]
    #[nl_attr(2)]
    pub vif_id: Option<u32>,
    /// Where it comes from.
    #[doc(alias = "IPMRA_CREPORT_SRC_ADDR")]
    #[doc(alias = "IP6MRA_CREPORT_SRC_ADDR")]
    #[nl_attr(3, select = header.family)]
    pub src_addr: Option<Addr<'a>>,
    /// Where it goes.
    #[doc(alias = "IPMRA_CREPORT_DST_ADDR")]
    #[doc(alias = "IP6MRA_CREPORT_DST_ADDR")]
    #[nl_attr(4, select = header.family)]
    pub dst_addr: Option<Addr<'a>>,
    /// The packet, or its start.
    #[doc(alias = "IPMRA_CREPORT_PKT")]
    #[doc(alias = "IP6MRA_CREPORT_PKT")]
    #[nl_attr(5)]
    pub pkt: Option<Hex<'a>>,
    /// The number of the table of multicast routes, of IPv4.
    #[doc(alias = "IPMRA_CREPORT_TABLE")]
    #[nl_attr(6)]
    pub table: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What question the kernel has about a multicast packet.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum CacheReportType {
    /// Where to?
    #[doc(alias = "IGMPMSG_NOCACHE")]
    #[doc(alias = "MRT6MSG_NOCACHE")]
    NoCache = 1,
    /// Why by that link?
    #[doc(alias = "IGMPMSG_WRONGVIF")]
    #[doc(alias = "MRT6MSG_WRONGMIF")]
    WrongVif = 2,
    /// It is for the rendezvous point.
    #[doc(alias = "IGMPMSG_WHOLEPKT")]
    #[doc(alias = "MRT6MSG_WHOLEPKT")]
    WholePkt = 3,
    /// It is for the rendezvous point, and came by another link.
    #[doc(alias = "IGMPMSG_WRVIFWHOLE")]
    #[doc(alias = "MRT6MSG_WRMIFWHOLE")]
    WrVifWhole = 4,
    /// A question of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// The operations of what comes without being asked for.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// A router advertises a prefix.
    #[doc(alias = "RTM_NEWPREFIX")]
    #[nl(52)]
    pub prefix: Event<Prefix<'static>>,
    /// A router advertises options that are for user space.
    #[doc(alias = "RTM_NEWNDUSEROPT")]
    #[nl(68)]
    pub nduseropt: Event<NdUserOption<'static>>,
    /// A multicast packet has come that the kernel has a question about.
    #[doc(alias = "RTM_NEWCACHEREPORT")]
    #[nl(96)]
    pub cache_report: Event<CacheReport<'static>>,
    /// Prefixes that routers advertise.
    #[doc(alias = "RTNLGRP_IPV6_PREFIX")]
    #[nl(group = 18)]
    pub ipv6_prefix: Group,
    /// Options of advertisements that are for user space.
    #[doc(alias = "RTNLGRP_ND_USEROPT")]
    #[nl(group = 20)]
    pub nd_useropt: Group,
    /// Multicast packets of IPv4 that the kernel has a question about; needs `CAP_NET_ADMIN`.
    #[doc(alias = "RTNLGRP_IPV4_MROUTE_R")]
    #[nl(group = 30)]
    pub ipv4_mroute_r: Group,
    /// Multicast packets of IPv6 that the kernel has a question about; needs `CAP_NET_ADMIN`.
    #[doc(alias = "RTNLGRP_IPV6_MROUTE_R")]
    #[nl(group = 31)]
    pub ipv6_mroute_r: Group,
}
