//! Batches of netfilter (`net/netfilter/nfnetlink.c`): what stands between begin and end happens as a whole, or not.

use super::{
    call::Call,
    kernel::Kernel,
    process::{Verdict, messages},
    refusal::Refusal,
    sock::Address,
};
use crate::{errno::Errno, wire::MessageFlags};

const BEGIN: u16 = 16;
const END: u16 = 17;

/// Whether a datagram is a batch.
pub(super) fn is_batch(bytes: &[u8]) -> bool {
    messages(bytes).next().is_some_and(|message| message.header().kind == BEGIN)
}

impl Kernel {
    /// Says what happens with the batches of netfilter: called with `true` where one is carried out, with `false` where
    /// it is not because a part of it was refused.
    ///
    /// The parts go to the handlers of their operations before that. Failures are answered whether or not the request
    /// asks for an acknowledgement, and `ERESTART`, which says that the rule set changed meanwhile, ends the batch.
    pub fn on_batch(&self, handler: impl FnMut(bool) + Send + 'static) {
        self.state().batch_end = Some(Box::new(handler));
    }

    pub(super) fn process_batch(&self, from: Address, bytes: &[u8]) {
        let mut ends = Vec::new();
        let mut whole = false;
        let mut failed = false;
        for message in messages(bytes) {
            let header = message.header();
            match header.kind {
                BEGIN => {
                    if header.flags.contains(MessageFlags::ACK) {
                        ends.push((Call::new(self.clone(), from, Some(self.asked(from, message))), Refusal::success()));
                    }
                    continue;
                }
                END => {
                    whole = true;
                    // Since Linux 6.10.
                    if header.flags.contains(MessageFlags::ACK) {
                        ends.push((Call::new(self.clone(), from, Some(self.asked(from, message))), Refusal::success()));
                    }
                    break;
                }
                _ => {}
            }
            let mut call = Call::new(self.clone(), from, Some(self.asked(from, message)));
            if let Verdict::Acknowledge(verdict) = self.carry_out(&mut call) {
                failed |= verdict.number() != 0;
                let restart = verdict.number() == -Errno::RESTART.raw();
                if restart {
                    // What was found so far is about a rule set that is no more.
                    ends.clear();
                }
                ends.push((call, verdict));
                if restart {
                    break;
                }
            }
        }
        for (call, verdict) in ends {
            self.conclude(from, call, Verdict::Acknowledge(verdict));
        }
        let handler = self.state().batch_end.take();
        if let Some(mut handler) = handler {
            handler(whole && !failed);
            self.state().batch_end.get_or_insert(handler);
        }
    }
}
