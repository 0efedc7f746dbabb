//! Waiting: the only place that does.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
    time::Duration,
};

use tokio::{
    io::{
        Interest,
        unix::{AsyncFd, AsyncFdReadyGuard},
    },
    runtime::Handle,
    sync,
    task::coop::cooperative,
    time::{Instant, Sleep, sleep_until},
};

use crate::{
    error::Error,
    exchange::{Exchange, Outcome},
    socket::Socket,
};

use super::{
    mail::Stock,
    state::{Progress, State, Waiter},
};

/// A socket, and the state of the conversation on it.
#[derive(Debug)]
pub(super) struct Shared {
    fd: AsyncFd<Socket>,
    state: Mutex<State>,
    /// Held by the one whose list is next, while it waits for the end of the one before.
    turn: sync::Mutex<()>,
    /// For those who send from other threads.
    pub(super) elsewhere: Arc<sync::Semaphore>,
}

/// How many threads send at a time. More would not be faster, and their answers might not fit into the queue.
const ELSEWHERE: usize = 8;

/// A point in time so long from now.
pub(super) fn after(timeout: Option<Duration>) -> Option<Instant> {
    timeout.and_then(|timeout| Instant::now().checked_add(timeout))
}

/// How long to wait, counted from before the request was sent: what has arrived by then counts, though sending alone
/// took that long. Who gives no time at all does not want to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    timeout: Option<Duration>,
    pub(super) until: Option<Instant>,
}

impl Limit {
    pub(super) fn new(timeout: Option<Duration>) -> Self {
        Self { timeout, until: after(timeout) }
    }
}

impl Shared {
    pub(super) fn new(socket: Socket, exchange: Exchange) -> Result<Self, Error> {
        // Tokio would panic.
        Handle::try_current().map_err(std::io::Error::other)?;
        let state = Mutex::new(State::new(&socket, exchange));
        // A socket owns its descriptor, and has the same one all its life.
        #[allow(deprecated, reason = "its successor is no safe function, and not in all versions of tokio 1")]
        let fd = AsyncFd::with_interest(socket, Interest::READABLE)?;
        Ok(Self { fd, state, turn: sync::Mutex::default(), elsewhere: Arc::new(sync::Semaphore::new(ELSEWHERE)) })
    }

    pub(super) fn socket(&self) -> &Socket {
        self.fd.get_ref()
    }

    /// Sends, and waits in this thread: the kernel carries out the request within the call.
    pub(super) fn transmit(&self, bytes: &[u8], timeout: Option<Duration>) -> Result<(), Error> {
        let socket = self.socket();
        let deadline = timeout.and_then(|timeout| socket.now().checked_add(timeout));
        Ok(socket.send(bytes, 0, deadline)?)
    }

    /// Does something with the state, and wakes whom that concerns when the lock is released.
    pub(super) fn with<R>(&self, act: impl FnOnce(&mut State, &Socket) -> R) -> R {
        let mut state: MutexGuard<'_, State> = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut state, self.socket());
        let rung = std::mem::take(&mut state.rung);
        drop(state);
        for waker in rung {
            waker.wake();
        }
        result
    }

    /// Waits until `look` finds something; receives for all meanwhile.
    pub(super) async fn wait<T>(
        &self,
        waiter: Waiter,
        until: Option<Instant>,
        mut look: impl FnMut(&mut State) -> Option<T>,
    ) -> Result<T, Error> {
        let mut readable = pin!(None);
        let mut alarm = pin!(None::<Sleep>);
        let wait = poll_fn(|cx| {
            let mut ready = None;
            loop {
                // What has arrived counts also when the time is over.
                let late = until.is_some_and(|until| until <= Instant::now());
                let arrives = self.socket().follow(Instant::now().into_std()).map(Instant::from_std);
                let ring_at = match self.with(|state, socket| state.drive(socket, waiter, cx.waker(), &mut look)) {
                    Progress::Found(found) => return Poll::Ready(Ok(found)),
                    Progress::Failed(error) => return Poll::Ready(Err(error)),
                    _ if late => return Poll::Ready(Err(Error::Timeout)),
                    Progress::Busy => {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    Progress::Full(at) => Some(at),
                    Progress::Empty => {
                        // The queue was empty after the readiness was seen: what comes now is a new one.
                        if let Some(mut guard) = ready.take() {
                            AsyncFdReadyGuard::clear_ready(&mut guard);
                        }
                        if readable.is_none() {
                            readable.set(Some(self.fd.readable()));
                        }
                        let polled = readable.as_mut().as_pin_mut().map(|readable| readable.poll(cx));
                        if let Some(Poll::Ready(result)) = polled {
                            readable.set(None);
                            match result {
                                Ok(guard) => ready = Some(guard),
                                Err(error) => return Poll::Ready(Err(Error::Io(error))),
                            }
                            continue;
                        }
                        arrives
                    }
                };
                let Some(ring_at) = ring_at.into_iter().chain(until).min() else { return Poll::Pending };
                if alarm.as_ref().as_pin_ref().is_none_or(|alarm| alarm.deadline() != ring_at) {
                    alarm.set(Some(sleep_until(ring_at)));
                }
                match alarm.as_mut().as_pin_mut().map(|alarm| alarm.poll(cx)) {
                    Some(Poll::Ready(())) => alarm.set(None),
                    _ => return Poll::Pending,
                }
            }
        });
        cooperative(wait).await
    }

    /// Waits until no dump is under way: the kernel has one a socket. Who holds what this gives may start the next one.
    ///
    /// Those before take as long as they take; one of which nothing arrives for so long, and whose owner does not look,
    /// is given up.
    pub(super) async fn turn(&self, timeout: Option<Duration>) -> Result<sync::MutexGuard<'_, ()>, Error> {
        let turn = self.turn.lock().await;
        loop {
            let over = |state: &mut State| state.is_dump_over().then_some(());
            match self.wait(Waiter::Turn, after(timeout), over).await {
                Ok(()) => return Ok(turn),
                Err(Error::Timeout) => self.with(|state, _| state.give_up_dump()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits until a request is over, and takes all that came for it.
    pub(super) async fn answer(&self, seq: u32, limit: Limit) -> Result<(Stock, Outcome), Error> {
        let over = |state: &mut State| state.mail.is_finished(seq).then_some(());
        let result = match limit.timeout {
            Some(Duration::ZERO) => self.with(|state, _| over(state)).ok_or(Error::Timeout),
            _ => self.wait(Waiter::Answer(seq), limit.until, over).await,
        };
        match result {
            Ok(()) | Err(Error::Timeout) => {}
            Err(error) => return Err(error),
        }
        let (stock, outcome) = self.with(|state, _| {
            let taken = state.mail.take(seq);
            // Of one that is not over, what comes is late.
            state.exchange.abandon(seq);
            taken
        });
        Ok((stock, outcome.unwrap_or(Outcome::TimedOut)))
    }
}
