//! The operations of addresses.

use netlink_core::{Do, DoDump, Event, Group, NlFamily};

use super::{Address, AddressGet};
use crate::route::Route;

/// The operations of addresses.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Lists addresses; of IPv6, also tells of one.
    #[doc(alias = "RTM_GETADDR")]
    #[nl(22, reply = 20)]
    pub get_addr: DoDump<AddressGet<'static>, Address<'static>>,
    /// Gives a link an address, or changes one.
    #[doc(alias = "RTM_NEWADDR")]
    #[nl(20)]
    pub new_addr: Do<Address<'static>>,
    /// Takes an address away.
    #[doc(alias = "RTM_DELADDR")]
    #[nl(21)]
    pub del_addr: Do<Address<'static>>,
    /// An address is new, or has changed.
    #[doc(alias = "RTM_NEWADDR")]
    #[nl(20)]
    pub addr_changed: Event<Address<'static>>,
    /// An address is gone.
    #[doc(alias = "RTM_DELADDR")]
    #[nl(21)]
    pub addr_gone: Event<Address<'static>>,
    /// Lists the multicast groups that links listen to.
    #[doc(alias = "RTM_GETMULTICAST")]
    #[nl(58)]
    pub get_multicast: DoDump<AddressGet<'static>, Address<'static>>,
    /// A link listens to a multicast group. Since Linux 6.14.
    #[doc(alias = "RTM_NEWMULTICAST")]
    #[nl(56)]
    pub multicast_joined: Event<Address<'static>>,
    /// A link listens to a multicast group no more. Since Linux 6.14.
    #[doc(alias = "RTM_DELMULTICAST")]
    #[nl(57)]
    pub multicast_left: Event<Address<'static>>,
    /// Lists the anycast groups that links listen to.
    #[doc(alias = "RTM_GETANYCAST")]
    #[nl(62)]
    pub get_anycast: DoDump<AddressGet<'static>, Address<'static>>,
    /// A link listens to an anycast group. Since Linux 6.15.
    #[doc(alias = "RTM_NEWANYCAST")]
    #[nl(60)]
    pub anycast_joined: Event<Address<'static>>,
    /// A link listens to an anycast group no more. Since Linux 6.15.
    #[doc(alias = "RTM_DELANYCAST")]
    #[nl(61)]
    pub anycast_left: Event<Address<'static>>,
    /// Addresses of IPv4.
    #[doc(alias = "RTNLGRP_IPV4_IFADDR")]
    #[nl(group = 5)]
    pub ipv4_ifaddr: Group,
    /// Addresses of IPv6.
    #[doc(alias = "RTNLGRP_IPV6_IFADDR")]
    #[nl(group = 9)]
    pub ipv6_ifaddr: Group,
    /// Multicast groups that links listen to, of IPv4. Since Linux 6.14.
    #[doc(alias = "RTNLGRP_IPV4_MCADDR")]
    #[nl(group = 37)]
    pub ipv4_mcaddr: Group,
    /// Multicast groups that links listen to, of IPv6. Since Linux 6.14.
    #[doc(alias = "RTNLGRP_IPV6_MCADDR")]
    #[nl(group = 38)]
    pub ipv6_mcaddr: Group,
    /// Anycast groups that links listen to, of IPv6. Since Linux 6.15.
    #[doc(alias = "RTNLGRP_IPV6_ACADDR")]
    #[nl(group = 39)]
    pub ipv6_acaddr: Group,
}
