//! Which VNIs a VXLAN link takes, where it is told so (`vnifilter`). Since Linux 5.18.
//!
//! Declared after `struct tunnel_msg` in `linux/if_link.h`; the kernel's side is `drivers/net/vxlan/vxlan_vnifilter.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, tunnel};
//!
//! let mut route = Route::connect()?;
//! // Nothing but an error where the kernel knows no VXLANs.
//! for tunnel in route.dump(tunnel::list())?.filter_map(Result::ok) {
//!     for entry in tunnel.vnis() {
//!         println!("link {}: {:?}", tunnel.header.ifindex, entry);
//!     }
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::RangeInclusive,
};

use netlink_core::{
    Do, Dump, Event, Group, NlDebug, NlFamily, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs,
};

use super::{
    Route,
    ip::AddressFamily,
    link::Which,
    verb::{Change, List},
};

/// The header of messages about tunnels.
#[doc(alias = "tunnel_msg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TunnelHeader {
    /// The address family: that of bridges.
    pub family: AddressFamily,
    /// What a request wants to be told in addition.
    #[nl(pad = 2)]
    pub flags: TunnelMsgFlags,
    /// The index of the link.
    pub ifindex: u32,
}

bitflags! {
    /// What a request wants to be told in addition.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TUNNEL_MSG_FLAG_")]
    pub struct TunnelMsgFlags: u8 {
        /// What went through.
        #[doc(alias = "TUNNEL_MSG_FLAG_STATS")]
        const STATS = 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// The VNIs of a VXLAN link.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Tunnel<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: TunnelHeader,
    /// The VNIs.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<VniFilter<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl Tunnel<'_> {
    /// The VNIs.
    pub fn vnis(&self) -> impl Iterator<Item = RangeInclusive<u32>> {
        self.entry.iter().filter_map(|entry| Some(entry.start?..=entry.end.or(entry.start)?))
    }
}

/// VNIs from one to another.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct VniFilter<'a> {
    /// The first: at most 16 777 215.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_START")]
    #[nl_attr(1, range = ..=0xff_ffff)]
    pub start: Option<u32>,
    /// The last, if there are several.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_END")]
    #[nl_attr(2, range = ..=0xff_ffff)]
    pub end: Option<u32>,
    /// The far end, or the multicast group: of IPv4.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_GROUP")]
    #[nl_attr(3)]
    pub group: Option<Ipv4Addr>,
    /// The far end, or the multicast group: of IPv6.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_GROUP6")]
    #[nl_attr(4)]
    pub group6: Option<Ipv6Addr>,
    /// What went through.
    #[doc(alias = "VXLAN_VNIFILTER_ENTRY_STATS")]
    #[nl_attr(5)]
    pub stats: Option<VniStats>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What went through a VNI.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct VniStats {
    /// Bytes received.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_RX_BYTES")]
    #[nl_attr(1)]
    pub rx_bytes: Option<u64>,
    /// Packets received.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_RX_PKTS")]
    #[nl_attr(2)]
    pub rx_pkts: Option<u64>,
    /// Packets received and dropped.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_RX_DROPS")]
    #[nl_attr(3)]
    pub rx_drops: Option<u64>,
    /// Packets received with an error.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_RX_ERRORS")]
    #[nl_attr(4)]
    pub rx_errors: Option<u64>,
    /// Bytes sent.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_TX_BYTES")]
    #[nl_attr(5)]
    pub tx_bytes: Option<u64>,
    /// Packets sent.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_TX_PKTS")]
    #[nl_attr(6)]
    pub tx_pkts: Option<u64>,
    /// Packets to be sent and dropped.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_TX_DROPS")]
    #[nl_attr(7)]
    pub tx_drops: Option<u64>,
    /// Packets that could not be sent.
    #[doc(alias = "VNIFILTER_ENTRY_STATS_TX_ERRORS")]
    #[nl_attr(8)]
    pub tx_errors: Option<u64>,
}

fn tunnel(vnis: RangeInclusive<u32>, group: Option<IpAddr>) -> Tunnel<'static> {
    let header = TunnelHeader { family: AddressFamily::Bridge, ..TunnelHeader::default() };
    let (start, end) = vnis.into_inner();
    let mut entry = VniFilter { start: Some(start), end: (end != start).then_some(end), ..VniFilter::default() };
    match group {
        Some(IpAddr::V4(group)) => entry.group = Some(group),
        Some(IpAddr::V6(group)) => entry.group6 = Some(group),
        None => {}
    }
    Tunnel { header, entry: vec![entry], ..Tunnel::default() }
}

/// Lets a link take these VNIs; perhaps with a far end, or a multicast group, of their own.
pub fn add<'w>(
    link: impl Into<Which<'w>>,
    vnis: RangeInclusive<u32>,
    group: Option<IpAddr>,
) -> Change<'static, Tunnel<'static>> {
    on(link, Change::new(Route::NEW_TUNNEL, tunnel(vnis, group)))
}

/// Lets a link take these VNIs no more.
pub fn del<'w>(link: impl Into<Which<'w>>, vnis: RangeInclusive<u32>) -> Change<'static, Tunnel<'static>> {
    on(link, Change::new(Route::DEL_TUNNEL, tunnel(vnis, None)))
}

fn on<'w>(link: impl Into<Which<'w>>, change: Change<'static, Tunnel<'static>>) -> Change<'static, Tunnel<'static>> {
    change.linked("header.ifindex", link, |tunnel, index| tunnel.header.ifindex = index as u32)
}

/// The VNIs of all links, with what went through.
pub fn list() -> List<'static, Tunnel<'static>> {
    let header =
        TunnelHeader { family: AddressFamily::Bridge, flags: TunnelMsgFlags::STATS, ..TunnelHeader::default() };
    List::new(Route::GET_TUNNEL, Tunnel { header, ..Tunnel::default() })
}

/// The operations of VNIs of VXLANs.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Lists VNIs of VXLANs.
    #[doc(alias = "RTM_GETTUNNEL")]
    #[nl(122, reply = 120)]
    pub get_tunnel: Dump<Tunnel<'static>, Tunnel<'static>>,
    /// Lets a VXLAN take VNIs.
    #[doc(alias = "RTM_NEWTUNNEL")]
    #[nl(120)]
    pub new_tunnel: Do<Tunnel<'static>>,
    /// Lets a VXLAN take VNIs no more.
    #[doc(alias = "RTM_DELTUNNEL")]
    #[nl(121)]
    pub del_tunnel: Do<Tunnel<'static>>,
    /// A VXLAN takes VNIs, or has another far end for them.
    #[doc(alias = "RTM_NEWTUNNEL")]
    #[nl(120)]
    pub tunnel_changed: Event<Tunnel<'static>>,
    /// A VXLAN takes VNIs no more.
    #[doc(alias = "RTM_DELTUNNEL")]
    #[nl(121)]
    pub tunnel_gone: Event<Tunnel<'static>>,
    /// VNIs of VXLANs. Since Linux 5.18.
    #[doc(alias = "RTNLGRP_TUNNEL")]
    #[nl(group = 35)]
    pub tunnel: Group,
}
