//! Links to be made, by kind. Kinds without a function of their own are made with [`new`].

use std::{
    net::IpAddr,
    os::fd::{AsFd, AsRawFd},
};

use netlink_core::wire::Text;

use super::{
    Bond, BondMode, Bridge, Ipvlan, IpvlanMode, LinkData, Macsec, Macvlan, MacvlanMode, New, Setup, Veth, Vlan,
    VlanProtocol, Vrf, Vxlan, Which, setup::split,
};

/// A link of any kind.
///
/// ```no_run
/// use netlink_core::NlFamily;
/// use protocols::route::{
///     Route,
///     link::{self, Geneve, LinkData},
/// };
///
/// let geneve = Geneve { id: Some(7), remote: Some([192, 0, 2, 1].into()), ..Geneve::default() };
/// let mut route = Route::connect()?;
/// route.tell(link::new(LinkData::Geneve(geneve.into())).name("gnv7").up().add())?;
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn new<'a>(data: LinkData<'a>) -> Setup<'a, New<'a, LinkData<'a>>> {
    Setup::of(data, |data| data)
}

impl<'a> Setup<'a, New<'a, LinkData<'a>>> {
    /// On this link, for kinds that are told so by [`Link::link`](super::Link::link): others have a field
    /// of their own.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link(link)
    }
}

/// A link that swallows what it is given: kind `dummy`.
pub fn dummy<'a>(name: impl Into<Text<'a>>) -> Setup<'a, New<'a, LinkData<'a>>> {
    new(LinkData::Dummy).name(name)
}

/// A tunnel of WireGuard, yet without keys and peers: kind `wireguard`.
pub fn wireguard<'a>(name: impl Into<Text<'a>>) -> Setup<'a, New<'a, LinkData<'a>>> {
    new(LinkData::Wireguard).name(name)
}

/// A pair of links: what goes in at one end comes out at the other.
///
/// ```no_run
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, link};
///
/// let mut route = Route::connect()?;
/// route.tell(link::veth("a").peer("b").mtu(1400).up().add())?;
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn veth<'a>(name: impl Into<Text<'a>>) -> Setup<'a, New<'a, Veth<'a>>> {
    Setup::of(Veth::default(), LinkData::Veth).name(name)
}

impl<'a> Setup<'a, New<'a, Veth<'a>>> {
    /// The name of the other end. Its further settings are those of
    /// [`with`](Self::with)`(|veth| veth.peer = ...)`.
    pub fn peer(self, name: impl Into<Text<'a>>) -> Self {
        let name = name.into();
        self.with(|veth| veth.peer.get_or_insert_default().ifname = Some(name))
    }

    /// Puts the other end into this network namespace, a [`Namespace`](netlink_core::socket::Namespace) or a file of
    /// one. It must be open until the request is sent.
    ///
    /// ```no_run
    /// use netlink_core::{NlFamily, socket::Namespace};
    /// use protocols::route::{Route, link};
    ///
    /// let mut route = Route::connect()?;
    /// route.tell(link::veth("a").peer("b").peer_netns(&Namespace::named("blue")?).up().add())?;
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn peer_netns(self, namespace: &impl AsFd) -> Self {
        self.peer_netns_fd(namespace.as_fd().as_raw_fd() as u32)
    }

    /// Puts the other end into the network namespace of this process.
    pub fn peer_netns_pid(self, pid: u32) -> Self {
        self.with(|veth| veth.peer.get_or_insert_default().net_ns_pid = Some(pid))
    }

    /// Puts the other end into the network namespace that this file descriptor stands for.
    pub fn peer_netns_fd(self, fd: u32) -> Self {
        self.with(|veth| veth.peer.get_or_insert_default().net_ns_fd = Some(fd))
    }
}

/// A VLAN with this identifier, 0 to 4094.
///
/// ```no_run
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, link};
///
/// let mut route = Route::connect()?;
/// route.tell(link::vlan(10).on("eth0").name("eth0.10").add())?;
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn vlan<'a>(id: u16) -> Setup<'a, New<'a, Vlan<'a>>> {
    Setup::of(Vlan { id: Some(id), ..Vlan::default() }, LinkData::Vlan)
}

