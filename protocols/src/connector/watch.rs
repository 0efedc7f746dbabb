//! Following the process events of the machine.

use std::{fmt, time::Duration};

use netlink_core::{
    Error, IntoOwned,
    socket::{Canceller, Socket},
    wire::{Decode, MessageHeader},
};

use super::{
    CallbackId, Channel, CnMsg, Received, WatchError,
    channel::Limit,
    error::{silence, verdict},
    proc::{EventData, Events, McastOp, ProcEvent, ProcInput},
};

/// How long the kernel may take to acknowledge a subscription. It does so at once, or never.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whoever wants these wants all: [`Events::NONZERO_EXIT`] is a part of [`Events::EXIT`].
const EVERYTHING: Events = Events::FORK
    .union(Events::EXEC)
    .union(Events::UID)
    .union(Events::GID)
    .union(Events::SID)
    .union(Events::PTRACE)
    .union(Events::COMM)
    .union(Events::COREDUMP)
    .union(Events::EXIT);

/// The process events of the machine, as they happen.
///
/// Only in the initial pid and user namespaces, and the initial network namespace, does the kernel give them; before
/// Linux 6.6 only with `CAP_NET_ADMIN`.
///
/// ```no_run
/// use protocols::connector::{Observed, Watch};
///
/// for observed in Watch::all()? {
///     match observed? {
///         Observed::Event(event) => println!("{:?}", event.data),
///         Observed::Lost(loss) => println!("{loss}"),
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Watch {
    channel: Channel,
    wanted: Events,
    /// `None` if a filter makes gaps normal.
    numbers: Option<Numbers>,
    /// What follows a gap that was just told.
    held: Option<ProcEvent<'static>>,
}

/// The sequence number that comes next, of each CPU.
#[derive(Debug, Default)]
struct Numbers(Vec<(u32, u32)>);

impl Numbers {
    /// Takes note of a number, and tells how many are missing before it.
    fn missing(&mut self, cpu: u32, seq: u32) -> u32 {
        // Answers before Linux 6.6 have no CPU, and the listener's own number.
        if cpu == u32::MAX {
            return 0;
        }
        let next = seq.wrapping_add(1);
        let Some((_, expected)) = self.0.iter_mut().find(|(of, _)| *of == cpu) else {
            self.0.push((cpu, next));
            return 0;
        };
        let ahead = seq.wrapping_sub(std::mem::replace(expected, next));
        // More than half of all numbers ahead is behind: nothing is missing.
        if ahead > u32::MAX / 2 { 0 } else { ahead }
    }
}

/// What a watch sees.
///
/// ```no_run
/// use protocols::connector::{Observed, Watch, proc::Events};
///
/// let (mut events, mut gaps) = (0, 0);
/// for observed in Watch::only(Events::EXEC)?.take(100) {
///     match observed? {
///         Observed::Event(_) => events += 1,
///         Observed::Lost(_) => gaps += 1,
///     }
/// }
/// println!("{events} programs, {gaps} gaps");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// An event.
    Event(ProcEvent<'static>),
    /// Events are missing here; what follows is right again.
    Lost(Loss),
}

/// Events that were lost.
///
/// ```
/// use protocols::connector::Loss;
///
/// assert!(Loss::Overrun.to_string().ends_with("unknown amount"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// The receive buffer was full. How many events are lost is not known now; where the watch has no filter, the next
    /// event of each CPU tells, if there was one before. Where events never stop coming, this is told when the queue
    /// has been emptied once, and a [`Loss::Gap`] may be told first.
    #[doc(alias = "ENOBUFS")]
    Overrun,
    /// So many events of a CPU are missing, as its sequence numbers say: those that a [`Loss::Overrun`] announced, or
    /// others that the kernel had no memory for.
    Gap {
        /// The CPU.
        cpu: u32,
        /// How many events.
        count: u32,
    },
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overrun => f.write_str("events were lost: the receive buffer was full; unknown amount"),
            Self::Gap { cpu, count } => write!(f, "{count} events of CPU {cpu} were lost"),
        }
    }
}

impl Watch {
    /// All events. Sequence numbers without gaps prove that none is missing.
    ///
    /// # Errors
    ///
    /// The kernel does not give process events here: the error tells why.
    pub fn all() -> Result<Self, WatchError> {
        Self::only(Events::all())
    }

