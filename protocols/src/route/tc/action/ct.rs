//! Connection tracking: `ct`, `ctinfo`, `connmark`; and `nat`, which is without it.

use std::net::{Ipv4Addr, Ipv6Addr};

use netlink_core::{
    NlDebug, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{Text, UnknownAttrs},
};

use super::{General, Times};

/// Tracks connections, and translates addresses. Since Linux 5.3.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 15)]
pub struct Ct<'a> {
    /// What every action has.
    #[doc(alias = "TCA_CT_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<General>,
    /// When it was in use.
    #[doc(alias = "TCA_CT_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// What is done.
    #[doc(alias = "TCA_CT_ACTION")]
    #[nl_attr(3)]
    pub action: Option<CtFlags>,
    /// The zone.
    #[doc(alias = "TCA_CT_ZONE")]
    #[nl_attr(4)]
    pub zone: Option<u16>,
    /// The mark of the connection.
    #[doc(alias = "TCA_CT_MARK")]
    #[nl_attr(5)]
    pub mark: Option<u32>,
    /// The bits of the mark that change.
    #[doc(alias = "TCA_CT_MARK_MASK")]
    #[nl_attr(6)]
    pub mark_mask: Option<u32>,
    /// The labels of the connection.
    #[doc(alias = "TCA_CT_LABELS")]
    #[nl_attr(7)]
    pub labels: Option<[u8; 16]>,
    /// The bits of the labels that change.
    #[doc(alias = "TCA_CT_LABELS_MASK")]
    #[nl_attr(8)]
    pub labels_mask: Option<[u8; 16]>,
    /// The first address to translate to.
    #[doc(alias = "TCA_CT_NAT_IPV4_MIN")]
    #[nl_attr(9)]
    pub nat_ipv4_min: Option<Ipv4Addr>,
    /// The last address to translate to.
    #[doc(alias = "TCA_CT_NAT_IPV4_MAX")]
    #[nl_attr(10)]
    pub nat_ipv4_max: Option<Ipv4Addr>,
    /// The first address to translate to.
    #[doc(alias = "TCA_CT_NAT_IPV6_MIN")]
    #[nl_attr(11)]
    pub nat_ipv6_min: Option<Ipv6Addr>,
    /// The last address to translate to.
    #[doc(alias = "TCA_CT_NAT_IPV6_MAX")]
    #[nl_attr(12)]
    pub nat_ipv6_max: Option<Ipv6Addr>,
    /// The first port to translate to. Big-endian on the wire.
    #[doc(alias = "TCA_CT_NAT_PORT_MIN")]
    #[nl_attr(13, be)]
    pub nat_port_min: Option<u16>,
    /// The last port to translate to. Big-endian on the wire.
    #[doc(alias = "TCA_CT_NAT_PORT_MAX")]
    #[nl_attr(14, be)]
    pub nat_port_max: Option<u16>,
    /// The helper, such as `ftp`. Since Linux 6.2.
    #[doc(alias = "TCA_CT_HELPER_NAME")]
    #[nl_attr(16)]
    pub helper_name: Option<Text<'a>>,
    /// The address family that the helper is for; told as 0 where it is for all of them. Since Linux 6.2.
    #[doc(alias = "TCA_CT_HELPER_FAMILY")]
    #[nl_attr(17)]
    pub helper_family: Option<u8>,
    /// The protocol that the helper is for (`IPPROTO_*`). Since Linux 6.2.
    #[doc(alias = "TCA_CT_HELPER_PROTO")]
    #[nl_attr(18)]
    pub helper_proto: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What `ct` does.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_CT_ACT_")]
    pub struct CtFlags: u16 {
        /// Remembers the connection.
        #[doc(alias = "TCA_CT_ACT_COMMIT")]
        const COMMIT = 1 << 0;
        /// Remembers it anew if the direction was the other one.
        #[doc(alias = "TCA_CT_ACT_FORCE")]
        const FORCE = 1 << 1;
        /// Forgets what is known of the packet.
        #[doc(alias = "TCA_CT_ACT_CLEAR")]
        const CLEAR = 1 << 2;
        /// Translates addresses.
        #[doc(alias = "TCA_CT_ACT_NAT")]
        const NAT = 1 << 3;
        /// Translates the source.
        #[doc(alias = "TCA_CT_ACT_NAT_SRC")]
        const NAT_SRC = 1 << 4;
        /// Translates the destination.
        #[doc(alias = "TCA_CT_ACT_NAT_DST")]
        const NAT_DST = 1 << 5;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Restores DS field or mark from the connection. Since Linux 5.3.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 1)]
