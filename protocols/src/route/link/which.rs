//! Which link a request is about.

use netlink_core::wire::Text;

use super::{Link, LinkGet};

/// Names of links are shorter than this: `IFNAMSIZ` in `linux/if.h`.
const NAME_SIZE: usize = 16;

/// Which link a request is about: its index, its name, or one of its alternative names (since Linux 5.5).
///
/// By an alternative name of more than 15 bytes, Linux 5.10 tells of a link and does not change it; 6.1 does both.
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
