//! Types, origins, reach, flags and ends of routes.

use netlink_core::{NlEnum, NlFlags, NlUnion, bitflags, wire::RawValue};

use crate::route::ip::AddressFamily;

/// Numbers of routing tables; others are free for use, up to 4 294 967 295.
#[derive(Clone, Copy, Debug)]
pub struct Table;

impl Table {
    /// None in particular.
    #[doc(alias = "RT_TABLE_UNSPEC")]
    pub const UNSPEC: u32 = 0;
    /// In the header: the number does not fit there.
    #[doc(alias = "RT_TABLE_COMPAT")]
    pub const COMPAT: u32 = 252;
    /// What is asked last.
    #[doc(alias = "RT_TABLE_DEFAULT")]
    pub const DEFAULT: u32 = 253;
    /// Where routes are usually.
    #[doc(alias = "RT_TABLE_MAIN")]
    pub const MAIN: u32 = 254;
    /// The kernel's own, of local and broadcast addresses.
    #[doc(alias = "RT_TABLE_LOCAL")]
    pub const LOCAL: u32 = 255;
}

/// What happens to packets.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RouteType {
    /// Nothing is said.
    #[doc(alias = "RTN_UNSPEC")]
    #[default]
    Unspec = 0,
    /// They are sent on.
    #[doc(alias = "RTN_UNICAST")]
    Unicast = 1,
    /// They have arrived.
    #[doc(alias = "RTN_LOCAL")]
    Local = 2,
    /// They have arrived as broadcasts, and are sent as such.
    #[doc(alias = "RTN_BROADCAST")]
    Broadcast = 3,
    /// They have arrived as broadcasts, and are sent as unicasts.
    #[doc(alias = "RTN_ANYCAST")]
    Anycast = 4,
    /// They are multicasts.
    #[doc(alias = "RTN_MULTICAST")]
    Multicast = 5,
    /// They are dropped.
    #[doc(alias = "RTN_BLACKHOLE")]
    Blackhole = 6,
    /// They are answered with "unreachable".
    #[doc(alias = "RTN_UNREACHABLE")]
    Unreachable = 7,
    /// They are answered with "prohibited".
    #[doc(alias = "RTN_PROHIBIT")]
    Prohibit = 8,
    /// Other tables decide.
    #[doc(alias = "RTN_THROW")]
    Throw = 9,
    /// Unused.
    #[doc(alias = "RTN_NAT")]
    Nat = 10,
    /// Unused.
    #[doc(alias = "RTN_XRESOLVE")]
    Xresolve = 11,
    /// A type of a newer kernel.
    #[nl(other)]
    Other(u8),
}

/// Who made a route; the kernel only looks at those up to `Boot` and at `Ra`.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RouteProtocol {
    /// Nobody says.
    #[doc(alias = "RTPROT_UNSPEC")]
    #[default]
    Unspec = 0,
    /// A redirect of ICMP.
    #[doc(alias = "RTPROT_REDIRECT")]
    Redirect = 1,
    /// The kernel.
    #[doc(alias = "RTPROT_KERNEL")]
    Kernel = 2,
    /// Something at boot; what `ip` says unless told otherwise.
    #[doc(alias = "RTPROT_BOOT")]
    Boot = 3,
    /// The administrator.
    #[doc(alias = "RTPROT_STATIC")]
    Static = 4,
    /// GateD.
    #[doc(alias = "RTPROT_GATED")]
    Gated = 8,
    /// Advertisements of routers.
    #[doc(alias = "RTPROT_RA")]
    Ra = 9,
    /// Merit MRT.
    #[doc(alias = "RTPROT_MRT")]
    Mrt = 10,
    /// Zebra.
    #[doc(alias = "RTPROT_ZEBRA")]
    Zebra = 11,
    /// BIRD.
    #[doc(alias = "RTPROT_BIRD")]
    Bird = 12,
    /// DECnet.
    #[doc(alias = "RTPROT_DNROUTED")]
    Dnrouted = 13,
    /// XORP.
    #[doc(alias = "RTPROT_XORP")]
    Xorp = 14,
    /// Netsukuku.
    #[doc(alias = "RTPROT_NTK")]
    Ntk = 15,
    /// DHCP.
    #[doc(alias = "RTPROT_DHCP")]
    Dhcp = 16,
    /// The multicast daemon.
    #[doc(alias = "RTPROT_MROUTED")]
    Mrouted = 17,
    /// Keepalived.
    #[doc(alias = "RTPROT_KEEPALIVED")]
    Keepalived = 18,
    /// Babel.
    #[doc(alias = "RTPROT_BABEL")]
    Babel = 42,
    /// OVN. Since Linux 6.15.
    #[doc(alias = "RTPROT_OVN")]
    Ovn = 84,
    /// Open/R.
    #[doc(alias = "RTPROT_OPENR")]
    Openr = 99,
    /// BGP.
    #[doc(alias = "RTPROT_BGP")]
    Bgp = 186,
    /// IS-IS.
    #[doc(alias = "RTPROT_ISIS")]
    Isis = 187,
    /// OSPF.
    #[doc(alias = "RTPROT_OSPF")]
    Ospf = 188,
    /// RIP.
    #[doc(alias = "RTPROT_RIP")]
    Rip = 189,
    /// EIGRP.
    #[doc(alias = "RTPROT_EIGRP")]
    Eigrp = 192,
    /// Another one.
    #[nl(other)]
    Other(u8),
}