pub struct CtInfo<'a> {
    /// When it was in use.
    #[doc(alias = "TCA_CTINFO_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// What every action has.
    #[doc(alias = "TCA_CTINFO_ACT")]
    #[nl_attr(3, required)]
    pub act: Option<General>,
    /// The zone.
    #[doc(alias = "TCA_CTINFO_ZONE")]
    #[nl_attr(4)]
    pub zone: Option<u16>,
    /// The bits of the connection's mark that are the DS field.
    #[doc(alias = "TCA_CTINFO_PARMS_DSCP_MASK")]
    #[nl_attr(5)]
    pub parms_dscp_mask: Option<u32>,
    /// The bits of the connection's mark that say that there is one.
    #[doc(alias = "TCA_CTINFO_PARMS_DSCP_STATEMASK")]
    #[nl_attr(6)]
    pub parms_dscp_statemask: Option<u32>,
    /// The bits of the connection's mark that become the packet's.
    #[doc(alias = "TCA_CTINFO_PARMS_CPMARK_MASK")]
    #[nl_attr(7)]
    pub parms_cpmark_mask: Option<u32>,
    /// How often the DS field was restored; the kernel tells.
    #[doc(alias = "TCA_CTINFO_STATS_DSCP_SET")]
    #[nl_attr(8)]
    pub stats_dscp_set: Option<u64>,
    /// How often it could not be; the kernel tells.
    #[doc(alias = "TCA_CTINFO_STATS_DSCP_ERROR")]
    #[nl_attr(9)]
    pub stats_dscp_error: Option<u64>,
    /// How often the mark was restored; the kernel tells.
    #[doc(alias = "TCA_CTINFO_STATS_CPMARK_SET")]
    #[nl_attr(10)]
    pub stats_cpmark_set: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Gives packets the mark of their connection.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct ConnMark<'a> {
    /// What every action has, and the zone.
    #[doc(alias = "TCA_CONNMARK_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<ConnMarkParms>,
    /// When it was in use.
    #[doc(alias = "TCA_CONNMARK_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// The parameters of `connmark`.
#[doc(alias = "tc_connmark")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnMarkParms {
    /// What every action has.
    pub general: General,
    /// The zone.
    #[nl(pad = 2)]
    pub zone: u16,
}

/// Translates IPv4 addresses, without memory.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 3)]
pub struct Nat<'a> {
    /// Which addresses.
    #[doc(alias = "TCA_NAT_PARMS")]
    #[nl_attr(1, required)]
    pub parms: Option<NatParms>,
    /// When it was in use.
    #[doc(alias = "TCA_NAT_TM")]
    #[nl_attr(2)]
    pub tm: Option<Times>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Which addresses `nat` translates.
#[doc(alias = "tc_nat")]
#[derive(NlStruct, Clone, Copy, Debug, PartialEq, Eq)]
pub struct NatParms {
    /// What every action has.
    pub general: General,
    /// The address before.
    pub old_addr: Ipv4Addr,
    /// The address after.
    pub new_addr: Ipv4Addr,
    /// The bits of the address that count.
    pub mask: Ipv4Addr,
    /// The direction.
    pub flags: NatFlags,
}

bitflags! {
    /// The direction of `nat`.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_NAT_FLAG_")]
    pub struct NatFlags: u32 {
        /// Sources are translated; without it, destinations.
        #[doc(alias = "TCA_NAT_FLAG_EGRESS")]
        const EGRESS = 1;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}
