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
mod group;
mod kinds;
pub(crate) mod part;

use std::{fmt, marker::PhantomData};

pub use begins::Begins;
pub(crate) use group::GroupId;
pub use group::{Group, IsGroup, MulticastGroup};
pub use kinds::{Asks, Described, Do, DoDump, Dump, Dumps, Event, Notifies, RawOperation, ReplyAs, Requests};
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
