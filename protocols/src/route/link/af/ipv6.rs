//! Settings and counters of IPv6 by link.

use netlink_core::NlEnum;

use super::Inet6;

impl Inet6<'_> {
    /// A setting, if the kernel tells of it.
    pub fn get(&self, which: Ipv6Conf) -> Option<i32> {
        self.conf.as_ref()?.get(usize::try_from(u32::from(which)).ok()?).map(|value| value as i32)
    }

    /// A counter of IPv6, if the kernel tells of it. On kernels before 6.18 it may be another one than is asked for, since
    /// the numbers were others: see [`Ipv6Counter`]. `/proc/net/dev_snmp6` has names.
    pub fn counter(&self, which: Ipv6Counter) -> Option<u64> {
        self.stats.as_ref()?.get(usize::try_from(u32::from(which)).ok()?)
    }

    /// A counter of ICMPv6, if the kernel tells of it.
    pub fn icmp_counter(&self, which: Icmp6Counter) -> Option<u64> {
        self.icmp6stats.as_ref()?.get(usize::try_from(u32::from(which)).ok()?)
    }
}

/// Settings of IPv6 by link. What says nothing else is 1 for yes, 0 for no.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Ipv6Conf {
    /// Whether packets are forwarded.
    #[doc(alias = "DEVCONF_FORWARDING")]
    Forwarding = 0,
    /// The hop limit.
    #[doc(alias = "DEVCONF_HOPLIMIT")]
    Hoplimit = 1,
    /// The MTU, in bytes.
    #[doc(alias = "DEVCONF_MTU6")]
    Mtu6 = 2,
    /// Whether routers are believed: 0 no, 1 unless packets are forwarded, 2 yes.
    #[doc(alias = "DEVCONF_ACCEPT_RA")]
    AcceptRa = 3,
    /// Whether redirects are believed.
    #[doc(alias = "DEVCONF_ACCEPT_REDIRECTS")]
    AcceptRedirects = 4,
    /// Whether addresses are made from prefixes of routers.
    #[doc(alias = "DEVCONF_AUTOCONF")]
    Autoconf = 5,
    /// How often an address is asked for before it is used.
    #[doc(alias = "DEVCONF_DAD_TRANSMITS")]
    DadTransmits = 6,
    /// How often routers are asked for; -1 without end.
    #[doc(alias = "DEVCONF_RTR_SOLICITS")]
    RtrSolicits = 7,
    /// The time between these questions, in milliseconds.
    #[doc(alias = "DEVCONF_RTR_SOLICIT_INTERVAL")]
    RtrSolicitInterval = 8,
    /// The time before the first of them, in milliseconds.
    #[doc(alias = "DEVCONF_RTR_SOLICIT_DELAY")]
    RtrSolicitDelay = 9,
    /// Whether there are temporary addresses: 0 no, 1 yes, 2 and preferred.
    #[doc(alias = "DEVCONF_USE_TEMPADDR")]
    UseTempaddr = 10,
    /// How long they are valid, in seconds.
    #[doc(alias = "DEVCONF_TEMP_VALID_LFT")]
    TempValidLft = 11,
    /// How long they are preferred, in seconds.
    #[doc(alias = "DEVCONF_TEMP_PREFERED_LFT")]
    TempPreferedLft = 12,
    /// How often making one may fail.
    #[doc(alias = "DEVCONF_REGEN_MAX_RETRY")]
    RegenMaxRetry = 13,
    /// By how many seconds at most their lives are shortened at random.
    #[doc(alias = "DEVCONF_MAX_DESYNC_FACTOR")]
    MaxDesyncFactor = 14,
    /// The most addresses made from prefixes; 0 for no limit.
    #[doc(alias = "DEVCONF_MAX_ADDRESSES")]
    MaxAddresses = 15,
    /// The version of MLD; 0 for any.
    #[doc(alias = "DEVCONF_FORCE_MLD_VERSION")]
    ForceMldVersion = 16,
    /// Whether default routes are taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_DEFRTR")]
    AcceptRaDefrtr = 17,
    /// Whether prefixes are taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_PINFO")]
    AcceptRaPinfo = 18,
    /// Whether preferences are taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_RTR_PREF")]
    AcceptRaRtrPref = 19,
    /// The time between probes of routers, in milliseconds.
    #[doc(alias = "DEVCONF_RTR_PROBE_INTERVAL")]
    RtrProbeInterval = 20,
    /// The longest prefix of routes that are taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_RT_INFO_MAX_PLEN")]
    AcceptRaRtInfoMaxPlen = 21,
    /// Whether solicitations are answered for others.
    #[doc(alias = "DEVCONF_PROXY_NDP")]
    ProxyNdp = 22,
    /// Whether addresses are used while they are asked for.
    #[doc(alias = "DEVCONF_OPTIMISTIC_DAD")]
    OptimisticDad = 23,
    /// Which routing headers are followed: negative for none.
    #[doc(alias = "DEVCONF_ACCEPT_SOURCE_ROUTE")]
    AcceptSourceRoute = 24,
    /// Whether multicast is routed. Only told.
    #[doc(alias = "DEVCONF_MC_FORWARDING")]
    McForwarding = 25,
    /// Whether IPv6 is off.
    #[doc(alias = "DEVCONF_DISABLE_IPV6")]
    DisableIpv6 = 26,
    /// What a duplicate address leads to: 0 nobody looks, 1 it is not used, 2 IPv6 is off.
    #[doc(alias = "DEVCONF_ACCEPT_DAD")]
    AcceptDad = 27,
    /// Whether advertisements always have the link's address.
    #[doc(alias = "DEVCONF_FORCE_TLLAO")]
    ForceTllao = 28,
    /// Whether changes of address are told by advertisements.
    #[doc(alias = "DEVCONF_NDISC_NOTIFY")]
    NdiscNotify = 29,
    /// The time between unasked reports of MLDv1, in milliseconds.
    #[doc(alias = "DEVCONF_MLDV1_UNSOLICITED_REPORT_INTERVAL")]
    Mldv1UnsolicitedReportInterval = 30,
    /// The time between unasked reports of MLDv2, in milliseconds.
    #[doc(alias = "DEVCONF_MLDV2_UNSOLICITED_REPORT_INTERVAL")]
    Mldv2UnsolicitedReportInterval = 31,
    /// Whether neighbour discovery in fragments is dropped.
    #[doc(alias = "DEVCONF_SUPPRESS_FRAG_NDISC")]
    SuppressFragNdisc = 32,
    /// Whether routers with an own address are believed.
    #[doc(alias = "DEVCONF_ACCEPT_RA_FROM_LOCAL")]
    AcceptRaFromLocal = 33,
    /// Whether optimistic addresses are chosen to send from.
    #[doc(alias = "DEVCONF_USE_OPTIMISTIC")]
    UseOptimistic = 34,
    /// Whether the MTU is taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_MTU")]
    AcceptRaMtu = 35,
    /// Whether there is a secret for stable addresses.
    #[doc(alias = "DEVCONF_STABLE_SECRET")]
    StableSecret = 36,
    /// Whether only addresses of the link are sent from.
    #[doc(alias = "DEVCONF_USE_OIF_ADDRS_ONLY")]
    UseOifAddrsOnly = 37,
    /// The least hop limit that is taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_MIN_HOP_LIMIT")]
    AcceptRaMinHopLimit = 38,
    /// Whether routes without a carrier are passed over.
    #[doc(alias = "DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN")]
    IgnoreRoutesWithLinkdown = 39,
    /// Whether IP unicast in multicast frames is dropped.
    #[doc(alias = "DEVCONF_DROP_UNICAST_IN_L2_MULTICAST")]
    DropUnicastInL2Multicast = 40,
    /// Whether unasked advertisements are dropped.
    #[doc(alias = "DEVCONF_DROP_UNSOLICITED_NA")]
    DropUnsolicitedNa = 41,
    /// Whether addresses stay when the link goes down.
    #[doc(alias = "DEVCONF_KEEP_ADDR_ON_DOWN")]
    KeepAddrOnDown = 42,
    /// The longest time between questions for routers, in milliseconds.
    #[doc(alias = "DEVCONF_RTR_SOLICIT_MAX_INTERVAL")]
    RtrSolicitMaxInterval = 43,
    /// Whether segment routing packets get in.
    #[doc(alias = "DEVCONF_SEG6_ENABLED")]
    Seg6Enabled = 44,
    /// Whether they must be signed: -1 nobody looks, 0 if they are, 1 always.
    #[doc(alias = "DEVCONF_SEG6_REQUIRE_HMAC")]
    Seg6RequireHmac = 45,
    /// Whether own questions that come back are known as such (RFC 7527).
    #[doc(alias = "DEVCONF_ENHANCED_DAD")]
    EnhancedDad = 46,
    /// How the lower half of addresses is made: see [`AddrGenMode`](super::AddrGenMode).
    #[doc(alias = "DEVCONF_ADDR_GEN_MODE")]
    AddrGenMode = 47,
    /// Whether policies of IPsec are off.
    #[doc(alias = "DEVCONF_DISABLE_POLICY")]
    DisablePolicy = 48,
    /// The shortest prefix of routes that are taken from routers.
    #[doc(alias = "DEVCONF_ACCEPT_RA_RT_INFO_MIN_PLEN")]
    AcceptRaRtInfoMinPlen = 49,
    /// The traffic class of neighbour discovery.
    #[doc(alias = "DEVCONF_NDISC_TCLASS")]
    NdiscTclass = 50,
    /// Whether RPL source routes get in.
    #[doc(alias = "DEVCONF_RPL_SEG_ENABLED")]
    RplSegEnabled = 51,
    /// The metric of default routes from routers. Since Linux 5.12.
    #[doc(alias = "DEVCONF_RA_DEFRTR_METRIC")]
    RaDefrtrMetric = 52,
    /// Whether in-situ OAM is taken.
    #[doc(alias = "DEVCONF_IOAM6_ENABLED")]
    Ioam6Enabled = 53,
    /// The number of the link there, of 16 bits.
    #[doc(alias = "DEVCONF_IOAM6_ID")]
    Ioam6Id = 54,
    /// The number of the link there, of 32 bits.
    #[doc(alias = "DEVCONF_IOAM6_ID_WIDE")]
    Ioam6IdWide = 55,
    /// Whether neighbours are forgotten with the carrier.
    #[doc(alias = "DEVCONF_NDISC_EVICT_NOCARRIER")]
    NdiscEvictNocarrier = 56,
    /// Whether unasked advertisements make new neighbours: 0 no, 1 yes, 2 of own networks.
    #[doc(alias = "DEVCONF_ACCEPT_UNTRACKED_NA")]
    AcceptUntrackedNa = 57,
    /// The shortest lifetime that is taken from routers, in seconds.
    #[doc(alias = "DEVCONF_ACCEPT_RA_MIN_LFT")]
    AcceptRaMinLft = 58,
    /// Whether packets are forwarded whatever `forwarding` says.
    #[doc(alias = "DEVCONF_FORCE_FORWARDING")]
    ForceForwarding = 59,
    /// A setting of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Counters of IPv6 by link. The numbers are those of the headers of Linux 7.2, and those of 6.18: the kernel
