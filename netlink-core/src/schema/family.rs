//! Families: what they can be asked, with what, and what they answer.

use super::{Kind, Root};
use crate::{
    operation::{Begins, FamilyKind},
    protocol::Protocol,
};

/// What the declaration of a family says.
///
/// ```
/// use netlink_core::{NlFamily, generic::Controller, schema::Kind};
///
/// let family = Controller::SCHEMA;
/// assert_eq!(family.name, "nlctrl");
/// let get = family.operation("get-family").unwrap();
/// assert_eq!((get.request_id, get.reply_id), (3, 1));
/// assert_eq!(get.kernel, Some("CTRL_CMD_GETFAMILY"));
/// assert!(matches!(get.bodies.reply, Some(Kind::Nest(set)) if set().name == "Family"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name; for generic families the one under which the kernel knows it.
    pub name: &'static str,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The protocol that it is spoken over.
    pub protocol: Protocol,
    /// How its messages are told from those of other families.
    pub kind: FamilyKind,
    /// What it can be asked, and what it tells by itself.
    pub operations: &'static [Operation],
    /// Its multicast groups.
    pub groups: &'static [Group],
}

/// An operation, or a notification.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The name of the field.
    pub name: &'static str,
    /// The kernel's name of the number of requests, from `#[doc(alias = "...")]`.
    pub kernel: Option<&'static str>,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The number of requests: a message type, or the command of a generic family.
    pub request_id: u16,
    /// The number of replies and notifications.
    pub reply_id: u16,
    /// Another number that replies may have.
    pub also_id: Option<u16>,
    /// With which byte bodies begin, where several operations have one number.
    pub begins: Begins,
    /// What its messages consist of.
    pub bodies: Bodies,
    /// The capability that it needs.
    pub permission: Option<Permission>,
    /// What the kernel does not check before it carries the operation out: `strict`, `dump`, `dump_strict`, as in the
    /// kernel's flags `GENL_DONT_VALIDATE_*`.
    pub dont_validate: &'static [&'static str],
}

impl Operation {
    /// No operation at all.
    pub(crate) const NONE: Self = Self {
        name: "",
        kernel: None,
        doc: "",
        request_id: 0,
        reply_id: 0,
        also_id: None,
        begins: Begins::Any,
        bodies: Bodies::NONE,
        permission: None,
        dont_validate: &[],
    };

    /// What the kernel demands.
    #[doc(hidden)]
    #[must_use]
    pub const fn demanding(mut self, permission: Option<Permission>, dont_validate: &'static [&'static str]) -> Self {
        self.permission = permission;
        self.dont_validate = dont_validate;
        self
    }
}

/// The capability `CAP_NET_ADMIN`, and over what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Over the machine: in the initial user namespace.
    #[doc(alias = "GENL_ADMIN_PERM")]
    Admin,
    /// Over the network namespace: in the user namespace that owns it.
    #[doc(alias = "GENL_UNS_ADMIN_PERM")]
    UnsAdmin,
}

/// What the messages of an operation consist of; `None` where there is no such message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bodies {
    /// A request for one object.
    pub request: Option<Kind>,
    /// The reply to it, or a notification.
    pub reply: Option<Kind>,
    /// A request for a list.
    pub dump_request: Option<Kind>,
    /// An entry of the list.
    pub item: Option<Kind>,
}

impl Bodies {
    /// No messages at all.
    pub const NONE: Self = Self { request: None, reply: None, dump_request: None, item: None };
}

/// A multicast group.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The name of the field.
    pub name: &'static str,
    /// The first paragraph of its documentation, as written.
    pub doc: &'static str,
    /// The kernel's name: of the group, if that is how it is found, or of its number.
    pub kernel: Option<&'static str>,
    /// Its number, if it is fixed.
    pub number: Option<u32>,
}

impl Group {
    /// No group at all.
    pub(crate) const NONE: Self = Self { name: "", doc: "", kernel: None, number: None };
}

impl Family {
    /// The operation of this name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| super::names::means(name, operation.name, operation.kernel))
    }

    /// What a request with this number and this body consists of, as one for a list or one for a single object. Of the
    /// body, the first byte counts, where several operations have the number: see [`Begins`].
    pub fn request(&self, id: u16, dump: bool, body: &[u8]) -> Option<Root> {
        let own = |operation: &&Operation| operation.request_id == id && operation.begins.allows(body.first().copied());
        let bodies = self.operations.iter().filter(own).map(|operation| operation.bodies);
        let kind = |bodies: Bodies| if dump { bodies.dump_request.or(bodies.request) } else { bodies.request };
        bodies.filter_map(kind).map(Root::from).next()
    }

    /// What a reply or a notification with this number and this body consists of; as for [`request`](Self::request).
    pub fn reply(&self, id: u16, body: &[u8]) -> Option<Root> {
        let numbered = |operation: &Operation| operation.reply_id == id || operation.also_id == Some(id);
        let own = |operation: &&Operation| numbered(operation) && operation.begins.allows(body.first().copied());
        let bodies = self.operations.iter().filter(own).map(|operation| operation.bodies);
        bodies.filter_map(|bodies| bodies.reply.or(bodies.item)).map(Root::from).find(|root| !root.is_empty())
    }
}
