//! Making and changing links.

use std::{
    net::IpAddr,
    os::fd::{AsFd, AsRawFd},
};

use netlink_core::{
    Do, IntoRequest,
    wire::{LinkAddr, Text},
};

use super::{ChangeLink, Link, LinkData, LinkFlags, LinkInfo, Named, Which};
use crate::route::Route;

/// What a link shall be: made with [`new`](super::new) and the functions beside it, or changed with [`set`].
///
/// What has no word here is a field of [`Link`]: see [`with_link`](Self::with_link).
#[derive(Clone, Debug)]
#[must_use = "a link is made by `add`, and changed by `tell`"]
pub struct Setup<'a, K> {
    pub(super) link: Link<'a>,
    pub(super) kind: K,
    links: Named,
}

/// A link that is there: `K` of a [`Setup`] that changes it.
#[derive(Clone, Copy, Debug)]
pub struct Existing;

/// A link to be made, with what is special to its kind: `K` of a [`Setup`] that makes it.
#[derive(Clone, Debug)]
pub struct New<'a, D> {
    pub(super) data: D,
    pub(super) wrap: fn(D) -> LinkData<'a>,
}

/// Changes a link, given by its index, name or alternative name.
///
/// ```no_run
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, link};
///
/// let mut route = Route::connect()?;
/// route.tell(link::set("eth0").up().mtu(1400))?;
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn set<'a>(which: impl Into<Which<'a>>) -> Setup<'a, Existing> {
    Setup { link: which.into().into_link(), kind: Existing, links: Named::default() }
}

impl<'a, K> Setup<'a, K> {
    /// Up.
    pub fn up(self) -> Self {
        self.flags(LinkFlags::UP, true)
    }

    /// Down.
    pub fn down(self) -> Self {
        self.flags(LinkFlags::UP, false)
    }

    /// These flags on or off, and all others as they are: [`PROMISC`](LinkFlags::PROMISC),
    /// [`NOARP`](LinkFlags::NOARP), [`MULTICAST`](LinkFlags::MULTICAST) and so on.
    pub fn flags(mut self, flags: LinkFlags, on: bool) -> Self {
        self.link.header.flags.set(flags, on);
        self.link.header.change |= flags;
        self
    }

    /// The largest packet that is sent, in bytes.
    pub fn mtu(mut self, mtu: u32) -> Self {
        self.link.mtu = Some(mtu);
        self
    }

    /// The address.
    pub fn address(mut self, address: impl Into<LinkAddr<'a>>) -> Self {
        self.link.address = Some(address.into());
        self
    }

    /// A port of this bridge, bond, VRF or team.
    pub fn master<'w>(mut self, master: impl Into<Which<'w>>) -> Self {
        self.link.master = Some(self.links.index("master", master) as u32);
        self
    }

    /// No port of anything.
    pub fn no_master(self) -> Self {
        self.master(0_u32)
    }

    /// The number of the group that it belongs to.
    pub fn group(mut self, group: u32) -> Self {
        self.link.group = Some(group);
        self
    }

    /// The length of the transmit queue, in packets.
    pub fn txqlen(mut self, packets: u32) -> Self {
        self.link.txqlen = Some(packets);
        self
    }

    /// In this network namespace, a [`Namespace`](netlink_core::socket::Namespace) or a file of one. It must be open
    /// until the request is sent.
    pub fn netns(self, namespace: &impl AsFd) -> Self {
        self.netns_fd(namespace.as_fd().as_raw_fd() as u32)
    }

    /// In the network namespace that this file descriptor stands for.
    pub fn netns_fd(mut self, fd: u32) -> Self {
        self.link.net_ns_fd = Some(fd);
        self
    }

    /// In the network namespace of this process.
    pub fn netns_pid(mut self, pid: u32) -> Self {
        self.link.net_ns_pid = Some(pid);
        self
    }

    /// Whatever else the message can say.
    pub fn with_link(mut self, change: impl FnOnce(&mut Link<'a>)) -> Self {
        change(&mut self.link);
        self
    }
}

impl<'a> Setup<'a, Existing> {
    /// A description: at most 255 bytes. The kernel takes it only for a link that is there.
    pub fn alias(mut self, alias: impl Into<Text<'a>>) -> Self {
        self.link.ifalias = Some(alias.into());
        self
    }

    /// Changes what is special to its kind. The kind itself stays as it is.
    pub fn data(mut self, data: LinkData<'a>) -> Self {
        self.link.link_info = Some(LinkInfo { data: Some(data), ..LinkInfo::default() });
        self
    }
}

impl IntoRequest for Setup<'_, Existing> {
    type Family = Route;
    type Operation = Do<Link<'static>>;
    type Body = Link<'static>;

    fn into_request(self) -> ChangeLink {
        // The data of a kind is taken by RTM_NEWLINK only. For the rest, RTM_SETLINK: old kernels take an RTM_NEWLINK with
        // a group and a name that is not there for one about the whole group.
        let operation = if self.link.link_info.is_some() { Route::NEW_LINK } else { Route::SET_LINK };
        self.links.look_up(operation.with(&self.link))
    }
}

impl<'a, D> Setup<'a, New<'a, D>> {
    pub(super) fn of(data: D, wrap: fn(D) -> LinkData<'a>) -> Self {
        Self { link: Link::default(), kind: New { data, wrap }, links: Named::default() }
    }

    /// The name: at most 15 bytes. A `%d` in it becomes the first number that is free; without a name, the kernel makes
    /// one of the kind.
    pub fn name(mut self, name: impl Into<Text<'a>>) -> Self {
        self.link.ifname = Some(name.into());
        self
    }

    /// Whatever is special to the kind.
    pub fn with(mut self, change: impl FnOnce(&mut D)) -> Self {
        change(&mut self.kind.data);
        self
    }

    /// Makes the link; fails with `EEXIST` if there is one of that name.
    pub fn add(self) -> ChangeLink {
        self.into_change().create().exclusive()
    }

    /// Makes the link; if there is one of that name, it is changed to be so. Fails with `EOPNOTSUPP` if that one is of
    /// another kind, or if the kind cannot be changed, as that of a veth.
    pub fn ensure(self) -> ChangeLink {
        self.into_change().create()
    }

    fn into_change(mut self) -> ChangeLink {
        let links = std::mem::take(&mut self.links);
        links.look_up(Route::NEW_LINK.with(&self.into_link()))
    }

    /// The message, for whoever wants to have it sent in another way, or to put it into another one. In place of links
    /// that were given by name, it has an index that no link has.
    pub fn into_link(self) -> Link<'a> {
        let Self { mut link, kind: New { data, wrap }, links: _ } = self;
        link.link_info = Some(LinkInfo { data: Some(wrap(data)), ..LinkInfo::default() });
        link
    }

    pub(super) fn on_link<'w>(mut self, link: impl Into<Which<'w>>) -> Self {
        self.link.link = Some(self.links.index("link", link) as u32);
        self
    }

    /// On a link that the kind has a field of its own for.
    pub(super) fn on_link_of<'w>(
        mut self,
        field: &'static str,
        link: impl Into<Which<'w>>,
        set: impl FnOnce(&mut D, u32),
    ) -> Self {
        let index = self.links.index(field, link);
        self.with(|data| set(data, index as u32))
    }
}

/// The address as one of the two families.
pub(super) fn split(address: IpAddr) -> (Option<std::net::Ipv4Addr>, Option<std::net::Ipv6Addr>) {
    match address {
        IpAddr::V4(address) => (Some(address), None),
        IpAddr::V6(address) => (None, Some(address)),
    }
}
