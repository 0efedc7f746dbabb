//! The controller of generic netlink (`nlctrl`): which families there are, and what each of them has.
//!
//! Declared after `linux/genetlink.h`; the kernel's side is `net/netlink/genetlink.c`.
//!
//! ```
//! use netlink_core::{NlFamily, generic::{Controller, Family}};
//!
//! let mut controller = Controller::connect()?;
//! for family in controller.dump(Controller::GET_FAMILY.with(&Family::default()))? {
//!     let family = family?;
//!     println!("{:?} has {} operations", family.name, family.operations.len());
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use std::borrow::Cow;

use netlink_derive::{NlDebug, NlFamily, NlFlags, NlMessage, NlStruct};

use super::{Policies, PolicyRequest};
use crate::{
    operation::{DoDump, Dump, Event, Group},
    wire::UnknownAttrs,
};

/// The header behind the message header of every generic family (`struct genlmsghdr`).
///
/// ```text
///  0       1         2           4
/// +-------+---------+-----------+
/// | cmd   | version | reserved  |
/// +-------+---------+-----------+
/// ```
#[doc(alias = "genlmsghdr")]
#[derive(NlStruct, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenericHeader {
    /// The command: which operation of the family.
    pub cmd: u8,
    /// The version of the family.
    pub version: u8,
    /// Must be 0.
    pub reserved: u16,
}

/// The family that knows all families.
#[derive(NlFamily, Debug)]
#[nl(generic = "nlctrl", version = 2)]
pub struct Controller {
    /// Asks for one family by its name or number, or for all.
    #[doc(alias = "CTRL_CMD_GETFAMILY")]
    #[nl(3, reply = 1)]
    pub get_family: DoDump<Family<'static>, Family<'static>>,
    /// A family was registered: its module was loaded.
    #[doc(alias = "CTRL_CMD_NEWFAMILY")]
    #[nl(1)]
    pub new_family: Event<Family<'static>>,
    /// A family is gone: its module was unloaded.
    #[doc(alias = "CTRL_CMD_DELFAMILY")]
    #[nl(2)]
    pub del_family: Event<Family<'static>>,
    /// A group was added to a family.
    #[doc(alias = "CTRL_CMD_NEWMCAST_GRP")]
    #[nl(7)]
    pub new_group: Event<Family<'static>>,
    /// A group was removed from a family.
    #[doc(alias = "CTRL_CMD_DELMCAST_GRP")]
    #[nl(8)]
    pub del_group: Event<Family<'static>>,
    /// What the kernel accepts in the attributes of a family. Since Linux 5.7.
    #[doc(alias = "CTRL_CMD_GETPOLICY")]
    #[nl(10)]
    pub get_policy: Dump<PolicyRequest<'static>, Policies<'static>>,
    /// Families and groups that come and go.
    #[nl(group = "notify")]
    pub notify: Group,
}

/// A generic family.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct Family<'a> {
    /// The message type of the family, which the kernel assigned.
    #[doc(alias = "CTRL_ATTR_FAMILY_ID")]
    #[nl_attr(1)]
    pub id: Option<u16>,
    /// The name: at most 15 bytes.
    #[doc(alias = "CTRL_ATTR_FAMILY_NAME")]
    #[nl_attr(2, len = ..=15)]
    pub name: Option<Cow<'a, str>>,
    /// The version of the family.
    #[doc(alias = "CTRL_ATTR_VERSION")]
    #[nl_attr(3)]
    pub version: Option<u32>,
    /// The length in bytes of the family's own header, behind the generic one.
    #[doc(alias = "CTRL_ATTR_HDRSIZE")]
    #[nl_attr(4)]
    pub header_size: Option<u32>,
    /// The largest attribute number of the family.
    #[doc(alias = "CTRL_ATTR_MAXATTR")]
    #[nl_attr(5)]
    pub max_attr: Option<u32>,
    /// The operations. The kernel may list one twice: once for `do`, once for `dump`.
    #[doc(alias = "CTRL_ATTR_OPS")]
    #[nl_attr(6, indexed)]
    pub operations: Vec<FamilyOperation<'a>>,
    /// The multicast groups.
    #[doc(alias = "CTRL_ATTR_MCAST_GROUPS")]
    #[nl_attr(7, indexed)]
    pub groups: Vec<FamilyGroup<'a>>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// An operation of a family.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct FamilyOperation<'a> {
    /// The command.
    #[doc(alias = "CTRL_ATTR_OP_ID")]
    #[nl_attr(1)]
    pub id: Option<u32>,
    /// What it can do, and whom it is for.
    #[doc(alias = "CTRL_ATTR_OP_FLAGS")]
    #[nl_attr(2)]
    pub flags: Option<OperationFlags>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

crate::bitflags! {
    /// What an operation can do, and whom it is for.
    #[derive(NlFlags, Clone, Copy, Default, PartialEq, Eq, Hash)]
    #[nl(prefix = "GENL_")]
    pub struct OperationFlags: u32 {
        /// Needs `CAP_NET_ADMIN` in the initial user namespace.
        #[doc(alias = "GENL_ADMIN_PERM")]
        const ADMIN_PERM = 0x01;
        /// Can be asked about one object.
        #[doc(alias = "GENL_CMD_CAP_DO")]
        const CMD_CAP_DO = 0x02;
        /// Can list.
        #[doc(alias = "GENL_CMD_CAP_DUMP")]
        const CMD_CAP_DUMP = 0x04;
        /// Checks its attributes.
        #[doc(alias = "GENL_CMD_CAP_HASPOL")]
        const CMD_CAP_HASPOL = 0x08;
        /// Needs `CAP_NET_ADMIN` in the user namespace of the network namespace.
        #[doc(alias = "GENL_UNS_ADMIN_PERM")]
        const UNS_ADMIN_PERM = 0x10;
        // Bits of kernels to come are bits all the same.
        const _ = !0;
    }
}

/// A multicast group of a family.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
pub struct FamilyGroup<'a> {
    /// The name.
    #[doc(alias = "CTRL_ATTR_MCAST_GRP_NAME")]
    #[nl_attr(1)]
    pub name: Option<Cow<'a, str>>,
    /// The number, which the kernel assigned.
    #[doc(alias = "CTRL_ATTR_MCAST_GRP_ID")]
    #[nl_attr(2)]
    pub id: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}
