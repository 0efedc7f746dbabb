//! Requests that can be refined before they are sent.

use std::fmt;

use netlink_core::{
    Do, DoDump, IntoRequest, Request,
    operation::{Operation, Requests},
    wire::{Body, MessageFlags},
};

use crate::route::Route;

/// A request that changes something: for [`Connection::tell`](netlink_core::Connection::tell).
#[must_use = "a request does nothing until a connection sends it"]
pub struct Change<'a, B: Body> {
    /// What is sent. For what there is no method for, such as a size table: change it here.
    pub body: B::Of<'a>,
    operation: Operation<Route, Do<B>>,
    flags: MessageFlags,
}

impl<'a, B: Body> Change<'a, B> {
    pub(super) fn new(operation: Operation<Route, Do<B>>, body: B::Of<'a>) -> Self {
        Self { body, operation, flags: MessageFlags::default() }
    }

    /// Creates what is not there.
    pub fn create(self) -> Self {
        self.flag(MessageFlags::CREATE)
    }

    /// Fails with `EEXIST` if it is there.
    pub fn exclusive(self) -> Self {
        self.flag(MessageFlags::EXCL)
    }

    /// Replaces what is there.
    pub fn replace(self) -> Self {
        self.flag(MessageFlags::REPLACE)
    }

    pub(super) fn root(self) -> Self {
        self.flag(MessageFlags::ROOT)
    }

    fn flag(mut self, flags: MessageFlags) -> Self {
        self.flags |= flags;
        self
    }
}

impl<B: Body> IntoRequest for Change<'_, B> {
    type Family = Route;
    type Operation = Do<B>;
    type Body = B;

    fn into_request(self) -> Request<Route, Do<B>, B> {
        self.operation.with(&self.body).flags(self.flags)
    }
}

/// A request that asks: for [`Connection::dump`](netlink_core::Connection::dump), or, if it names one object, for
/// [`Connection::ask`](netlink_core::Connection::ask).
#[must_use = "a request does nothing until a connection sends it"]
pub struct List<'a, B: Body, K = DoDump<B, B>> {
    /// What is sent. For what there is no method for: change it here.
    pub body: B::Of<'a>,
    operation: Operation<Route, K>,
    flags: MessageFlags,
}

impl<'a, B: Body, K> List<'a, B, K> {
    pub(super) fn new(operation: Operation<Route, K>, body: B::Of<'a>) -> Self {
        Self { body, operation, flags: MessageFlags::default() }
    }

    /// The kernel sends some answers only as an echo of a notification.
    pub(super) fn echo(mut self) -> Self {
        self.flags |= MessageFlags::ECHO;
        self
    }
}

impl<B: Body, K: Requests<Request = B>> IntoRequest for List<'_, B, K> {
    type Family = Route;
    type Operation = K;
    type Body = B;

    fn into_request(self) -> Request<Route, K, B> {
        self.operation.with(&self.body).flags(self.flags)
    }
}

impl<'a, B: Body<Of<'a>: fmt::Debug>> fmt::Debug for Change<'a, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").field("body", &self.body).field("flags", &self.flags).finish_non_exhaustive()
    }
}

impl<'a, B: Body<Of<'a>: fmt::Debug>, K> fmt::Debug for List<'a, B, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("body", &self.body).field("flags", &self.flags).finish_non_exhaustive()
    }
}
