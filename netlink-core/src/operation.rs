//! Operations: what a family can be asked, with what, and what it answers.
//!
//! Declared with `#[derive(NlFamily)]`; the types here are what the declaration is made of. By hand it looks like this:
//!
//! ```
//! use netlink_core::{
//!     operation::{DoDump, FamilyInfo, FamilyKind, MulticastGroup, NlFamily, Operation},
//!     protocol::Generic,
//!     request::RawMessage,
//! };
//!
//! /// The family that knows all generic families.
//! struct Controller;
//!
//! impl NlFamily for Controller {
//!     type Protocol = Generic;
//!     const INFO: FamilyInfo = FamilyInfo { name: "nlctrl", kind: FamilyKind::Generic { version: 2 } };
//! }
//!
//! impl Controller {
//!     const GET: Operation<Self, DoDump<(), RawMessage<'static>>> = Operation::new("get", 3, 1);
//!     const CHANGES: MulticastGroup<Self> = MulticastGroup::named("notify");
//! }
//!
//! let mut controller = Controller::connect()?;
//! controller.join(Controller::CHANGES)?;
//! for family in controller.dump(Controller::GET.with(&()))? {
//!     println!("{} bytes about a family", family?.body.len());
//! }
//! # Ok::<(), netlink_core::error::Error>(())
//! ```

mod begins;
pub(crate) mod part;

use std::{fmt, marker::PhantomData};

pub use begins::Begins;
pub use part::Part;

use crate::{
    connection::Connection,
    error::Error,
    protocol::IsProtocol,
    request::Request,
    schema::{self, Bodies},
    wire::Body,
};

/// Names types without holding values of them.
pub(crate) type Marker<T> = PhantomData<fn() -> T>;

/// An operation on one object: answered with one reply, or (`Reply = ()`) acknowledged.
pub struct Do<Request, Reply = ()>(Marker<(Request, Reply)>);

/// An operation that lists.
pub struct Dump<Request, Item>(Marker<(Request, Item)>);

/// An operation on one object or on all: with a reply, or a list.
pub struct DoDump<Request, Reply, DumpRequest = Request, Item = Reply>(Marker<(Request, Reply, DumpRequest, Item)>);

/// A notification: sent by the kernel to the members of a multicast group.
pub struct Event<Body>(Marker<Body>);

/// A field of a declaration that is a multicast group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Group;

/// The type of the fields that are multicast groups.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no multicast group",
    label = "must be `Group`",
    note = "an operation is `#[nl(3)]`, and `Do`, `Dump`, `DoDump` or `Event`"
)]
pub trait IsGroup {
    /// That it is.
    const IS: () = ();
}

impl IsGroup for Group {}

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
/// [`Request::reply_as`].
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
    type Reply = crate::request::RawMessage<'static>;
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
    type Item = crate::request::RawMessage<'static>;
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

/// An operation of the family `F`, of the kind `K`: [`Do`], [`Dump`], [`DoDump`] or [`Event`].
///
/// A constant that `#[derive(NlFamily)]` makes of each field: `Sensors::GET`.
pub struct Operation<F, K> {
    name: &'static str,
    request_id: u16,
    reply_id: u16,
    also_id: Option<u16>,
    begins: Begins,
    marker: Marker<(F, K)>,
}

impl<F, K> Clone for Operation<F, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, K> Copy for Operation<F, K> {}

impl<F, K> fmt::Debug for Operation<F, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, request_id, reply_id, .. } = self;
        write!(f, "Operation({name}, {request_id} -> {reply_id})")
    }
}

impl<F, K> Operation<F, K> {
    /// An operation. The numbers are message types, or the commands of a generic family.
    pub const fn new(name: &'static str, request_id: u16, reply_id: u16) -> Self {
        Self { name, request_id, reply_id, also_id: None, begins: Begins::Any, marker: PhantomData }
    }

    /// The operation, whose bodies begin like this.
    #[must_use]
    pub const fn beginning(mut self, begins: Begins) -> Self {
        self.begins = begins;
        self
    }

    /// The operation, whose replies may have this number as well.
    #[must_use]
    pub const fn or_reply(mut self, id: u16) -> Self {
        self.also_id = Some(id);
        self
    }

    /// The name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The number of requests.
    pub const fn request_id(&self) -> u16 {
        self.request_id
    }

    /// The number of replies and notifications.
    pub const fn reply_id(&self) -> u16 {
        self.reply_id
    }

    /// Another number that replies may have.
    pub const fn also_id(&self) -> Option<u16> {
        self.also_id
    }

