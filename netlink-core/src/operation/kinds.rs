//! Kinds of operations: what their messages consist of, and what can be done with them.

use std::fmt;

use super::Marker;
use crate::{request::RawMessage, schema::Bodies, wire::Body};

/// An operation on one object: answered with one reply, or (`Reply = ()`) acknowledged.
pub struct Do<Request, Reply = ()>(Marker<(Request, Reply)>);

/// An operation that lists.
pub struct Dump<Request, Item>(Marker<(Request, Item)>);

/// An operation on one object or on all: with a reply, or a list.
pub struct DoDump<Request, Reply, DumpRequest = Request, Item = Reply>(Marker<(Request, Reply, DumpRequest, Item)>);

/// A notification: sent by the kernel to the members of a multicast group.
pub struct Event<Body>(Marker<Body>);

/// An operation that nobody declared: bodies are bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawOperation;

/// What the messages of an operation consist of, by its kind.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of operation",
    label = "must be `Do`, `Dump`, `DoDump` or `Event`",
    note = "a multicast group is `#[nl(group = ...)]` and `Group`"
)]
pub trait Described {
    /// What the declarations of the bodies say.
    const BODIES: Bodies = Bodies::NONE;
}

impl<R: Body, A: Body> Described for Do<R, A> {
    const BODIES: Bodies = Bodies { request: Some(R::LAYOUT), reply: Some(A::LAYOUT), ..Bodies::NONE };
}

impl<R: Body, I: Body> Described for Dump<R, I> {
    const BODIES: Bodies = Bodies { dump_request: Some(R::LAYOUT), item: Some(I::LAYOUT), ..Bodies::NONE };
}

impl<R: Body, A: Body, D: Body, I: Body> Described for DoDump<R, A, D, I> {
    const BODIES: Bodies = Bodies {
        request: Some(R::LAYOUT),
        reply: Some(A::LAYOUT),
        dump_request: Some(D::LAYOUT),
        item: Some(I::LAYOUT),
    };
}

impl<B: Body> Described for Event<B> {
    const BODIES: Bodies = Bodies { reply: Some(B::LAYOUT), ..Bodies::NONE };
}

impl Described for RawOperation {}

/// Operations that a request body can be given to.
pub trait Requests {
    /// What is sent.
    type Request: Body;
}

/// Operations on one object.
#[diagnostic::on_unimplemented(
    message = "an operation of the kind `{Self}` cannot be asked for one object",
    label = "not a `Do` or `DoDump`",
    note = "`ask` and `tell` are for operations declared as `Do` or `DoDump`; a `Dump` is for `dump`"
)]
pub trait Asks {
    /// What is sent.
    type Request: Body;
    /// What comes back.
    type Reply: Body;
}

/// Operations that list.
#[diagnostic::on_unimplemented(
    message = "an operation of the kind `{Self}` cannot be dumped",
    label = "not a `Dump` or `DoDump`",
    note = "`dump` is for operations declared as `Dump` or `DoDump`; a `Do` is for `ask` and `tell`"
)]
pub trait Dumps {
    /// What is sent.
    type Request: Body;
    /// One entry of the list.
    type Item: Body;
}

/// Operations whose answers can be read as something else than they declare, as a `T`: see
/// [`Request::reply_as`](crate::Request::reply_as).
pub trait ReplyAs<T> {
    /// The operation with other answers.
    type As;
}

impl<R, A, T> ReplyAs<T> for Do<R, A> {
    type As = Do<R, T>;
}

impl<R, I, T> ReplyAs<T> for Dump<R, I> {
    type As = Dump<R, T>;
}

impl<R, A, D, I, T> ReplyAs<T> for DoDump<R, A, D, I> {
    type As = DoDump<R, T, D, T>;
}

/// Operations whose messages also come without being asked for.
#[diagnostic::on_unimplemented(
    message = "an operation of the kind `{Self}` has no notifications",
    label = "has no body to decode a notification into",
    note = "notifications are declared as `Event`; replies of `Do`, `Dump` and `DoDump` may come as notifications too"
)]
pub trait Notifies {
    /// What is sent.
    type Body: Body;
}

impl<R: Body, A: Body> Requests for Do<R, A> {
    type Request = R;
}

impl<R: Body, I: Body> Requests for Dump<R, I> {
    type Request = R;
}

impl<R: Body, A: Body, D: Body, I: Body> Requests for DoDump<R, A, D, I> {
    type Request = R;
}

impl Requests for RawOperation {
    type Request = &'static [u8];
}

impl<R: Body, A: Body> Asks for Do<R, A> {
    type Request = R;
    type Reply = A;
}

impl<R: Body, A: Body, D: Body, I: Body> Asks for DoDump<R, A, D, I> {
    type Request = R;
    type Reply = A;
}

impl Asks for RawOperation {
    type Request = &'static [u8];
    type Reply = RawMessage<'static>;
}

impl<R: Body, I: Body> Dumps for Dump<R, I> {
    type Request = R;
    type Item = I;
}

impl<R: Body, A: Body, D: Body, I: Body> Dumps for DoDump<R, A, D, I> {
    type Request = D;
    type Item = I;
}

impl Dumps for RawOperation {
    type Request = &'static [u8];
    type Item = RawMessage<'static>;
}

impl<B: Body> Notifies for Event<B> {
    type Body = B;
}

impl<R: Body, A: Body> Notifies for Do<R, A> {
    type Body = A;
}

impl<R: Body, I: Body> Notifies for Dump<R, I> {
    type Body = I;
}

impl<R: Body, A: Body, D: Body, I: Body> Notifies for DoDump<R, A, D, I> {
    type Body = A;
}

macro_rules! debug_as_name {
    ($($name:ident<$($param:ident),*>)*) => {$(
        impl<$($param),*> fmt::Debug for $name<$($param),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}

debug_as_name! { Do<R, A> Dump<R, I> DoDump<R, A, D, I> Event<B> }
