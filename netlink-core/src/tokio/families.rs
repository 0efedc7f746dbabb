//! From generic families and groups with names to the kernel's numbers.

use crate::{
    connection::{Number, Outgoing},
    error::Error,
    exchange::Expect,
    generic::{Family, resolve},
    operation::{FamilyKind, GroupId, MulticastGroup, NlFamily},
    protocol::{Generic, IsProtocol, Protocol},
    request::{Lookup, Request, Unfilled},
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
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), netlink_core::Error> {
    /// use netlink_core::{protocol::Generic, tokio::Connection};
    ///
    /// let connection = Connection::<Generic>::open()?;
    /// assert_eq!(connection.family("nlctrl").await?.id, Some(16));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn family(&self, name: &str) -> Result<Family<'static>, Error> {
        self.resolved(name, |_, family| family.clone()).await
    }

    /// Forgets the numbers of generic families and their groups, which change when a module is loaded again: rarely
    /// needed, as is said of [the other](crate::Connection::forget_families).
    pub fn forget_families(&self) {
        self.line.shared.with(|state, _| state.families_mut().clear());
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
    pub async fn family_id<F: NlFamily<Protocol = P>>(&self) -> Result<u16, Error> {
        self.resolved(F::INFO.name, |id, _| id).await
    }

    /// Becomes a member of a multicast group: its notifications come from [`events`](Self::events).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownGroup`] or [`Error::UnknownFamily`] if the kernel has none of that name; [`Error::Io`] with
    /// `EPERM` for groups that need privilege, and as for [`family_id`](Self::family_id).
    pub async fn join<F: NlFamily<Protocol = P>>(&self, group: MulticastGroup<F>) -> Result<(), Error> {
        self.join_group(group).await
    }

    /// Ends the membership in a group. Notifications that have arrived stay.
    ///
    /// # Errors
    ///
    /// As for [`join`](Self::join).
    pub async fn leave<F: NlFamily<Protocol = P>>(&self, group: MulticastGroup<F>) -> Result<(), Error> {
        self.leave_group(group).await
    }

    /// As [`join`](Self::join), for a group that nobody declared. Numbers count from 1.
    ///
    /// Nothing is asked for here: for [`Notification::is`](crate::connection::Notification::is) and
    /// [`decode`](crate::connection::Notification::decode) to know the messages of a generic family, ask for its
    /// [number](Self::family_id) too.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]: `EINVAL` if there is no such group, `EPERM` if it needs privilege.
    pub fn join_number(&self, group: u32) -> Result<(), Error> {
        self.socket().join(group)?;
        self.line.shared.with(|state, _| state.joined = true);
        self.noted_controller(group, true);
        Ok(())
    }

    /// As [`leave`](Self::leave), for a group that nobody declared.
    ///
    /// # Errors
    ///
    /// As for [`join_number`](Self::join_number).
    pub fn leave_number(&self, group: u32) -> Result<(), Error> {
        if self.noted_controller(group, false) {
            return Ok(());
        }
        Ok(self.socket().leave(group)?)
    }

    async fn resolved<R>(&self, name: &str, look: impl Fn(u16, &Family<'static>) -> R) -> Result<R, Error> {
        resolve::check::<P>(name)?;
        let timeout = self.line.shared.with(|state, _| state.timeout);
        self.line.resolved(name, timeout, look).await
    }

    pub(super) async fn join_group<F: NlFamily<Protocol = P>>(&self, group: MulticastGroup<F>) -> Result<(), Error> {
        let number = self.group_number(group).await?;
        self.join_number(number)?;
        if let (GroupId::Named(name), FamilyKind::Generic { .. }) = (group.id(), F::INFO.kind) {
            self.line.shared.with(|state, socket| {
                state.families_mut().joined(F::INFO.name, name);
                state.joined = true;
                // The controller tells when the numbers change. Where it cannot be had, requests that fail do.
                let _ = socket.join(resolve::NOTIFY);
            });
        }
        Ok(())
    }

    pub(super) async fn leave_group<F: NlFamily<Protocol = P>>(&self, group: MulticastGroup<F>) -> Result<(), Error> {
        let number = self.group_number(group).await?;
        if let (GroupId::Named(name), FamilyKind::Generic { .. }) = (group.id(), F::INFO.kind) {
            self.line.shared.with(|state, _| state.families_mut().left(F::INFO.name, name));
        }
        self.leave_number(number)
    }

    /// Takes note of whether somebody wants to see what the controller tells. True if the connection itself does.
    pub(super) fn noted_controller(&self, group: u32, joined: bool) -> bool {
        if P::PROTOCOL != Protocol::GENERIC || group != resolve::NOTIFY {
            return false;
        }
        self.line.shared.with(|state, _| {
            state.families_mut().show_controller(joined);
            state.families.is_watching()
        })
    }

    async fn group_number<F: NlFamily<Protocol = P>>(&self, group: MulticastGroup<F>) -> Result<u32, Error> {
        let family = F::INFO.name;
        match (group.id(), F::INFO.kind) {
            (GroupId::Numbered(number), _) => Ok(number),
            (GroupId::Named(name), FamilyKind::Generic { .. }) => {
                self.resolved(family, |_, found| resolve::group(found, family, name)).await?
            }
            (GroupId::Named(name), FamilyKind::Raw) => resolve::group(&Family::default(), family, name),
        }
    }

    /// Fills in what a request has to be asked for first, and gives it the message type of its family.
    pub(super) async fn resolve<F, K, B>(
        &self,
        mut request: Request<F, K, B>,
    ) -> Result<(Request<F, K, B>, Number), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        if let Some((lookup, unfilled)) = request.take_lookup() {
            // Few requests need it: the futures of all others do not grow by it.
            Box::pin(self.look_up(lookup, unfilled)).await?;
        }
        self.number(request).await
    }

    async fn look_up<F>(&self, lookup: Lookup<F>, mut unfilled: Unfilled<'_>) -> Result<(), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        let usual = self.line.shared.with(|state, _| state.timeout);
        let mut left = Some(lookup);
        while let Some(lookup) = left {
            let (mut question, fill, next) = lookup.step();
            unfilled.limit(&mut question);
            let (question, number) = self.number(question).await?;
            let Outgoing { bytes, mut expected, timeout } = Outgoing::new(question, number, Expect::Reply, usual)?;
            let ticket = self.line.start(bytes, Expect::Reply, timeout).await?;
            let single = self.line.answer(ticket, &mut expected).await.map_err(|error| expected.locate(error))?;
            let answer = single.message()?;
            expected.check(answer)?;
            unfilled.fill(fill, answer);
            left = next;
        }
        Ok(())
    }

    async fn number<F, K, B>(&self, request: Request<F, K, B>) -> Result<(Request<F, K, B>, Number), Error>
    where
        F: NlFamily<Protocol = P>,
    {
        match (F::INFO.kind, request.given_family_id()) {
            (FamilyKind::Raw, _) => Ok((request, Number::Given(0))),
            (FamilyKind::Generic { .. }, Some(id)) => Ok((request, Number::Given(id))),
            (FamilyKind::Generic { .. }, None) => {
                let id = self.family_id::<F>().await?;
                Ok((request.family_id(id), Number::Resolved(id)))
            }
        }
    }
}
