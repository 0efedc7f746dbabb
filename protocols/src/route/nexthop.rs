//! Next hops as objects of their own, which routes refer to by number, and groups of them. Since Linux 5.3.
//!
//! Declared after `linux/nexthop.h`; the kernel's side is `net/ipv4/nexthop.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, nexthop};
//!
//! let mut route = Route::connect()?;
//! for hop in route.dump(nexthop::list())? {
//!     let hop = hop?;
//!     println!("{:?}: {:?}, members {:?}", hop.id, hop.gateway, hop.group);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod verbs;

pub(super) use operations::Operations;
pub use verbs::{NextHopList, NextHopRequest, add, buckets, del, get, group, list};

use netlink_core::{NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags, wire::UnknownAttrs};

use super::{
    ip::{Addr, AddressFamily},
    routes::{Encap, EncapType, HopFlags, RouteProtocol, Scope},
};

/// The header of messages about next hops.
///
/// ```text
///  0        1        2          3        4
/// +--------+--------+----------+--------+
/// | family | scope  | protocol | unused |
/// +--------+--------+----------+--------+
/// | flags                               |
/// +-------------------------------------+
/// ```
#[doc(alias = "nhmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextHopHeader {
    /// The address family; none in particular of groups.
    #[doc(alias = "nh_family")]
    pub family: AddressFamily,
    /// How far away it is; only told.
    #[doc(alias = "nh_scope")]
    pub scope: Scope,
    /// Who made it.
    #[doc(alias = "nh_protocol")]
    #[nl(pad = 1)]
    pub protocol: RouteProtocol,
    /// Its state.
    #[doc(alias = "nh_flags")]
    pub flags: HopFlags,
}

/// A next hop, or a group of them.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct NextHop<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NextHopHeader,
    /// Its number, from 1; of one that is made, 0 or nothing to have one chosen.
    #[doc(alias = "NHA_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// The members of the group.
    #[doc(alias = "NHA_GROUP")]
    #[nl_attr(2, packed)]
    pub group: Vec<GroupEntry>,
    /// How the group chooses.
    #[doc(alias = "NHA_GROUP_TYPE")]
    #[nl_attr(3)]
    pub group_type: Option<GroupType>,
    /// Packets are dropped.
    #[doc(alias = "NHA_BLACKHOLE")]
    #[nl_attr(4)]
    pub blackhole: bool,
    /// The index of the link; in requests for lists: only those of this link.
    #[doc(alias = "NHA_OIF")]
    #[nl_attr(5)]
    pub oif: Option<u32>,
    /// The next router.
    #[doc(alias = "NHA_GATEWAY")]
    #[nl_attr(6, select = header.family)]
    pub gateway: Option<Addr<'a>>,
    /// How packets are packed into others. Filled in from `encap` where it is absent.
    #[doc(alias = "NHA_ENCAP_TYPE")]
    #[nl_attr(7)]
    pub encap_type: Option<EncapType>,
    /// What they are packed into.
    #[doc(alias = "NHA_ENCAP")]
    #[nl_attr(8, select = encap_type)]
    pub encap: Option<Encap<'a>>,
    /// In requests for lists: only groups.
    #[doc(alias = "NHA_GROUPS")]
    #[nl_attr(9)]
    pub groups: bool,
    /// In requests for lists: only those of links with this master.
    #[doc(alias = "NHA_MASTER")]
    #[nl_attr(10)]
    pub master: Option<u32>,
    /// For the forwarding tables of bridges, not for routes. Since Linux 5.8.
    #[doc(alias = "NHA_FDB")]
    #[nl_attr(11)]
    pub fdb: bool,
    /// How a resilient group works. Since Linux 5.13.
    #[doc(alias = "NHA_RES_GROUP")]
    #[nl_attr(12)]
    pub res_group: Option<ResilientGroup>,
    /// A bucket of a resilient group. Since Linux 5.13.
    #[doc(alias = "NHA_RES_BUCKET")]
    #[nl_attr(13)]
    pub res_bucket: Option<ResilientBucket>,
    /// What a request wants to be told in addition. Since Linux 6.9.
    #[doc(alias = "NHA_OP_FLAGS")]
    #[nl_attr(14)]
    pub op_flags: Option<NextHopOpFlags>,
    /// What went through the members of the group. Since Linux 6.9.
    #[doc(alias = "NHA_GROUP_STATS")]
    #[nl_attr(15)]
    pub group_stats: Option<GroupStats<'a>>,
    /// 1 if hardware is to count. Since Linux 6.9.
    #[doc(alias = "NHA_HW_STATS_ENABLE")]
    #[nl_attr(16)]
    pub hw_stats_enable: Option<u32>,
    /// 1 if hardware counts. Since Linux 6.9.
    #[doc(alias = "NHA_HW_STATS_USED")]
    #[nl_attr(17)]
    pub hw_stats_used: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// What a request for one next hop or bucket, or for a list, says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(subset_of = NextHop<'static>)]
