//! Filters: which class a packet belongs to, and what is done with it.
//!
//! Declared after `linux/pkt_cls.h` and `linux/tc_ematch/*.h`; the kernel's side is `net/sched/cls_*.c` and `em_*.c`.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{
//!     Route,
//!     tc::{
//!         Handle,
//!         action::{Action, Verdict},
//!         filter::{self, FilterOptions, Flower},
//!     },
//! };
//!
//! let mut route = Route::connect()?;
//! let ssh = Flower {
//!     key_eth_type: Some(0x0800),
//!     key_ip_proto: Some(6),
//!     key_tcp_dst: Some(22),
//!     act: vec![Action::verdict(Verdict::Shot)],
//!     ..Flower::default()
//! };
//! route.tell(filter::add(2, Handle::CLSACT_INGRESS, 10, 0x0800, FilterOptions::Flower(Box::new(ssh))))?;
//! for filter in route.dump(filter::list(2, Handle::CLSACT_INGRESS))? {
//!     let filter = filter?;
//!     println!("{} {:x}: {:?}", filter.header.priority(), filter.header.protocol(), filter.options);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod basic;
mod ematch;
mod flags;
mod flow;
mod flower;
mod kinds;
mod meta;
mod selector;
mod tunnel;

pub use basic::{Basic, BasicCount, Bpf, BpfFlags, Cgroup, Fw, MatchAll, MatchAllCount, Route4};
pub use ematch::{
    CanFilter, Ematch, EmatchCanId, EmatchCmp, EmatchData, EmatchFlags, EmatchHeader, EmatchIpSet, EmatchIpt,
    EmatchNbyte, EmatchText, EmatchTree,
};
pub use flags::{ClsFlags, CtState, FlowerFlags};
pub use flow::{Flow, FlowKeys, FlowMode};
pub use flower::Flower;
pub use kinds::FilterOptions;
pub use meta::{EmatchMeta, EmatchMetaHeader, EmatchMetaId, EmatchMetaValue, EmatchOperation};
pub use selector::{U32, U32Count, U32Flags, U32Key, U32Mark, U32Selector};
pub use tunnel::{Cfm, EncOptErspan, EncOptGeneve, EncOptGtp, EncOptPfcp, EncOptVxlan, EncOpts, MplsLse, MplsOpts};

use netlink_core::{
    NlDebug, NlFlags, NlMessage, bitflags,
    wire::{Bitfield32, MessageFlags, Text, UnknownAttrs},
};

use super::{Estimator, Handle, OldStats, TcGet, TcHeader};
use crate::route::{
    Route,
    link::Which,
    verb::{Change, Query},
};

/// A request for one filter, or for a list.
pub type FilterQuery<'a> = Query<'a, TcGet<'static>, Filter<'static>>;

/// A filter: what the kernel says of one, and what a request says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Filter<'a> {
    /// The fixed header: the link, the handle of the filter, its parent; `info` is priority and protocol.
    #[nl_attr(header)]
    pub header: TcHeader,
    /// The kind, such as `flower`. Filled in from `options` where it is absent.
    #[doc(alias = "TCA_KIND")]
    #[nl_attr(1, refused = "TC classifier not found")]
    pub kind: Option<Text<'a>>,
    /// What is special to the kind.
    #[doc(alias = "TCA_OPTIONS")]
    #[nl_attr(2, select = kind)]
    pub options: Option<FilterOptions<'a>>,
    /// Counters of a `police` that is no action.
    #[doc(alias = "TCA_STATS")]
    #[nl_attr(3)]
    pub stats: Option<OldStats>,
    /// How the rate of a `police` is estimated; only sent.
    #[doc(alias = "TCA_RATE")]
    #[nl_attr(5)]
    pub rate: Option<Estimator>,
    /// Unused.
    #[doc(alias = "TCA_FCNT")]
    #[nl_attr(6)]
    pub fcnt: Option<u32>,
    /// The chain; 0 if absent. Since Linux 4.13.
    #[doc(alias = "TCA_CHAIN")]
    #[nl_attr(11)]
    pub chain: Option<u32>,
    /// What a list shall contain. Since Linux 5.8.
    #[doc(alias = "TCA_DUMP_FLAGS")]
    #[nl_attr(15)]
    pub dump_flags: Option<Bitfield32<DumpFlags>>,
    /// A warning, such as why a device did not take the filter. Since Linux 6.3.
    #[doc(alias = "TCA_EXT_WARN_MSG")]
    #[nl_attr(16)]
    pub ext_warn_msg: Option<Text<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

