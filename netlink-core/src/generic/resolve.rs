//! From the names of generic families and their groups to the numbers that the kernel gave them.

use std::io;

use super::{Controller, Family, GenericHeader};
use crate::{
    errno::Errno,
    error::Error,
    protocol::{IsProtocol, Protocol},
    socket::Socket,
    wire::{Decode, Fixed, IntoOwned, Message},
};

/// The message type of the controller, the only one that does not change.
#[doc(alias = "GENL_ID_CTRL")]
pub(crate) const CONTROLLER: u16 = 16;

/// Whether a connection of the protocol `P` can be asked for families.
pub(crate) fn check<P: IsProtocol>(name: &str) -> Result<(), Error> {
    if P::PROTOCOL == Protocol::GENERIC {
        return Ok(());
    }
    // The controller's message type is RTM_NEWLINK to one protocol, and XFRM_MSG_NEWSA to another.
    let text = format!("{} has no generic families, and none called `{name}`", P::PROTOCOL);
    Err(Error::Io(io::Error::new(io::ErrorKind::InvalidInput, text)))
}

/// A request to the controller for a family of this name.
pub(crate) fn query(name: &str) -> Result<Vec<u8>, Error> {
    if name.contains('\0') {
        // The kernel would read up to there, and find another one.
        return Err(Error::UnknownFamily { name: name.into() });
    }
    let wanted = Family { name: Some(name.into()), ..Family::default() };
    Ok(Controller::GET_FAMILY.with(&wanted).family_id(CONTROLLER).ack().to_bytes(0, 0)?)
}

/// What the refusal of such a request means.
pub(crate) fn unless_absent(error: Error, name: &str) -> Error {
    match error {
        Error::Refused(refused) if refused.errno() == Errno::NOENT => Error::UnknownFamily { name: name.into() },
        error => error,
    }
}

