//! What is asked for.

use netlink_core::{NlDebug, NlMessage};

use super::{MplsLabel, RouteEntry, RouteHeader};
use crate::route::ip::Addr;

/// What a request for the route to one destination, or for a list, says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = RouteEntry<'static>)]
pub struct RouteGet<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: RouteHeader,
    /// Where the packet goes.
    #[doc(alias = "RTA_DST")]
    #[nl_attr(select = header.family)]
    pub dst: Option<Addr<'a>>,
    /// Where it comes from.
    #[doc(alias = "RTA_SRC")]
    #[nl_attr(select = header.family)]
    pub src: Option<Addr<'a>>,
    /// The index of the link that it comes in by.
    #[doc(alias = "RTA_IIF")]
    pub iif: Option<u32>,
    /// The index of the link that it goes out by; of lists, only routes by this link.
    #[doc(alias = "RTA_OIF")]
    pub oif: Option<u32>,
    /// Of lists: only routes in this table.
    #[doc(alias = "RTA_TABLE")]
    pub table: Option<u32>,
    /// Its mark.
    #[doc(alias = "RTA_MARK")]
    pub mark: Option<u32>,
    /// The labels that it gets instead, of MPLS.
    #[doc(alias = "RTA_NEWDST")]
    #[nl_attr(packed)]
    pub newdst: Vec<MplsLabel>,
    /// The user whose packet it is.
    #[doc(alias = "RTA_UID")]
    pub uid: Option<u32>,
    /// Its protocol (`IPPROTO_*`).
    #[doc(alias = "RTA_IP_PROTO")]
    pub ip_proto: Option<u8>,
    /// Its source port. Big-endian on the wire.
    #[doc(alias = "RTA_SPORT")]
    #[nl_attr(be)]
    pub sport: Option<u16>,
    /// Its destination port. Big-endian on the wire.
    #[doc(alias = "RTA_DPORT")]
    #[nl_attr(be)]
    pub dport: Option<u16>,
    /// Its flow label, of IPv6. Big-endian on the wire. Since Linux 6.14.
    #[doc(alias = "RTA_FLOWLABEL")]
    #[nl_attr(be)]
    pub flowlabel: Option<u32>,
}
