//! Requests, without types.

use std::{ops::Range, sync::Arc, time::Duration};

use tokio::{
    sync::OwnedSemaphorePermit,
    task::spawn_blocking,
    time::{Instant, sleep},
};

use crate::{
    connection::Expected,
    errno::Errno,
    error::Error,
    exchange::Expect,
    generic::{
        Family,
        resolve::{self, rejoin},
    },
    wire::Message,
};

use super::{
    mail::Stock,
    shared::{Limit, Shared, after},
    state::State,
};

/// A handle on what all users of a connection share.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) shared: Arc<Shared>,
    /// Requests are sent by other threads.
    pub(super) elsewhere: bool,
}

/// A request in flight. Dropped, it is given up: what still comes for it is thrown away.
#[derive(Debug)]
pub(super) struct Ticket {
    pub(super) shared: Arc<Shared>,
    pub(super) seq: u32,
    /// When the answer has to be there; of a list, its first part.
    limit: Limit,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.shared.with(|state, _| state.abandon(self.seq));
    }
}

/// The only reply to a request.
#[derive(Debug, Default)]
pub(super) struct Single {
    stock: Stock,
    reply: Option<Range<usize>>,
}

impl Single {
    pub(super) fn message(&self) -> Result<Message<'_>, Error> {
        self.stock.message(self.reply.clone().ok_or(Error::NoReply)?)
    }
}

impl Line {
    /// Sends a request whose answer is going to be waited for. A list waits for the end of the one before.
    pub(super) async fn start(
        &self,
        request: Vec<u8>,
        expect: Expect,
        timeout: Option<Duration>,
    ) -> Result<Ticket, Error> {
        let turn = if expect == Expect::Dump { Some(self.shared.turn(timeout).await?) } else { None };
        let permit = self.permit().await?;
        let limit = Limit::new(timeout);
        let (seq, bytes) = self.shared.with(|state, socket| state.start(socket, request, expect))?;
        let ticket = Ticket { shared: Arc::clone(&self.shared), seq, limit };
        drop(turn);
        let Some(permit) = permit else {
            let sent = self.transmit(&bytes, limit.until).await;
            return self.started(ticket, sent);
        };
        let job = move || {
            let sent = ticket.shared.transmit(&bytes, timeout);
            // Before the next one is sent: a queue that is full costs answers.
            ticket.shared.with(|state, socket| state.catch_up(socket, seq));
            drop(permit);
            (ticket, sent)
        };
        // The ticket goes along: given up meanwhile, the request stays in the books until it is sent.
        let (ticket, sent) = spawn_blocking(job).await.map_err(|_| Error::Cancelled)?;
        self.started(ticket, sent)
    }

    fn started(&self, ticket: Ticket, sent: Result<(), Error>) -> Result<Ticket, Error> {
        if sent.is_err() {
            self.shared.with(|state, _| state.forget(ticket.seq));
        }
        sent.map(|()| ticket)
    }

    /// Sends a message to which no answer is waited for.
    pub(super) async fn send(&self, bytes: Vec<u8>, timeout: Option<Duration>) -> Result<(), Error> {
        let Some(permit) = self.permit().await? else { return self.transmit(&bytes, after(timeout)).await };
        let shared = Arc::clone(&self.shared);
        let job = move || {
            let sent = shared.transmit(&bytes, timeout);
            drop(permit);
            sent
        };
        // Only a runtime that shuts down does not carry it out.
        spawn_blocking(job).await.map_err(|_| Error::Cancelled)?
    }

    /// What allows to send from another thread, if that is to be.
    async fn permit(&self) -> Result<Option<OwnedSemaphorePermit>, Error> {
        if !self.elsewhere {
            return Ok(None);
        }
        let permit = Arc::clone(&self.shared.elsewhere).acquire_owned().await;
        permit.map(Some).map_err(|_| Error::Cancelled)
    }

