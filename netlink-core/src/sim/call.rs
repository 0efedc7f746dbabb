//! What a handler knows of a request, and can do beside answering.

use std::time::Duration;

use super::{dump::Interruption, kernel::Kernel, message::Asked, refusal::Refusal, sock::Address, state::Role};
use crate::{
    exchange::Envelope,
    operation::{MulticastGroup, NlFamily, Notifies, Operation},
    protocol::Protocol,
    wire::{Body, MessageFlags, MessageHeader},
};

/// A request, as its handler sees it.
#[derive(Debug)]
pub struct Call {
    kernel: Kernel,
    from: Address,
    pub(super) asked: Option<Asked>,
    pub(super) plan: Plan,
}

/// What the handler wants beside its result.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) delay: Duration,
    /// What the kernel says with a success, or at the end of a list.
    pub(super) end: Refusal,
    /// The payload of the `NLMSG_DONE` that stands for the acknowledgement.
    pub(super) done: Option<Vec<u8>>,
    pub(super) silent: bool,
    pub(super) filtered: bool,
    pub(super) interruption: Option<Interruption>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            end: Refusal::success(),
            done: None,
            silent: false,
            filtered: false,
            interruption: None,
        }
    }
}

impl Call {
    pub(super) fn new(kernel: Kernel, from: Address, asked: Option<Asked>) -> Self {
        Self { kernel, from, asked, plan: Plan::default() }
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

    /// The header of the request; that of an empty message in handlers of whole datagrams.
    #[must_use]
    pub fn header(&self) -> MessageHeader {
        self.asked.as_ref().map(|asked| asked.header).unwrap_or_default()
    }

    /// The request as it was sent, its header included; empty in handlers of whole datagrams.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        self.asked.as_ref().map_or(&[], |asked| &asked.bytes)
    }

    /// Whether the socket wants its requests checked strictly.
    #[must_use]
    pub fn strict(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.strict)
    }

    /// Sends the answers so much later, and everything to this socket that comes after them.
    pub fn delay(&mut self, delay: Duration) {
        self.plan.delay = delay;
    }

    /// Says something with the success: a warning.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.plan.end = std::mem::replace(&mut self.plan.end, Refusal::success()).message(text);
    }

    /// Adds data of the family to the success.
    pub fn cookie(&mut self, cookie: impl Into<Vec<u8>>) {
        self.plan.end = std::mem::replace(&mut self.plan.end, Refusal::success()).cookie(cookie);
    }

    /// Does not answer at all, not even with an acknowledgement.
    pub fn stay_silent(&mut self) {
        self.plan.silent = true;
    }

    /// Ends the answer of something that is no list with `NLMSG_DONE` and this payload, as some families do, instead of
    /// an acknowledgement.
    pub fn end_with_done(&mut self, payload: impl Into<Vec<u8>>) {
        self.plan.done = Some(payload.into());
    }

    /// Says that the list is filtered as the request asked.
    #[doc(alias = "NLM_F_DUMP_FILTERED")]
    pub fn filtered(&mut self) {
        self.plan.filtered = true;
    }

    /// Says that what is listed changed meanwhile.
    #[doc(alias = "NLM_F_DUMP_INTR")]
    pub fn interrupted(&mut self, interruption: Interruption) {
        self.plan.interruption = Some(interruption);
    }

    /// Ends the list with an error, behind the entries.
    pub fn then_refuse(&mut self, refusal: Refusal) {
        self.plan.end = refusal;
    }

    /// Sends a datagram to the socket as it is.
    pub fn deliver(&self, envelope: Envelope, bytes: impl Into<Vec<u8>>) {
        self.kernel.state().deliver(self.from, Role::Raw, Duration::ZERO, envelope, bytes.into());
    }

    /// Notifies a group of what the request did. As in the kernel, the notification has the number and the port id of
    /// the request; whoever asked for an echo gets it as a message of its own, before the acknowledgement.
    pub fn notify<F: NlFamily, K: Notifies>(
        &self,
        group: MulticastGroup<F>,
        operation: Operation<F, K>,
        body: &<K::Body as Body>::Of<'_>,
    ) {
        let header = self.header();
        let echo = header.flags.contains(MessageFlags::ECHO).then_some(self.port());
        self.kernel.notify_of(group, operation, body, (header.seq, self.port()), echo);
    }
}
