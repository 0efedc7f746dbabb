//! Rules: which routing table a packet is looked up in.
//!
//! Declared after `linux/fib_rules.h`; the kernel's side is `net/core/fib_rules.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, rule};
//!
//! let mut route = Route::connect()?;
//! for rule in route.dump(rule::list())? {
//!     let rule = rule?;
//!     println!("{}: from {:?} table {}", rule.priority.unwrap_or(0), rule.source(), rule.table());
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod operations;
mod verbs;

pub(super) use operations::Operations;
pub use verbs::{RuleList, RuleRequest, add, del, list};

use netlink_core::{
    NlDebug, NlEnum, NlFlags, NlMessage, NlStruct, bitflags,
    wire::{IfName, UnknownAttrs},
};

use super::{
    ip::{Addr, AddressFamily, IpNet},
    routes::RouteProtocol,
};

/// The header of messages about rules.
///
/// ```text
///  0        1         2         3        4
/// +--------+---------+---------+--------+
/// | family | dst_len | src_len | tos    |
/// +--------+---------+---------+--------+
/// | table  | unused            | action |
/// +--------+-------------------+--------+
/// | flags                               |
/// +-------------------------------------+
/// ```
#[doc(alias = "fib_rule_hdr")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleHeader {
    /// The address family; also those of multicast routes, 128 and 129.
    pub family: AddressFamily,
    /// How many bits of the destination count.
    pub dst_len: u8,
    /// How many bits of the source count.
    pub src_len: u8,
    /// The type of service.
    pub tos: u8,
    /// The table, if its number is less than 256; otherwise 252, and [`Rule::table`] has it.
    #[nl(pad = 2)]
    pub table: u8,
    /// What happens.
    pub action: RuleAction,
    /// What is special about the rule.
    pub flags: RuleFlags,
}

/// A rule: for packets that match all of it.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 18)]
pub struct Rule<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: RuleHeader,
    /// Where packets go; absent if everywhere.
    #[doc(alias = "FRA_DST")]
    #[nl_attr(1, select = header.family)]
    pub dst: Option<Addr<'a>>,
    /// Where packets come from; absent if from everywhere.
    #[doc(alias = "FRA_SRC")]
    #[nl_attr(2, select = header.family)]
    pub src: Option<Addr<'a>>,
    /// The name of the link that packets come in by; the loopback for packets of this host.
    #[doc(alias = "FRA_IIFNAME")]
    #[nl_attr(3)]
    pub iifname: Option<IfName>,
    /// The priority of the rule to go on with.
    #[doc(alias = "FRA_GOTO")]
    #[nl_attr(4)]
    pub goto: Option<u32>,
    /// The priority: rules are asked in the order of it, from 0.
    #[doc(alias = "FRA_PRIORITY")]
    #[nl_attr(6)]
    pub priority: Option<u32>,
    /// The mark of packets.
    #[doc(alias = "FRA_FWMARK")]
    #[nl_attr(10)]
    pub fwmark: Option<u32>,
    /// Realms for statistics, of IPv4: that of the source in the upper 16 bits, that of the destination in the lower.
    #[doc(alias = "FRA_FLOW")]
    #[nl_attr(11)]
    pub flow: Option<u32>,
    /// The number of the tunnel that packets come in by. Big-endian on the wire.
    #[doc(alias = "FRA_TUN_ID")]
    #[nl_attr(12, be)]
    pub tun_id: Option<u64>,
    /// Routes by links of this group do not count.
    #[doc(alias = "FRA_SUPPRESS_IFGROUP")]
    #[nl_attr(13)]
    pub suppress_ifgroup: Option<u32>,
    /// Routes to destinations of at most so many bits do not count; 4 294 967 295 where all count.
    #[doc(alias = "FRA_SUPPRESS_PREFIXLEN")]
    #[nl_attr(14)]
    pub suppress_prefixlen: Option<u32>,
    /// The number of the table. The kernel always tells it; see [`table`](Self::table).
    #[doc(alias = "FRA_TABLE")]
    #[nl_attr(15)]
    pub table: Option<u32>,
    /// The bits of the mark that count.
    #[doc(alias = "FRA_FWMASK")]
    #[nl_attr(16)]
    pub fwmask: Option<u32>,
    /// The name of the link that packets go out by.
    #[doc(alias = "FRA_OIFNAME")]
    #[nl_attr(17)]
    pub oifname: Option<IfName>,
    /// 1 to look up packets of a VRF in its table. Such a rule has no other table: `table` is absent, and that of the
    /// header is 0.
    #[doc(alias = "FRA_L3MDEV")]
    #[nl_attr(19)]
    pub l3mdev: Option<u8>,
    /// The users whose packets match: both must be known in the user namespace of who makes the rule.
    #[doc(alias = "FRA_UID_RANGE")]
    #[nl_attr(20)]
    pub uid_range: Option<UidRange>,
    /// Who made the rule.
    #[doc(alias = "FRA_PROTOCOL")]
    #[nl_attr(21)]
    pub protocol: Option<RouteProtocol>,
    /// The protocol of packets (`IPPROTO_*`).
    #[doc(alias = "FRA_IP_PROTO")]
    #[nl_attr(22)]
    pub ip_proto: Option<u8>,
    /// The source ports of packets.
    #[doc(alias = "FRA_SPORT_RANGE")]
    #[nl_attr(23)]
    pub sport_range: Option<PortRange>,
    /// The destination ports of packets.
    #[doc(alias = "FRA_DPORT_RANGE")]
    #[nl_attr(24)]
    pub dport_range: Option<PortRange>,
    /// The differentiated services code point: 0 to 63. Since Linux 6.13.
    #[doc(alias = "FRA_DSCP")]
    #[nl_attr(25)]
    pub dscp: Option<u8>,
    /// The flow label, of IPv6. Big-endian on the wire. Since Linux 6.14.
    #[doc(alias = "FRA_FLOWLABEL")]
    #[nl_attr(26, be)]
    pub flowlabel: Option<u32>,
    /// The bits of the flow label that count. Big-endian on the wire. Since Linux 6.14.
    #[doc(alias = "FRA_FLOWLABEL_MASK")]
    #[nl_attr(27, be)]
    pub flowlabel_mask: Option<u32>,
    /// The bits of the source port that count. Since Linux 6.15.
    #[doc(alias = "FRA_SPORT_MASK")]
    #[nl_attr(28)]
    pub sport_mask: Option<u16>,
    /// The bits of the destination port that count. Since Linux 6.15.
    #[doc(alias = "FRA_DPORT_MASK")]
    #[nl_attr(29)]
    pub dport_mask: Option<u16>,
    /// The bits of the code point that count. Since Linux 6.15.
    #[doc(alias = "FRA_DSCP_MASK")]
    #[nl_attr(30)]
    pub dscp_mask: Option<u8>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl Rule<'_> {
    /// Where packets come from, if that matters.
    pub fn source(&self) -> Option<IpNet> {
        IpNet::new(self.src.as_ref()?.ip()?, self.header.src_len)
    }

    /// Where packets go, if that matters.
    pub fn destination(&self) -> Option<IpNet> {
        IpNet::new(self.dst.as_ref()?.ip()?, self.header.dst_len)
    }

    /// The number of the table.
    pub fn table(&self) -> u32 {
        self.table.unwrap_or(self.header.table.into())
    }
}

