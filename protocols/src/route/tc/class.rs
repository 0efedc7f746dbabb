//! Classes: parts of a queueing discipline, each with packets of its own.
//!
//! Declared after `linux/pkt_sched.h`. What is special to a kind is declared beside its queueing discipline, in
//! [`qdisc`](super::qdisc).
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{
//!     Route,
//!     tc::{
//!         Handle, RateSpec, Ticks,
//!         class::{self, ClassOptions},
//!         qdisc::{HtbClass, HtbParms},
//!     },
//! };
//!
//! let mut route = Route::connect()?;
//! let rate = RateSpec::new(125_000); // a megabit a second
//! let bucket = Ticks::to_send(1600, 125_000);
//! let parms = HtbParms { rate, ceil: rate, buffer: bucket, cbuffer: bucket, ..HtbParms::default() };
//! let htb = ClassOptions::Htb(HtbClass { parms: Some(parms), ..HtbClass::default() });
//! route.tell(class::add("eth0", Handle::new(1, 0), Handle::new(1, 0x10), htb))?;
//! for class in route.dump(class::list("eth0"))? {
//!     let class = class?;
//!     println!("{} below {}: {:?}", class.header.handle, class.header.parent, class.stats2);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

mod kinds;

pub use kinds::{ClassOptions, ClassXstats};

use netlink_core::{
    NlDebug, NlMessage,
    wire::{MessageFlags, Text, UnknownAttrs},
};

use super::{ClassStats, Estimator, Handle, OldStats, TcGet, TcHeader};
use crate::route::{
    Route,
    link::Which,
    verb::{Change, Query},
};

/// A request for one class, or for a list.
pub type ClassQuery<'a> = Query<'a, TcGet<'static>, Class<'static>>;

/// A class: what the kernel says of one, and what a request says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Class<'a> {
    /// The fixed header: the link, the handle of the class, its parent; `info` is the handle of the queueing discipline
    /// inside.
    #[nl_attr(header)]
    pub header: TcHeader,
    /// The kind of the queueing discipline that the class belongs to. Filled in from `options` where it is absent.
    #[doc(alias = "TCA_KIND")]
    #[nl_attr(1, selector)]
    pub kind: Option<Text<'a>>,
    /// What is special to the kind.
    #[doc(alias = "TCA_OPTIONS")]
    #[nl_attr(2, select = kind)]
    pub options: Option<ClassOptions<'a>>,
    /// What `stats2` says, in one struct of 32-bit numbers.
    #[doc(alias = "TCA_STATS")]
    #[nl_attr(3)]
    pub stats: Option<OldStats>,
    /// What only this kind counts, once more.
    #[doc(alias = "TCA_XSTATS")]
    #[nl_attr(4, select = kind)]
    pub xstats: Option<ClassXstats<'a>>,
    /// How an average rate is estimated; only sent.
    #[doc(alias = "TCA_RATE")]
    #[nl_attr(5)]
    pub rate: Option<Estimator>,
    /// Counters.
    #[doc(alias = "TCA_STATS2")]
    #[nl_attr(7)]
    pub stats2: Option<ClassStats<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Makes a class below another one, or below the queueing discipline itself.
pub fn add<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    handle: Handle,
    options: ClassOptions<'a>,
) -> Change<'a, Class<'static>> {
    Change::creating(Route::NEW_CLASS, request(parent, handle, options)).of(link)
}

/// Changes a class.
pub fn change<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    handle: Handle,
    options: ClassOptions<'a>,
) -> Change<'a, Class<'static>> {
    Change::new(Route::NEW_CLASS, request(parent, handle, options)).of(link)
}

/// Makes a class, or changes it if it is there.
pub fn replace<'a, 'w>(
    link: impl Into<Which<'w>>,
    parent: Handle,
    handle: Handle,
    options: ClassOptions<'a>,
) -> Change<'a, Class<'static>> {
    Change::new(Route::NEW_CLASS, request(parent, handle, options)).replace().of(link)
}

/// Removes a class.
pub fn delete<'a, 'w>(link: impl Into<Which<'w>>, handle: Handle) -> Change<'a, Class<'static>> {
    Change::new(Route::DEL_CLASS, Class { header: header(Handle::UNSPEC, handle), ..Class::default() }).of(link)
}

/// Asks for a class.
pub fn get<'a, 'w>(link: impl Into<Which<'w>>, handle: Handle) -> ClassQuery<'a> {
    // The kernel sends the answer only as an echo of a notification.
    asking(link, handle).flags(MessageFlags::ECHO)
}

/// Lists the classes of a link.
pub fn list<'a, 'w>(link: impl Into<Which<'w>>) -> ClassQuery<'a> {
    asking(link, Handle::UNSPEC)
}

fn asking<'a, 'w>(link: impl Into<Which<'w>>, handle: Handle) -> ClassQuery<'a> {
    let header = header(Handle::UNSPEC, handle);
    let query = Query::new(Route::GET_CLASS, TcGet { header, ..TcGet::default() });
    query.linked("header.ifindex", link, |get, index| get.header.ifindex = index)
}

fn header(parent: Handle, handle: Handle) -> TcHeader {
    TcHeader { handle, parent, ..TcHeader::default() }
}

fn request(parent: Handle, handle: Handle, options: ClassOptions<'_>) -> Class<'_> {
    Class { header: header(parent, handle), options: Some(options), ..Class::default() }
}

impl Change<'_, Class<'static>> {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |class, index| class.header.ifindex = index)
    }
}

impl ClassQuery<'_> {
    /// Only those of this queueing discipline.
    pub fn of_qdisc(mut self, handle: Handle) -> Self {
        self.body.header.parent = handle;
        self
    }
}