pub struct NextHopGet {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: NextHopHeader,
    /// The number of one, or of the group whose buckets are meant.
    #[doc(alias = "NHA_ID")]
    pub id: Option<u32>,
    /// Of lists: only those of this link.
    #[doc(alias = "NHA_OIF")]
    pub oif: Option<u32>,
    /// Of lists: only groups.
    #[doc(alias = "NHA_GROUPS")]
    pub groups: bool,
    /// Of lists: only those of links with this master.
    #[doc(alias = "NHA_MASTER")]
    pub master: Option<u32>,
    /// Of lists: only those for the forwarding tables of bridges. Since Linux 5.8; up to Linux 6.18 at least, the kernel
    /// takes it and tells all.
    #[doc(alias = "NHA_FDB")]
    pub fdb: bool,
    /// Which bucket; of lists, only those of the next hop in it. Since Linux 5.13.
    #[doc(alias = "NHA_RES_BUCKET")]
    pub res_bucket: Option<ResilientBucket>,
    /// What is to be told in addition. Since Linux 6.9.
    #[doc(alias = "NHA_OP_FLAGS")]
    pub op_flags: Option<NextHopOpFlags>,
}

/// A member of a group.
#[doc(alias = "nexthop_grp")]
#[derive(NlStruct, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GroupEntry {
    /// The number of the next hop.
    pub id: u32,
    /// Its share among the others, less 1: the lower 8 bits.
    pub weight: u8,
    /// The upper 8 bits. Since Linux 6.12.
    #[nl(pad = 2)]
    pub weight_high: u8,
}

impl GroupEntry {
    /// A member with a share: 1 to 65 535, before Linux 6.12 to 254.
    pub fn new(id: u32, weight: u16) -> Self {
        let [weight_high, weight] = weight.saturating_sub(1).to_be_bytes();
        Self { id, weight, weight_high }
    }

    /// The share.
    pub fn share(self) -> u32 {
        u32::from(u16::from_be_bytes([self.weight_high, self.weight])) + 1
    }
}

/// How a group chooses.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum GroupType {
    /// By thresholds on a hash.
    #[doc(alias = "NEXTHOP_GRP_TYPE_MPATH")]
    #[default]
    Mpath = 0,
    /// By buckets, so that little changes when a member comes or goes. Since Linux 5.13.
    #[doc(alias = "NEXTHOP_GRP_TYPE_RES")]
    Res = 1,
    /// A type of a newer kernel.
    #[nl(other)]
    Other(u16),
}

bitflags! {
    /// What a request wants to be told in addition, and what an answer says of itself.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    pub struct NextHopOpFlags: u32 {
        /// What went through.
        #[doc(alias = "NHA_OP_FLAG_DUMP_STATS")]
        const DUMP_STATS = 1 << 0;
        /// What went through in hardware.
        #[doc(alias = "NHA_OP_FLAG_DUMP_HW_STATS")]
        const DUMP_HW_STATS = 1 << 1;
        /// The kernel sets unused members of answers to 0. Since Linux 6.12.
        #[doc(alias = "NHA_OP_FLAG_RESP_GRP_RESVD_0")]
        const RESP_GRP_RESVD_0 = 1 << 31;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// How a resilient group works.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 0)]
pub struct ResilientGroup {
    /// The number of buckets.
    #[doc(alias = "NHA_RES_GROUP_BUCKETS")]
    #[nl_attr(1)]
    pub buckets: Option<u16>,
    /// How long a bucket must be idle to be moved, in hundredths of a second.
    #[doc(alias = "NHA_RES_GROUP_IDLE_TIMER")]
    #[nl_attr(2)]
    pub idle_timer: Option<u32>,
    /// How long members may have too few buckets before busy ones are moved, in hundredths of a second; 0 for never.
    #[doc(alias = "NHA_RES_GROUP_UNBALANCED_TIMER")]
    #[nl_attr(3)]
    pub unbalanced_timer: Option<u32>,
    /// How long some member has had too few buckets, in hundredths of a second.
    #[doc(alias = "NHA_RES_GROUP_UNBALANCED_TIME")]
    #[nl_attr(4)]
    pub unbalanced_time: Option<u64>,
}

/// A bucket of a resilient group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 0)]
pub struct ResilientBucket {
    /// The number of the bucket in its group.
    #[doc(alias = "NHA_RES_BUCKET_INDEX")]
    #[nl_attr(1)]
    pub index: Option<u16>,
    /// How long it has been idle, in hundredths of a second.
    #[doc(alias = "NHA_RES_BUCKET_IDLE_TIME")]
    #[nl_attr(2)]
    pub idle_time: Option<u64>,
    /// The number of the next hop that it belongs to.
    #[doc(alias = "NHA_RES_BUCKET_NH_ID")]
    #[nl_attr(3)]
    pub nh_id: Option<u32>,
}

/// What went through the members of a group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct GroupStats<'a> {
    /// The members.
    #[doc(alias = "NHA_GROUP_STATS_ENTRY")]
    #[nl_attr(1, multi)]
    pub entry: Vec<GroupStatsEntry<'a>>,
}

/// What went through a member of a group.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct GroupStatsEntry<'a> {
    /// The number of the next hop.
    #[doc(alias = "NHA_GROUP_STATS_ENTRY_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// Packets, those in hardware included.
    #[doc(alias = "NHA_GROUP_STATS_ENTRY_PACKETS")]
    #[nl_attr(2, uint)]
    pub packets: Option<u64>,
    /// Packets in hardware.
    #[doc(alias = "NHA_GROUP_STATS_ENTRY_PACKETS_HW")]
    #[nl_attr(3, uint)]
    pub packets_hw: Option<u64>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