/// How far an address reaches, or a destination is away; numbers between 0 and 200 are free for use.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Scope {
    /// Everywhere.
    #[doc(alias = "RT_SCOPE_UNIVERSE")]
    #[default]
    Universe = 0,
    /// Nowhere: it does not exist.
    #[doc(alias = "RT_SCOPE_NOWHERE")]
    Nowhere = 255,
    /// On this host.
    #[doc(alias = "RT_SCOPE_HOST")]
    Host = 254,
    /// On the link.
    #[doc(alias = "RT_SCOPE_LINK")]
    Link = 253,
    /// In the site.
    #[doc(alias = "RT_SCOPE_SITE")]
    Site = 200,
    /// Another one.
    #[nl(other)]
    Other(u8),
}

/// How much a router is to be preferred (RFC 4191).
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RouterPreference {
    /// As usual.
    #[doc(alias = "ICMPV6_ROUTER_PREF_MEDIUM")]
    #[default]
    Medium = 0,
    /// More than others.
    #[doc(alias = "ICMPV6_ROUTER_PREF_HIGH")]
    High = 1,
    /// Not a preference.
    #[doc(alias = "ICMPV6_ROUTER_PREF_INVALID")]
    Invalid = 2,
    /// Less than others.
    #[doc(alias = "ICMPV6_ROUTER_PREF_LOW")]
    Low = 3,
    /// Another one.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// What is special about a route. The lowest 8 bits are those of its next hop: see [`hop`](Self::hop).
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "RTM_F_")]
    pub struct RouteFlags: u32 {
        /// Changes are told; in requests for one route.
        #[doc(alias = "RTM_F_NOTIFY")]
        const NOTIFY = 0x100;
        /// A copy of another route, such as one with an MTU that was found out.
        #[doc(alias = "RTM_F_CLONED")]
        const CLONED = 0x200;
        /// Unused.
        #[doc(alias = "RTM_F_EQUALIZE")]
        const EQUALIZE = 0x400;
        /// In requests for lists of IPv6: only prefixes that routers advertise.
        #[doc(alias = "RTM_F_PREFIX")]
        const PREFIX = 0x800;
        /// In requests for one route: tell the table that it was found in.
        #[doc(alias = "RTM_F_LOOKUP_TABLE")]
        const LOOKUP_TABLE = 0x1000;
        /// In requests for one route: tell the route as it is in the table.
        #[doc(alias = "RTM_F_FIB_MATCH")]
        const FIB_MATCH = 0x2000;
        /// Hardware has it.
        #[doc(alias = "RTM_F_OFFLOAD")]
        const OFFLOAD = 0x4000;
        /// Hardware gives packets to the kernel.
        #[doc(alias = "RTM_F_TRAP")]
        const TRAP = 0x8000;
        /// Hardware could not take it.
        #[doc(alias = "RTM_F_OFFLOAD_FAILED")]
        const OFFLOAD_FAILED = 0x2000_0000;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

impl RouteFlags {
    /// The state of the next hop of a route that has only one.
    pub fn hop(self) -> HopFlags {
        HopFlags::from_bits_retain(self.bits() & 0xff)
    }
}

impl From<HopFlags> for RouteFlags {
    fn from(flags: HopFlags) -> Self {
        Self::from_bits_retain(flags.bits())
    }
}

bitflags! {
    /// The state of a next hop.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "RTNH_F_")]
    pub struct HopFlags: u32 {
        /// Cannot be used.
        #[doc(alias = "RTNH_F_DEAD")]
        const DEAD = 1;
        /// Gateways are looked up again and again.
        #[doc(alias = "RTNH_F_PERVASIVE")]
        const PERVASIVE = 2;
        /// The gateway is on the link, whatever its address says.
        #[doc(alias = "RTNH_F_ONLINK")]
        const ONLINK = 4;
        /// Hardware has it.
        #[doc(alias = "RTNH_F_OFFLOAD")]
        const OFFLOAD = 8;
        /// The link has no carrier.
        #[doc(alias = "RTNH_F_LINKDOWN")]
        const LINKDOWN = 16;
        /// A multicast route that a daemon has yet to decide about.
        #[doc(alias = "RTNH_F_UNRESOLVED")]
        const UNRESOLVED = 32;
        /// Hardware gives packets to the kernel.
        #[doc(alias = "RTNH_F_TRAP")]
        const TRAP = 64;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// When a route ends.
#[derive(NlUnion, Clone, Debug, PartialEq)]
pub enum Expires<'a> {
    /// After so many seconds: a route of IPv6 that is made.
    #[nl(AddressFamily::Inet6)]
    Seconds(u32),
    /// After so many hundredths of a second: a multicast route that is told of.
    #[nl(AddressFamily::Ipmr, AddressFamily::Ip6mr)]
    Ticks(u64),
    /// Of a family that no route ends of, today.
    #[nl(other)]
    Other(RawValue<'a>),
}
