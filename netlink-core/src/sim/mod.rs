//! A kernel that is none: for tests of whatever speaks netlink, without a privilege and without a network.
//!
//! A [`Kernel`] is driven by the same declarations as the code under test: a function answers the requests of an
//! operation, typed, and everything else is done as the kernel does it. Acknowledgements and the ends of lists come by
//! themselves, lists are cut into parts by the size of the receive buffer, requests are checked against the declaration,
//! refusals point into the request, generic families have numbers and groups that `nlctrl` tells, a full queue loses
//! messages.
//!
//! ```
//! use netlink_core::{
//!     Connection, DoDump, Errno, Error, NlFamily, NlMessage,
//!     protocol::Generic,
//!     sim::{Kernel, Refusal},
//! };
//!
//! #[derive(NlMessage, Debug, Default)]
//! struct Sensor {
//!     #[nl_attr(1)]
//!     id: Option<u32>,
//!     #[nl_attr(2)]
//!     celsius: Option<i32>,
//! }
//!
//! #[derive(NlFamily)]
//! #[nl(generic = "sensors", version = 1)]
//! struct Sensors {
//!     #[nl(1, reply = 2)]
//!     get: DoDump<Sensor, Sensor>,
//! }
//!
//! /// What is tested.
//! fn hottest(connection: &mut Connection<Generic>) -> Result<Option<i32>, Error> {
//!     let mut hottest = None;
//!     for sensor in connection.dump(Sensors::GET.with(&Sensor::default()))? {
//!         hottest = hottest.max(sensor?.celsius);
//!     }
//!     Ok(hottest)
//! }
//!
//! let kernel = Kernel::new();
//! kernel.on_dump(Sensors::GET, |_, _| {
//!     Ok([(1, 40), (2, 65)].map(|(id, celsius)| Sensor { id: Some(id), celsius: Some(celsius) }))
//! });
//! kernel.on(Sensors::GET, |wanted, _| match wanted.id {
//!     Some(id @ 1..=2) => Ok(Sensor { id: Some(id), ..Sensor::default() }),
//!     _ => Err(Refusal::new(Errno::NODEV).message("no such sensor").at_field("id")),
//! });
//!
//! let mut connection = kernel.connect()?;
//! assert_eq!(hottest(&mut connection)?, Some(65));
//! let wanted = Sensor { id: Some(9), celsius: None };
//! let error = connection.ask(Sensors::GET.with(&wanted)).unwrap_err();
//! assert!(error.to_string().starts_with("No such device (ENODEV): no such sensor (`Sensor.id`"));
//!
//! // The list ends early, or says that something changed meanwhile: is that noticed?
//! kernel.on_dump(Sensors::GET, |_, call| {
//!     call.then_refuse(Errno::NOMEM.into());
//!     Ok([Sensor { id: Some(1), celsius: Some(40) }])
//! });
//! assert_eq!(hottest(&mut connection).unwrap_err().errno(), Some(Errno::NOMEM));
//! # Ok::<(), Error>(())
//! ```
//!
//! # Time
//!
//! Time is that of the simulation: it passes where a socket waits, and no test has to.
//!
//! ```
//! use std::time::Duration;
//! use netlink_core::{Error, protocol::Route, request::Request, sim::Kernel, operation::{Operation, RawOperation}};
//! # use netlink_core::{operation::Undeclared, request::RawMessage};
//!
//! const GET: Operation<Undeclared<Route>, RawOperation> = Operation::new("get", 18, 16);
//! let kernel = Kernel::new();
//! kernel.on(GET, |_, call| {
//!     call.delay(Duration::from_secs(3600));
//!     Ok(RawMessage::default())
//! });
//! let mut connection = kernel.connect::<Route>()?;
//! assert!(matches!(connection.ask(Request::raw(Route, 18)), Err(Error::Timeout))); // at once
//! # Ok::<(), Error>(())
//! ```
//!
//! A list that is [read ahead](crate::connection::Replies::read_ahead) is read by another thread here, too: it takes no
//! time, and the order of events stays the same.
//!
//! With tokio it is that of the runtime, which tests can pause (`start_paused`): then no test has to wait either.
//!
//! # What goes wrong
//!
//! [`Faults`] make everything go wrong that goes wrong with real kernels, at random and yet each time the same: late and
//! lost answers, full queues, interrupted lists, strangers who send forged answers.
//!
//! # Recorded conversations
//!
//! [`Socket::record`](crate::socket::Socket::record) writes down what a socket sends and receives, and
//! [`Socket::replay`](crate::socket::Socket::replay) plays the kernel's part of it, elsewhere and in no time.
//!
//! ```
//! use std::{fs::{self, File}, process};
//! use netlink_core::{Connection, Error, protocol::{Generic, Protocol}, socket::Socket};
//!
//! fn number(connection: &mut Connection<Generic>) -> Result<Option<u16>, Error> {
//!     Ok(connection.family("nlctrl")?.id)
//! }
//!
//! let path = std::env::temp_dir().join(format!("recording-{}", process::id()));
//! let mut socket = Socket::open(Protocol::GENERIC)?; // the running kernel's
//! socket.record(File::create(&path)?)?;
//! assert_eq!(number(&mut Connection::with_socket(socket)?)?, Some(16));
//!
//! let replayed = Socket::replay(File::open(&path)?)?;
//! assert_eq!(number(&mut Connection::with_socket(replayed)?)?, Some(16));
//! # fs::remove_file(path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A recording is text, a line for each event, after a line for the socket:
//!
//! ```text
//! netlink 16 port 4711
//! 0 > 0 2400000010000500010000006712000003020000...
//! 118 < 0 0 - 1236 d404000010000000...
//! 150 ! 105
//! ```
//!
//! Numbers are decimal, bytes hexadecimal. The first number of a line is the time in microseconds since the recording
//! began. `>` is what was sent: the port id that it was sent to, and the bytes. `<` is what was received: the port id of
//! the sender, the multicast group (0 for none), the number of the network namespace (`-` for the own one), the real
//! length, and as many bytes as were received. `!` is an error number that receiving gave. What follows a `#` is a
//! comment. Options and groups are not recorded: a replayed socket takes all of them.
//!
//! With the environment variable `NETLINK_RECORD=DIRECTORY` every socket that is opened on the running kernel is recorded,
//! in a file of its own in there: also by programs that know nothing of recording.
//!
//! # Panics
//!
//! A wait that nothing can end (no deadline, nothing queued, nothing under way) panics, since a test that hangs says
//! less than one that fails. With a [`Canceller`](crate::socket::Canceller) another thread may still end it, and has ten
//! seconds for that.

mod batch;
mod call;
mod check;
#[cfg(feature = "tokio")]
mod clock;
mod dump;
mod end;
mod family;
mod faults;
mod handler;
mod kernel;
mod message;
mod policy;
mod process;
mod record;
mod refusal;
mod sock;
mod state;
#[cfg(test)]
mod tests;

pub use call::Call;
pub use dump::Interruption;
pub(crate) use end::End;
pub use faults::Faults;
pub use kernel::Kernel;
pub(crate) use record::Recorder;
pub use refusal::Refusal;
