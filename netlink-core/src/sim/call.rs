//! What a handler knows of a request, and can do beside answering.

use std::time::Duration;

use super::{kernel::Kernel, sock::Address};
use crate::{exchange::Envelope, protocol::Protocol};

/// A request, as its handler sees it.
#[derive(Debug)]
pub struct Call {
    kernel: Kernel,
    from: Address,
}

impl Call {
    pub(super) fn new(kernel: Kernel, from: Address) -> Self {
        Self { kernel, from }
    }

    /// The kernel.
    #[must_use]
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// The protocol.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.from.0
    }

    /// The port id of the socket that the request came from.
    #[must_use]
    pub fn port(&self) -> u32 {
        self.from.1
    }

    /// Sends a datagram to that socket as it is.
    pub fn deliver(&self, envelope: Envelope, bytes: impl Into<Vec<u8>>) {
        self.kernel.state().deliver(self.from, Duration::ZERO, envelope, bytes.into());
    }
}
