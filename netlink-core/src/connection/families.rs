//! From generic families and groups with names to the kernel's numbers.

use std::time::Duration;

use crate::{
    error::Error,
    exchange::Expect,
    generic::{
        Family,
        resolve::{self, rejoin},
    },
    operation::{FamilyKind, GroupId, MulticastGroup, NlFamily},
    protocol::{Generic, IsProtocol, Protocol},
    request::{Lookup, Request, Unfilled},
};

use super::{
    Connection, Expected, Number, Outgoing,
    line::{Line, Place},
};

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
    /// That is rarely needed: when the kernel refuses a request because it no longer knows the number, or when the
    /// controller tells a connection that has joined a group by its name, the new numbers are used, and the group is
    /// joined again. Notifications up to then are [lost](super::Incoming::Lost).
    ///
    /// They are asked for again when a request or a group needs them. Until then, [`Notification::is`] says no to every
    /// message of these families: ask for the [number](Self::family_id) of those that are listened to.
    ///
    /// [`Notification::is`]: super::Notification::is
    pub fn forget_families(&mut self) {
        self.line.families.clear();
    }
}

impl<P: IsProtocol> Connection<P> {
    /// The message type of a generic family, asked for once.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownFamily`] if the kernel does not have it; [`Error::Io`] with
    /// [`InvalidInput`](std::io::ErrorKind::InvalidInput) if the connection is not one of
    /// [generic netlink](Protocol::GENERIC), and nothing is sent then.
    pub fn family_id<F: NlFamily<Protocol = P>>(&mut self) -> Result<u16, Error> {
        Ok(self.resolved(F::INFO.name)?.0)
    }

    fn resolved(&mut self, name: &str) -> Result<(u16, &Family<'static>), Error> {
        if self.line.families.get(name).is_none() {
            resolve::check::<P>(name)?;
        }
        self.line.resolved(name, self.timeout)
    }

    pub(super) fn join_group<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<(), Error> {
        let number = self.group_number(group)?;
        self.join_number(number)?;
        if let (GroupId::Named(name), FamilyKind::Generic { .. }) = (group.id(), F::INFO.kind) {
            self.line.families.joined(F::INFO.name, name);
            // The controller tells when the numbers change. Without it they are asked for when a request fails.
            self.line.watch_controller();
        }
        Ok(())
    }

    pub(super) fn leave_group<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<(), Error> {
        let number = self.group_number(group)?;
        if let (GroupId::Named(name), FamilyKind::Generic { .. }) = (group.id(), F::INFO.kind) {
            self.line.families.left(F::INFO.name, name);
        }
        self.leave_number(number)
    }

    /// Takes note of whether somebody wants to see what the controller tells.
    pub(super) fn noted_controller(&mut self, group: u32, joined: bool) {
        if P::PROTOCOL == Protocol::GENERIC && group == resolve::NOTIFY {
            self.line.families.show_controller(joined);
        }
    }

    fn group_number<F: NlFamily<Protocol = P>>(&mut self, group: MulticastGroup<F>) -> Result<u32, Error> {
        let family = F::INFO.name;
        match (group.id(), F::INFO.kind) {
            (GroupId::Numbered(number), _) => Ok(number),
            (GroupId::Named(name), FamilyKind::Generic { .. }) => {
                resolve::group(self.resolved(family)?.1, family, name)
            }
            (GroupId::Named(name), FamilyKind::Raw) => resolve::group(&Family::default(), family, name),
        }
    }

    /// Fills in what a request has to be asked for first, and gives it the message type of its family.
    pub(super) fn resolve<F, K, B>(&mut self, request: &mut Request<F, K, B>) -> Result<Number, Error>
    where
        F: NlFamily<Protocol = P>,
    {
        if let Some((lookup, unfilled)) = request.take_lookup() {
            lookup.ask(&mut self.line, unfilled, self.timeout)?;
        }
        self.line.number(request, self.timeout)
    }
}