/// What a rule does.
#[derive(NlEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RuleAction {
    /// Nothing is said.
    #[doc(alias = "FR_ACT_UNSPEC")]
    #[default]
    Unspec = 0,
    /// Packets are looked up in a table.
    #[doc(alias = "FR_ACT_TO_TBL")]
    ToTbl = 1,
    /// Another rule is next.
    #[doc(alias = "FR_ACT_GOTO")]
    Goto = 2,
    /// Nothing: the next rule is asked.
    #[doc(alias = "FR_ACT_NOP")]
    Nop = 3,
    /// Unused.
    #[doc(alias = "FR_ACT_RES3")]
    Res3 = 4,
    /// Unused.
    #[doc(alias = "FR_ACT_RES4")]
    Res4 = 5,
    /// Packets are dropped.
    #[doc(alias = "FR_ACT_BLACKHOLE")]
    Blackhole = 6,
    /// Packets are answered with "unreachable".
    #[doc(alias = "FR_ACT_UNREACHABLE")]
    Unreachable = 7,
    /// Packets are answered with "prohibited".
    #[doc(alias = "FR_ACT_PROHIBIT")]
    Prohibit = 8,
    /// An action of a newer kernel.
    #[nl(other)]
    Other(u8),
}

bitflags! {
    /// What is special about a rule.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "FIB_RULE_")]
    pub struct RuleFlags: u32 {
        /// Cannot be deleted.
        #[doc(alias = "FIB_RULE_PERMANENT")]
        const PERMANENT = 0x1;
        /// For packets that do not match.
        #[doc(alias = "FIB_RULE_INVERT")]
        const INVERT = 0x2;
        /// The rule to go on with is not there.
        #[doc(alias = "FIB_RULE_UNRESOLVED")]
        const UNRESOLVED = 0x4;
        /// The link that packets come in by is not there.
        #[doc(alias = "FIB_RULE_IIF_DETACHED")]
        #[doc(alias = "FIB_RULE_DEV_DETACHED")]
        const IIF_DETACHED = 0x8;
        /// The link that packets go out by is not there.
        #[doc(alias = "FIB_RULE_OIF_DETACHED")]
        const OIF_DETACHED = 0x10;
        /// A source address is looked for.
        #[doc(alias = "FIB_RULE_FIND_SADDR")]
        const FIND_SADDR = 0x10000;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// From one user to another.
#[doc(alias = "fib_rule_uid_range")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UidRange {
    /// The first.
    pub start: u32,
    /// The last.
    pub end: u32,
}

/// From one port to another.
#[doc(alias = "fib_rule_port_range")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortRange {
    /// The first.
    pub start: u16,
    /// The last.
    pub end: u16,
}
