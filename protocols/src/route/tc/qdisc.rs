//! Queueing disciplines: what a link does with packets until they are sent.
//!
//! Declared after `linux/pkt_sched.h`; the kernel's side is `net/sched/sch_*.c`. What no kernel that the tests ran on
//! has or tells is marked so.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{
//!     Route,
//!     tc::{
//!         Handle,
//!         qdisc::{self, Htb, HtbGlobal, QdiscOptions},
//!     },
//! };
//!
//! let mut route = Route::connect()?;
//! let htb = Htb { init: Some(HtbGlobal::with_default_class(0x10)), ..Htb::default() };
//! route.tell(qdisc::add("eth0", Handle::new(1, 0), QdiscOptions::Htb(htb)))?;
//! for qdisc in route.dump(qdisc::list())? {
//!     let qdisc = qdisc?;
//!     println!("{:?} {} {:?}", qdisc.kind, qdisc.header.handle, qdisc.options);
//! }
//! route.tell(qdisc::delete("eth0", Handle::ROOT))?;
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod cake;
mod codel;
mod drr;
mod ets;
mod fifo;
mod fq;
mod gred;
mod hfsc;
mod hhf;
mod htb;
mod kinds;
mod mqprio;
mod netem;
mod pie;
mod red;
mod sfq;
mod taprio;
mod tbf;

pub use cake::{Cake, CakeAckFilter, CakeAtm, CakeDiffserv, CakeFlowMode, CakeStats, CakeTinStats};
pub use codel::{
    Codel, CodelXstats, FqCodel, FqCodelClassStats, FqCodelQdiscStats, FqCodelSource, FqCodelStats, FqCodelXstats,
};
pub use drr::{DrrClass, DrrStats, QfqClass, QfqStats};
pub use ets::{Ets, EtsClass, EtsPrioMap, EtsQuanta};
pub use fifo::{Fifo, Multiq, Plug, PlugAction, Prio, SkbPrio};
pub use fq::{Fq, FqStats};
pub use gred::{Gred, GredParms, GredQueue, GredQueues, GredSetup};
pub use hfsc::{Hfsc, HfscClass, HfscStats, ServiceCurve};
pub use hhf::{Hhf, HhfXstats};
pub use htb::{Htb, HtbClass, HtbGlobal, HtbParms, HtbXstats};
pub use kinds::{QdiscOptions, QdiscXstats};
pub use mqprio::{
    FramePreemption, Mqprio, MqprioMap, MqprioMaxRates, MqprioMinRates, MqprioMode, MqprioShaper, MqprioTcEntry,
};
pub use netem::{
    Netem, NetemCorrelation, NetemCorrupt, NetemGeModel, NetemGiModel, NetemLoss, NetemParms, NetemRate, NetemReorder,
    NetemSlot, NetemXstats,
};
pub use pie::{
    DualPi2, DualPi2DropEarly, DualPi2DropOverload, DualPi2EcnMask, DualPi2SplitGso, DualPi2Xstats, FqPie, FqPieXstats,
    Pie, PieXstats,
};
pub use red::{Choke, ChokeXstats, Red, RedFlags, RedParms, RedXstats};
pub use sfq::{Sfb, SfbParms, SfbXstats, Sfq, SfqBase, SfqRedStats, SfqXstats};
pub use taprio::{Taprio, TaprioCommand, TaprioEntries, TaprioEntry, TaprioFlags, TaprioStats, TaprioTcEntry};
pub use tbf::{Cbs, CbsParms, Etf, EtfFlags, EtfParms, Tbf, TbfParms};

use netlink_core::{
    NlDebug, NlMessage,
    wire::{MessageFlags, Text, UnknownAttrs},
};

use super::{Estimator, Handle, OldStats, QdiscStats, SizeTable, TcGet, TcHeader};
use crate::route::{
    Route,
    link::Which,
    verb::{Change, Query},
};

/// A request for one queueing discipline, or for a list.
pub type QdiscQuery<'a> = Query<'a, TcGet<'static>, Qdisc<'static>>;

