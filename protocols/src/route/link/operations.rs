//! The operations of links.

use netlink_core::{Do, DoDump, Event, Group, NlFamily};

use super::{Link, LinkGet};
use crate::route::Route;

/// The operations of links.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells of one link, by its index, name or alternative name; or of all.
    #[doc(alias = "RTM_GETLINK")]
    #[nl(18, reply = 16)]
    pub get_link: DoDump<LinkGet<'static>, Link<'static>>,
    /// Makes a link, or changes one.
    #[doc(alias = "RTM_NEWLINK")]
    #[nl(16)]
    pub new_link: Do<Link<'static>>,
    /// Changes a link.
    #[doc(alias = "RTM_SETLINK")]
    #[nl(19)]
    pub set_link: Do<Link<'static>>,
    /// Removes a link; as a notification: a link is gone.
    #[doc(alias = "RTM_DELLINK")]
    #[nl(17)]
    pub del_link: Do<Link<'static>>,
    /// Gives a link further names. Since Linux 5.5.
    #[doc(alias = "RTM_NEWLINKPROP")]
    #[nl(108)]
    pub new_link_prop: Do<Link<'static>>,
    /// Takes further names from a link. Since Linux 5.5.
    #[doc(alias = "RTM_DELLINKPROP")]
    #[nl(109)]
    pub del_link_prop: Do<Link<'static>>,
    /// A link is new, or has changed.
    #[doc(alias = "RTM_NEWLINK")]
    #[nl(16)]
    pub link_changed: Event<Link<'static>>,
    /// A link is gone.
    #[doc(alias = "RTM_DELLINK")]
    #[nl(17)]
    pub link_gone: Event<Link<'static>>,
    /// Links that come, change and go.
    #[doc(alias = "RTNLGRP_LINK")]
    #[nl(group = 1)]
    pub links: Group,
    /// What IPv6 says of links, when it changes.
    #[doc(alias = "RTNLGRP_IPV6_IFINFO")]
    #[nl(group = 12)]
    pub ipv6_links: Group,
}