    /// The kernel carries out the request within this call.
    async fn transmit(&self, bytes: &[u8], until: Option<Instant>) -> Result<(), Error> {
        let socket = self.shared.socket();
        let mut pause = Duration::from_millis(1);
        loop {
            // Only the queue of another process can be full: then there is no time left at once.
            match socket.send(bytes, 0, Some(socket.now())) {
                Err(error) if Errno::from_io_error(&error) == Some(Errno::TIMEDOUT) => {}
                result => return Ok(result?),
            }
            if self.shared.with(|state, _| state.is_closed()) {
                return Err(Error::Cancelled);
            }
            match until.map(|until| until.saturating_duration_since(Instant::now())) {
                Some(Duration::ZERO) => return Err(Error::Io(Errno::TIMEDOUT.into())),
                left => sleep(left.map_or(pause, |left| left.min(pause))).await,
            }
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Waits until a request is over, and gives its only reply, if it has one.
    pub(super) async fn single(&self, ticket: Ticket) -> Result<Single, Error> {
        let (mut stock, outcome) = self.shared.answer(ticket.seq, ticket.limit).await?;
        let (mut reply, mut problem) = (None, None);
        while let Some(entry) = stock.pop() {
            match entry {
                Ok(_) if reply.is_some() => problem = Some(Error::ManyReplies),
                Ok(range) => reply = Some(range),
                Err(error) => problem = problem.or(Some(error)),
            }
        }
        let result = self.shared.with(|state, _| state.end(outcome));
        match (result, problem) {
            (Ok(_), Some(problem)) => Err(problem),
            // The reply is there, and all that is missing is its acknowledgement.
            (Err(Error::Overrun | Error::Timeout), None) if reply.is_some() => Ok(Single { stock, reply }),
            (result, _) => result.map(|_| Single { stock, reply }),
        }
    }

    /// As [`single`](Self::single), and once more where the number of the family has changed.
    pub(super) async fn answer(&self, ticket: Ticket, expected: &mut Expected) -> Result<Single, Error> {
        match self.single(ticket).await {
            Ok(single) => Ok(single),
            Err(error) => self.single(self.again(error, expected).await?).await,
        }
    }

    /// What is known of a generic family, which is asked for once.
    pub(super) async fn resolved<R>(
        &self,
        name: &str,
        timeout: Option<Duration>,
        look: impl Fn(u16, &Family<'static>) -> R,
    ) -> Result<R, Error> {
        let known = || self.shared.with(|state, _| state.families.get(name).map(|(id, family)| look(id, family)));
        if let Some(found) = known() {
            return Ok(found);
        }
        let ticket = self.start(resolve::query(name)?, Expect::Reply, timeout).await?;
        let single = self.single(ticket).await.map_err(|error| resolve::unless_absent(error, name))?;
        let family = resolve::answer(single.message()?)?;
        self.shared.with(|state, _| state.families_mut().insert(name, family));
        known().ok_or_else(|| Error::UnknownFamily { name: name.into() })
    }

    /// Sends a request anew that was refused because the kernel no longer has the family under its number: the module
    /// was loaded again; or because it is not done with an earlier list. The other errors are given back.
    pub(super) async fn again(&self, error: Error, expected: &mut Expected) -> Result<Ticket, Error> {
        if let Some(request) = expected.busy(&error) {
            self.shared.with(State::empty_queue);
            return self.start(request, expected.expect, expected.timeout).await;
        }
        if !expected.may_be_outdated(&error) {
            return Err(error);
        }
        let mut renewed = expected.clone();
        let Expected { family, expect, timeout, .. } = renewed;
        let new = self.renewed(family, timeout).await?;
        let request = renewed.renumbered(error, new)?;
        let ticket = self.start(request, expect, timeout).await?;
        *expected = renewed;
        Ok(ticket)
    }

    /// Asks anew for the number of a family, and joins its groups again.
    pub(super) async fn renewed(&self, family: &str, timeout: Option<Duration>) -> Result<u16, Error> {
        self.shared.with(|state, _| state.families_mut().remove(family));
        let new = self.resolved(family, timeout, |id, _| id).await?;
        self.shared.with(|state, socket| rejoin(socket, &state.families.groups_of(family)));
        Ok(new)
    }
}
