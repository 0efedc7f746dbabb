//! What is asked for.

use netlink_core::{NlDebug, NlMessage, wire::Text};

use super::{ExtMask, Link, LinkHeader, LinkInfo};

/// What a request for one link or for a list says. Of one: its index in the header, its name, or an alternative name.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = Link<'static>)]
pub struct LinkGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: LinkHeader,
    /// The name: at most 15 bytes.
    #[doc(alias = "IFLA_IFNAME")]
    #[nl_attr(len = ..=15, refused = "(ENODEV)")]
    pub ifname: Option<Text<'a>>,
    /// Only ports of the bridge, bond, VRF or team with this index.
    #[doc(alias = "IFLA_MASTER")]
    pub master: Option<u32>,
    /// Only links of a kind.
    #[doc(alias = "IFLA_LINKINFO")]
    pub link_info: Option<LinkInfoGet<'a>>,
    /// What is to be told in addition, or not.
    #[doc(alias = "IFLA_EXT_MASK")]
    pub ext_mask: Option<ExtMask>,
    /// The number of the namespace whose links are meant.
    #[doc(alias = "IFLA_TARGET_NETNSID")]
    pub target_netnsid: Option<i32>,
    /// An alternative name: at most 127 bytes. It stands instead of `ifname`, since Linux 5.5.
    #[doc(alias = "IFLA_ALT_IFNAME")]
    #[nl_attr(len = ..=127, refused = "(ENODEV)")]
    pub alt_ifname: Option<Text<'a>>,
}

/// What kind of links a list shall have.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = LinkInfo<'static>)]
pub struct LinkInfoGet<'a> {
    /// The kind, such as `vlan`.
    #[doc(alias = "IFLA_INFO_KIND")]
    pub kind: Option<Text<'a>>,
}
