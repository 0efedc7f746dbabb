//! Settings of IPv4 by link.

use netlink_core::NlEnum;

use super::Inet;

impl Inet<'_> {
    /// A setting, if the kernel tells of it.
    pub fn get(&self, which: Ipv4Conf) -> Option<i32> {
        // The array begins with the setting of the number 1.
        let index = usize::try_from(u32::from(which)).ok()?.checked_sub(1)?;
        self.conf.as_ref()?.get(index).map(|value| value as i32)
    }
}

/// Settings of IPv4 by link. What says nothing else is 1 for yes, 0 for no.
#[derive(NlEnum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Ipv4Conf {
    /// Whether packets are forwarded.
    #[doc(alias = "IPV4_DEVCONF_FORWARDING")]
    Forwarding = 1,
    /// Whether multicast is routed. Only told.
    #[doc(alias = "IPV4_DEVCONF_MC_FORWARDING")]
    McForwarding = 2,
    /// Whether ARP is answered for others.
    #[doc(alias = "IPV4_DEVCONF_PROXY_ARP")]
    ProxyArp = 3,
    /// Whether ICMP redirects are believed.
    #[doc(alias = "IPV4_DEVCONF_ACCEPT_REDIRECTS")]
    AcceptRedirects = 4,
    /// Whether redirects are believed only from routers.
    #[doc(alias = "IPV4_DEVCONF_SECURE_REDIRECTS")]
    SecureRedirects = 5,
    /// Whether redirects are sent.
    #[doc(alias = "IPV4_DEVCONF_SEND_REDIRECTS")]
    SendRedirects = 6,
    /// Whether several networks share the medium.
    #[doc(alias = "IPV4_DEVCONF_SHARED_MEDIA")]
    SharedMedia = 7,
    /// Whether the sender is checked by the route back: 0 no, 1 strictly, 2 loosely.
    #[doc(alias = "IPV4_DEVCONF_RP_FILTER")]
    RpFilter = 8,
    /// Whether source routes are followed.
    #[doc(alias = "IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE")]
    AcceptSourceRoute = 9,
    /// Not used.
    #[doc(alias = "IPV4_DEVCONF_BOOTP_RELAY")]
    BootpRelay = 10,
    /// Whether impossible addresses are logged.
    #[doc(alias = "IPV4_DEVCONF_LOG_MARTIANS")]
    LogMartians = 11,
    /// A number for whatever users want.
    #[doc(alias = "IPV4_DEVCONF_TAG")]
    Tag = 12,
    /// Whether ARP is answered only where the route leads back.
    #[doc(alias = "IPV4_DEVCONF_ARPFILTER")]
    Arpfilter = 13,
    /// The medium, for proxy ARP: 0 for one of its own, -1 for unknown.
    #[doc(alias = "IPV4_DEVCONF_MEDIUM_ID")]
    MediumId = 14,
    /// Whether IPsec is off.
    #[doc(alias = "IPV4_DEVCONF_NOXFRM")]
    Noxfrm = 15,
    /// Whether policies of IPsec are off.
    #[doc(alias = "IPV4_DEVCONF_NOPOLICY")]
    Nopolicy = 16,
    /// The version of IGMP; 0 for any.
    #[doc(alias = "IPV4_DEVCONF_FORCE_IGMP_VERSION")]
    ForceIgmpVersion = 17,
    /// Which own address ARP requests come from: 0, 1 or 2.
    #[doc(alias = "IPV4_DEVCONF_ARP_ANNOUNCE")]
    ArpAnnounce = 18,
    /// Which ARP requests are answered: 0 to 8.
    #[doc(alias = "IPV4_DEVCONF_ARP_IGNORE")]
    ArpIgnore = 19,
    /// Whether a secondary address follows the first.
    #[doc(alias = "IPV4_DEVCONF_PROMOTE_SECONDARIES")]
    PromoteSecondaries = 20,
    /// Whether unasked ARP makes new neighbours.
    #[doc(alias = "IPV4_DEVCONF_ARP_ACCEPT")]
    ArpAccept = 21,
    /// Whether changes of address are told by ARP.
    #[doc(alias = "IPV4_DEVCONF_ARP_NOTIFY")]
    ArpNotify = 22,
    /// Whether packets with an own address as sender get in.
    #[doc(alias = "IPV4_DEVCONF_ACCEPT_LOCAL")]
    AcceptLocal = 23,
    /// Whether the mark counts in the check of the sender.
    #[doc(alias = "IPV4_DEVCONF_SRC_VMARK")]
    SrcVmark = 24,
    /// Whether ARP is answered back to the same link.
    #[doc(alias = "IPV4_DEVCONF_PROXY_ARP_PVLAN")]
    ProxyArpPvlan = 25,
    /// Whether 127.0.0.0/8 is routed.
    #[doc(alias = "IPV4_DEVCONF_ROUTE_LOCALNET")]
    RouteLocalnet = 26,
    /// The time between unasked reports of IGMPv2, in milliseconds.
    #[doc(alias = "IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL")]
    Igmpv2UnsolicitedReportInterval = 27,
    /// The time between unasked reports of IGMPv3, in milliseconds.
    #[doc(alias = "IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL")]
    Igmpv3UnsolicitedReportInterval = 28,
    /// Whether routes without a carrier are passed over.
    #[doc(alias = "IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN")]
    IgnoreRoutesWithLinkdown = 29,
    /// Whether IP unicast in multicast frames is dropped.
    #[doc(alias = "IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST")]
    DropUnicastInL2Multicast = 30,
    /// Whether gratuitous ARP is dropped.
    #[doc(alias = "IPV4_DEVCONF_DROP_GRATUITOUS_ARP")]
    DropGratuitousArp = 31,
    /// Whether broadcast to networks is forwarded.
    #[doc(alias = "IPV4_DEVCONF_BC_FORWARDING")]
    BcForwarding = 32,
    /// Whether neighbours are forgotten with the carrier.
    #[doc(alias = "IPV4_DEVCONF_ARP_EVICT_NOCARRIER")]
    ArpEvictNocarrier = 33,
    /// A setting of a newer kernel.
    #[nl(other)]
    Other(u32),
}
