//! What is done with addresses.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use netlink_core::wire::Text;

use super::{Address, AddressCacheInfo, AddressFlags, AddressGet, AddressHeader};
use crate::route::{
    Route,
    ip::{AddressFamily, IpNet},
    link::Which,
    verb::{Change, Query},
};

/// A request about one address.
pub type AddressRequest = Change<'static, Address<'static>>;

/// A request for a list of addresses.
pub type AddressList = Query<'static, AddressGet<'static>, Address<'static>>;

fn address_of(net: IpNet) -> Address<'static> {
    let header = AddressHeader { family: net.family(), prefixlen: net.prefix_len(), ..AddressHeader::default() };
    Address { header, local: Some(net.addr().into()), address: Some(net.addr().into()), ..Address::default() }
}

/// Gives a link an address, with the length of its network.
///
/// ```no_run
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, address, ip::IpNet};
///
/// let mut route = Route::connect()?;
/// route.tell(address::add("eth0", "192.0.2.1/24".parse::<IpNet>()?))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add<'w>(link: impl Into<Which<'w>>, net: impl Into<IpNet>) -> AddressRequest {
    Change::creating(Route::NEW_ADDR, address_of(net.into())).of(link)
}

/// Takes an address away from a link.
pub fn del<'w>(link: impl Into<Which<'w>>, net: impl Into<IpNet>) -> AddressRequest {
    Change::new(Route::DEL_ADDR, address_of(net.into())).of(link)
}

/// The addresses of all links.
pub fn list() -> AddressList {
    Query::new(Route::GET_ADDR, AddressGet::default())
}

/// The link, and all else, of one address of IPv6; the kernel does not tell of one of IPv4.
pub fn get(addr: Ipv6Addr) -> AddressList {
    Query::new(Route::GET_ADDR, AddressGet { address: Some(addr.into()), ..of_family(AddressFamily::Inet6) })
}

fn of_family(family: AddressFamily) -> AddressGet<'static> {
    AddressGet { header: AddressHeader { family, ..AddressHeader::default() }, ..AddressGet::default() }
}

/// The multicast groups that links listen to, of IPv6, and since Linux 6.14 of IPv4.
#[doc(alias = "RTM_GETMULTICAST")]
pub fn multicast_groups(family: AddressFamily) -> AddressList {
    Query::new(Route::GET_MULTICAST, of_family(family))
}

/// The anycast groups that links listen to, of IPv6.
#[doc(alias = "RTM_GETANYCAST")]
pub fn anycast_groups() -> AddressList {
    Query::new(Route::GET_ANYCAST, of_family(AddressFamily::Inet6))
}

impl AddressRequest {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.index", link, |address, index| address.header.index = index as u32)
    }

    /// The address at the other end of the link, with the length of its network.
    pub fn peer(mut self, peer: impl Into<IpNet>) -> Self {
        let peer = peer.into();
        self.body.header.prefixlen = peer.prefix_len();
        self.body.address = Some(peer.addr().into());
        self
    }

    /// The broadcast address.
    pub fn broadcast(mut self, addr: Ipv4Addr) -> Self {
        self.body.broadcast = Some(addr);
        self
    }

    /// The name, of IPv4.
    pub fn label(mut self, label: impl Into<Text<'static>>) -> Self {
        self.body.label = Some(label.into());
        self
    }

    /// What is special about it.
    pub fn with(mut self, flags: AddressFlags) -> Self {
        self.body.flags = Some(self.body.flags.unwrap_or_default() | flags);
        self
    }

    /// How long it is valid, and how long it is used for new connections. In seconds: a part of one is rounded up.
    pub fn lifetime(mut self, valid: Duration, preferred: Duration) -> Self {
        let seconds = |time: Duration| {
            let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
            u32::try_from(seconds).unwrap_or(AddressCacheInfo::FOREVER)
        };
        let cacheinfo =
            AddressCacheInfo { valid: seconds(valid), prefered: seconds(preferred), ..AddressCacheInfo::default() };
        self.body.cacheinfo = Some(cacheinfo);
        self
    }

    /// The metric of the route to the network.
    pub fn metric(mut self, metric: u32) -> Self {
        self.body.rt_priority = Some(metric);
        self
    }
}

impl AddressList {
    /// Only those of IPv4.
    pub fn v4(mut self) -> Self {
        self.body.header.family = AddressFamily::Inet;
        self
    }

    /// Only those of IPv6.
    pub fn v6(mut self) -> Self {
        self.body.header.family = AddressFamily::Inet6;
        self
    }

    /// Only those of this link. The kernel sees to it, since Linux 5.0.
    pub fn of_link<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.index", link, |address, index| address.header.index = index as u32)
    }
}
