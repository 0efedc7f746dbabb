//! From the names of generic families and their groups to the numbers that the kernel gave them.

use super::{Controller, Family};
use crate::{error::Error, operation::DoDump, request::Request};

/// The message type of the controller, the only one that does not change.
#[doc(alias = "GENL_ID_CTRL")]
pub(crate) const CONTROLLER: u16 = 16;

/// A request to the controller for a family of this name.
pub(crate) fn request(name: &str) -> Request<Controller, DoDump<Family<'static>, Family<'static>>, Family<'static>> {
    let wanted = Family { name: Some(name.into()), ..Family::default() };
    Controller::GET_FAMILY.with(&wanted).family_id(CONTROLLER)
}

/// The number of a family's group.
pub(crate) fn group(family: &Family<'_>, family_name: &str, name: &str) -> Result<u32, Error> {
    let number = family.groups.iter().find(|group| group.name.as_deref() == Some(name)).and_then(|group| group.id);
    number.ok_or_else(|| Error::UnknownGroup {
        name: name.into(),
        family: family_name.into(),
        groups: family.groups.iter().filter_map(|group| group.name.as_deref().map(Into::into)).collect(),
    })
}

/// The families that a connection has asked for, with their message types.
#[derive(Clone, Debug, Default)]
pub(crate) struct FamilyCache(Vec<(Box<str>, u16, Family<'static>)>);

impl FamilyCache {
    pub(crate) fn get(&self, name: &str) -> Option<(u16, &Family<'static>)> {
        self.0.iter().find(|(known, ..)| **known == *name).map(|(_, id, family)| (*id, family))
    }

    /// Takes note of a family. One without a number is none.
    pub(crate) fn insert(&mut self, name: &str, family: Family<'static>) {
        self.0.retain(|(known, ..)| **known != *name);
        if let Some(id) = family.id {
            self.0.push((name.into(), id, family));
        }
    }

    /// Forgets all of them: modules were loaded again, and numbers may have changed.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
