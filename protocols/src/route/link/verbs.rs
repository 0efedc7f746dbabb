//! What can be done with links: ask for one or all, remove, name. See [`set`] and [`new`] for changing and making.

use netlink_core::{Do, Request, wire::Text};

use super::{ExtMask, Link, LinkGet, LinkInfoGet, Named, PropList, Which};
use crate::route::{Route, verb::Query};

/// A request for one link, or for a list. The filters are the kernel's: whether it knows them, since Linux 4.20 with
/// strict checking, [`Replies::was_filtered`](netlink_core::connection::Replies::was_filtered) tells.
pub type LinkQuery<'a> = Query<'a, LinkGet<'static>, Link<'static>>;

/// A request that makes, changes or removes a link.
pub type ChangeLink = Request<Route, Do<Link<'static>>, Link<'static>>;

/// Asks for one link, by its index, name or alternative name.
///
/// ```
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, link};
///
/// let mut route = Route::connect()?;
/// let lo = route.ask(link::get("lo"))?;
/// println!("MTU {:?}", lo.mtu);
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn get<'w>(which: impl Into<Which<'w>>) -> LinkQuery<'w> {
    Query::new(Route::GET_LINK, which.into().into_get())
}

/// Asks for all links.
///
/// ```
/// use netlink_core::NlFamily;
/// use protocols::route::{Route, link};
///
/// let mut route = Route::connect()?;
/// for link in route.dump(link::list().without_family_stats())? {
///     println!("{}", link?.ifname.unwrap_or_default());
/// }
/// # Ok::<(), netlink_core::Error>(())
/// ```
pub fn list() -> LinkQuery<'static> {
    Query::new(Route::GET_LINK, LinkGet::default())
}

/// Asks for all ports of bridges and what VLANs they have: messages of the family `AF_BRIDGE`, whose
/// [`af_spec`](Link::af_spec) and [`protinfo`](Link::protinfo) have other forms than those of [`list`].
pub fn list_bridge_ports() -> LinkQuery<'static> {
    let mut list = list();
    list.body.header.family = AF_BRIDGE;
    list.with_mask(ExtMask::BRVLAN_COMPRESSED)
}

const AF_BRIDGE: u8 = 7;

impl<'a> LinkQuery<'a> {
    /// Only links of a kind, such as `vlan`.
    pub fn of_kind(mut self, kind: impl Into<Text<'a>>) -> Self {
        self.body.link_info = Some(LinkInfoGet { kind: Some(kind.into()) });
        self
    }

    /// Only ports of this bridge, bond, VRF or team.
    pub fn of_master<'w>(self, master: impl Into<Which<'w>>) -> Self {
        self.linked("master", master, |list, index| list.master = Some(index as u32))
    }

    /// Without the counters of IPv6, which are a third of the bytes; those of the link itself always come.
    pub fn without_family_stats(self) -> Self {
        self.with_mask(ExtMask::SKIP_STATS)
    }

    /// With virtual functions.
    pub fn with_vfs(self) -> Self {
        self.with_mask(ExtMask::VF)
    }

    /// The links of another namespace, by the number that it has in this one.
    pub fn of_netns(mut self, nsid: i32) -> Self {
        self.body.target_netnsid = Some(nsid);
        self
    }

    fn with_mask(mut self, mask: ExtMask) -> Self {
        *self.body.ext_mask.get_or_insert_default() |= mask;
        self
    }
}

/// Removes a link. What depends on it goes with it: the other end of a pair, VLANs on it, addresses, routes.
pub fn del<'w>(which: impl Into<Which<'w>>) -> ChangeLink {
    Route::DEL_LINK.with(&which.into().into_link())
}

/// Gives a link another name. It must be down where the kernel is older than Linux 6.2.
pub fn rename<'w, 'n>(link: impl Into<Which<'w>>, name: impl Into<Text<'n>>) -> ChangeLink {
    let mut links = Named::default();
    // In the message, the only name is the new one.
    let index = links.index("header.index", link);
    links.look_up(Route::SET_LINK.with(&Link { ifname: Some(name.into()), ..Which::from(index).into_link() }))
}

/// Gives a link an alternative name: at most 127 bytes. Since Linux 5.5.
pub fn add_altname<'n>(which: impl Into<Which<'n>>, name: impl Into<Text<'n>>) -> ChangeLink {
    Route::NEW_LINK_PROP.with(&with_altname(which.into(), name.into()))
}

/// Takes an alternative name from a link. Since Linux 5.5.
pub fn del_altname<'n>(which: impl Into<Which<'n>>, name: impl Into<Text<'n>>) -> ChangeLink {
    Route::DEL_LINK_PROP.with(&with_altname(which.into(), name.into()))
}

fn with_altname<'n>(which: Which<'n>, name: Text<'n>) -> Link<'n> {
    let names = PropList { alt_ifname: vec![name], ..PropList::default() };
    Link { prop_list: Some(names), ..which.into_link() }
}
