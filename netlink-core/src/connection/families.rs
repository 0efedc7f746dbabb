//! From generic families and groups with names to the kernel's numbers.

use std::io;

use crate::{
    errno::Errno,
    error::Error,
    exchange::Expect,
    generic::{Family, GenericHeader, resolve},
    operation::{FamilyKind, GroupId, MulticastGroup, NlFamily},
    protocol::{Generic, IsProtocol, Protocol},
    request::Request,
    wire::{Decode, Fixed, IntoOwned},
};

use super::Connection;

impl Connection<Generic> {
    /// What the kernel says of a generic family, asked for once.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownFamily`] if the kernel does not have it.
    ///
    /// ```
    /// use netlink_core::{connection::Connection, protocol::Generic};
    ///
    /// let mut connection = Connection::<Generic>::open()?;
    /// assert_eq!(connection.family("nlctrl")?.id, Some(16));
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    ///
    /// Other protocols have no such families:
    ///
    /// ```compile_fail,E0599
    /// use netlink_core::{connection::Connection, protocol::Route};
    ///
    /// Connection::<Route>::open()?.family("nlctrl")?;
    /// # Ok::<(), netlink_core::error::Error>(())
    /// ```
    pub fn family(&mut self, name: &str) -> Result<&Family<'static>, Error> {
        Ok(self.resolved(name)?.1)
    }

    /// Forgets the numbers of generic families and their groups, which change when a module is loaded again.
    ///
    /// They are asked for again when a request or a group needs them. Until then, [`Notification::is`] says no to every
    /// message of these families: ask for the [number](Self::family_id) of those that are listened to.
    ///
    /// [`Notification::is`]: super::Notification::is
    pub fn forget_families(&mut self) {
        self.families.clear();
    }
}

impl<P: IsProtocol> Connection<P> {
    /// The message type of a generic family, asked for once.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownFamily`] if the kernel does not have it; [`Error::Io`] with
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) if the connection is not one of
    /// [generic netlink](Protocol::GENERIC), and nothing is sent then.
    pub fn family_id<F: NlFamily<Protocol = P>>(&mut self) -> Result<u16, Error> {
        Ok(self.resolved(F::INFO.name)?.0)
    }

    fn resolved(&mut self, name: &str) -> Result<(u16, &Family<'static>), Error> {
        if self.families.get(name).is_none() {
            let family = self.ask_for_family(name)?;
            self.families.insert(name, family);
        }
        self.families.get(name).ok_or_else(|| Error::UnknownFamily { name: name.into() })
    }

    fn ask_for_family(&mut self, name: &str) -> Result<Family<'static>, Error> {
        if P::PROTOCOL != Protocol::GENERIC {
            // The controller's message type is RTM_NEWLINK to one protocol, and XFRM_MSG_NEWSA to another.
            let text = format!("{} has no generic families, and none called `{name}`", P::PROTOCOL);
            return Err(Error::Io(io::Error::new(io::ErrorKind::InvalidInput, text)));
        }
        if name.contains('\0') {
            // The kernel would read up to there, and find another one.
            return Err(Error::UnknownFamily { name: name.into() });
        }
        let request = resolve::request(name).ack().to_bytes(0, 0)?;
        let seq = self.line.start(request, Expect::Reply, self.timeout)?;
        let place = match self.line.single(seq) {
            Err(Error::Refused(refused)) if refused.errno() == Errno::NOENT => {
                return Err(Error::UnknownFamily { name: name.into() });
            }
            result => result?.ok_or(Error::NoReply)?,
        };
        Ok(Family::decode_message(self.line.message(&place)?, GenericHeader::SIZE)?.into_owned())
    }

    pub(super) fn group_number<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<u32, Error> {
        let family = F::INFO.name;
        match (group.id(), F::INFO.kind) {
            (GroupId::Numbered(number), _) => Ok(number),
            (GroupId::Named(name), FamilyKind::Generic { .. }) => {
                resolve::group(self.resolved(family)?.1, family, name)
            }
            (GroupId::Named(name), FamilyKind::Raw) => resolve::group(&Family::default(), family, name),
        }
    }

    /// Gives a request the message type of its family.
    pub(super) fn resolve<F, K, B>(&mut self, request: Request<F, K, B>) -> Result<(Request<F, K, B>, u16), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        match (F::INFO.kind, request.given_family_id()) {
            (FamilyKind::Raw, _) => Ok((request, 0)),
            (FamilyKind::Generic { .. }, Some(id)) => Ok((request, id)),
            (FamilyKind::Generic { .. }, None) => {
                let id = self.family_id::<F>()?;
                Ok((request.family_id(id), id))
            }
        }
    }
}