/// renumbered them, and up to 6.12 most stand elsewhere.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Ipv6Counter {
    /// How many counters follow, this one counted.
    #[doc(alias = "IPSTATS_MIB_NUM")]
    Num = 0,
    /// Packets received.
    #[doc(alias = "IPSTATS_MIB_INPKTS")]
    Inpkts = 1,
    /// Bytes received.
    #[doc(alias = "IPSTATS_MIB_INOCTETS")]
    Inoctets = 2,
    /// Packets delivered here.
    #[doc(alias = "IPSTATS_MIB_INDELIVERS")]
    Indelivers = 3,
    /// Packets received without ECN.
    #[doc(alias = "IPSTATS_MIB_NOECTPKTS")]
    Noectpkts = 4,
    /// Packets received with ECT(1).
    #[doc(alias = "IPSTATS_MIB_ECT1PKTS")]
    Ect1pkts = 5,
    /// Packets received with ECT(0).
    #[doc(alias = "IPSTATS_MIB_ECT0PKTS")]
    Ect0pkts = 6,
    /// Packets received that tell of congestion.
    #[doc(alias = "IPSTATS_MIB_CEPKTS")]
    Cepkts = 7,
    /// Packets that were to be sent from here.
    #[doc(alias = "IPSTATS_MIB_OUTREQUESTS")]
    Outrequests = 8,
    /// Packets sent.
    #[doc(alias = "IPSTATS_MIB_OUTPKTS")]
    Outpkts = 9,
    /// Bytes sent.
    #[doc(alias = "IPSTATS_MIB_OUTOCTETS")]
    Outoctets = 10,
    /// Packets forwarded.
    #[doc(alias = "IPSTATS_MIB_OUTFORWDATAGRAMS")]
    Outforwdatagrams = 11,
    /// Packets with a wrong header.
    #[doc(alias = "IPSTATS_MIB_INHDRERRORS")]
    Inhdrerrors = 12,
    /// Packets too big to forward.
    #[doc(alias = "IPSTATS_MIB_INTOOBIGERRORS")]
    Intoobigerrors = 13,
    /// Packets without a route.
    #[doc(alias = "IPSTATS_MIB_INNOROUTES")]
    Innoroutes = 14,
    /// Packets for an impossible address.
    #[doc(alias = "IPSTATS_MIB_INADDRERRORS")]
    Inaddrerrors = 15,
    /// Packets of an unknown protocol.
    #[doc(alias = "IPSTATS_MIB_INUNKNOWNPROTOS")]
    Inunknownprotos = 16,
    /// Packets cut short.
    #[doc(alias = "IPSTATS_MIB_INTRUNCATEDPKTS")]
    Intruncatedpkts = 17,
    /// Packets received and dropped.
    #[doc(alias = "IPSTATS_MIB_INDISCARDS")]
    Indiscards = 18,
    /// Packets dropped on the way out.
    #[doc(alias = "IPSTATS_MIB_OUTDISCARDS")]
    Outdiscards = 19,
    /// Packets from here without a route.
    #[doc(alias = "IPSTATS_MIB_OUTNOROUTES")]
    Outnoroutes = 20,
    /// Packets not put together in time.
    #[doc(alias = "IPSTATS_MIB_REASMTIMEOUT")]
    Reasmtimeout = 21,
    /// Fragments received.
    #[doc(alias = "IPSTATS_MIB_REASMREQDS")]
    Reasmreqds = 22,
    /// Packets put together.
    #[doc(alias = "IPSTATS_MIB_REASMOKS")]
    Reasmoks = 23,
    /// Packets that could not be put together.
    #[doc(alias = "IPSTATS_MIB_REASMFAILS")]
    Reasmfails = 24,
    /// Packets cut.
    #[doc(alias = "IPSTATS_MIB_FRAGOKS")]
    Fragoks = 25,
    /// Packets that could not be cut.
    #[doc(alias = "IPSTATS_MIB_FRAGFAILS")]
    Fragfails = 26,
    /// Fragments made.
    #[doc(alias = "IPSTATS_MIB_FRAGCREATES")]
    Fragcreates = 27,
    /// Multicast packets received.
    #[doc(alias = "IPSTATS_MIB_INMCASTPKTS")]
    Inmcastpkts = 28,
    /// Multicast packets sent.
    #[doc(alias = "IPSTATS_MIB_OUTMCASTPKTS")]
    Outmcastpkts = 29,
    /// Broadcast packets received.
    #[doc(alias = "IPSTATS_MIB_INBCASTPKTS")]
    Inbcastpkts = 30,
    /// Broadcast packets sent.
    #[doc(alias = "IPSTATS_MIB_OUTBCASTPKTS")]
    Outbcastpkts = 31,
    /// Multicast bytes received.
    #[doc(alias = "IPSTATS_MIB_INMCASTOCTETS")]
    Inmcastoctets = 32,
    /// Multicast bytes sent.
    #[doc(alias = "IPSTATS_MIB_OUTMCASTOCTETS")]
    Outmcastoctets = 33,
    /// Broadcast bytes received.
    #[doc(alias = "IPSTATS_MIB_INBCASTOCTETS")]
    Inbcastoctets = 34,
    /// Broadcast bytes sent.
    #[doc(alias = "IPSTATS_MIB_OUTBCASTOCTETS")]
    Outbcastoctets = 35,
    /// Packets with a wrong checksum.
    #[doc(alias = "IPSTATS_MIB_CSUMERRORS")]
    Csumerrors = 36,
    /// Fragments that overlap.
    #[doc(alias = "IPSTATS_MIB_REASM_OVERLAPS")]
    ReasmOverlaps = 37,
    /// A counter of a newer kernel.
    #[nl(other)]
    Other(u32),
}

/// Counters of ICMPv6 by link.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Icmp6Counter {
    /// How many counters follow, this one counted.
    #[doc(alias = "ICMP6_MIB_NUM")]
    Num = 0,
    /// Messages received.
    #[doc(alias = "ICMP6_MIB_INMSGS")]
    Inmsgs = 1,
    /// Messages received with an error.
    #[doc(alias = "ICMP6_MIB_INERRORS")]
    Inerrors = 2,
    /// Messages sent.
    #[doc(alias = "ICMP6_MIB_OUTMSGS")]
    Outmsgs = 3,
    /// Messages that could not be sent.
    #[doc(alias = "ICMP6_MIB_OUTERRORS")]
    Outerrors = 4,
    /// Messages with a wrong checksum.
    #[doc(alias = "ICMP6_MIB_CSUMERRORS")]
    Csumerrors = 5,
    /// Messages not sent for being too many.
    #[doc(alias = "ICMP6_MIB_RATELIMITHOST")]
    Ratelimithost = 6,
    /// A counter of a newer kernel.
    #[nl(other)]
    Other(u32),
}
