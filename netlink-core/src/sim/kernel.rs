//! The simulated kernel, as the test holds it.

use std::{
    fmt,
    fs::File,
    io,
    os::fd::AsFd,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    call::Call,
    end::End,
    faults::{Dice, Faults},
    state::{Role, State},
};
use crate::{
    connection::Connection,
    errno::Errno,
    error::Error,
    exchange::Envelope,
    protocol::{IsProtocol, Protocol},
    socket::{self, Socket, SocketOption},
};

/// A simulated kernel: see the [module](super). Clones are the same kernel.
#[derive(Clone, Debug)]
pub struct Kernel(Arc<Shared>);

#[derive(Debug)]
pub(super) struct Shared {
    /// When the kernel was made, in real time: what its own time counts from.
    pub(super) made: Instant,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A test that fails in between leaves nothing half done that another could trip over.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Instant {
        self.made + self.state().time
    }
}

/// What answers the datagrams of a protocol.
#[derive(Clone)]
pub(super) struct DatagramHandler(Arc<Mutex<OnDatagram>>);

type OnDatagram = dyn FnMut(&[u8], &mut Call) + Send;

impl fmt::Debug for DatagramHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatagramHandler")
    }
}

impl DatagramHandler {
    pub(super) fn run(&self, bytes: &[u8], call: &mut Call) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)(bytes, call);
    }
}

impl Default for Kernel {
    fn default() -> Self {
        Self::new()
    }
}

impl Kernel {
    /// A kernel that knows nothing but the controller of generic netlink (`nlctrl`).
    #[must_use]
    pub fn new() -> Self {
        let kernel = Self(Arc::new(Shared { made: Instant::now(), state: Mutex::default() }));
        kernel.add_controller();
        kernel
    }

    pub(super) fn of(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state()
    }

    /// Opens a socket of this kernel, for [`Connection::with_socket`] and whatever else takes a [`Socket`].
    ///
    /// Its descriptor is readable exactly while there is something to receive, and can be polled; it is no socket, and
    /// [`OwnedFd::from`](std::os::fd::OwnedFd) ends the connection with the kernel.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn socket(&self, protocol: Protocol) -> io::Result<Socket> {
        self.open_at(protocol, None)
    }

    /// Opens a socket with this port id, or one of the kernel's choice.
    pub(super) fn open_at(&self, protocol: Protocol, port: Option<u32>) -> io::Result<Socket> {
        let event = socket::eventfd()?;
        let kernels = File::from(event.as_fd().try_clone_to_owned()?);
        let address = self.state().open(protocol, port, kernels);
        Socket::simulated(End::new(event, Arc::clone(&self.0), address), protocol, address.1)
    }

    /// Opens a connection with this kernel.
    ///
    /// # Errors
    ///
    /// There are too many open files.
    pub fn connect<P: IsProtocol>(&self) -> Result<Connection<P>, Error> {
        Connection::with_socket(self.socket(P::PROTOCOL)?)
    }

    /// The time of the simulation.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.0.now()
    }

    /// Lets time pass: what is under way arrives.
    pub fn advance(&self, time: Duration) {
        let mut state = self.state();
        let until = state.time.saturating_add(time);
        state.advance_to(until);
    }

    /// From now on this goes wrong.
    pub fn set_faults(&self, faults: Faults) {
        let mut state = self.state();
        state.faults = faults;
        state.dice = Dice::new(faults.seed);
    }

    /// How many bytes of memory the queue of a socket takes up, as the kernel counts them.
    #[must_use]
    pub fn queued(&self, socket: &Socket) -> usize {
        self.state().sock((socket.protocol(), socket.port())).map_or(0, |sock| sock.used())
    }

    /// Makes the kernel one that is too old for an option.
    pub fn lack(&self, option: SocketOption) {
        self.state().lacking.push(option);
    }

    /// Sends a datagram to a socket as it is, after a delay. The envelope tells sender and group, and the real length of
    /// one that is cut short.
    ///
    /// What does not fit into the socket's receive buffer is lost as in the kernel.
    pub fn deliver(&self, to: &Socket, delay: Duration, envelope: Envelope, bytes: impl Into<Vec<u8>>) {
        self.state().deliver((to.protocol(), to.port()), Role::Raw, delay, envelope, bytes.into());
    }

    /// Sends a datagram as it is to all members of a multicast group: that of the envelope.
    pub fn multicast(&self, protocol: Protocol, envelope: Envelope, bytes: &[u8]) {
        self.state().multicast(protocol, None, envelope, bytes);
    }

    /// Lets the next `receive` of a socket fail with this error.
    pub fn fail(&self, socket: &Socket, errno: Errno) {
        if let Some(sock) = self.state().sock((socket.protocol(), socket.port())) {
            sock.fail(errno);
        }
    }

    /// Lets a function do whatever the kernel does with datagrams of this protocol: for those that have other rules than
    /// requests and answers.
    pub fn on_datagram(&self, protocol: Protocol, handler: impl FnMut(&[u8], &mut Call) + Send + 'static) {
        let handler = DatagramHandler(Arc::new(Mutex::new(handler)));
        self.state().datagram_handlers.insert(protocol, handler);
    }
}
