//! Why a request is refused, and where the kernel points when it says so.

use crate::{
    errno::Errno,
    generic::AttrPolicy,
    schema::{self, Kind},
    wire::{Attrs, Encode, MessageHeader, Writer},
};

/// A refusal: an error number, and what the kernel says beside it where the socket asked for that
/// ([`SocketOption::ExtAck`](crate::socket::SocketOption::ExtAck)).
///
/// ```
/// use netlink_core::{Errno, sim::Refusal};
///
/// let refusal = Refusal::new(Errno::RANGE).message("integer out of range").at_field("limits.high");
/// let plain = Refusal::from(Errno::NODEV);
/// # let _ = (refusal, plain);
/// ```
#[derive(Clone, Debug)]
pub struct Refusal(Box<Inner>);

#[derive(Clone, Debug, Default)]
struct Inner {
    errno: i32,
    message: Option<String>,
    at: Option<Spot>,
    cookie: Vec<u8>,
    policy: Option<AttrPolicy>,
    missing: Option<u32>,
    missing_in: Option<Spot>,
}

/// A place in a request.
#[derive(Clone, Debug)]
enum Spot {
    /// In bytes from the start of the message header.
    Offset(usize),
    /// The numbers of attributes, outermost first.
    Path(Vec<u16>),
    /// The names of fields, as the declaration has them.
    Field(String),
}

impl From<Errno> for Refusal {
    fn from(errno: Errno) -> Self {
        Self::new(errno)
    }
}

impl Refusal {
    /// A refusal without words.
    #[must_use]
    pub fn new(errno: Errno) -> Self {
        Self(Box::new(Inner { errno: -errno.raw(), ..Inner::default() }))
    }

    /// Reports the number without the minus, as some families do.
    #[must_use]
    pub fn positive(mut self) -> Self {
        self.0.errno = self.0.errno.saturating_abs();
        self
    }

    /// Says why.
    #[must_use]
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.0.message = Some(text.into());
        self
    }

    /// Points to an attribute by numbers, outermost first: to the last one of that number in each nest.
    #[must_use]
    pub fn at(mut self, path: &[u16]) -> Self {
        self.0.at = Some(Spot::Path(path.to_vec()));
        self
    }

    /// Points to a field by names as the declaration has them: `link_info.kind`.
    #[must_use]
    pub fn at_field(mut self, path: impl Into<String>) -> Self {
        self.0.at = Some(Spot::Field(path.into()));
        self
    }

    /// Points to a byte, counted from the start of the request's message header.
    #[must_use]
    pub fn at_offset(mut self, offset: usize) -> Self {
        self.0.at = Some(Spot::Offset(offset));
        self
    }

    /// Says what would have been accepted.
    #[must_use]
    pub fn policy(mut self, policy: AttrPolicy) -> Self {
        self.0.policy = Some(policy);
        self
    }

    /// Adds data of the family.
    #[must_use]
    pub fn cookie(mut self, cookie: impl Into<Vec<u8>>) -> Self {
        self.0.cookie = cookie.into();
        self
    }

    /// Says that an attribute is missing at the outermost level.
    #[must_use]
    pub fn missing(mut self, id: u16) -> Self {
        self.0.missing = Some(id.into());
        self
    }

    /// Says that an attribute is missing in the nest with these numbers, outermost first.
    #[must_use]
    pub fn missing_in(mut self, id: u16, nest: &[u16]) -> Self {
        self.0.missing = Some(id.into());
        self.0.missing_in = Some(Spot::Path(nest.to_vec()));
        self
    }

    pub(super) fn missing_at(mut self, id: u16, nest: usize) -> Self {
        self.0.missing = Some(id.into());
        self.0.missing_in = Some(Spot::Offset(nest));
        self
    }

    pub(super) fn success() -> Self {
        Self::new(Errno::from_raw(0))
    }

    /// As it stands in the answer: negative, unless it is one of the others.
    pub(super) fn number(&self) -> i32 {
        self.0.errno
    }

    /// The attributes of the extended acknowledgement.
    pub(super) fn attrs(&self, request: &[u8], header: usize, layout: Kind) -> Vec<u8> {
        let mut out = Writer::new();
        if let Some(message) = &self.0.message {
            out.attr(1, &[message.as_bytes(), &[0]].concat());
        }
        if !self.0.cookie.is_empty() {
            out.attr(3, &self.0.cookie);
        }
        // With a success the kernel says no more than this.
        if self.0.errno != 0 {
            let find = |spot: &Option<Spot>| spot.as_ref().and_then(|spot| spot.find(request, header, layout));
            if let Some(offset) = find(&self.0.at) {
                out.attr(2, &offset.to_ne_bytes());
            }
            if let Some(policy) = &self.0.policy {
                out.begin(4 | crate::wire::NESTED);
                policy.encode_into(&mut out);
                out.end();
            }
            if let Some(id) = self.0.missing {
                out.attr(5, &id.to_ne_bytes());
            }
            if let Some(offset) = find(&self.0.missing_in) {
                out.attr(6, &offset.to_ne_bytes());
            }
        }
        // What is too long for an attribute is the mistake of a test, and left out.
        out.finish().unwrap_or_default()
    }
}

impl Spot {
    /// The offset in a request whose attributes, or fixed header of its own, follow `header` bytes after the message
    /// header.
    fn find(&self, request: &[u8], header: usize, layout: Kind) -> Option<u32> {
        let start = MessageHeader::SIZE + header;
        let body = request.get(start..)?;
        let offset = match self {
            Self::Offset(offset) => *offset,
            Self::Path(path) => {
                let fixed = match layout {
                    Kind::Nest(set) => set().header.map_or(0, |header| header.size.next_multiple_of(4)),
                    _ => 0,
                };
                start + fixed + find_attr(body.get(fixed..)?, path)?
            }
            Self::Field(path) => {
                let is_it = |at: &usize| {
                    let place = schema::field_at(layout, body, *at);
                    place.is_some_and(|place| place.path().split_once('.').is_some_and(|(_, found)| found == path))
                };
                start + (0..body.len()).find(is_it)?
            }
        };
        u32::try_from(offset).ok()
    }
}

/// Where the attribute starts that has this path.
fn find_attr(bytes: &[u8], path: &[u16]) -> Option<usize> {
    let (first, rest) = path.split_first()?;
    let mut at = 0;
    let mut found = None;
    for attr in Attrs::new(bytes).map_while(Result::ok) {
        if attr.id() == *first {
            found = Some((at, attr.payload));
        }
        at += (4 + attr.payload.len()).next_multiple_of(4);
    }
    let (at, payload) = found?;
    if rest.is_empty() { Some(at) } else { Some(at + 4 + find_attr(payload, rest)?) }
}