impl Line {
    /// Asks for what the fields of a request are to be filled in with.
    pub(crate) fn look_up<F: NlFamily>(
        &mut self,
        lookup: Lookup<F>,
        mut unfilled: Unfilled<'_>,
        usual: Option<Duration>,
    ) -> Result<(), Error> {
        let mut left = Some(lookup);
        while let Some(lookup) = left {
            let (mut question, fill, next) = lookup.step();
            unfilled.limit(&mut question);
            let number = self.number(&mut question, usual)?;
            let Outgoing { bytes, mut expected, timeout } = Outgoing::new(question, number, Expect::Reply, usual)?;
            let seq = self.start(bytes, Expect::Reply, timeout)?;
            let place = self.reply(seq, &mut expected)?;
            let answer = self.message(&place)?;
            expected.check(answer)?;
            unfilled.fill(fill, answer);
            left = next;
        }
        Ok(())
    }

    fn number<F: NlFamily, K, B>(
        &mut self,
        request: &mut Request<F, K, B>,
        timeout: Option<Duration>,
    ) -> Result<Number, Error> {
        match (F::INFO.kind, request.given_family_id()) {
            (FamilyKind::Raw, _) => Ok(Number::Given(0)),
            (FamilyKind::Generic { .. }, Some(id)) => Ok(Number::Given(id)),
            (FamilyKind::Generic { .. }, None) => {
                resolve::check::<F::Protocol>(F::INFO.name)?;
                let id = self.resolved(F::INFO.name, timeout)?.0;
                request.set_family_id(id);
                Ok(Number::Resolved(id))
            }
        }
    }

    pub(super) fn resolved(&mut self, name: &str, timeout: Option<Duration>) -> Result<(u16, &Family<'static>), Error> {
        if self.families.get(name).is_none() {
            let family = self.ask_for_family(name, timeout)?;
            self.families.insert(name, family);
            self.renew = Some(Self::resolved_anew);
        }
        self.families.get(name).ok_or_else(|| Error::UnknownFamily { name: name.into() })
    }

    fn ask_for_family(&mut self, name: &str, timeout: Option<Duration>) -> Result<Family<'static>, Error> {
        let request = resolve::query(name)?;
        let seq = self.start(request, Expect::Reply, timeout)?;
        let place = self.single(seq).map_err(|error| resolve::unless_absent(error, name))?;
        resolve::answer(self.message(&place.ok_or(Error::NoReply)?)?)
    }

    /// Waits for the only reply to a request, which is sent anew if need be.
    pub(super) fn reply(&mut self, seq: u32, expected: &mut Expected) -> Result<Place, Error> {
        let place = match self.single(seq) {
            Ok(place) => place,
            Err(error) => {
                let again = self.again(error, expected).and_then(|seq| self.single(seq));
                again.map_err(|error| expected.locate(error))?
            }
        };
        place.ok_or(Error::NoReply)
    }

    /// Sends a request anew that was refused because the kernel no longer has the family under its number: the module
    /// was loaded again; or because it is not done with an earlier list. The other errors are given back.
    pub(super) fn again(&mut self, error: Error, expected: &mut Expected) -> Result<u32, Error> {
        if let Some(request) = expected.busy(&error) {
            self.empty_queue(expected.timeout);
            return self.start(request, expected.expect, expected.timeout);
        }
        if !expected.may_be_outdated(&error) {
            return Err(error);
        }
        let new = self.renewed(expected.family, expected.timeout)?;
        let request = expected.renumbered(error, new)?;
        self.start(request, expected.expect, expected.timeout)
    }

    /// Asks anew for the number of a family that was asked for before, and joins its groups again.
    pub(super) fn renewed(&mut self, family: &str, timeout: Option<Duration>) -> Result<u16, Error> {
        let renew = self.renew.ok_or_else(|| Error::UnknownFamily { name: family.into() })?;
        renew(self, family, timeout)
    }

    fn resolved_anew(&mut self, family: &str, timeout: Option<Duration>) -> Result<u16, Error> {
        self.families.remove(family);
        let new = self.resolved(family, timeout)?.0;
        rejoin(&self.socket, &self.families.groups_of(family));
        Ok(new)
    }

    /// Whether the connection itself needs what comes from a group that nobody wants to see any more.
    pub(super) fn is_needed<P: IsProtocol>(&self, group: u32) -> bool {
        P::PROTOCOL == Protocol::GENERIC && group == resolve::NOTIFY && self.families.is_watching()
    }

    /// Lets the controller tell when families come and go.
    pub(super) fn watch_controller(&mut self) {
        // Where it cannot be had, requests that fail are what tells.
        let _ = self.socket.join(resolve::NOTIFY);
    }
}