/// A queueing discipline: what the kernel says of one, and what a request says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Qdisc<'a> {
    /// The fixed header: the link, the handle, the parent; `info` is the number of references.
    #[nl_attr(header)]
    pub header: TcHeader,
    /// The kind, such as `htb`. Filled in from `options` where it is absent.
    #[doc(alias = "TCA_KIND")]
    #[nl_attr(1, selector, refused = "qdisc kind is unknown")]
    pub kind: Option<Text<'a>>,
    /// What is special to the kind.
    #[doc(alias = "TCA_OPTIONS")]
    #[nl_attr(2, select = kind)]
    pub options: Option<QdiscOptions<'a>>,
    /// What `stats2` says, in one struct of 32-bit numbers.
    #[doc(alias = "TCA_STATS")]
    #[nl_attr(3)]
    pub stats: Option<OldStats>,
    /// What only this kind counts, once more.
    #[doc(alias = "TCA_XSTATS")]
    #[nl_attr(4, select = kind)]
    pub xstats: Option<QdiscXstats<'a>>,
    /// How an average rate is estimated; only sent.
    #[doc(alias = "TCA_RATE")]
    #[nl_attr(5)]
    pub rate: Option<Estimator>,
    /// Counters.
    #[doc(alias = "TCA_STATS2")]
    #[nl_attr(7)]
    pub stats2: Option<QdiscStats<'a>>,
    /// A size table.
    #[doc(alias = "TCA_STAB")]
    #[nl_attr(8)]
    pub stab: Option<SizeTable<'a>>,
    /// In requests for a list: those that are not shown otherwise, such as the ones that a device starts with. Since
    /// Linux 4.12.
    #[doc(alias = "TCA_DUMP_INVISIBLE")]
    #[nl_attr(10)]
    pub dump_invisible: bool,
    /// 1 if the device does the work. Since Linux 4.16.
    #[doc(alias = "TCA_HW_OFFLOAD")]
    #[nl_attr(12)]
    pub hw_offload: Option<u8>,
    /// The block whose filters see what comes in. Since Linux 4.16.
    #[doc(alias = "TCA_INGRESS_BLOCK")]
    #[nl_attr(13)]
    pub ingress_block: Option<u32>,
    /// The block whose filters see what goes out. Since Linux 4.16.
    #[doc(alias = "TCA_EGRESS_BLOCK")]
    #[nl_attr(14)]
    pub egress_block: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Makes a queueing discipline: on the root of the link, or for `ingress` and `clsact` at their own place. Fails if
/// there is one that somebody made. [`Change::parent`] puts it elsewhere.
pub fn add<'a, 'w>(
    link: impl Into<Which<'w>>,
    handle: Handle,
    options: QdiscOptions<'a>,
) -> Change<'a, Qdisc<'static>> {
    Change::creating(Route::NEW_QDISC, request(handle, options)).of(link)
}

/// Makes a queueing discipline, whatever was in its place before; or changes the one that is there, if it has the same
/// kind and handle.
pub fn replace<'a, 'w>(
    link: impl Into<Which<'w>>,
    handle: Handle,
    options: QdiscOptions<'a>,
) -> Change<'a, Qdisc<'static>> {
    Change::new(Route::NEW_QDISC, request(handle, options)).replace().of(link)
}

/// Changes the queueing discipline that is there.
pub fn change<'a, 'w>(
    link: impl Into<Which<'w>>,
    handle: Handle,
    options: QdiscOptions<'a>,
) -> Change<'a, Qdisc<'static>> {
    Change::new(Route::NEW_QDISC, request(handle, options)).of(link)
}

/// Removes the queueing discipline at this place: [`Handle::ROOT`], [`Handle::INGRESS`] or the handle of a class.
pub fn delete<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle) -> Change<'a, Qdisc<'static>> {
    let header = TcHeader { parent, ..TcHeader::default() };
    Change::new(Route::DEL_QDISC, Qdisc { header, ..Qdisc::default() }).of(link)
}

/// Asks for the queueing discipline at this place: [`Handle::ROOT`], [`Handle::INGRESS`] or the handle of a class.
pub fn get<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle) -> QdiscQuery<'a> {
    let header = TcHeader { parent, ..TcHeader::default() };
    // The kernel sends the answer only as an echo of a notification.
    let get = Query::new(Route::GET_QDISC, TcGet { header, ..TcGet::default() }).flags(MessageFlags::ECHO);
    get.linked("header.ifindex", link, |get, index| get.header.ifindex = index)
}

/// Lists the queueing disciplines of all links: the kernel does not pick those of one, whose index is in the header.
pub fn list<'a>() -> QdiscQuery<'a> {
    Query::new(Route::GET_QDISC, TcGet::default())
}

fn request(handle: Handle, options: QdiscOptions<'_>) -> Qdisc<'_> {
    let parent = match options {
        QdiscOptions::Ingress | QdiscOptions::Clsact => Handle::INGRESS,
        _ => Handle::ROOT,
    };
    let header = TcHeader { handle, parent, ..TcHeader::default() };
    Qdisc { header, options: Some(options), ..Qdisc::default() }
}

impl Change<'_, Qdisc<'static>> {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |qdisc, index| qdisc.header.ifindex = index)
    }

    /// Puts it below a class.
    pub fn parent(mut self, parent: Handle) -> Self {
        self.body.header.parent = parent;
        self
    }
}

impl QdiscQuery<'_> {
    /// Also those that are not shown otherwise, such as the ones that a device starts with. Since Linux 4.12.
    pub fn with_invisible(mut self) -> Self {
        self.body.dump_invisible = true;
        self
    }
}
