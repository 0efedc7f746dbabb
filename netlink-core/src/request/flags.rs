//! The flags of a request.

use super::Request;
use crate::wire::MessageFlags;

impl<F, K, B> Request<F, K, B> {
    /// Sets flags in addition to those set already.
    pub fn flags(mut self, flags: MessageFlags) -> Self {
        self.flags |= flags;
        self
    }

    /// Creates what is not there.
    #[doc(alias = "NLM_F_CREATE")]
    pub fn create(self) -> Self {
        self.flags(MessageFlags::CREATE)
    }

    /// Replaces what is there.
    #[doc(alias = "NLM_F_REPLACE")]
    pub fn replace(self) -> Self {
        self.flags(MessageFlags::REPLACE)
    }

    /// Fails with `EEXIST` if it is there.
    #[doc(alias = "NLM_F_EXCL")]
    pub fn exclusive(self) -> Self {
        self.flags(MessageFlags::EXCL)
    }

    /// Adds to the end of the list.
    #[doc(alias = "NLM_F_APPEND")]
    pub fn append(self) -> Self {
        self.flags(MessageFlags::APPEND)
    }

    /// Asks for the notification of the change as a reply.
    #[doc(alias = "NLM_F_ECHO")]
    pub fn echo(self) -> Self {
        self.flags(MessageFlags::ECHO)
    }

    /// Asks for an acknowledgement. A connection does so by itself where it waits for one.
    #[doc(alias = "NLM_F_ACK")]
    pub fn ack(self) -> Self {
        self.flags(MessageFlags::ACK)
    }

    /// Does not delete what is below.
    #[doc(alias = "NLM_F_NONREC")]
    pub fn non_recursive(self) -> Self {
        self.flags(MessageFlags::NONREC)
    }

    /// Deletes everything that matches.
    #[doc(alias = "NLM_F_BULK")]
    pub fn bulk(self) -> Self {
        self.flags(MessageFlags::BULK)
    }

    /// Reads from the root of the tree on.
    #[doc(alias = "NLM_F_ROOT")]
    pub fn root(self) -> Self {
        self.flags(MessageFlags::ROOT)
    }

    /// Reads everything that matches.
    #[doc(alias = "NLM_F_MATCH")]
    pub fn match_(self) -> Self {
        self.flags(MessageFlags::MATCH)
    }

    /// Reads a consistent snapshot.
    #[doc(alias = "NLM_F_ATOMIC")]
    pub fn atomic(self) -> Self {
        self.flags(MessageFlags::ATOMIC)
    }
}
