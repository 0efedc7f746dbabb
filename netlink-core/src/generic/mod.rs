//! Generic netlink: families with names, which the kernel numbers at run time.

mod control;
mod policy;
pub(crate) mod resolve;

pub use control::{Controller, Family, FamilyGroup, FamilyOperation, GenericHeader, OperationFlags};
pub use policy::{AttrPolicy, AttrType, OpPolicy, Policies, PolicyRequest};