    /// With which byte its bodies begin, where several operations have one number.
    pub const fn begins(&self) -> Begins {
        self.begins
    }

    /// What the declaration says of it.
    #[doc(hidden)]
    pub const fn describe(self, kernel: Option<&'static str>, doc: &'static str, bodies: Bodies) -> schema::Operation {
        let Self { name, request_id, reply_id, also_id, begins, .. } = self;
        schema::Operation {
            name,
            kernel,
            doc,
            request_id,
            reply_id,
            also_id,
            begins,
            bodies,
            ..schema::Operation::NONE
        }
    }
}

impl<F: NlFamily, K> Operation<F, K> {
    /// A request with this body.
    pub fn with(&self, body: &<K::Request as Body>::Of<'_>) -> Request<F, K, K::Request>
    where
        K: Requests,
    {
        Request::of(self, body)
    }

    /// A request for a list, where that takes another body than a request for one object.
    pub fn dump_with(&self, body: &<<K as Dumps>::Request as Body>::Of<'_>) -> Request<F, K, <K as Dumps>::Request>
    where
        K: Dumps,
    {
        Request::of(self, body)
    }
}

/// A multicast group of the family `F`: a constant that `#[derive(NlFamily)]` makes, for [`Connection::join`].
pub struct MulticastGroup<F> {
    id: GroupId,
    marker: Marker<F>,
}

/// What a declaration knows of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupId {
    Named(&'static str),
    Numbered(u32),
}

impl<F> Clone for MulticastGroup<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for MulticastGroup<F> {}

impl<F> fmt::Debug for MulticastGroup<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            GroupId::Named(name) => write!(f, "MulticastGroup({name})"),
            GroupId::Numbered(number) => write!(f, "MulticastGroup({number})"),
        }
    }
}

impl<F> MulticastGroup<F> {
    /// A group of a generic family: its number is asked for at run time.
    pub const fn named(name: &'static str) -> Self {
        Self { id: GroupId::Named(name), marker: PhantomData }
    }

    /// A group with a fixed number, counted from 1.
    pub const fn numbered(number: u32) -> Self {
        Self { id: GroupId::Numbered(number), marker: PhantomData }
    }

    pub(crate) fn id(&self) -> GroupId {
        self.id
    }
}

/// What a family is, beside its operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyInfo {
    /// The name; for generic families the one under which the kernel knows it.
    pub name: &'static str,
    /// How its messages are told from those of other families.
    pub kind: FamilyKind,
}

/// How messages are told from those of other families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyKind {
    /// By the message type, which is the number of the operation.
    Raw,
    /// By a message type that the kernel assigned to the family's name; a second header names the operation.
    Generic {
        /// The version of the family, as the second header has it.
        version: u8,
    },
}

impl FamilyKind {
    /// The number of bytes between message header and body.
    pub(crate) const fn header_len(self) -> usize {
        match self {
            Self::Raw => 0,
            Self::Generic { .. } => 4,
        }
    }
}

/// A family: a protocol, a part of one, or a generic family. Derived with `#[derive(NlFamily)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a netlink family",
    label = "not declared as a family",
    note = "families are structs with `#[derive(NlFamily)]`, whose fields are operations and groups"
)]
pub trait NlFamily: Sized + 'static {
    /// The protocol that it is spoken over.
    type Protocol: IsProtocol;

    /// What it is.
    const INFO: FamilyInfo;

    /// What the declaration says; of a family that is not derived, no more than its name.
    const SCHEMA: &'static schema::Family = &schema::Family {
        name: Self::INFO.name,
        doc: "",
        protocol: Self::Protocol::PROTOCOL,
        kind: Self::INFO.kind,
        operations: &[],
        groups: &[],
    };

    /// Opens a connection to speak with this family, and makes sure that the kernel has it.
    ///
    /// # Errors
    ///
    /// The kernel lacks the protocol or the generic family.
    fn connect() -> Result<Connection<Self::Protocol>, Error> {
        let mut connection = Connection::open()?;
        if let FamilyKind::Generic { .. } = Self::INFO.kind {
            connection.family_id::<Self>()?;
        }
        Ok(connection)
    }
}

/// A protocol without a declaration: see [`Request::raw`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Undeclared<P>(PhantomData<P>);

impl<P: IsProtocol> NlFamily for Undeclared<P> {
    type Protocol = P;
    const INFO: FamilyInfo = FamilyInfo { name: "undeclared", kind: FamilyKind::Raw };
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
