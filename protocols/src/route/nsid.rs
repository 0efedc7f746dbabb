//! Numbers of network namespaces: what one namespace calls another.
//!
//! Declared after `linux/net_namespace.h`; the kernel's side is `net/core/net_namespace.c`.
//!
//! ```
//! use netlink_core::NlFamily;
//! use protocols::route::{Route, nsid::{self, Of}};
//!
//! let mut route = Route::connect()?;
//! let own = route.ask(nsid::get(Of::Process(std::process::id())))?;
//! println!("this namespace calls itself {:?}", own.nsid); // -1 if it has no number for itself
//! # Ok::<(), netlink_core::Error>(())
//! ```

use netlink_core::{Do, DoDump, Event, Group, NlDebug, NlFamily, NlMessage, NlStruct, wire::UnknownAttrs};

use super::{
    Route,
    ip::AddressFamily,
    verb::{Change, Query},
};

/// The header of messages that are about no address family in particular.
#[doc(alias = "rtgenmsg")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenericHeader {
    /// The address family.
    #[doc(alias = "rtgen_family")]
    pub family: AddressFamily,
}

/// The number of a namespace.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct NsId<'a> {
    /// The fixed header.
    #[nl_attr(header)]
    pub header: GenericHeader,
    /// The number, from 0; [`NOT_ASSIGNED`](Self::NOT_ASSIGNED) if there is none, and in requests to have one chosen.
    #[doc(alias = "NETNSA_NSID")]
    #[nl_attr(1)]
    pub nsid: Option<i32>,
    /// The namespace of this process, in requests.
    #[doc(alias = "NETNSA_PID")]
    #[nl_attr(2)]
    pub pid: Option<u32>,
    /// The namespace of this file descriptor, in requests.
    #[doc(alias = "NETNSA_FD")]
    #[nl_attr(3)]
    pub fd: Option<u32>,
    /// In requests: what the namespace with this number calls the other.
    #[doc(alias = "NETNSA_TARGET_NSID")]
    #[nl_attr(4)]
    pub target_nsid: Option<i32>,
    /// What the namespace of the socket calls the other.
    #[doc(alias = "NETNSA_CURRENT_NSID")]
    #[nl_attr(5)]
    pub current_nsid: Option<i32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

impl NsId<'_> {
    /// No number.
    #[doc(alias = "NETNSA_NSID_NOT_ASSIGNED")]
    pub const NOT_ASSIGNED: i32 = -1;
}

/// The namespace that a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// That of a process, by its number.
    Process(u32),
    /// That of a file descriptor, such as one of `/run/netns/...`.
    Fd(u32),
    /// That with this number.
    Number(i32),
}

impl Of {
    fn body(self) -> NsId<'static> {
        match self {
            Self::Process(pid) => NsId { pid: Some(pid), ..NsId::default() },
            Self::Fd(fd) => NsId { fd: Some(fd), ..NsId::default() },
            Self::Number(nsid) => NsId { nsid: Some(nsid), ..NsId::default() },
        }
    }
}

/// Gives a number to the namespace of a process or a file descriptor: this one, or with `None` any that is free.
pub fn assign(of: Of, nsid: Option<i32>) -> Change<'static, NsId<'static>> {
    let nsid = nsid.unwrap_or(NsId::NOT_ASSIGNED);
    Change::new(Route::NEW_NSID, NsId { nsid: Some(nsid), ..of.body() })
}

/// The number of a namespace.
pub fn get(of: Of) -> Query<'static, NsId<'static>> {
    Query::new(Route::GET_NSID, of.body())
}

/// The numbers of all namespaces that have one.
pub fn list() -> Query<'static, NsId<'static>> {
    Query::new(Route::GET_NSID, NsId::default())
}

/// The operations of numbers of namespaces.
#[derive(NlFamily, Debug)]
#[nl(part_of = Route)]
pub(crate) struct Operations {
    /// Tells the number of a namespace; lists all that have one.
    #[doc(alias = "RTM_GETNSID")]
    #[nl(90, reply = 88)]
    pub get_nsid: DoDump<NsId<'static>, NsId<'static>>,
    /// Gives a number to a namespace.
    #[doc(alias = "RTM_NEWNSID")]
    #[nl(88)]
    pub new_nsid: Do<NsId<'static>>,
    /// A namespace has got a number.
    #[doc(alias = "RTM_NEWNSID")]
    #[nl(88)]
    pub nsid_assigned: Event<NsId<'static>>,
    /// A namespace with a number is gone.
    #[doc(alias = "RTM_DELNSID")]
    #[nl(89)]
    pub nsid_gone: Event<NsId<'static>>,
    /// Numbers of namespaces.
    #[doc(alias = "RTNLGRP_NSID")]
    #[nl(group = 28)]
    pub nsid: Group,
}
