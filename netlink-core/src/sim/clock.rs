//! Time that passes elsewhere: an async runtime waits for the socket, and the simulation follows its clock.

use std::time::Instant;

use super::{end::End, kernel::Shared, state::State};

impl State {
    /// Lets as much time pass as has passed since this was last called, for whichever socket.
    fn follow(&mut self, elapsed: std::time::Duration) {
        let passed = elapsed.saturating_sub(self.followed);
        self.followed += passed;
        self.advance_to(self.time.saturating_add(passed));
    }
}

impl Shared {
    fn follow(&self, now: Instant) {
        self.state().follow(now.saturating_duration_since(self.made));
    }
}

impl End {
    /// Takes note of the time that somebody else keeps.
    pub(crate) fn follow(&self, now: Instant) {
        self.kernel().follow(now);
    }

    /// When the next datagram arrives, at `now` of that clock, unless somebody sends something.
    pub(crate) fn next_arrival(&self, now: Instant) -> Option<Instant> {
        let state = self.kernel().state();
        now.checked_add(state.next_delivery()?.saturating_sub(state.time))
    }
}
