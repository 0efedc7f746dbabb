//! Verbs: requests before they are sent.

use std::{borrow::Cow, fmt};

use netlink_core::{
    Do, DoDump, Dump, IntoRequest, Request,
    operation::{Operation, ReplyAs, Requests},
    wire::{Body, MessageFlags},
};

use super::{
    Route,
    link::{Named, Which},
};

/// A request before it is sent: an operation of the kind `K`, and what is sent with it, which can be changed still. A
/// connection takes it as it is; [`into_request`](IntoRequest::into_request) makes a [`Request`] of it, which can be
/// given a deadline.
///
/// Where it is about a link that was given [by its name](Which), the connection asks for the index before it sends the
/// request. Until then, `body` has an index that no link has.
///
/// ```
/// use protocols::route::routes;
///
/// let mut add = routes::add("192.0.2.0/24".parse::<protocols::route::ip::IpNet>()?).dev(2);
/// add.body.priority = Some(100); // what no method is there for
/// # Ok::<(), protocols::route::ip::NotAnIpNet>(())
/// ```
#[must_use = "a request does nothing until a connection sends it"]
pub struct Verb<'a, K: Requests> {
    /// What is sent.
    pub body: <K::Request as Body>::Of<'a>,
    operation: Operation<Route, K>,
    flags: MessageFlags,
    links: Named,
}

/// A request that changes something, which is acknowledged: for `tell`.
pub type Change<'a, B> = Verb<'a, Do<B>>;

/// A request for one object or for a list: for `ask` or `dump`.
pub type Query<'a, B, Item = B> = Verb<'a, DoDump<B, Item>>;

/// A request for a list: for `dump`.
pub type List<'a, B, Item = B> = Verb<'a, Dump<B, Item>>;

impl<'a, K: Requests> Verb<'a, K> {
    pub(super) fn new(operation: Operation<Route, K>, body: <K::Request as Body>::Of<'a>) -> Self {
        Self { body, operation, flags: MessageFlags::default(), links: Named::default() }
    }

    /// About a link, whose index `set` puts into this field of the body. That of a link that is given by its name is put
    /// there when the request is sent.
    pub(super) fn linked<'w>(
        mut self,
        field: impl Into<Cow<'static, str>>,
        link: impl Into<Which<'w>>,
        set: impl FnOnce(&mut <K::Request as Body>::Of<'a>, i32),
    ) -> Self {
        set(&mut self.body, self.links.index(field, link));
        self
    }

    /// About no link at all, whatever was given.
    #[cfg(feature = "tc")]
    pub(super) fn unlinked(mut self) -> Self {
        self.links = Named::default();
        self
    }

    /// Sets flags in addition to those set already.
    pub fn flags(mut self, flags: MessageFlags) -> Self {
        self.flags |= flags;
        self
    }

    /// Has the reply or the entries of a list read as something else than the operation declares: as a message with the
    /// few fields that matter. That takes less time, and the program does not contain how to read all others.
    ///
    /// ```
    /// use netlink_core::{NlFamily, NlMessage, wire::Text};
    /// use protocols::route::{Route, link};
    ///
    /// #[derive(NlMessage, Debug, Default)]
    /// #[nl(subset_of = link::Link<'_>)]
    /// struct Name<'a> {
    ///     #[nl_attr(header)]
    ///     header: link::LinkHeader,
    ///     ifname: Option<Text<'a>>,
    /// }
    ///
    /// let mut route = Route::connect()?;
    /// let lo = route.ask(link::get("lo").reply_as::<Name>())?;
    /// assert_eq!((lo.header.index, lo.ifname), (1, Some("lo".into())));
    /// # Ok::<(), netlink_core::Error>(())
    /// ```
    pub fn reply_as<T: Body>(self) -> Request<Route, K::As, K::Request>
    where
        K: ReplyAs<T>,
    {
        self.into_request().reply_as()
    }
}

impl<'a, B: Body> Change<'a, B> {
    /// Makes what is not there, and fails with `EEXIST` if it is.
    pub(super) fn creating(operation: Operation<Route, Do<B>>, body: B::Of<'a>) -> Self {
        Self::new(operation, body).flags(MessageFlags::CREATE | MessageFlags::EXCL)
    }

    /// Makes what is not there, and replaces what is: done again, it changes nothing. Not so of rules, of which the kernel
    /// makes another one: there, `add` fails with `EEXIST` if there is one that is the same in everything.
    #[doc(alias = "NLM_F_REPLACE")]
    pub fn replace(mut self) -> Self {
        self.flags = without(self.flags, MessageFlags::EXCL);
        self.flags(MessageFlags::CREATE | MessageFlags::REPLACE)
    }

    /// Changes what is there, and fails with `ENOENT` if it is not. Addresses and rules are made all the same.
    pub fn update(mut self) -> Self {
        self.flags = without(self.flags, MessageFlags::EXCL | MessageFlags::CREATE);
        self.flags(MessageFlags::REPLACE)
    }

    /// Makes it, behind what is there.
    #[doc(alias = "NLM_F_APPEND")]
    pub fn append(mut self) -> Self {
        self.flags = without(self.flags, MessageFlags::EXCL);
        self.flags(MessageFlags::CREATE | MessageFlags::APPEND)
    }
}

impl<'a, K: Requests<Request: Body<Of<'a>: Clone>>> Clone for Verb<'a, K> {
    fn clone(&self) -> Self {
        Self { body: self.body.clone(), operation: self.operation, flags: self.flags, links: self.links.clone() }
    }
}

fn without(flags: MessageFlags, removed: MessageFlags) -> MessageFlags {
    MessageFlags::from_bits(flags.bits() & !removed.bits())
}

impl<K: Requests> IntoRequest for Verb<'_, K> {
    type Family = Route;
    type Operation = K;
    type Body = K::Request;

    fn into_request(self) -> Request<Route, K, K::Request> {
        self.links.look_up(self.operation.with(&self.body).flags(self.flags))
    }
}

impl<'a, K: Requests<Request: Body<Of<'a>: fmt::Debug>>> fmt::Debug for Verb<'a, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { body, operation, flags, links } = self;
        f.debug_struct(operation.name()).field("body", body).field("flags", flags).field("links", links).finish()
    }
}