/// What the controller answers.
pub(crate) fn answer(message: Message<'_>) -> Result<Family<'static>, Error> {
    Ok(Family::decode_message(message, GenericHeader::SIZE)?.into_owned())
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

/// Becomes a member of groups whose numbers have changed.
pub(crate) fn rejoin(socket: &Socket, groups: &[u32]) {
    for group in groups {
        // One that is gone again already will be told of again.
        let _ = socket.join(*group);
    }
}

const NAME: &str = "nlctrl";

/// The number of the controller's own group, the only one that does not change either.
pub(crate) const NOTIFY: u32 = 16;

/// What a connection knows of generic families, and which of their groups it has joined by name.
///
/// A module that is loaded again has other numbers for its family and its groups. The controller tells of that in its
/// group `notify`.
#[derive(Clone, Debug, Default)]
pub(crate) struct FamilyCache {
    known: Vec<(Box<str>, u16, Family<'static>)>,
    joined: Vec<Membership>,
    /// [`FamilyCache::take_note`], from the first family or membership on: named nowhere else, so that programs without
    /// generic families do not contain it.
    take_note: Option<TakeNote>,
    /// Somebody wants to see the controller's notifications.
    show_controller: bool,
}

type TakeNote = fn(&mut FamilyCache, Message<'_>) -> Option<Vec<u32>>;

/// A group that was joined by name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Membership {
    family: Box<str>,
    group: Box<str>,
}

impl FamilyCache {
    pub(crate) fn get(&self, name: &str) -> Option<(u16, &Family<'static>)> {
        self.known.iter().find(|(known, ..)| **known == *name).map(|(_, id, family)| (*id, family))
    }

    /// Takes note of a family. One without a number is none.
    pub(crate) fn insert(&mut self, name: &str, family: Family<'static>) {
        self.remove(name);
        self.take_note = Some(Self::take_note);
        if let Some(id) = family.id {
            self.known.push((name.into(), id, family));
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.known.retain(|(known, ..)| **known != *name);
    }

    /// Forgets all of them: modules were loaded again, and numbers may have changed.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }

    /// Whether it makes no difference what the controller tells; always so where another protocol is spoken, to which
    /// its message type means something else.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.joined.is_empty()
    }

    /// Takes note of a membership.
    pub(crate) fn joined(&mut self, family: &str, group: &str) {
        self.left(family, group);
        self.take_note = Some(Self::take_note);
        self.joined.push(Membership { family: family.into(), group: group.into() });
    }

    /// Takes note of the end of a membership.
    pub(crate) fn left(&mut self, family: &str, group: &str) {
        self.joined.retain(|own| *own.family != *family || *own.group != *group);
    }

    /// Whether the controller's notifications are needed.
    pub(crate) fn is_watching(&self) -> bool {
        self.joined.iter().any(|own| *own.family != *NAME)
    }

    /// Whether a notification is one that somebody wants to see: those of the controller may come only for our sake.
    pub(crate) fn shows(&self, message: Message<'_>) -> bool {
        message.header().kind != CONTROLLER || !self.is_watching() || self.show_controller
    }

    pub(crate) fn show_controller(&mut self, show: bool) {
        self.show_controller = show;
    }

    /// The numbers of the groups of a family that were joined by name.
    pub(crate) fn groups_of(&self, name: &str) -> Vec<u32> {
        let Some((_, family)) = self.get(name) else { return Vec::new() };
        let own = self.joined.iter().filter(|own| *own.family == *name);
        own.filter_map(|own| group(family, name, &own.group).ok()).collect()
    }

    /// Takes note of what the controller says of families that come and go. The groups that have to be joined again, if
    /// it is about a family with such.
    pub(crate) fn told(&mut self, message: Message<'_>) -> Option<Vec<u32>> {
        (self.take_note?)(self, message)
    }

    fn take_note(&mut self, message: Message<'_>) -> Option<Vec<u32>> {
        const NEW_FAMILY: u8 = Controller::NEW_FAMILY.reply_id() as u8;
        const DEL_FAMILY: u8 = Controller::DEL_FAMILY.reply_id() as u8;
        if self.is_empty() || message.header().kind != CONTROLLER {
            return None;
        }
        let command = message.body().first().copied()?;
        if !matches!(command, NEW_FAMILY | DEL_FAMILY) {
            return None;
        }
        let family = Family::decode_message(message, GenericHeader::SIZE).ok()?.into_owned();
        let name = family.name.clone()?;
        let concerns_us = self.joined.iter().any(|own| *own.family == *name);
        if command == DEL_FAMILY {
            self.remove(&name);
            return None;
        }
        if concerns_us || self.get(&name).is_some() {
            self.insert(&name, family);
        }
        concerns_us.then(|| self.groups_of(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generic::FamilyGroup;

    /// A notification as the controller sends it.
    fn notification(command: u8, id: u16) -> Vec<u8> {
        let group =
            FamilyGroup { name: Some("events".into()), id: Some(u32::from(id) + 100), ..FamilyGroup::default() };
        let groups = vec![group];
        let family = Family { id: Some(id), name: Some("sensors".into()), groups, ..Family::default() };
        let mut bytes = Controller::GET_FAMILY.with(&family).family_id(CONTROLLER).to_bytes(0, 0).unwrap();
        bytes[16] = command;
        bytes
    }

    #[test]
    fn a_family_that_comes_again_has_new_numbers() {
        let mut cache = FamilyCache::default();
        let gone = notification(2, 30);
        let new = notification(1, 31);
        let message = |bytes| Message::whole(bytes).unwrap();

        assert_eq!(cache.told(message(&new)), None);
        assert!(cache.get("sensors").is_none(), "nobody asked for it");

        cache.insert("sensors", Family { id: Some(30), ..Family::default() });
        assert_eq!(cache.told(message(&gone)), None);
        assert!(cache.get("sensors").is_none());

        cache.joined("sensors", "events");
        assert!(cache.is_watching() && !cache.shows(message(&new)));
        assert_eq!(cache.told(message(&new)), Some(vec![131]));
        assert_eq!(cache.get("sensors").map(|(id, _)| id), Some(31));

        cache.left("sensors", "events");
        assert!(!cache.is_watching() && cache.shows(message(&new)));
        assert_eq!(cache.told(message(&notification(1, 32))), None);
        assert_eq!(cache.get("sensors").map(|(id, _)| id), Some(32));
    }
}
