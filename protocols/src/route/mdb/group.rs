//! Groups in the multicast database, and requests about them.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use netlink_core::{
    NlDebug, NlMessage,
    wire::{MacAddr, UnknownAttrs},
};

use super::{FilterMode, MdbEntryHeader, MdbHeader, MdbState};
use crate::route::routes::RouteProtocol;

const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;

/// The address of a multicast group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MdbGroup {
    /// Of an IP.
    Ip(IpAddr),
    /// Of Ethernet. Since Linux 5.11.
    Mac(MacAddr),
}

impl From<IpAddr> for MdbGroup {
    fn from(addr: IpAddr) -> Self {
        Self::Ip(addr)
    }
}

impl From<Ipv4Addr> for MdbGroup {
    fn from(addr: Ipv4Addr) -> Self {
        Self::Ip(addr.into())
    }
}

impl From<Ipv6Addr> for MdbGroup {
    fn from(addr: Ipv6Addr) -> Self {
        Self::Ip(addr.into())
    }
}

impl From<MacAddr> for MdbGroup {
    fn from(addr: MacAddr) -> Self {
        Self::Mac(addr)
    }
}

impl fmt::Display for MdbGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(addr) => addr.fmt(f),
            Self::Mac(addr) => addr.fmt(f),
        }
    }
}

impl MdbEntryHeader {
    /// A port and a group.
    pub fn new(ifindex: u32, group: impl Into<MdbGroup>) -> Self {
        let mut entry = Self { ifindex, ..Self::default() };
        entry.set_group(group.into());
        entry
    }

    /// The address of the group.
    pub fn group(&self) -> MdbGroup {
        let [a, b, c, d, e, f, ..] = self.addr;
        match self.proto {
            IPV4 => MdbGroup::Ip(Ipv4Addr::new(a, b, c, d).into()),
            IPV6 => MdbGroup::Ip(Ipv6Addr::from(self.addr).into()),
            _ => MdbGroup::Mac(MacAddr([a, b, c, d, e, f])),
        }
    }

    fn set_group(&mut self, group: MdbGroup) {
        let mut put = |bytes: &[u8], proto| {
            self.addr[..bytes.len()].copy_from_slice(bytes);
            self.proto = proto;
        };
        match group {
            MdbGroup::Ip(IpAddr::V4(addr)) => put(&addr.octets(), IPV4),
            MdbGroup::Ip(IpAddr::V6(addr)) => put(&addr.octets(), IPV6),
            MdbGroup::Mac(addr) => put(&addr.0, 0),
        }
    }
}

/// A request that makes, changes or deletes an entry.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbSet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: MdbHeader,
    /// Port and group.
    #[doc(alias = "MDBA_SET_ENTRY")]
    #[nl_attr(1)]
    pub entry: Option<MdbEntryHeader>,
    /// More about it.
    #[doc(alias = "MDBA_SET_ENTRY_ATTRS")]
    #[nl_attr(2)]
    pub entry_attrs: Option<MdbAttrs<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// A request for the entries of a group, or for lists. Since Linux 6.7 for one group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: MdbHeader,
    /// The group.
    #[doc(alias = "MDBA_GET_ENTRY")]
    #[nl_attr(1)]
    pub entry: Option<MdbEntryHeader>,
    /// More about it.
    #[doc(alias = "MDBA_GET_ENTRY_ATTRS")]
    #[nl_attr(2)]
    pub entry_attrs: Option<MdbAttrs<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a request says of an entry.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbAttrs<'a> {
    /// The only source that the entry is for.
    #[doc(alias = "MDBE_ATTR_SOURCE")]
    #[nl_attr(1)]
    pub source: Option<IpAddr>,
    /// The sources that are wanted, or not. Since Linux 6.3.
    #[doc(alias = "MDBE_ATTR_SRC_LIST")]
    #[nl_attr(2)]
    pub src_list: Option<MdbAttrSourceList<'a>>,
    /// Whether those sources are wanted. Since Linux 6.3.
    #[doc(alias = "MDBE_ATTR_GROUP_MODE")]
    #[nl_attr(3)]
    pub group_mode: Option<FilterMode>,
    /// Who makes it. Since Linux 6.3.
    #[doc(alias = "MDBE_ATTR_RTPROT")]
    #[nl_attr(4)]
    pub rtprot: Option<RouteProtocol>,
    /// The far end, of VXLANs. Since Linux 6.4.
    #[doc(alias = "MDBE_ATTR_DST")]
    #[nl_attr(5)]
    pub dst: Option<IpAddr>,
    /// The port of the far end, of VXLANs.
    #[doc(alias = "MDBE_ATTR_DST_PORT")]
    #[nl_attr(6)]
    pub dst_port: Option<u16>,
    /// The VNI to the far end, of VXLANs.
    #[doc(alias = "MDBE_ATTR_VNI")]
    #[nl_attr(7)]
    pub vni: Option<u32>,
    /// The index of the link to the far end, of VXLANs.
    #[doc(alias = "MDBE_ATTR_IFINDEX")]
    #[nl_attr(8)]
    pub ifindex: Option<i32>,
    /// The VNI of packets that come in, of VXLANs.
    #[doc(alias = "MDBE_ATTR_SRC_VNI")]
    #[nl_attr(9)]
    pub src_vni: Option<u32>,
    /// In requests that delete all that match: whether the state counts. Since Linux 6.8.
    #[doc(alias = "MDBE_ATTR_STATE_MASK")]
    #[nl_attr(10)]
    pub state_mask: Option<MdbState>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Sources, in requests.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbAttrSourceList<'a> {
    /// The sources.
    #[doc(alias = "MDBE_SRC_LIST_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<MdbAttrSource<'a>>,
}

/// A source, in requests.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct MdbAttrSource<'a> {
    /// The address.
    #[doc(alias = "MDBE_SRCATTR_ADDRESS")]
    #[nl_attr(1)]
    pub address: Option<IpAddr>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
