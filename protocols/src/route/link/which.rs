//! Which link a request is about.

use std::{borrow::Cow, fmt};

use netlink_core::{IntoOwned, NlMessage, Request, request::Lookup, wire::Text};

use super::{Link, LinkGet, LinkHeader, get};
use crate::route::Route;

/// Names of links are shorter than this: `IFNAMSIZ` in `linux/if.h`.
const NAME_SIZE: usize = 16;

/// Which link a request is about: its index, its name, or one of its alternative names (since Linux 5.5).
///
/// By an alternative name of more than 15 bytes, Linux 5.10 tells of a link and does not change it; 6.1 does both.
///
/// Most requests can have an index only. Then a name is for the connection: it asks for the link of that name, in its own
/// network namespace, when it sends the request, and waits for the answer as long as for that of the request. If there is
/// none, the request fails with `ENODEV` and is not sent. Who sends many of them saves time with the index.
///
/// ```
/// use protocols::route::link::{Link, Which};
///
/// assert_eq!(Which::from(7), Which::Index(7));
/// assert_eq!(Which::from("eth0"), Which::Name("eth0".into()));
/// let link = Link { ifname: Some("eth0".into()), ..Link::default() };
/// assert_eq!(Which::from(&link), Which::Index(0)); // whose index nobody told yet
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// By its index.
    Index(i32),
    /// By its name or an alternative name.
    Name(Text<'a>),
}

impl<'a> Which<'a> {
    /// An empty message about this link.
    pub(super) fn into_link(self) -> Link<'a> {
        let (index, ifname, alt_ifname) = self.names();
        let mut link = Link { ifname, alt_ifname, ..Link::default() };
        link.header.index = index;
        link
    }

    /// A request for this link.
    pub(super) fn into_get(self) -> LinkGet<'a> {
        let (index, ifname, alt_ifname) = self.names();
        let mut get = LinkGet { ifname, alt_ifname, ..LinkGet::default() };
        get.header.index = index;
        get
    }

    /// The index, the name and the alternative name. What is too long for a name must be an alternative name, and goes into another
    /// attribute; the kernel finds a short alternative name under either.
    fn names(self) -> (i32, Option<Text<'a>>, Option<Text<'a>>) {
        match self {
            Self::Index(index) => (index, None, None),
            Self::Name(name) if name.as_bytes().len() < NAME_SIZE => (0, Some(name), None),
            Self::Name(name) => (0, None, Some(name)),
        }
    }
}

impl From<i32> for Which<'_> {
    fn from(index: i32) -> Self {
        Self::Index(index)
    }
}

impl From<u32> for Which<'_> {
    /// Numbers that are no index stay none.
    fn from(index: u32) -> Self {
        Self::Index(i32::try_from(index).unwrap_or(-1))
    }
}

impl<'a> From<&'a str> for Which<'a> {
    fn from(name: &'a str) -> Self {
        Self::Name(name.into())
    }
}

impl<'a> From<&'a String> for Which<'a> {
    fn from(name: &'a String) -> Self {
        Self::from(name.as_str())
    }
}

impl<'a> From<Text<'a>> for Which<'a> {
    fn from(name: Text<'a>) -> Self {
        Self::Name(name)
    }
}

impl From<&Link<'_>> for Which<'_> {
    /// The index of what the kernel told.
    fn from(link: &Link<'_>) -> Self {
        Self::Index(link.header.index)
    }
}

/// What stands in a field until the name of the link is looked up. No link has it.
const NOT_YET: i32 = i32::MIN;

/// Fields of a request that get the index of a link when it is sent.
#[derive(Clone, Default)]
pub(in crate::route) struct Named(Vec<Field>);

#[derive(Clone)]
struct Field {
    path: Cow<'static, str>,
    /// Of the link.
    name: Text<'static>,
    /// Asks for the link. Made here and not when the request is: programs that give no names do not contain it.
    lookup: Lookup<Route>,
}

/// What is read of a link that is looked up.
#[derive(NlMessage, Debug, Default)]
#[nl(subset_of = Link<'_>)]
struct Found {
    #[nl_attr(header)]
    header: LinkHeader,
}

impl Named {
    /// The index of a link for this field; of one that is given by its name, what stands there until it is sent.
    pub(in crate::route) fn index<'w>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        link: impl Into<Which<'w>>,
    ) -> i32 {
        let path = field.into();
        self.0.retain(|other| other.path != path);
        match link.into() {
            Which::Index(index) => index,
            Which::Name(name) => {
                let question = get(name.clone()).without_family_stats().reply_as::<Found>();
                let lookup = Lookup::new(path.clone(), question, "header.index");
                self.0.push(Field { path, name: name.into_owned(), lookup });
                NOT_YET
            }
        }
    }

    /// Has the connection ask for the links.
    pub(in crate::route) fn look_up<K, B>(self, request: Request<Route, K, B>) -> Request<Route, K, B> {
        match self.lookups() {
            Some(lookup) => request.look_up(lookup),
            None => request,
        }
    }

    // Once, not in each kind of request.
    #[inline(never)]
    fn lookups(self) -> Option<Lookup<Route>> {
        self.0.into_iter().map(|field| field.lookup).reduce(Lookup::and)
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|field| (&field.path, &field.name))).finish()
    }
}