impl<'a> Setup<'a, New<'a, Vlan<'a>>> {
    /// On this link.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link(link)
    }

    /// The type of the tag.
    pub fn protocol(self, protocol: VlanProtocol) -> Self {
        self.with(|vlan| vlan.protocol = Some(protocol))
    }
}

/// A bridge.
pub fn bridge<'a>(name: impl Into<Text<'a>>) -> Setup<'a, New<'a, Bridge<'a>>> {
    Setup::of(Bridge::default(), |bridge| LinkData::Bridge(bridge.into())).name(name)
}

impl<'a> Setup<'a, New<'a, Bridge<'a>>> {
    /// Whether packets are kept apart by VLAN.
    pub fn vlan_filtering(self, on: bool) -> Self {
        self.with(|bridge| bridge.vlan_filtering = Some(on.into()))
    }

    /// Whether the spanning tree protocol is spoken.
    pub fn stp(self, on: bool) -> Self {
        self.with(|bridge| bridge.stp_state = Some(on.into()))
    }
}

/// Several links that act as one.
pub fn bond<'a>(name: impl Into<Text<'a>>, mode: BondMode) -> Setup<'a, New<'a, Bond<'a>>> {
    Setup::of(Bond { mode: Some(mode), ..Bond::default() }, |bond| LinkData::Bond(bond.into())).name(name)
}

/// A routing table with links of its own.
pub fn vrf<'a>(name: impl Into<Text<'a>>, table: u32) -> Setup<'a, New<'a, Vrf<'a>>> {
    Setup::of(Vrf { table: Some(table), ..Vrf::default() }, LinkData::Vrf).name(name)
}

/// A VXLAN tunnel with this network identifier, 24 bits.
pub fn vxlan<'a>(id: u32) -> Setup<'a, New<'a, Vxlan<'a>>> {
    Setup::of(Vxlan { id: Some(id), ..Vxlan::default() }, |vxlan| LinkData::Vxlan(vxlan.into()))
}

impl<'a> Setup<'a, New<'a, Vxlan<'a>>> {
    /// Carried by this link.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link_of("link_info.data.link", link, |vxlan, index| vxlan.link = Some(index))
    }

    /// The peer, or the multicast group of the peers.
    pub fn remote(self, address: impl Into<IpAddr>) -> Self {
        self.with(|vxlan| (vxlan.group, vxlan.group6) = split(address.into()))
    }

    /// The address to send from.
    pub fn local(self, address: impl Into<IpAddr>) -> Self {
        self.with(|vxlan| (vxlan.local, vxlan.local6) = split(address.into()))
    }

    /// The port to send to and to listen on: 4789 is IANA's, 8472 the kernel's default.
    pub fn port(self, port: u16) -> Self {
        self.with(|vxlan| vxlan.port = Some(port))
    }
}

/// A link with a MAC address of its own on another link.
pub fn macvlan<'a>(mode: MacvlanMode) -> Setup<'a, New<'a, Macvlan<'a>>> {
    Setup::of(Macvlan { mode: Some(mode), ..Macvlan::default() }, LinkData::Macvlan)
}

/// The same, with a character device.
pub fn macvtap<'a>(mode: MacvlanMode) -> Setup<'a, New<'a, Macvlan<'a>>> {
    Setup::of(Macvlan { mode: Some(mode), ..Macvlan::default() }, LinkData::Macvtap)
}

impl<'a> Setup<'a, New<'a, Macvlan<'a>>> {
    /// On this link.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link(link)
    }
}

/// A link that shares the MAC address of another link.
pub fn ipvlan<'a>(mode: IpvlanMode) -> Setup<'a, New<'a, Ipvlan<'a>>> {
    Setup::of(Ipvlan { mode: Some(mode), ..Ipvlan::default() }, LinkData::Ipvlan)
}

impl<'a> Setup<'a, New<'a, Ipvlan<'a>>> {
    /// On this link.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link(link)
    }
}

/// Encrypted Ethernet on another link.
pub fn macsec<'a>() -> Setup<'a, New<'a, Macsec<'a>>> {
    Setup::of(Macsec::default(), LinkData::Macsec)
}

impl<'a> Setup<'a, New<'a, Macsec<'a>>> {
    /// On this link.
    pub fn on<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.on_link(link)
    }
}