    /// Only these events, which the kernel picks out since Linux 6.6, and this watch before. With a filter, the only
    /// sign of loss is [`Loss::Overrun`].
    ///
    /// # Errors
    ///
    /// As for [`all`](Self::all).
    ///
    /// ```no_run
    /// use protocols::connector::{Watch, proc::Events};
    ///
    /// // Who ends with another status than 0, or by a signal.
    /// for observed in Watch::only(Events::NONZERO_EXIT)? {
    ///     println!("{:?}", observed?);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn only(wanted: Events) -> Result<Self, WatchError> {
        Self::over(Channel::open(CallbackId::PROC)?, wanted)
    }

    /// As [`only`](Self::only), with a socket that was opened elsewhere: with other options, or of a simulated kernel.
    ///
    /// # Errors
    ///
    /// As for [`all`](Self::all).
    pub fn with_socket(socket: Socket, wanted: Events) -> Result<Self, WatchError> {
        Self::over(Channel::with_socket(socket, CallbackId::PROC)?, wanted)
    }

    fn over(channel: Channel, wanted: Events) -> Result<Self, WatchError> {
        let mut watch = Self { channel, wanted, numbers: Some(Numbers::default()), held: None };
        watch.channel.join()?;
        watch.subscribe()?;
        if !wanted.contains(EVERYTHING) {
            // The kernel does not acknowledge a subscription with a filter, and ignores it before Linux 6.6. So the one
            // without comes first, which is acknowledged.
            let filter = ProcInput { op: McastOp::Listen, events: Some(wanted) };
            watch.channel.send(&filter, 0)?;
            watch.numbers = None;
        }
        Ok(watch)
    }

    /// What this watch has its requests answered with, less one. Answers are sent to everybody; the port is this
    /// socket's alone.
    fn token(&self) -> u32 {
        self.channel.socket().port()
    }

    /// Asks for events, and waits until the kernel says yes.
    fn subscribe(&mut self) -> Result<(), WatchError> {
        let token = self.token();
        let listen = ProcInput { op: McastOp::Listen, events: None };
        self.channel.send(&listen, token)?;
        let mut limit = Limit::new(Some(PATIENCE));
        loop {
            let (seq, ack, event) = match self.next_message(&mut limit) {
                Some(Ok(Received::Message(message))) => message,
                Some(Ok(Received::Lost)) => {
                    limit.passed_over().map_err(|_| silence())?;
                    // The answer may be among what is lost. Who listens already may ask again.
                    self.channel.send(&listen, token)?;
                    continue;
                }
                Some(Err(Error::Timeout)) => return Err(silence()),
                Some(Err(error)) => return Err(error.into()),
                None => return Err(Error::Cancelled.into()),
            };
            // What happened before the answer is not told, but counted.
            self.missing(event.cpu, seq);
            if let (EventData::Ack(answer), true) = (event.data, ack == token.wrapping_add(1)) {
                return verdict(answer);
            }
            // Where events never stop coming, an answer is not waited for longer than anywhere else.
            limit.passed_over().map_err(|_| silence())?;
        }
    }

    /// Waits at most so long for each event; then the iterator gives [`Error::Timeout`], and can be asked again.
    /// `None`, as at first, waits without end. What has arrived is given also after that time, unless it is behind very
    /// many events that nobody wants.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.channel.set_timeout(timeout);
    }

    /// A handle with which another thread, or a signal handler's, can end the watch.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.channel.canceller()
    }

    /// The socket, for its buffer sizes: the larger the receive buffer, the longer the bursts that are not lost.
    pub fn socket(&self) -> &Socket {
        self.channel.socket()
    }

    /// The next message: sequence number, acknowledgement, event.
    #[allow(clippy::type_complexity)]
    fn next_message(&mut self, limit: &mut Limit) -> Option<Result<Received<(u32, u32, ProcEvent<'static>)>, Error>> {
        self.channel.receive_until(limit, |body| {
            let CnMsg { seq, ack, data, .. } = CnMsg::<ProcEvent<'_>>::decode_at(body, MessageHeader::SIZE)?;
            Ok((seq, ack, data.into_owned()))
        })
    }

    fn missing(&mut self, cpu: u32, seq: u32) -> u32 {
        self.numbers.as_mut().map_or(0, |numbers| numbers.missing(cpu, seq))
    }

    fn wants(&self, event: &ProcEvent<'_>) -> bool {
        match event.data {
            EventData::Ack(_) => false,
            EventData::Exit(exit) if exit.exit_code != 0 => self.wanted.intersects(Events::EXIT | Events::NONZERO_EXIT),
            _ => self.wanted.contains(event.what),
        }
    }

    /// A wait that begins now.
    pub(super) fn limit(&self) -> Limit {
        self.channel.limit()
    }

    /// What comes next. Events that nobody wants do not put the end of the wait off.
    pub(super) fn next_until(&mut self, limit: &mut Limit) -> Option<Result<Observed, Error>> {
        if let Some(event) = self.held.take() {
            return Some(Ok(Observed::Event(event)));
        }
        loop {
            let (seq, event) = match self.next_message(limit)? {
                Ok(Received::Message((seq, _, event))) => (seq, event),
                Ok(Received::Lost) => return Some(Ok(Observed::Lost(Loss::Overrun))),
                Err(error) => return Some(Err(error)),
            };
            let (cpu, count, wanted) = (event.cpu, self.missing(event.cpu, seq), self.wants(&event));
            match (count, wanted) {
                (0, false) => {
                    if let Err(error) = limit.passed_over() {
                        return Some(Err(error));
                    }
                }
                (0, true) => return Some(Ok(Observed::Event(event))),
                (count, wanted) => {
                    self.held = wanted.then_some(event);
                    return Some(Ok(Observed::Lost(Loss::Gap { cpu, count })));
                }
            }
        }
    }
}

impl Iterator for Watch {
    type Item = Result<Observed, Error>;

    /// `None` when a [`Canceller`] ended the watch.
    fn next(&mut self) -> Option<Self::Item> {
        let mut limit = self.limit();
        self.next_until(&mut limit)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The kernel goes on counting a listener that left without a word, and makes events for nobody. Nothing can be
        // done about an error here.
        let _ = self.channel.send(&ProcInput { op: McastOp::Ignore, events: None }, self.token());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_49_numbers_count_for_each_cpu_and_wrap() {
        let mut watch = Numbers::default();
        assert_eq!(watch.missing(0, u32::MAX - 1), 0, "the first tells nothing");
        assert_eq!(watch.missing(1, 500), 0);
        assert_eq!(watch.missing(0, u32::MAX), 0);
        assert_eq!(watch.missing(0, 2), 2);
        assert_eq!(watch.missing(1, 501), 0);
        // A number that comes again is no loss of four thousand millions.
        assert_eq!(watch.missing(1, 501), 0);
        // Answers before Linux 6.6.
        assert_eq!(watch.missing(u32::MAX, 77), 0);
        assert_eq!(watch.missing(u32::MAX, 99), 0);
    }
}