bitflags! {
    /// What a list shall contain.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "TCA_DUMP_FLAGS_")]
    pub struct DumpFlags: u32 {
        /// No matches, and of actions only counters. Since Linux 5.8.
        #[doc(alias = "TCA_DUMP_FLAGS_TERSE")]
        const TERSE = 1 << 0;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// Makes a filter at a queueing discipline or a class; of `clsact`, [`Handle::CLSACT_INGRESS`] or
/// [`Handle::CLSACT_EGRESS`]. Small priorities are asked first, and 0 lets the kernel choose one; the protocol is one
/// of `ETH_P_*` in `linux/if_ether.h`, 3 for all.
pub fn add<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    priority: u16,
    protocol: u16,
    options: FilterOptions<'a>,
) -> Change<'a, Filter<'static>> {
    let filter = Filter { options: Some(options), ..at(parent, priority, protocol) };
    Change::creating(Route::NEW_FILTER, filter).of(link)
}

/// Changes a filter, which [`Change::handle`] names; makes it if it is not there.
pub fn replace<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    priority: u16,
    protocol: u16,
    options: FilterOptions<'a>,
) -> Change<'a, Filter<'static>> {
    let filter = Filter { options: Some(options), ..at(parent, priority, protocol) };
    Change::new(Route::NEW_FILTER, filter).flags(MessageFlags::CREATE).of(link)
}

/// Removes the filters of a priority, or with [`Change::handle`] and [`Change::kind`] one of them; with priority 0 all
/// filters at this place.
pub fn delete<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    priority: u16,
    protocol: u16,
) -> Change<'a, Filter<'static>> {
    Change::new(Route::DEL_FILTER, at(parent, priority, protocol)).of(link)
}

/// Asks for one filter.
pub fn get<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    priority: u16,
    protocol: u16,
    kind: &'a str,
    handle: u32,
) -> FilterQuery<'a> {
    let header = TcHeader { handle: Handle(handle), ..place(parent, priority, protocol) };
    Query::new(Route::GET_FILTER, TcGet { header, kind: Some(kind.into()), ..TcGet::default() }).of(link)
}

/// Lists the filters at a queueing discipline or a class.
pub fn list<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle) -> FilterQuery<'a> {
    Query::new(Route::GET_FILTER, TcGet { header: place(parent, 0, 0), ..TcGet::default() }).of(link)
}

fn place(parent: Handle, priority: u16, protocol: u16) -> TcHeader {
    TcHeader { parent, ..TcHeader::default() }.with_order(priority, protocol)
}

fn at<'a>(parent: Handle, priority: u16, protocol: u16) -> Filter<'a> {
    Filter { header: place(parent, priority, protocol), ..Filter::default() }
}

impl<'a> Change<'a, Filter<'static>> {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |filter, index| filter.header.ifindex = index)
    }

    /// The handle: the number of the filter at its priority, of `fw` the mark, of `u32` table, bucket and number.
    pub fn handle(mut self, handle: u32) -> Self {
        self.body.header.handle = Handle(handle);
        self
    }

    /// The kind, which a request without options needs to name one filter.
    pub fn kind(mut self, kind: &'a str) -> Self {
        self.body.kind = Some(kind.into());
        self
    }

    /// The chain; 0 otherwise.
    pub fn chain(mut self, chain: u32) -> Self {
        self.body.chain = Some(chain);
        self
    }

    /// In a block that several links share, whatever link and parent were given.
    pub fn in_block(mut self, block: u32) -> Self {
        self.body.header = self.body.header.in_block(block);
        self.unlinked()
    }
}

impl FilterQuery<'_> {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |get, index| get.header.ifindex = index)
    }

    /// Those of a block that several links share, whatever link and parent were given.
    pub fn in_block(mut self, block: u32) -> Self {
        self.body.header = self.body.header.in_block(block);
        self.unlinked()
    }

    /// Only those of this chain.
    pub fn chain(mut self, chain: u32) -> Self {
        self.body.chain = Some(chain);
        self
    }

    /// Without matches, and of actions only the counters. Since Linux 5.8.
    pub fn terse(mut self) -> Self {
        self.body.dump_flags = Some(Bitfield32 { value: DumpFlags::TERSE, selector: DumpFlags::TERSE });
        self
    }
}
